"""Tables of another system as its mapping tells them: which columns say what, and what happened when.

A value is written as a text with columns in braces: `{first_name} {last_name}`; `{stage_id:stages}` looks the
number up in another table.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.domain.rules import RuleBroken

OURS = ("application", "candidate", "email", "job", "source", "at", "until", "activity", "actor", "reason")
"""What a column of a table may be taken as."""
ANY = "*"
"""The name of a table that stands for any file."""
_PART = re.compile(r"\{([^{}:]+)(?::([^{}:]+))?\}")

Lookups = Mapping[str, Mapping[str, str]]
"""What numbers stand for, by the name of the lookup."""


@dataclass(frozen=True, slots=True)
class Template:
    """A text with columns in braces."""

    text: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it names."""
        return tuple(match[1] for match in _PART.finditer(self.text))

    @property
    def lookups(self) -> frozenset[str]:
        """The lookups that it asks."""
        return frozenset(match[2] for match in _PART.finditer(self.text) if match[2])

    def fill(self, row: Mapping[str, str], lookups: Lookups) -> str:
        """The text of a row: empty where a column or a number is not there."""

        def value(match: re.Match[str]) -> str:
            cell = row.get(match[1], "").strip()
            return lookups.get(match[2], {}).get(cell, "") if match[2] else cell

        return _PART.sub(value, self.text).strip()


NOTHING = Template("")


@dataclass(frozen=True, slots=True)
class EventColumn:
    """A column that holds when something happened, and what it was."""

    column: str
    activity: Template
    reason: Template = NOTHING
    actor: Template = NOTHING


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What the columns of a table are taken as, and which of them are events, in the order they happen in."""

    columns: Mapping[str, Template]
    events: tuple[EventColumn, ...] = ()

    def says(self, name: str, row: Mapping[str, str], lookups: Lookups) -> str:
        """What a row says of one of our columns; empty for nothing."""
        template = self.columns.get(name)
        return template.fill(row, lookups) if template else ""

    @property
    def needed(self) -> frozenset[str]:
        """The columns without which its rows say nothing."""
        names = ("application", "at", "activity")
        return frozenset(
            column for name in names if name in self.columns for column in self.columns[name].columns
        )


@dataclass(frozen=True, slots=True)
class Lookup:
    """A table that says what numbers stand for."""

    table: str
    key: str
    value: Template


@dataclass(frozen=True, slots=True)
class TableMappings:
    """All tables of a system, the lookups they ask, and the zone of instants that name none."""

    tables: Mapping[str, TableMapping] = field(default_factory=dict)
    lookups: Mapping[str, Lookup] = field(default_factory=dict)
    zone: str | None = None

    def table_of(self, file: str) -> str | None:
        """The table that a file holds by its name without its ending: the longest name that it contains."""
        stem = file.rpartition("/")[2].lower().partition(".")[0].replace("-", "_").replace(" ", "_")
        names = {*self.tables, *(lookup.table for lookup in self.lookups.values())}
        found = sorted((name for name in names if name.lower() in stem), key=len)
        return found[-1] if found else (ANY if ANY in self.tables else None)

    def asked_for_activities(self) -> Iterator[str]:
        """The lookups without which nobody knows what happened."""
        for table in self.tables.values():
            for template in (table.columns.get("activity", NOTHING), *(one.activity for one in table.events)):
                yield from sorted(template.lookups)


def read_tables(document: Mapping[str, Any]) -> TableMappings:
    """The tables that a mapping states. Raises RuleBroken at the first entry that cannot stand."""
    lookups = {name: _lookup(name, value) for name, value in _part(document, "lookups").items()}
    tables = {name: _table(name, value) for name, value in _part(document, "tables").items()}
    for name, table in tables.items():
        for template in _templates(table):
            unknown = sorted(template.lookups - lookups.keys())
            if unknown:
                raise _wrong(f"[tables.{name}] asks the lookup “{unknown[0]}”, which is not there.")
    zone = document.get("zone")
    if zone is not None and not isinstance(zone, str):
        raise _wrong("zone must be a text, such as Europe/London.")
    return TableMappings(tables, lookups, zone)


def _part(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = document.get(name, {})
    if not isinstance(part, dict):
        raise _wrong(f"[{name}] in the mapping must be a table.")
    return part


def _lookup(name: str, value: Any) -> Lookup:
    if not isinstance(value, dict) or {*value} != {"table", "key", "value"}:
        raise _wrong(f"[lookups.{name}] needs table, key and value.")
    table, key, text = (_text(f"[lookups.{name}]", value[part]) for part in ("table", "key", "value"))
    return Lookup(table, key, Template(text))


def _table(name: str, value: Any) -> TableMapping:
    if not isinstance(value, dict):
        raise _wrong(f"[tables.{name}] must be a table.")
    events = value.get("events", {})
    if not isinstance(events, dict):
        raise _wrong(f"[tables.{name}.events] must be a table.")
    columns = {key: text for key, text in value.items() if key != "events"}
    unknown = sorted(columns.keys() - set(OURS))
    if unknown:
        raise _wrong(f"[tables.{name}] {unknown[0]}: it is none of {', '.join(OURS)}.")
    if "application" not in columns:
        raise _wrong(f"[tables.{name}] does not say which column names the application.")
    if ("at" in columns) != ("activity" in columns):
        raise _wrong(f"[tables.{name}] needs both at and activity, or neither.")
    return TableMapping(
        {key: Template(_text(f"[tables.{name}] {key}", text)) for key, text in columns.items()},
        tuple(_event(name, column, told) for column, told in events.items()),
    )


def _event(table: str, column: str, told: Any) -> EventColumn:
    place = f"[tables.{table}.events] {column}"
    if isinstance(told, str):
        return EventColumn(column, Template(told))
    if not isinstance(told, dict) or "activity" not in told or not {*told} <= {"activity", "reason", "actor"}:
        raise _wrong(f"{place}: give an activity, and a reason or an actor if there are columns of them.")
    return EventColumn(column, **{key: Template(_text(place, text)) for key, text in told.items()})


def _templates(table: TableMapping) -> Iterable[Template]:
    yield from table.columns.values()
    for event in table.events:
        yield from (event.activity, event.reason, event.actor)


def _text(place: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _wrong(f"{place}: the value must be a text.")
    return value


def _wrong(sentence: str) -> RuleBroken:
    return RuleBroken(sentence, field="mapping")
