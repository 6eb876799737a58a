"""Reading another system's history from a file, XES or CSV; bad lines are named."""

import csv
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import lru_cache
from io import TextIOWrapper
from typing import IO
from xml.parsers import expat

from tracker import clock
from tracker.domain.event_logs import Case, LoggedEvent
from tracker.domain.names import clean_email, clean_line
from tracker.domain.rules import RuleBroken

COLUMNS = ("application", "candidate", "email", "job", "at", "activity", "actor", "reason")
REQUIRED_COLUMNS = ("application", "at", "activity")
_EARLIEST = 1900
_VALUES = frozenset({"string", "date", "int", "float", "boolean", "id"})


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be taken, why, and the application it belongs to if that can be told."""

    line: int
    problem: str
    case: str | None = None


@dataclass(slots=True)
class EventLog:
    """The cases of a file by their key, and its bad lines."""

    cases: dict[str, Case] = field(default_factory=dict)
    bad: list[BadLine] = field(default_factory=list)

    def without(self, bad: Iterable[BadLine]) -> "EventLog":
        """The log without the applications that these bad lines belong to."""
        left_out = {line.case for line in bad}
        return EventLog({key: case for key, case in self.cases.items() if key not in left_out}, [])


@lru_cache(maxsize=10_000)
def _line(text: str, label: str, longest: int, needed: bool) -> str:
    return clean_line(text, label, "", longest=longest, needed=needed)


def _instant(text: str, zone: tzinfo, now: datetime) -> datetime:
    try:
        read = datetime.fromisoformat(text.strip())
        at = read if read.tzinfo else read.replace(tzinfo=zone)
        is_possible = at.year >= _EARLIEST and at <= now
    except (ValueError, OverflowError):
        raise RuleBroken(f"“{text[:40]}” is no instant such as 2026-03-02T09:30:00+01:00.") from None
    if not is_possible:
        raise RuleBroken(f"“{text[:40]}” lies in the future or before {_EARLIEST}.")
    return at


@dataclass(slots=True)
class _Gathering:
    """Takes what a file says piece by piece, and notes what cannot be taken."""

    zone: tzinfo
    now: datetime
    log: EventLog = field(default_factory=EventLog)

    def case(self, key: str, line: int) -> Case | None:
        """The case with this key; none if the key cannot stand."""
        try:
            key = _line(key, "The application's key", 200, True)
        except RuleBroken as error:
            self.log.bad.append(BadLine(line, error.message))
            return None
        return self.log.cases.setdefault(key, Case(key))

    def describe(self, case: Case, line: int, **values: str) -> None:
        """Keep what is said of the person and the job; said twice, it must agree."""
        for name, value in values.items():
            if not value.strip():
                continue
            try:
                said = clean_email(value) if name == "email" else _line(value, f"The {name}", 200, True)
                if getattr(case, name) not in (None, said):
                    raise RuleBroken(f"The {name} differs from an earlier line of this application.")
                setattr(case, name, said)
            except RuleBroken as error:
                self.log.bad.append(BadLine(line, error.message, case.key))

    def add(self, case: Case, line: int, at: str, activity: str, actor: str, reason: str) -> None:
        """Keep an event of the case."""
        try:
            event = LoggedEvent(
                place=line,
                at=_instant(at, self.zone, self.now),
                activity=_line(activity, "The activity", 500, True),
                actor=_line(actor, "The actor", 100, False) or None,
                reason=_line(reason, "The reason", 500, False) or None,
            )
        except RuleBroken as error:
            self.log.bad.append(BadLine(line, error.message, case.key))
        else:
            case.events.append(event)


@contextmanager
def _whole(name: str) -> Iterator[None]:
    try:
        yield
    except (EOFError, zlib.error) as error:
        raise RuleBroken(f"{name} is cut short or damaged.", field="file") from error
    except UnicodeDecodeError as error:
        raise RuleBroken(
            f"{name} is not UTF-8: byte {error.start + 1:,} of a block.", field="file"
        ) from error


def read_csv(stream: IO[bytes], *, name: str, zone: tzinfo) -> EventLog:
    """The cases of a CSV file with a header; more columns count as attributes; `zone` is for bare instants.

    Raises RuleBroken for what is no such file; single bad lines are in the log.
    """
    gathering = _Gathering(zone, clock.now())
    with _whole(name):
        text = TextIOWrapper(stream, "utf-8-sig", newline="")
        reader = csv.reader(text, strict=True)
        try:
            header = _header(next(reader, []))
            for cells in reader:
                if cells:
                    _take_row(gathering, header, cells, reader.line_num)
        except csv.Error as error:
            raise RuleBroken(f"Line {reader.line_num} is no CSV: {error}.", field="file") from None
        finally:
            # The stream is its opener's to close.
            text.detach()
    return gathering.log


def _header(cells: list[str]) -> list[str]:
    header = [cell.strip().lower() if cell.strip().lower() in COLUMNS else cell.strip() for cell in cells]
    missing = [name for name in REQUIRED_COLUMNS if name not in header]
    if missing:
        raise RuleBroken(f"The header lacks the column “{missing[0]}”.", field="file")
    twice = [name for name in header if header.count(name) > 1]
    if twice:
        raise RuleBroken(f"The header has the column “{twice[0]}” twice.", field="file")
    return header


def _take_row(gathering: _Gathering, header: list[str], cells: list[str], line: int) -> None:
    row = dict(zip(header, cells, strict=False))
    case = gathering.case(row.get("application", ""), line)
    if case is None:
        return
    if len(cells) != len(header):
        problem = f"The line has {len(cells)} cells where the header has {len(header)}."
        gathering.log.bad.append(BadLine(line, problem, case.key))
        return
    said = {name: row.get(name, "") for name in ("candidate", "email", "job")}
    gathering.describe(case, line, **said)
    gathering.add(case, line, row["at"], row["activity"], row.get("actor", ""), row.get("reason", ""))
    for name in header:
        if name not in COLUMNS and row[name].strip():
            case.attributes[name] = row[name]


def read_xes(stream: IO[bytes], *, name: str, zone: tzinfo) -> EventLog:
    """The cases of an XES log, read as a stream; `zone` is for instants without one.

    Raises RuleBroken for what is no XES log, or one with a document type; single bad lines are in the log.
    """
    parser = expat.ParserCreate()
    reader = _XesReader(_Gathering(zone, clock.now()), lambda: parser.CurrentLineNumber)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.StartDoctypeDeclHandler = reader.refuse_document_type
    with _whole(name):
        try:
            parser.ParseFile(stream)
        except expat.ExpatError as error:
            message = expat.ErrorString(error.code)
            raise RuleBroken(f"Line {error.lineno} of {name} is no XML: {message}.", field="file") from None
    return reader.gathering.log


class _XesReader:
    """Follows the elements of a log; keeps what stands directly in a trace or an event."""

    def __init__(self, gathering: _Gathering, line: Callable[[], int]) -> None:
        self.gathering = gathering
        self._line = line
        self._path: list[str] = []
        self._trace: dict[str, str] = {}
        self._event: dict[str, str] = {}
        self._events: list[tuple[int, dict[str, str]]] = []
        self._began = 0
        self._event_began = 0

    def refuse_document_type(self, *_: object) -> None:
        raise RuleBroken("The file declares a document type, which no XES log needs.", field="file")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if not self._path and kind != "log":
            raise RuleBroken(f"The file is no XES log: it begins with <{tag[:40]}>.", field="file")
        inside = self._path[1:]
        if kind == "trace" and not inside:
            self._trace, self._events, self._began = {}, [], self._line()
        elif kind == "event" and inside == ["trace"]:
            self._event, self._event_began = {}, self._line()
        elif kind in _VALUES and "key" in attributes:
            if inside == ["trace"]:
                self._trace[attributes["key"]] = attributes.get("value", "")
            elif inside == ["trace", "event"]:
                self._event[attributes["key"]] = attributes.get("value", "")
        self._path.append(kind)

    def end(self, tag: str) -> None:
        kind = self._path.pop()
        inside = self._path[1:]
        if kind == "event" and inside == ["trace"]:
            self._events.append((self._event_began, self._event))
        elif kind == "trace" and not inside:
            self._take_trace()

    def _take_trace(self) -> None:
        key, known = self._trace.get("concept:name", ""), self.gathering.log
        if key and " ".join(key.split()) in known.cases:
            known.bad.append(BadLine(self._began, f"The trace “{key[:40]}” stands twice.", key))
            return
        case = self.gathering.case(key, self._began)
        if case is None:
            return
        if not self._events:
            known.bad.append(BadLine(self._began, "The trace has no event.", case.key))
        said = {name: self._trace.get(name, "") for name in ("candidate", "email", "job")}
        self.gathering.describe(case, self._began, **said)
        for line, event in self._events:
            at, activity = event.get("time:timestamp", ""), event.get("concept:name", "")
            actor = event.get("org:resource") or event.get("resource", "")
            self.gathering.add(case, line, at, activity, actor, event.get("reason", ""))
        case.attributes.update(self._trace)
