"""Histories brought in by a page: where one stands, and a mapping as it is put together there."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum

from tracker.domain.event_logs import LOGGED_OUTCOME_LABELS, EventMapping, LoggedOutcome
from tracker.domain.event_tables import ANY, OURS, EventColumn, TableMapping, TableMappings, Template
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import STAGE_LABELS, Stage

KEPT_FOR = timedelta(days=7)
MOST_TRIES = 3
MOST_ACTIVITIES = 200
"""How many activities are set on a page; a mapping file takes any number."""
MOST_BAD_KEPT = 5_000
EVENT = "event"
"""A column that holds when something happened, which is called as the column is."""


class UploadState(StrEnum):
    """Where a history stands that somebody brought."""

    TO_CHECK = "to_check"
    CHECKING = "checking"
    CHECKED = "checked"
    TO_IMPORT = "to_import"
    IMPORTING = "importing"
    IMPORTED = "imported"
    FAILED = "failed"


UPLOAD_STATE_LABELS = {
    UploadState.TO_CHECK: "Waits to be checked",
    UploadState.CHECKING: "Being checked",
    UploadState.CHECKED: "Checked",
    UploadState.TO_IMPORT: "Waits to be imported",
    UploadState.IMPORTING: "Being imported",
    UploadState.IMPORTED: "Imported",
    UploadState.FAILED: "Cannot be taken",
}
UPLOAD_STATE_BADGES = {
    UploadState.TO_CHECK: "plain",
    UploadState.CHECKING: "accent",
    UploadState.CHECKED: "accent",
    UploadState.TO_IMPORT: "plain",
    UploadState.IMPORTING: "accent",
    UploadState.IMPORTED: "good",
    UploadState.FAILED: "bad",
}
PENDING = (UploadState.TO_CHECK, UploadState.CHECKING, UploadState.TO_IMPORT, UploadState.IMPORTING)
COLUMN_LABELS = {
    "application": "Number of the application",
    "at": "When it happened",
    "activity": "What happened",
    "until": "Until when",
    "candidate": "Name of the person",
    "email": "E-mail",
    "job": "Job",
    "source": "Source",
    "actor": "Who did it",
    "reason": "Reason",
    EVENT: "An event of its own: when it happened",
}
"""What a column may be taken as, in words."""
_GUESSED = {
    "application": ("application", "application id", "application number", "id", "case", "case id"),
    "at": ("at", "date", "when", "timestamp", "entered on", "entered at", "time"),
    "activity": ("activity", "stage", "stage name", "status", "step", "event"),
    "until": ("until", "exited on", "left on"),
    "candidate": ("candidate", "name", "candidate name", "full name", "applicant"),
    "email": ("email", "e mail", "email address", "candidate email"),
    "job": ("job", "job name", "job title", "position", "requisition"),
    "source": ("source", "channel"),
    "actor": ("actor", "user", "by", "changed by", "recruiter"),
    "reason": ("reason", "rejection reason", "comment"),
}
MEANINGS = {
    "": "Only a note",
    **{f"stage:{stage.value}": f"Stage: {STAGE_LABELS[stage]}" for stage in Stage},
    **{f"outcome:{one.value}": LOGGED_OUTCOME_LABELS[one] for one in LoggedOutcome},
}
"""What an activity may mean."""


def guessed_columns(header: Sequence[str]) -> tuple[str, ...]:
    """What each column is taken as by its name at first; empty where nobody can tell."""
    taken: set[str] = set()
    found = []
    for name in header:
        plain = " ".join(name.lower().replace("_", " ").replace("-", " ").split())
        guess = next((ours for ours, names in _GUESSED.items() if plain in names and ours not in taken), "")
        taken.add(guess)
        found.append(guess)
    return tuple(found)


def with_columns(
    mapping: EventMapping, header: Sequence[str], chosen: Sequence[str], zone: str | None
) -> EventMapping:
    """The mapping of a list whose columns are taken so. Raises RuleBroken where they tell no history."""
    columns: dict[str, Template] = {}
    events = []
    for name, ours in zip(header, chosen, strict=True):
        if ours:
            _check_name(name, header)
        if ours == EVENT:
            events.append(EventColumn(name, Template(name.replace("{", "(").replace("}", ")"))))
        elif ours in OURS and ours in columns:
            raise RuleBroken(f"Two columns are taken as: {COLUMN_LABELS[ours].lower()}.", field="columns")
        elif ours in OURS:
            columns[ours] = Template(f"{{{name}}}")
    if "application" not in columns:
        raise RuleBroken("Say which column is the number of the application.", field="columns")
    if ("at" in columns) != ("activity" in columns) or not ("at" in columns or events):
        raise RuleBroken("Say which columns tell what happened, and when.", field="columns")
    table = TableMapping(columns, tuple(events))
    return replace(mapping, tables=TableMappings({ANY: table}, {}, zone))


def _check_name(name: str, header: Sequence[str]) -> None:
    """That a column can be told from all others in a mapping. Raises RuleBroken."""
    if not name.strip():
        raise RuleBroken("A column without a name cannot be taken: give it one in the file.", field="columns")
    if header.count(name) > 1:
        raise RuleBroken(
            f"Several columns are called “{name}”: give them names of their own.", field="columns"
        )
    if any(sign in name for sign in ":{}"):
        raise RuleBroken(
            f"The column “{name}” has a colon or a brace in its name: rename it in the file.", field="columns"
        )


def meaning_of(mapping: EventMapping, activity: str) -> str:
    """What an activity means, as a key of MEANINGS."""
    stage, outcome = mapping.stage_of(activity), mapping.outcome_of(activity)
    if outcome is not None:
        return f"outcome:{outcome.value}"
    return f"stage:{stage.value}" if stage else ""


def with_meanings(mapping: EventMapping, meanings: Mapping[str, str]) -> EventMapping:
    """The mapping with these activities meaning this; those that mean it already stay as they are."""
    stages, outcomes, notes = dict(mapping.stages), dict(mapping.outcomes), mapping.notes
    for activity, meaning in meanings.items():
        if meaning not in MEANINGS:
            raise RuleBroken("Choose what the activity means from the list.", field="activities")
        if meaning == meaning_of(mapping, activity):
            continue
        stages.pop(activity, None)
        outcomes.pop(activity, None)
        notes -= {activity}
        kind, _, word = meaning.partition(":")
        if kind == "stage":
            stages[activity] = Stage(word)
        elif kind == "outcome":
            outcomes[activity] = LoggedOutcome(word)
        else:
            notes |= {activity}
    return replace(mapping, stages=stages, outcomes=outcomes, notes=notes)


def mapping_text(mapping: EventMapping) -> str:
    """The mapping as a TOML file that `tracker history import` takes."""
    return "\n".join(_lines(mapping)) + "\n"


def _lines(mapping: EventMapping) -> Iterator[str]:
    tables = mapping.tables
    if tables.zone is not None:
        yield f"zone = {_quoted(tables.zone)}"
    if mapping.notes:
        yield f"notes = [{', '.join(map(_quoted, sorted(mapping.notes)))}]"
    for name, lookup in tables.lookups.items():
        yield f"[lookups.{_quoted(name)}]"
        yield f"table = {_quoted(lookup.table)}"
        yield f"key = {_quoted(lookup.key)}"
        yield f"value = {_quoted(lookup.value.text)}"
    for name, table in tables.tables.items():
        yield f"[tables.{_quoted(name)}]"
        yield from (f"{ours} = {_quoted(template.text)}" for ours, template in table.columns.items())
        if table.events:
            yield f"[tables.{_quoted(name)}.events]"
        for event in table.events:
            parts = {"activity": event.activity, "reason": event.reason, "actor": event.actor}
            told = ", ".join(f"{key} = {_quoted(one.text)}" for key, one in parts.items() if one.text)
            yield f"{_quoted(event.column)} = {{ {told} }}"
    for title, entries in (
        ("stages", mapping.stages),
        ("outcomes", mapping.outcomes),
        ("attributes", mapping.attributes),
        ("reasons", mapping.reasons),
    ):
        if entries:
            yield f"[{title}]"
            yield from (f"{_quoted(name)} = {_quoted(str(value))}" for name, value in entries.items())


def _quoted(text: str) -> str:
    # A basic string of TOML escapes as JSON does, but for what stands beyond the first plane.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
