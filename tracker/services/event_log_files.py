"""Reading another system's history from a file, XES or CSV; bad lines are named."""

import csv
from collections.abc import Callable, Generator
from contextlib import closing
from datetime import tzinfo
from io import TextIOWrapper
from itertools import chain
from typing import IO
from xml.parsers import expat

from tracker import clock
from tracker.domain.rules import RuleBroken
from tracker.services.event_log_gathering import BadLine, EventLog, Gathering, told_whole

COLUMNS = ("application", "candidate", "email", "job", "at", "activity", "actor", "reason")
REQUIRED_COLUMNS = ("application", "at", "activity")
MOST_COLUMNS = 100
_LONGEST_HEADER = 100_000  # letters
_DELIMITERS = ",;\t"
_CONFLICT_MARKS = ("<<<<<<<", "|||||||", ">>>>>>>")
_VALUES = frozenset({"string", "date", "int", "float", "boolean", "id"})


def read_csv(stream: IO[bytes], *, name: str, zone: tzinfo) -> EventLog:
    """The cases of a CSV file with a header; more columns count as attributes; `zone` is for bare instants.

    Raises RuleBroken for what is no such file; single bad lines are in the log.
    """
    gathering = Gathering(zone, clock.now())
    with told_whole(name), closing(csv_rows(stream, name)) as rows:
        _, cells = next(rows, (0, []))
        header = _header(cells)
        for line, cells in rows:
            _take_row(gathering, header, cells, line)
    return gathering.log


def csv_rows(stream: IO[bytes], name: str) -> Generator[tuple[int, list[str]], None, None]:
    """The rows of a CSV parted by commas, semicolons or tabs, each with the line it ends on; no blank ones.

    Raises RuleBroken at the line where it is none, or was put together from two versions and never settled.
    """
    text = TextIOWrapper(stream, "utf-8-sig", newline="")
    line = 0
    try:
        first = text.readline(_LONGEST_HEADER)
        if len(first) == _LONGEST_HEADER:
            raise RuleBroken(f"The first line of {name} has no end: it is no CSV.", field="file")
        delimiter = max(_DELIMITERS, key=first.count)
        reader = csv.reader(chain([first], text), delimiter=delimiter, strict=True)
        for cells in reader:
            line = reader.line_num
            if cells and cells[0].startswith(_CONFLICT_MARKS):
                raise RuleBroken(
                    f"Line {line} of {name} begins with “{cells[0][:7]}”, as two versions of a file that were"
                    " put together and never settled: settle them first.",
                    field="file",
                )
            if cells:
                yield line, cells
    except csv.Error as error:
        raise RuleBroken(f"Line {reader.line_num} of {name} is no CSV: {error}.", field="file") from None
    except UnicodeDecodeError:
        raise RuleBroken(
            f"{name} is not UTF-8 text somewhere after line {line}: save it as “CSV UTF-8”.", field="file"
        ) from None
    finally:
        # The stream is its opener's to close.
        text.detach()


def _header(cells: list[str]) -> list[str]:
    header = [cell.strip().lower() if cell.strip().lower() in COLUMNS else cell.strip() for cell in cells]
    if not any(header):
        raise RuleBroken("The file is empty.", field="file")
    if len(header) > MOST_COLUMNS:
        raise RuleBroken(
            f"The file has {len(header)} columns, and at most {MOST_COLUMNS} are read: remove those that say"
            " nothing of the application.",
            field="file",
        )
    missing = [name for name in REQUIRED_COLUMNS if name not in header]
    if missing:
        raise RuleBroken(f"The header lacks the column “{missing[0]}”.", field="file")
    twice = [name for name in header if header.count(name) > 1]
    if twice:
        raise RuleBroken(f"The header has the column “{twice[0]}” twice.", field="file")
    return header


def _take_row(gathering: Gathering, header: list[str], cells: list[str], line: int) -> None:
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
    reader = _XesReader(Gathering(zone, clock.now()), lambda: parser.CurrentLineNumber)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.StartDoctypeDeclHandler = reader.refuse_document_type
    with told_whole(name):
        try:
            parser.ParseFile(stream)
        except expat.ExpatError as error:
            message = expat.ErrorString(error.code)
            raise RuleBroken(f"Line {error.lineno} of {name} is no XML: {message}.", field="file") from None
    return reader.gathering.log


class _XesReader:
    """Follows the elements of a log; keeps what stands directly in a trace or an event."""

    def __init__(self, gathering: Gathering, line: Callable[[], int]) -> None:
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
