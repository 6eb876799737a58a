"""Event logs as other systems write them: one made here, and the first cases of the real one where it is."""

import gzip
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from pathlib import Path
from random import Random
from xml.etree import ElementTree

REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "event-logs" / "hiring_log_high.xes.gz"
MAPPING = Path(__file__).parent / "data" / "hiring_log.toml"
_NAMESPACE = "http://www.xes-standard.org/"
EVENT = f"{{{_NAMESPACE}}}event"
_LATER = (
    "Telephonic Screening",
    "Background Check",
    "Coding Interview",
    "Telephonic Screening",
    "Make Job Offer",
)


@dataclass(frozen=True)
class Case:
    """The attributes of one case, and its events in the order of the file: instant and activity."""

    attributes: dict[str, str]
    events: list[tuple[str, str]]


def made_cases(number: int) -> Iterator[Case]:
    """Cases that go back to stages they left, stand still at equal instants, and end anywhere."""
    chance = Random(2026)
    for _ in range(number):
        at = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(minutes=chance.randint(0, 10_000))
        events = [(at.isoformat(), "Hand In Job Application")]
        for activity in _LATER[: chance.randint(0, len(_LATER))]:
            at += timedelta(hours=chance.choice((0, 0, 5, 50)))
            events.append((at.isoformat(), activity))
        if events[-1][1] != "Make Job Offer" and chance.random() < 0.5:
            events.append((at.isoformat(), "Application Rejected"))
        yield Case({"gender": chance.choice(("true", "true", "false"))}, events)


def real_cases(number: int) -> Iterator[Case]:
    """The first cases of the real log, read by nothing of the tracker's."""
    with gzip.open(REAL) as stream:
        whole = (one for _, one in ElementTree.iterparse(stream) if one.tag == f"{{{_NAMESPACE}}}trace")
        for trace in islice(whole, number):
            events = ({each.get("key"): each.get("value") for each in one} for one in trace.iter(EVENT))
            yield Case(
                {str(one.get("key")): str(one.get("value")) for one in trace if one.tag != EVENT},
                [(str(one["time:timestamp"]), str(one["concept:name"])) for one in events],
            )
            trace.clear()


def write_log(file: Path, cases: list[Case]) -> None:
    """Write the cases as a compressed XES file, numbered from one."""
    log = ElementTree.Element("log", {"xes.version": "1849-2016", "xmlns": _NAMESPACE})
    for number, case in enumerate(cases, start=1):
        trace = ElementTree.SubElement(log, "trace")
        ElementTree.SubElement(trace, "string", key="concept:name", value=str(number))
        for name in case.attributes.keys() & {"gender"}:
            ElementTree.SubElement(trace, "boolean", key=name, value=case.attributes[name])
        for at, activity in case.events:
            event = ElementTree.SubElement(trace, "event")
            ElementTree.SubElement(event, "string", key="concept:name", value=activity)
            ElementTree.SubElement(event, "date", key="time:timestamp", value=at)
    with gzip.open(file, "wb") as stream:
        ElementTree.ElementTree(log).write(stream, encoding="utf-8", xml_declaration=True)


@dataclass
class Counts:
    """What must come out: applications by each stage they were in, stand active in, and were rejected in."""

    cases: int = 0
    been: Counter[str] = field(default_factory=Counter)
    active: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    equal_instants: int = 0
    gone_back: int = 0
    back_from_closed: int = 0
    by_gender: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Applications by gender and each stage that they were in."""


def count(cases: list[Case], mapping: Mapping[str, Mapping[str, str]]) -> Counts:
    """Count by hand what an import of these cases by this mapping must make of them."""
    counts = Counts(len(cases))
    for case in cases:
        # The stages in turn, and how the last stay in each ended.
        been, ended = ["application"], {"application": ""}
        for number, (_, activity) in enumerate(case.events, start=1):
            here = been[-1]
            if activity == "Application Rejected":
                ended[here] = "rejected"
                counts.back_from_closed += number < len(case.events)
            elif (stage := mapping["stages"].get(activity)) is not None:
                been += [stage] if stage != here else []
                ended |= {here: ended[here] or "left", stage: ""} if stage != here else {stage: ""}
        counts.been.update(list(ended))
        counts.by_gender.update((case.attributes["gender"], stage) for stage in ended)
        counts.active.update(stage for stage, end in ended.items() if not end)
        counts.rejected.update(stage for stage, end in ended.items() if end == "rejected")
        counts.gone_back += len(been) > len(set(been))
        counts.equal_instants += sum(one[0] == other[0] for one, other in pairwise(case.events))
    return counts
