"""The table of moves in words: for the README, the process sheet and whoever asks why."""

from dataclasses import dataclass

from tracker.domain.moves import (
    FORWARD_EDGES,
    IMPORT_EDGES,
    PARTY_LABELS,
    UNDO_EDGES,
    MoveKind,
    Party,
)
from tracker.domain.requirements import REQUIREMENT_LABELS, Requirement
from tracker.domain.stages import STAGE_LABELS, Stage


@dataclass(frozen=True, slots=True)
class TableRow:
    """One printed row of the table: move, from, to, who, needs, in words."""

    move: str
    from_: str
    to: str
    who: str
    needs: str


_ORDER_OF_PARTIES = tuple(Party)


def who_may(parties: frozenset[Party]) -> str:
    """Those who may make a move, in words; the command line acts for others and is left out."""
    return ", ".join(PARTY_LABELS[p] for p in _ORDER_OF_PARTIES if p in parties and p is not Party.SYSTEM)


def _stage(stage: Stage | None) -> str:
    return STAGE_LABELS[stage] if stage else "–"


def _needs(needs: tuple[Requirement, ...], *more: str) -> str:
    return "; ".join([*(REQUIREMENT_LABELS[n] for n in needs), *more]) or "–"


def table_rows() -> tuple[TableRow, ...]:
    """The table of moves in words: one row per move kind and, for advance, per stage."""
    return (*_rows_forward(), *_rows_beside())


def _rows_forward() -> list[TableRow]:
    rows = []
    for edge in FORWARD_EDGES:
        if edge.kind is MoveKind.APPLY:
            more = ("job open", "no active application of this person on it")
            rows.append(TableRow("apply", "–", "Application", who_may(edge.who), _needs((), *more)))
        elif edge.kind in (MoveKind.ADVANCE, MoveKind.COMPLETE):
            to = "outcome hired" if edge.kind is MoveKind.COMPLETE else STAGE_LABELS[edge.to_stage]
            status = "job open" if edge.kind is MoveKind.ADVANCE else "job open or filled"
            needs = _needs(edge.needs, status)
            rows.append(TableRow(edge.kind, _stage(edge.from_stage), to, who_may(edge.who), needs))
    return rows


def _rows_beside() -> list[TableRow]:
    first = {e.kind: e for e in reversed(FORWARD_EDGES)}
    return [
        TableRow(
            "return",
            "a later stage",
            "any earlier stage",
            who_may(first[MoveKind.RETURN].who),
            _needs((Requirement.NO_OPEN_OFFER,), "a reason"),
        ),
        TableRow(
            "reject",
            "any stage",
            "outcome rejected",
            who_may(first[MoveKind.REJECT].who),
            _needs((Requirement.PRE_ADVERSE_WAIT,), "a disposition reason", "voids an open offer"),
        ),
        TableRow(
            "withdraw",
            "any stage",
            "outcome withdrawn",
            who_may(first[MoveKind.WITHDRAW].who),
            "a disposition reason; voids an open offer",
        ),
        TableRow(
            "reopen",
            "rejected or withdrawn",
            "active, same stage",
            who_may(first[MoveKind.REOPEN].who),
            "a reason; job open; no other active application of this person on it;"
            " into Onboarding: free opening",
        ),
        TableRow(
            "undo",
            "the last move",
            "where it was",
            who_may(UNDO_EDGES[0].who),
            "within 10 minutes, nothing followed; of a closing: no other active application of this person"
            " on the job; back into Onboarding: free opening",
        ),
        TableRow(
            "transfer",
            "any stage",
            "withdrawn here, applied there",
            who_may(first[MoveKind.TRANSFER].who),
            "the other job is open",
        ),
        TableRow(
            "import",
            "anything",
            "anything",
            who_may(IMPORT_EDGES[0].who),
            "marked imported; exempt from requirements, never from the history rules",
        ),
    ]


def as_markdown() -> str:
    """The table of moves as Markdown, for the README and the process sheet."""
    lines = ["| move | from | to | who | needs |", "| --- | --- | --- | --- | --- |"]
    lines += [f"| {r.move} | {r.from_} | {r.to} | {r.who} | {r.needs} |" for r in table_rows()]
    return "\n".join(lines) + "\n"
