"""Undo: the last move, within ten minutes, by whoever made it, unless something stands against it."""

from datetime import timedelta

import pytest

from tests.deciding import CANDIDATE, HANK, INES, NOW, OLGA, OTHER_MANAGER, RITA, STRANGER, facts
from tracker.domain import moves
from tracker.domain.actors import SYSTEM, Actor
from tracker.domain.deciding import (
    IllegalMove,
    MoveRequest,
    NotPermitted,
    Refusal,
    RequirementsUnmet,
    decide,
    move_options,
)
from tracker.domain.facts import LastMove
from tracker.domain.moves import FORWARD_EDGES, UNDO_EDGES, UNDO_WINDOW, Edge, MoveKind
from tracker.domain.requirements import Requirement
from tracker.domain.stages import Outcome, Stage

PEOPLE = (RITA, HANK, OTHER_MANAGER, INES, OLGA, CANDIDATE, STRANGER, SYSTEM)


def last(kind: MoveKind, minutes: float, actor: Actor = RITA) -> LastMove:
    at = NOW - timedelta(minutes=minutes)
    return LastMove(kind, actor.key, at, Stage.APPLICATION, Outcome.ACTIVE)


@pytest.mark.parametrize("kind", [MoveKind.REJECT, MoveKind.WITHDRAW])
def test_undoing_a_closing_needs_no_other_active_application(kind: MoveKind) -> None:
    closed = Outcome.REJECTED if kind is MoveKind.REJECT else Outcome.WITHDRAWN
    closing = LastMove(kind, RITA.key, NOW, Stage.SCREENING, Outcome.ACTIVE)
    standing = facts(Stage.SCREENING, closed, last_move=closing, has_other_active=True)
    undo = next(o for o in move_options(standing, RITA, NOW) if o.edge.kind is MoveKind.UNDO)
    assert [m.requirement for m in undo.unmet] == [Requirement.NO_OTHER_ACTIVE]
    with pytest.raises(RequirementsUnmet):
        decide(standing, MoveRequest(MoveKind.UNDO), actor=RITA, now=NOW)
    alone = standing._replace(has_other_active=False)
    assert decide(alone, MoveRequest(MoveKind.UNDO), actor=RITA, now=NOW)[0].to_outcome is Outcome.ACTIVE


@pytest.mark.parametrize(
    ("minutes", "refused"), [(0, None), (10, None), (10.01, Refusal.TOO_LATE), (-1, Refusal.TOO_LATE)]
)
def test_undo_ends_after_ten_minutes(minutes: float, refused: Refusal | None) -> None:
    standing = facts(Stage.SCREENING, last_move=last(MoveKind.ADVANCE, minutes))
    option = next(o for o in move_options(standing, RITA, NOW) if o.edge.kind is MoveKind.UNDO)
    assert option.refused is refused
    assert timedelta(minutes=10) == UNDO_WINDOW


def test_only_the_maker_undoes() -> None:
    standing = facts(Stage.SCREENING, last_move=last(MoveKind.ADVANCE, 1))
    with pytest.raises(NotPermitted):
        decide(standing, MoveRequest(MoveKind.UNDO), actor=OLGA, now=NOW)


@pytest.mark.parametrize(
    "kind", [MoveKind.APPLY, MoveKind.UNDO, MoveKind.TRANSFER, MoveKind.COMPLETE, MoveKind.IMPORT]
)
def test_some_moves_cannot_be_undone(kind: MoveKind) -> None:
    standing = facts(Stage.SCREENING, last_move=last(kind, 1))
    assert MoveKind.UNDO not in {o.edge.kind for o in move_options(standing, RITA, NOW)}


def test_undo_edges_reverse_their_moves() -> None:
    forward = {(e.from_stage, e.from_outcome, e.to_stage, e.to_outcome) for e in FORWARD_EDGES}
    assert {(e.to_stage, e.to_outcome, e.from_stage, e.from_outcome) for e in UNDO_EDGES} <= forward


@pytest.mark.parametrize("maker", PEOPLE)
@pytest.mark.parametrize(
    "edge", FORWARD_EDGES, ids=lambda e: f"{e.kind}-{e.from_stage}-{e.to_stage}-{e.from_outcome}"
)
def test_every_cell_of_undoing(edge: Edge, maker: Actor) -> None:
    """After each move of the table by anybody: who may take it back, and where it then stands."""
    made = LastMove(edge.kind, maker.key, NOW, edge.from_stage, edge.from_outcome)
    standing = facts(edge.to_stage, edge.to_outcome, last_move=made)
    can_be_undone = edge.kind.value in ("advance", "return", "reject", "withdraw", "reopen")
    for actor in PEOPLE:
        # Whoever follows an application from outside has no undo: staff take back what was said by mistake.
        is_maker = actor is maker and actor not in (CANDIDATE, STRANGER)
        if can_be_undone and is_maker:
            back, _ = decide(standing, MoveRequest(MoveKind.UNDO), actor=actor, now=NOW)
            assert (back.kind, back.to_stage, back.to_outcome) == (
                MoveKind.UNDO,
                edge.from_stage,
                edge.from_outcome,
            )
        else:
            with pytest.raises((NotPermitted, IllegalMove)):
                decide(standing, MoveRequest(MoveKind.UNDO), actor=actor, now=NOW)


def test_what_came_from_nowhere_has_no_move_back() -> None:
    apply = next(edge for edge in FORWARD_EDGES if edge.kind is MoveKind.APPLY)
    with pytest.raises(ValueError, match="from nowhere"):
        moves._undo_of(apply)
