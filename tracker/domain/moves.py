"""The table of moves: every way an application may go, who may send it there, and what must hold first.

Board, checklists, database guards, README and tests all read this one table.
"""

from dataclasses import dataclass
from datetime import timedelta

from tracker.domain.keys import Key
from tracker.domain.requirements import Requirement
from tracker.domain.stages import STAGES, Outcome, Stage


class MoveKind(Key):
    """What a move does to an application."""

    APPLY = "apply"
    ADVANCE = "advance"
    COMPLETE = "complete"
    RETURN = "return"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    UNDO = "undo"
    TRANSFER = "transfer"
    IMPORT = "import"


class Party(Key):
    """In which capacity somebody may make a move; HR may make every move that a recruiter may."""

    CANDIDATE = "candidate"
    RECRUITER = "recruiter"
    HIRING_MANAGER = "hiring_manager"
    HR = "hr"
    MAKER = "maker"
    SYSTEM = "system"


MOVE_LABELS = {
    MoveKind.APPLY: "Apply",
    MoveKind.ADVANCE: "Advance",
    MoveKind.COMPLETE: "Complete onboarding",
    MoveKind.RETURN: "Return",
    MoveKind.REJECT: "Reject",
    MoveKind.WITHDRAW: "Withdraw",
    MoveKind.REOPEN: "Reopen",
    MoveKind.UNDO: "Undo",
    MoveKind.TRANSFER: "Transfer to another job",
    MoveKind.IMPORT: "Import",
}

PAST_LABELS = {
    MoveKind.APPLY: "Applied",
    MoveKind.ADVANCE: "Advanced",
    MoveKind.COMPLETE: "Hired",
    MoveKind.RETURN: "Returned",
    MoveKind.REJECT: "Rejected",
    MoveKind.WITHDRAW: "Withdrawn",
    MoveKind.REOPEN: "Reopened",
    MoveKind.UNDO: "Undone",
    MoveKind.TRANSFER: "Transferred",
    MoveKind.IMPORT: "Imported",
}

PARTY_LABELS = {
    Party.CANDIDATE: "candidate",
    Party.RECRUITER: "recruiter",
    Party.HIRING_MANAGER: "hiring manager of the job",
    Party.HR: "HR",
    Party.MAKER: "who made the move",
    Party.SYSTEM: "command line",
}

UNDO_WINDOW = timedelta(minutes=10)
GRACE = UNDO_WINDOW / 20
"""An undo asked for in the last second of its time is decided before a mail about the move is taken up."""
UNDOABLE = frozenset({MoveKind.ADVANCE, MoveKind.RETURN, MoveKind.REJECT, MoveKind.WITHDRAW, MoveKind.REOPEN})
FORWARD = frozenset({MoveKind.APPLY, MoveKind.ADVANCE, MoveKind.REOPEN})
"""Moves that need the job to be open."""
NEEDS_DISPOSITION = frozenset({MoveKind.REJECT, MoveKind.WITHDRAW})
NEEDS_TEXT = frozenset({MoveKind.RETURN, MoveKind.REOPEN})


@dataclass(frozen=True, slots=True)
class Edge:
    """One legal change: from and to stage and outcome, who may make it, and what it needs."""

    kind: MoveKind
    from_stage: Stage | None
    to_stage: Stage
    from_outcome: Outcome | None
    to_outcome: Outcome
    who: frozenset[Party] = frozenset()
    needs: tuple[Requirement, ...] = ()

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """The edge as the database guards store it: kind, stages, outcomes; none is the empty text."""
        return (
            self.kind.value,
            self.from_stage.value if self.from_stage else "",
            self.to_stage.value,
            self.from_outcome.value if self.from_outcome else "",
            self.to_outcome.value,
        )


ADVANCE_NEEDS: dict[Stage, tuple[Requirement, ...]] = {
    Stage.APPLICATION: (
        Requirement.CONTACT_DATA,
        Requirement.CONSENT_NOTICE,
        Requirement.RESUME_OR_PROFILE,
        Requirement.REQUIRED_ANSWERS,
    ),
    Stage.SCREENING: (Requirement.RESUME_REVIEW, Requirement.SCREENING_CALL),
    Stage.INTERVIEW: (
        Requirement.ROUNDS_HELD,
        Requirement.SCORECARDS,
        Requirement.COMPETENCIES_RATED,
        Requirement.DEBRIEF,
    ),
    Stage.REFERENCES: (Requirement.REFERENCES, Requirement.BACKGROUND_CHECK),
    Stage.OFFER: (Requirement.OFFER_APPROVED, Requirement.OFFER_ACCEPTED, Requirement.OPENING_FREE),
}

COMPLETE_NEEDS = (Requirement.ONBOARDING_TASKS, Requirement.START_DATE)

_RECRUITERS = frozenset({Party.RECRUITER, Party.HR, Party.SYSTEM})
_MANAGERS = _RECRUITERS | {Party.HIRING_MANAGER}
_ADVANCE_WHO = {Stage.INTERVIEW: _MANAGERS, Stage.OFFER: _RECRUITERS | {Party.CANDIDATE}}


def _into(stage: Stage) -> tuple[Requirement, ...]:
    return (Requirement.OPENING_FREE,) if stage is Stage.ONBOARDING else ()


def _back_into(stage: Stage) -> tuple[Requirement, ...]:
    """What an application that was closed needs to be active again."""
    return (Requirement.NO_OTHER_ACTIVE, *_into(stage))


def _edges() -> list[Edge]:
    active, hired = Outcome.ACTIVE, Outcome.HIRED
    everyone = _RECRUITERS | {Party.CANDIDATE}
    edges = [Edge(MoveKind.APPLY, None, Stage.APPLICATION, None, active, everyone)]
    for stage, needs in ADVANCE_NEEDS.items():
        following = STAGES[stage.place + 1]
        who = _ADVANCE_WHO.get(stage, _RECRUITERS)
        edges.append(Edge(MoveKind.ADVANCE, stage, following, active, active, who, needs))
    edges.append(Edge(MoveKind.COMPLETE, STAGES[-1], STAGES[-1], active, hired, _RECRUITERS, COMPLETE_NEEDS))
    for stage in STAGES:
        edges += [
            Edge(MoveKind.RETURN, stage, back, active, active, _MANAGERS, (Requirement.NO_OPEN_OFFER,))
            for back in STAGES[: stage.place]
        ]
        edges += _closings(stage)
    return edges


def _closings(stage: Stage) -> list[Edge]:
    active, rejected, withdrawn = Outcome.ACTIVE, Outcome.REJECTED, Outcome.WITHDRAWN
    wait = (Requirement.PRE_ADVERSE_WAIT,)
    return [
        Edge(MoveKind.REJECT, stage, stage, active, rejected, _MANAGERS, wait),
        Edge(MoveKind.WITHDRAW, stage, stage, active, withdrawn, _RECRUITERS | {Party.CANDIDATE}),
        Edge(MoveKind.REOPEN, stage, stage, rejected, active, _RECRUITERS, _back_into(stage)),
        Edge(MoveKind.REOPEN, stage, stage, withdrawn, active, _RECRUITERS, _back_into(stage)),
        Edge(MoveKind.TRANSFER, stage, stage, active, withdrawn, _RECRUITERS),
    ]


def _undo_of(edge: Edge) -> Edge:
    if edge.from_stage is None or edge.from_outcome is None:
        raise ValueError("what came from nowhere cannot be undone")
    into = _into if edge.to_outcome is Outcome.ACTIVE else _back_into
    needs = into(edge.from_stage) if edge.from_outcome is Outcome.ACTIVE else ()
    if edge.to_stage is Stage.OFFER and edge.from_stage is not Stage.OFFER:
        needs = (*needs, Requirement.NO_OPEN_OFFER)
    who = frozenset({Party.MAKER})
    return Edge(MoveKind.UNDO, edge.to_stage, edge.from_stage, edge.to_outcome, edge.from_outcome, who, needs)


FORWARD_EDGES: tuple[Edge, ...] = tuple(_edges())
UNDO_EDGES: tuple[Edge, ...] = tuple(_undo_of(e) for e in FORWARD_EDGES if e.kind in UNDOABLE)
IMPORT_EDGES: tuple[Edge, ...] = tuple(
    Edge(MoveKind.IMPORT, from_stage, to_stage, from_outcome, to_outcome, frozenset({Party.HR, Party.SYSTEM}))
    for from_stage, from_outcome in [(None, None)] + [(s, o) for s in STAGES for o in Outcome]
    for to_stage in STAGES
    for to_outcome in Outcome
    if (from_stage, from_outcome) != (to_stage, to_outcome)
)
EDGES: tuple[Edge, ...] = FORWARD_EDGES + UNDO_EDGES + IMPORT_EDGES

_BY_PLACE: dict[tuple[Stage | None, Outcome | None], tuple[Edge, ...]] = {}
for _edge in FORWARD_EDGES:
    _place = (_edge.from_stage, _edge.from_outcome)
    _BY_PLACE[_place] = (*_BY_PLACE.get(_place, ()), _edge)


def moves_from(stage: Stage | None, outcome: Outcome | None) -> tuple[Edge, ...]:
    """Every move in principle from here, undo and import left out as they depend on the past, not the
    place.
    """
    return _BY_PLACE.get((stage, outcome), ())
