"""The table of moves against one written down by hand: a row that is lost, or opened to others, shows."""

from collections import Counter

import pytest

from tracker.domain.moves import EDGES, FORWARD_EDGES, UNDO_EDGES, Edge, MoveKind

A, S, I, R, O, B = "application", "screening", "interview", "references", "offer", "onboarding"  # noqa: E741
RECRUITING = {"recruiter", "hr", "system"}
MANAGING = RECRUITING | {"hiring_manager"}
WITH_CANDIDATE = RECRUITING | {"candidate"}
ON, HIRED, NO, GONE = "active", "hired", "rejected", "withdrawn"

BY_HAND: dict[tuple[str, str, str, str, str], set[str]] = {
    ("apply", "", A, "", ON): WITH_CANDIDATE,
    ("advance", A, S, ON, ON): RECRUITING,
    ("advance", S, I, ON, ON): RECRUITING,
    ("advance", I, R, ON, ON): MANAGING,
    ("advance", R, O, ON, ON): RECRUITING,
    ("advance", O, B, ON, ON): WITH_CANDIDATE,
    ("complete", B, B, ON, HIRED): RECRUITING,
    **{
        ("return", later, earlier, ON, ON): MANAGING
        for later, before in {S: [A], I: [A, S], R: [A, S, I], O: [A, S, I, R], B: [A, S, I, R, O]}.items()
        for earlier in before
    },
    **{("reject", stage, stage, ON, NO): MANAGING for stage in (A, S, I, R, O, B)},
    **{("withdraw", stage, stage, ON, GONE): WITH_CANDIDATE for stage in (A, S, I, R, O, B)},
    **{("reopen", stage, stage, NO, ON): RECRUITING for stage in (A, S, I, R, O, B)},
    **{("reopen", stage, stage, GONE, ON): RECRUITING for stage in (A, S, I, R, O, B)},
    **{("transfer", stage, stage, ON, GONE): RECRUITING for stage in (A, S, I, R, O, B)},
}
UNDOABLE = ("advance", "return", "reject", "withdraw", "reopen")


def differences(edges: tuple[Edge, ...]) -> set[tuple[str, str, str, str, str]]:
    """The places where the table's rows, or who may go there, are not those written by hand."""
    made = {edge.key: {party.value for party in edge.who} for edge in edges}
    return {key for key in made.keys() | BY_HAND.keys() if made.get(key) != BY_HAND.get(key)}


def test_the_table_is_the_one_written_by_hand() -> None:
    assert differences(FORWARD_EDGES) == set()


@pytest.mark.parametrize("place", range(len(FORWARD_EDGES)))
def test_a_row_that_is_missing_shows(place: int) -> None:
    rest = FORWARD_EDGES[:place] + FORWARD_EDGES[place + 1 :]
    assert differences(rest) == {FORWARD_EDGES[place].key}


def test_undo_reverses_what_can_be_undone_and_is_its_makers_alone() -> None:
    back = {
        ("undo", there, here, then, first) for kind, here, there, first, then in BY_HAND if kind in UNDOABLE
    }
    assert {edge.key for edge in UNDO_EDGES} == back
    assert {party.value for edge in UNDO_EDGES for party in edge.who} == {"maker"}


def test_as_many_rows_of_each_kind_as_there_should_be() -> None:
    counted = Counter(edge.kind for edge in EDGES)
    assert counted == {
        MoveKind.APPLY: 1,
        MoveKind.ADVANCE: 5,
        MoveKind.COMPLETE: 1,
        MoveKind.RETURN: 15,
        MoveKind.REJECT: 6,
        MoveKind.WITHDRAW: 6,
        MoveKind.REOPEN: 12,
        MoveKind.TRANSFER: 6,
        MoveKind.UNDO: 44,
        MoveKind.IMPORT: 576,
    }
