"""Deciding a move: from facts, request, actor and time to the move, or to why not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tracker.domain.actors import Actor, ActorKind, Role, TeamRole
from tracker.domain.dispositions import BACKGROUND_REASON, DISPOSITION_REASONS
from tracker.domain.facts import Facts, LastMove
from tracker.domain.keys import Key
from tracker.domain.moves import (
    EDGES,
    FORWARD,
    MOVE_LABELS,
    NEEDS_DISPOSITION,
    NEEDS_TEXT,
    UNDO_EDGES,
    UNDO_WINDOW,
    UNDOABLE,
    Edge,
    MoveKind,
    Party,
    moves_from,
)
from tracker.domain.requirements import NEVER_OVERRIDDEN, REQUIREMENT_LABELS, Owner, Requirement, Unmet, unmet
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import OUTCOME_LABELS, STAGE_LABELS, JobStatus, Outcome, Stage

_ROOM_ON_A_CARD = 40  # characters


class Refusal(Key):
    """Why a move is refused whatever its requirements say."""

    PERMISSION = "permission"
    JOB_CLOSED = "job_closed"
    TOO_LATE = "too_late"


REFUSAL_LABELS = {
    Refusal.PERMISSION: "You may not make this move.",
    Refusal.JOB_CLOSED: "The job is not open.",
    Refusal.TOO_LATE: "The ten minutes for undoing are over.",
}


class MoveRefused(RuleBroken):
    """A move that the machine does not make; `reason` says which kind of no."""


class NotPermitted(MoveRefused):
    """The actor may not make this move."""


class IllegalMove(MoveRefused):
    """The order of stages, the job's status or the time does not allow the move."""


class RequirementsUnmet(MoveRefused):
    """Facts are missing; `unmet` lists them with who owes each."""

    def __init__(self, message: str, missing: tuple[Unmet, ...]) -> None:
        super().__init__(message)
        self.unmet = missing


@dataclass(frozen=True, slots=True)
class MoveRequest:
    """What somebody asks for: the kind of move, where to, and the texts and reasons that go with it."""

    kind: MoveKind
    to: Stage | None = None
    disposition: str | None = None
    text: str | None = None
    note: str | None = None
    override: frozenset[Requirement] = frozenset()
    override_reason: str | None = None


@dataclass(frozen=True, slots=True)
class MoveOption:
    """A move as a person sees it before the click: allowed, or refused and why."""

    edge: Edge
    refused: Refusal | None
    unmet: tuple[Unmet, ...]

    @property
    def is_allowed(self) -> bool:
        """Whether the move would go through now."""
        return self.refused is None and not self.unmet


def parties_of(actor: Actor, facts: Facts) -> frozenset[Party]:
    """In which capacities the actor may move this application."""
    if actor.kind is ActorKind.SYSTEM:
        return frozenset({Party.SYSTEM} | _maker(actor, facts))
    if actor.kind is ActorKind.CANDIDATE:
        return frozenset({Party.CANDIDATE}) if actor.application_id == facts.application_id else frozenset()
    parties = set(_maker(actor, facts))
    if actor.has_role(Role.RECRUITER):
        parties.add(Party.RECRUITER)
    if actor.has_role(Role.HR):
        parties.add(Party.HR)
    if actor.has_role(Role.HIRING_MANAGER) and actor.is_on_team(facts.job_id, TeamRole.HIRING_MANAGER):
        parties.add(Party.HIRING_MANAGER)
    return frozenset(parties)


def _maker(actor: Actor, facts: Facts) -> set[Party]:
    is_maker = facts.last_move is not None and facts.last_move.actor_key == actor.key
    return {Party.MAKER} if is_maker else set()


def _undo_edge(facts: Facts, last: LastMove) -> Edge | None:
    if last.kind not in UNDOABLE:
        return None
    place = (facts.stage, facts.outcome, last.from_stage, last.from_outcome)
    return next(
        (e for e in UNDO_EDGES if (e.from_stage, e.from_outcome, e.to_stage, e.to_outcome) == place), None
    )


def _refusal(edge: Edge, facts: Facts, parties: frozenset[Party], now: datetime) -> Refusal | None:
    if not edge.who & parties:
        return Refusal.PERMISSION
    if edge.kind in FORWARD and facts.job_status is not JobStatus.OPEN:
        return Refusal.JOB_CLOSED
    if edge.kind is MoveKind.COMPLETE and facts.job_status not in (JobStatus.OPEN, JobStatus.FILLED):
        return Refusal.JOB_CLOSED
    if edge.kind is MoveKind.UNDO and facts.last_move is not None:
        is_late = not timedelta(0) <= now - facts.last_move.recorded_at <= UNDO_WINDOW
        return Refusal.TOO_LATE if is_late else None
    return None


_OF_OTHERS_CARDS = frozenset({Requirement.SCORECARDS, Requirement.COMPETENCIES_RATED, Requirement.DEBRIEF})


def owes_card(actor: Actor, facts: Facts) -> bool:
    """Whether the actor still owes a scorecard on this application."""
    return actor.kind is ActorKind.USER and any(user_id == actor.id for user_id, _ in facts.cards_due)


def _blinded(missing: tuple[Unmet, ...], facts: Facts, actor: Actor) -> tuple[Unmet, ...]:
    """Whoever still owes a scorecard here learns only that their own is due."""
    if not owes_card(actor, facts):
        return missing
    kept = [m for m in missing if m.requirement not in _OF_OTHERS_CARDS]
    own = Unmet(Requirement.SCORECARDS, "your scorecard is due", Owner.YOU)
    return (*kept, own) if len(kept) < len(missing) else missing


def _option(edge: Edge, facts: Facts, actor: Actor, now: datetime) -> MoveOption:
    refused = _refusal(edge, facts, parties_of(actor, facts), now)
    missing = _blinded(unmet(edge.needs, facts, now.date()), facts, actor)
    return MoveOption(edge, refused, missing)


def move_options(facts: Facts, actor: Actor, now: datetime) -> tuple[MoveOption, ...]:
    """Each move from where the application stands, allowed or refused and why, undo last."""
    edges = list(moves_from(facts.stage, facts.outcome))
    undo = _undo_edge(facts, facts.last_move) if facts.last_move else None
    return tuple(_option(e, facts, actor, now) for e in [*edges, *([undo] if undo else [])])


def next_option(facts: Facts, actor: Actor, now: datetime) -> MoveOption | None:
    """The one move forward from where the application stands, none once it is closed."""
    onward = (MoveKind.ADVANCE, MoveKind.COMPLETE)
    edge = next((e for e in moves_from(facts.stage, facts.outcome) if e.kind in onward), None)
    return _option(edge, facts, actor, now) if edge else None


def brief(missing: Unmet) -> str:
    """What is missing in the few words that a card has room for: "2 of 3 scorecards", "screening call"."""
    first = missing.detail.split("; ")[0].split(", or ")[0]
    if (first[0].isdigit() and len(first) <= _ROOM_ON_A_CARD) or missing.owner is Owner.YOU:
        return first
    short = first.removeprefix("the ").removeprefix("an ").removeprefix("a ")
    return short if len(short) <= _ROOM_ON_A_CARD else REQUIREMENT_LABELS[missing.requirement]


def _place(facts: Facts) -> str:
    if facts.outcome is Outcome.ACTIVE:
        return f"in {STAGE_LABELS[facts.stage]}"
    return f"{OUTCOME_LABELS[facts.outcome].lower()} in {STAGE_LABELS[facts.stage]}"


def _choose(facts: Facts, request: MoveRequest, actor: Actor, now: datetime) -> MoveOption:
    options = [o for o in move_options(facts, actor, now) if o.edge.kind is request.kind]
    fitting = [o for o in options if request.to in (None, o.edge.to_stage)]
    if len(fitting) == 1:
        return fitting[0]
    who = frozenset[Party]().union(*(e.who for e in EDGES if e.kind is request.kind))
    if not who & (parties_of(actor, facts) | {Party.MAKER}):
        raise NotPermitted(REFUSAL_LABELS[Refusal.PERMISSION])
    if request.kind is MoveKind.RETURN and options and request.to is None:
        raise RuleBroken("Say which stage to return to.", field="to")
    label = MOVE_LABELS[request.kind]
    target = f" to {STAGE_LABELS[request.to]}" if request.to else ""
    raise IllegalMove(f"{label}{target} is not possible for an application that is {_place(facts)}.")


def check_texts(request: MoveRequest) -> None:
    """That the reasons a move asks for are there. Raises RuleBroken at the field."""
    if request.kind in NEEDS_TEXT and not (request.text or "").strip():
        raise RuleBroken("Give a reason.", field="text")
    if request.kind in NEEDS_DISPOSITION:
        reason = DISPOSITION_REASONS.get(request.disposition or "")
        closes_as = Outcome.REJECTED if request.kind is MoveKind.REJECT else Outcome.WITHDRAWN
        if reason is None or reason.closes_as is not closes_as:
            raise RuleBroken("Choose a reason from the list.", field="disposition")
        if reason.needs_note and not (request.note or "").strip():
            raise RuleBroken(f"“{reason.label}” asks for a note that explains it.", field="note")
    if request.override and not (request.override_reason or "").strip():
        raise RuleBroken("An override needs a reason; it is kept and reported.", field="override_reason")


def _check_place(request: MoveRequest, facts: Facts) -> None:
    """That a reason which belongs to one stage is given in it."""
    reason = DISPOSITION_REASONS.get(request.disposition or "")
    if reason is not None and reason.only_in not in (None, facts.stage):
        only = STAGE_LABELS[reason.only_in or facts.stage]
        raise RuleBroken(f"“{reason.label}” belongs to {only} alone.", field="disposition")


def _check_report(request: MoveRequest, facts: Facts) -> None:
    """That a rejection for a background report follows its steps (15 USC 1681b(b)(3))."""
    has_steps = facts.is_report_adverse and facts.pre_adverse_wait_until is not None
    if request.disposition == BACKGROUND_REASON and not has_steps:
        raise RuleBroken(
            "This reason needs a background report that HR assessed individually against the candidate, and"
            " the pre-adverse notice to them.",
            field="disposition",
        )


def _given(request: MoveRequest, facts: Facts, actor: Actor) -> frozenset[Requirement]:
    """The requirements that an override really goes on without."""
    given = request.override - NEVER_OVERRIDDEN
    if request.disposition == BACKGROUND_REASON:
        given -= {Requirement.PRE_ADVERSE_WAIT}
    # What the override of a card's absence did would tell its maker about the cards of others.
    return given - _OF_OTHERS_CARDS if owes_card(actor, facts) else given


def decide(
    facts: Facts, request: MoveRequest, *, actor: Actor, now: datetime
) -> tuple[Edge, tuple[Requirement, ...]]:
    """The edge to take and the requirements overridden on it.

    Raises NotPermitted, IllegalMove, RequirementsUnmet, or RuleBroken at the field of a missing reason,
    in this order: permission, order of stages and job, reasons, requirements.
    """
    option = _choose(facts, request, actor, now)
    if option.refused is Refusal.PERMISSION:
        raise NotPermitted(REFUSAL_LABELS[Refusal.PERMISSION])
    if option.refused is not None:
        raise IllegalMove(REFUSAL_LABELS[option.refused])
    if request.override and not actor.has_role(Role.HR):
        raise NotPermitted("Only HR may override a requirement.")
    check_texts(request)
    _check_place(request, facts)
    _check_report(request, facts)
    missing = unmet(option.edge.needs, facts, now.date())
    given = _given(request, facts, actor)
    standing = tuple(m for m in missing if m.requirement not in given)
    if standing:
        shown = _blinded(standing, facts, actor)
        raise RequirementsUnmet(describe_unmet(option.edge, shown), shown)
    return option.edge, tuple(m.requirement for m in missing)


def describe_unmet(edge: Edge, missing: tuple[Unmet, ...]) -> str:
    """What is missing for a move as one sentence."""
    count = len(missing)
    things = "1 more thing" if count == 1 else f"{count} more things"
    listed = "; ".join(m.detail for m in missing)
    if edge.kind is MoveKind.COMPLETE:
        return f"Completing onboarding needs {things}: {listed}."
    if edge.kind is MoveKind.ADVANCE:
        return f"{STAGE_LABELS[edge.to_stage]} needs {things}: {listed}."
    return f"{MOVE_LABELS[edge.kind]} needs {things}: {listed}."
