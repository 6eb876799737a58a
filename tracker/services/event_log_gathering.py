"""What a file of another system says, gathered piece by piece, with the lines that cannot be taken."""

import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import lru_cache

from tracker.domain.event_logs import Case, LoggedEvent
from tracker.domain.names import clean_email, clean_line
from tracker.domain.rules import RuleBroken
from tracker.memory import MEMORIES
from tracker.services.event_log_cases import Cases

_EARLIEST = 1900
_SINCE_1970 = re.compile(r"\d{10}|\d{13}")


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be taken, why, and the application it belongs to if that can be told."""

    line: int
    problem: str
    case: str | None = None


@dataclass(slots=True)
class EventLog:
    """The cases of a file by their key, which lie on disk, and its bad lines."""

    cases: Cases = field(default_factory=Cases)
    bad: list[BadLine] = field(default_factory=list)

    def without(self, bad: Iterable[BadLine]) -> "EventLog":
        """The log without the applications that these bad lines belong to."""
        return EventLog(self.cases.without({line.case for line in bad}))


@lru_cache(maxsize=10_000)
def _line(text: str, label: str, longest: int, needed: bool) -> str:
    return clean_line(text, label, "", longest=longest, needed=needed)


@lru_cache(maxsize=10_000)
def _email(text: str) -> str:
    return clean_email(text)


# Names and addresses of people.
MEMORIES.keep(_line.cache_clear)
MEMORIES.keep(_email.cache_clear)


def instant_of(text: str, zone: tzinfo, now: datetime) -> datetime:
    """An instant as files write it: ISO, bare ones in the zone, or seconds or milliseconds since 1970.

    Raises RuleBroken for what is none, or cannot have happened.
    """
    text = text.strip()
    try:
        if _SINCE_1970.fullmatch(text):
            read = datetime.fromtimestamp(int(text) / (1000 if len(text) == 13 else 1), UTC)
        else:
            read = datetime.fromisoformat(text)
        at = read if read.tzinfo else read.replace(tzinfo=zone)
        is_possible = at.year >= _EARLIEST and at <= now
    except (ValueError, OverflowError):
        raise RuleBroken(f"“{text[:40]}” is no instant such as 2026-03-02T09:30:00+01:00.") from None
    if not is_possible:
        raise RuleBroken(f"“{text[:40]}” lies in the future or before {_EARLIEST}.")
    return at


@dataclass(slots=True)
class Gathering:
    """Takes what a file says piece by piece, and notes what cannot be taken."""

    zone: tzinfo
    now: datetime
    log: EventLog = field(default_factory=EventLog)

    def case(self, key: str, line: int) -> Case | None:
        """The case with this key, to be said more of until the next one; none if the key cannot stand."""
        try:
            key = _line(key, "The application's key", 200, True)
        except RuleBroken as error:
            self.log.bad.append(BadLine(line, error.message))
            return None
        return self.log.cases.open(key)

    def describe(self, case: Case, line: int, **values: str) -> None:
        """Keep what is said of the person and the job; said twice, it must agree."""
        for name, value in values.items():
            if not value.strip():
                continue
            try:
                said = _email(value) if name == "email" else _line(value, f"The {name}", 200, True)
                if getattr(case, name) not in (None, said):
                    raise RuleBroken(f"The {name} differs from an earlier line of this application.")
                setattr(case, name, said)
            except RuleBroken as error:
                self.log.bad.append(BadLine(line, error.message, case.key))

    def add(
        self,
        case: Case,
        line: int,
        at: str,
        activity: str,
        actor: str,
        reason: str,
        *,
        place: int | None = None,
    ) -> None:
        """Keep an event of the case; `place` orders it among others of its instant, else its line does."""
        try:
            event = LoggedEvent(
                place=line if place is None else place,
                at=instant_of(at, self.zone, self.now),
                activity=_line(activity, "The activity", 500, True),
                actor=_line(actor, "The actor", 100, False) or None,
                reason=_line(reason, "The reason", 500, False) or None,
                line=line,
            )
        except RuleBroken as error:
            self.log.bad.append(BadLine(line, error.message, case.key))
        else:
            case.events.append(event)


@contextmanager
def told_whole(name: str) -> Iterator[None]:
    """Say in a sentence what is wrong with a file that is cut short or is no text. Raises RuleBroken."""
    try:
        yield
    except (EOFError, zlib.error) as error:
        raise RuleBroken(f"{name} is cut short or damaged.", field="file") from error
    except UnicodeDecodeError as error:
        raise RuleBroken(
            f"{name} is not UTF-8: byte {error.start + 1:,} of a block.", field="file"
        ) from error
