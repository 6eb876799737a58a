"""XES (IEEE 1849-2016): applications as traces and their moves as events, as a stream of bytes."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC
from itertools import islice
from xml.sax.saxutils import quoteattr

from tracker.domain.event_logs import Case, LoggedEvent

BATCH = 200
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<global scope="trace"><string key="concept:name" value=""/></global>
<global scope="event"><string key="concept:name" value=""/>\
<date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/>\
<string key="lifecycle:transition" value="complete"/></global>
<classifier name="Activity" keys="concept:name"/>
<string key="concept:name" value="Applications"/>
"""
_TAIL = "</log>\n"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xes_of(cases: Iterable[Case]) -> Iterator[bytes]:
    """A log of these applications; instants are in UTC with their offset."""
    yield _HEAD.encode()
    coming = iter(cases)
    while block := list(islice(coming, BATCH)):
        yield "".join(map(_trace, block)).encode()
    yield _TAIL.encode()


def _trace(case: Case) -> str:
    said = {"concept:name": case.key, "candidate": case.candidate, "email": case.email, "job": case.job}
    events = "".join(map(_event, case.events))
    return f"<trace>{_strings(said)}\n{events}</trace>\n"


def _event(event: LoggedEvent) -> str:
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    said = {
        "concept:name": event.activity,
        "lifecycle:transition": "complete",
        "org:resource": event.actor,
        "reason": event.reason,
    }
    return f'<event>{_strings(said)}<date key="time:timestamp" value="{at}"/></event>\n'


def _strings(said: dict[str, str | None]) -> str:
    return "".join(f'<string key="{key}" value={_quoted(value)}/>' for key, value in said.items() if value)


def _quoted(text: str) -> str:
    return quoteattr(_NO_XML.sub("\ufffd", text))
