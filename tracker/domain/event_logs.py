"""Another system's history: its events, how they map onto stages and outcomes, and what each becomes here."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from tracker.domain.dispositions import DISPOSITION_REASONS, UNRECORDED
from tracker.domain.event_tables import TableMappings, read_tables
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import STAGE_LABELS, Outcome, Stage


class LoggedOutcome(StrEnum):
    """What an activity of another system says about how an application went."""

    HIRED = "hired"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    OFFER_EXTENDED = "offer_extended"
    OFFER_ACCEPTED = "offer_accepted"
    OFFER_DECLINED = "offer_declined"


LOGGED_OUTCOME_LABELS = {
    LoggedOutcome.HIRED: "Hired",
    LoggedOutcome.REJECTED: "Rejected",
    LoggedOutcome.WITHDRAWN: "Withdrawn",
    LoggedOutcome.OFFER_EXTENDED: "Offer extended",
    LoggedOutcome.OFFER_ACCEPTED: "Offer accepted",
    LoggedOutcome.OFFER_DECLINED: "Offer declined",
}
_Choice = TypeVar("_Choice", bound=StrEnum)
_CLOSED = (Outcome.REJECTED, Outcome.WITHDRAWN)
_OF_TABLES = {"tables", "lookups", "zone", "notes"}


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """One dated event of a case; `place` is its place in the file, which orders events of one instant.

    `line` is where it stands in a file that has lines.
    """

    place: int
    at: datetime
    activity: str
    actor: str | None = None
    reason: str | None = None
    line: int = 0


@dataclass(slots=True)
class Case:
    """One application as another system kept it, with what it says of the person."""

    key: str
    events: list[LoggedEvent] = field(default_factory=list)
    candidate: str | None = None
    email: str | None = None
    job: str | None = None
    source: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)

    def ordered(self) -> list[LoggedEvent]:
        """The events by instant, and by place in the file where instants are equal."""
        return sorted(self.events, key=lambda event: (event.at, event.place))


@dataclass(frozen=True, slots=True)
class EventMapping:
    """Which activity means which stage or outcome, which attribute which field, which reason which key."""

    stages: Mapping[str, Stage]
    outcomes: Mapping[str, LoggedOutcome]
    attributes: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    tables: TableMappings = field(default_factory=TableMappings)
    notes: frozenset[str] = frozenset()
    """Activities that mean nothing, though the beginning of one that ends in `*` says otherwise."""

    def knows(self, activity: str) -> bool:
        """Whether the activity stands under stages or outcomes."""
        return self.stage_of(activity) is not None or self.outcome_of(activity) is not None

    def stage_of(self, activity: str) -> Stage | None:
        """The stage that an activity leads to."""
        return _meant(self.stages, activity, self._said)

    def outcome_of(self, activity: str) -> LoggedOutcome | None:
        """What an activity says of how it went."""
        return _meant(self.outcomes, activity, self._said)

    def _said(self, activity: str) -> bool:
        """Whether something is said of this very activity: then no beginning of a name counts."""
        return activity in self.stages or activity in self.outcomes or activity in self.notes


def _meant(table: Mapping[str, _Choice], activity: str, is_said: Callable[[str], bool]) -> _Choice | None:
    """What an activity means: under its own name, else under the beginning of one that ends in `*`."""
    if is_said(activity):
        return table.get(activity)
    begins = [name for name in table if name.endswith("*") and activity.startswith(name[:-1])]
    return table[max(begins, key=len)] if begins else None


def default_mapping() -> EventMapping:
    """The mapping of histories that already use our words, as keys or as labels; our own exports do."""
    stages = {name: stage for stage in Stage for name in (stage.value, STAGE_LABELS[stage])}
    outcomes = {
        name: outcome for outcome in LoggedOutcome for name in (outcome.value, LOGGED_OUTCOME_LABELS[outcome])
    }
    return EventMapping(stages, outcomes)


def read_mapping(text: str) -> EventMapping:
    """The mapping that a TOML file states. Raises RuleBroken at the first entry that cannot stand."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleBroken(f"The mapping is not TOML: {error}.", field="mapping") from None
    tables = {name: _table(document, name) for name in ("stages", "outcomes", "attributes", "reasons")}
    unknown = sorted(document.keys() - tables.keys() - _OF_TABLES)
    if unknown:
        raise RuleBroken(
            f"The mapping has a table [{unknown[0]}], which means nothing here.", field="mapping"
        )
    for name, label in tables["attributes"].items():
        if not 0 < len(label.strip()) <= 60:
            raise RuleBroken(
                f"[attributes] {name}: a field's name has from 1 to 60 characters.", field="mapping"
            )
    for name, key in tables["reasons"].items():
        if key not in DISPOSITION_REASONS:
            raise RuleBroken(f"[reasons] {name}: there is no disposition reason “{key}”.", field="mapping")
    return EventMapping(
        stages={name: _choice(Stage, "stages", name, value) for name, value in tables["stages"].items()},
        outcomes={
            name: _choice(LoggedOutcome, "outcomes", name, value)
            for name, value in tables["outcomes"].items()
        },
        attributes={name: label.strip() for name, label in tables["attributes"].items()},
        reasons=tables["reasons"],
        tables=read_tables(document),
        notes=_notes(document),
    )


def _notes(document: Mapping[str, Any]) -> frozenset[str]:
    given = document.get("notes", [])
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise RuleBroken("“notes” is a list of activities.", field="mapping")
    return frozenset(given)


def _table(document: Mapping[str, Any], name: str) -> dict[str, str]:
    table = document.get(name, {})
    if not isinstance(table, dict):
        raise RuleBroken(f"[{name}] in the mapping must be a table.", field="mapping")
    for key, value in table.items():
        if not isinstance(value, str):
            raise RuleBroken(f"[{name}] {key}: the value must be a text.", field="mapping")
    return table


def _choice(enum: type[_Choice], table: str, name: str, value: str) -> _Choice:
    try:
        return enum(value)
    except ValueError:
        known = ", ".join(member.value for member in enum)
        raise RuleBroken(f"[{table}] {name}: “{value}” is none of {known}.", field="mapping") from None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an application stands during an import."""

    stage: Stage
    outcome: Outcome

    @property
    def takes_opening(self) -> bool:
        """Whether an application here takes one of its job's openings."""
        onboards = self.outcome is Outcome.ACTIVE and self.stage is Stage.ONBOARDING
        return onboards or self.outcome is Outcome.HIRED


@dataclass(frozen=True, slots=True)
class LoggedMove:
    """A move that an event becomes: from where (none: it begins) to where, and why if it closes."""

    from_: Place | None
    to: Place
    reason: str | None
    event: LoggedEvent


@dataclass(frozen=True, slots=True)
class CaseHistory:
    """What a case becomes: its moves in order, the events kept as notes, and whether any event was mapped."""

    moves: tuple[LoggedMove, ...]
    notes: tuple[LoggedEvent, ...]
    is_mapped: bool

    @property
    def end(self) -> Place:
        """Where the application stands at last."""
        return self.moves[-1].to


def case_history(case: Case, mapping: EventMapping) -> CaseHistory:
    """The moves and notes of a case; if none of its events is mapped, it stays in Application."""
    events = case.ordered()
    moves: list[LoggedMove] = []
    notes: list[LoggedEvent] = []
    here: Place | None = None
    for event in events:
        made = list(_moves_of(event, here, mapping))
        moves += made
        here = made[-1].to if made else here
        if not made or _has_unkept_reason(event, made, mapping):
            notes.append(event)
    is_mapped = any(mapping.knows(event.activity) for event in events)
    if not moves:
        moves = [LoggedMove(None, Place(Stage.APPLICATION, Outcome.ACTIVE), None, events[0])]
    return CaseHistory(tuple(moves), tuple(notes), is_mapped)


def _moves_of(event: LoggedEvent, here: Place | None, mapping: EventMapping) -> Iterator[LoggedMove]:
    for place in _places(event.activity, here, mapping):
        if place != here:
            reason = _reason(event, place.outcome, mapping) if place.outcome in _CLOSED else None
            yield LoggedMove(here, place, reason, event)
            here = place


def _places(activity: str, here: Place | None, mapping: EventMapping) -> Iterator[Place]:
    """Where an activity leads in turn: first to its stage, then to its outcome."""
    stage, outcome = mapping.stage_of(activity), mapping.outcome_of(activity)
    if stage is not None:
        here = _at_stage(stage, here)
        yield here
    if outcome is not None:
        yield _at_outcome(outcome, here)


def _at_stage(stage: Stage, here: Place | None) -> Place:
    # The first day's papers of somebody hired do not undo the hire; a stage they had left does.
    if here is not None and here.stage is stage and here.outcome in (Outcome.ACTIVE, Outcome.HIRED):
        return here
    return Place(stage, Outcome.ACTIVE)


def _at_outcome(outcome: LoggedOutcome, here: Place | None) -> Place:
    if outcome is LoggedOutcome.OFFER_EXTENDED:
        return _at_stage(Stage.OFFER, here)
    if outcome is LoggedOutcome.OFFER_ACCEPTED:
        return here if here is not None and here.takes_opening else Place(Stage.ONBOARDING, Outcome.ACTIVE)
    if outcome is LoggedOutcome.OFFER_DECLINED:
        return Place(here.stage if here else Stage.OFFER, Outcome.WITHDRAWN)
    return Place(here.stage if here else Stage.APPLICATION, Outcome(outcome.value))


def _reason(event: LoggedEvent, outcome: Outcome, mapping: EventMapping) -> str:
    given = mapping.reasons.get(event.reason or "", event.reason or "")
    if not given and mapping.outcome_of(event.activity) is LoggedOutcome.OFFER_DECLINED:
        return "offer_declined"
    reason = DISPOSITION_REASONS.get(given)
    fits = reason is not None and reason.closes_as in (None, outcome)
    return given if fits else UNRECORDED


def _has_unkept_reason(event: LoggedEvent, made: list[LoggedMove], mapping: EventMapping) -> bool:
    """Whether the event gave a reason in words that no key of ours keeps."""
    kept = mapping.reasons.get(event.reason or "", event.reason or "")
    return bool(event.reason) and kept not in {move.reason for move in made}
