"""Reading the tables of another system: rows become events, told by a mapping, joined by their numbers."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, tzinfo
from typing import IO

from tracker import clock
from tracker.domain.event_logs import Case
from tracker.domain.event_tables import ANY, Lookup, TableMapping, TableMappings
from tracker.domain.reports import read_zone
from tracker.domain.rules import RuleBroken
from tracker.services.event_log_files import csv_rows
from tracker.services.event_log_gathering import BadLine, EventLog, Gathering, instant_of, told_whole

_ROOM = 100_000_000
"""More lines than a table has: rows of one instant are in the order of the tables, then of their lines."""
_LAST = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file that holds a table: its name, and how it is opened."""

    name: str
    open: Callable[[], AbstractContextManager[IO[bytes]]]


def read_tables_of(files: list[TableFile], mappings: TableMappings, *, zone: tzinfo) -> EventLog:
    """The cases that these tables tell; `zone` is for bare instants where the mapping names none.

    Raises RuleBroken for what is no table, and where none of the files is one that the mapping knows.
    """
    if mappings.zone is not None:
        zone = read_zone(mappings.zone, "UTC")
    found = _found(files, mappings)
    told = [(name, file) for name, file in found.items() if name in mappings.tables]
    if not told:
        known = ", ".join(name for name in mappings.tables if name != ANY)
        raise RuleBroken(f"None of the files is a table that the mapping knows: {known}.", field="file")
    gathering = Gathering(zone, clock.now())
    lookups = {
        name: _numbers(lookup, found[lookup.table], gathering)
        for name, lookup in mappings.lookups.items()
        if lookup.table in found
    }
    _require_lookups(mappings, found, lookups)
    for number, (name, file) in enumerate(sorted(told)):
        reader = _TableReader(
            gathering, mappings.tables[name], lookups, _ROOM * number, file.name if len(files) > 1 else ""
        )
        for row in _rows(file, mappings.tables[name].needed):
            reader.take(row)
    return gathering.log


def _found(files: list[TableFile], mappings: TableMappings) -> dict[str, TableFile]:
    found: dict[str, TableFile] = {}
    for file in files:
        table = mappings.table_of(file.name)
        if table is None:
            continue
        if table in found:
            raise RuleBroken(
                f"Both {found[table].name} and {file.name} would be the table “{table}”.", field="file"
            )
        found[table] = file
    return found


def _require_lookups(
    mappings: TableMappings, found: Mapping[str, TableFile], lookups: Mapping[str, object]
) -> None:
    for name in mappings.asked_for_activities():
        lookup = mappings.lookups[name]
        asks = [
            table
            for table, told in mappings.tables.items()
            if table in found and "activity" in told.columns and name in told.columns["activity"].lookups
        ]
        if asks and name not in lookups:
            raise RuleBroken(
                f"{found[asks[0]].name} says only by numbers what happened: the table “{lookup.table}”, which"
                " names them, is needed too.",
                field="file",
            )


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table by the names of its columns, with its line; `problem` says why it cannot be taken."""

    line: int
    cells: Mapping[str, str]
    problem: str = ""


def _numbers(lookup: Lookup, file: TableFile, gathering: Gathering) -> dict[str, str]:
    """What the numbers of a table stand for; a row that cannot be taken is told with its line, once."""
    found: dict[str, str] = {}
    for row in _rows(file, frozenset({lookup.key})):
        if row.problem:
            bad = BadLine(row.line, f"{file.name}: {row.problem}")
            if bad not in gathering.log.bad:
                gathering.log.bad.append(bad)
        elif key := row.cells[lookup.key].strip():
            found[key] = lookup.value.fill(row.cells, {})
    return found


def _rows(file: TableFile, needed: frozenset[str]) -> Iterator[_Row]:
    """The rows of a table. Raises RuleBroken where a column that is needed lacks.

    Cells that lack at the end are empty; one that says something and has no column cannot be taken.
    """
    with file.open() as stream, told_whole(file.name), closing(csv_rows(stream, file.name)) as rows:
        _, header = next(rows, (0, []))
        names = [name.strip() for name in header]
        if not any(names):
            raise RuleBroken(f"{file.name} is empty.", field="file")
        missing = sorted(needed - {*names})
        if missing:
            raise RuleBroken(f"{file.name} lacks the column “{missing[0]}”.", field="file")
        for line, cells in rows:
            problem = ""
            if any(cell.strip() for cell in cells[len(names) :]):
                problem = f"The line has {len(cells)} cells where the header has {len(names)}."
            cells += [""] * (len(names) - len(cells))
            yield _Row(line, dict(zip(names, cells, strict=False)), problem)


@dataclass(slots=True)
class _TableReader:
    """Takes the rows of one table."""

    gathering: Gathering
    table: TableMapping
    lookups: Mapping[str, Mapping[str, str]]
    before: int
    name: str

    def take(self, told: _Row) -> None:
        """Keep what a row says; what cannot be taken is told with its line."""
        log, line, row = self.gathering.log, told.line, told.cells
        known = len(log.bad)
        key = self._says("application", row)
        case = self.gathering.case(key, line)
        if case is not None and told.problem:
            log.bad.append(BadLine(line, told.problem, case.key))
        elif case is not None:
            said = {name: self._says(name, row) for name in ("candidate", "email", "job")}
            self.gathering.describe(case, line, **said)
            case.source = self._says("source", row)[:80] or case.source
            if not self._goes_backwards(case, line, row):
                self._take_events(case, line, row)
        if self.name:
            log.bad[known:] = [replace(bad, problem=f"{self.name}: {bad.problem}") for bad in log.bad[known:]]

    def _take_events(self, case: Case, line: int, row: Mapping[str, str]) -> None:
        place = self.before + line
        if at := self._says("at", row):
            actor, reason = self._says("actor", row), self._says("reason", row)
            self.gathering.add(
                case, line, self._instant(at), self._says("activity", row), actor, reason, place=place
            )
        for event in self.table.events:
            if at := row.get(event.column, "").strip():
                templates = (event.activity, event.actor, event.reason)
                activity, actor, reason = (one.fill(row, self.lookups) for one in templates)
                self.gathering.add(case, line, self._instant(at), activity, actor, reason, place=place)

    def _goes_backwards(self, case: Case, line: int, row: Mapping[str, str]) -> bool:
        """Whether the row says that something ended before it began."""
        columns = [(name, self._says(name, row)) for name in ("at", "until")]
        events = [(event.column, row.get(event.column, "").strip()) for event in self.table.events]
        for pair in (columns, events):
            earlier: tuple[str, datetime] | None = None
            for name, text in pair:
                at = self._read(text)
                if at is not None and earlier is not None and at < earlier[1]:
                    told = f"{self._column(name)} lies before {self._column(earlier[0])}."
                    self.gathering.log.bad.append(BadLine(line, told, case.key))
                    return True
                earlier = (name, at) if at is not None else earlier
        return False

    def _column(self, name: str) -> str:
        template = self.table.columns.get(name)
        return f"“{template.columns[0] if template and template.columns else name}”"

    def _read(self, text: str) -> datetime | None:
        if not text:
            return None
        try:
            return instant_of(self._instant(text), self.gathering.zone, self.gathering.now)
        except RuleBroken:
            return None

    def _instant(self, text: str) -> str:
        """An instant as it is written; of a bare day its last second, so that it comes after all others."""
        if len(text) != len("2026-03-02"):
            return text
        try:
            day = datetime.combine(datetime.fromisoformat(text).date(), _LAST, self.gathering.zone)
        except ValueError:
            return text
        # The day itself may not be over.
        begin = day.replace(hour=0, minute=0, second=0)
        return min(day, max(begin, self.gathering.now)).astimezone(UTC).isoformat()

    def _says(self, name: str, row: Mapping[str, str]) -> str:
        return self.table.says(name, row, self.lookups)
