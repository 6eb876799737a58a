"""How a page words the moves of an application: their names and letters, and who may make them."""

from tracker.domain.deciding import MoveOption, Refusal
from tracker.domain.moves import MOVE_LABELS, PARTY_LABELS, MoveKind, Party
from tracker.domain.stages import STAGE_LABELS

KEYS = {
    MoveKind.RETURN: "b",
    MoveKind.REJECT: "x",
    MoveKind.WITHDRAW: "w",
    MoveKind.REOPEN: "o",
    MoveKind.TRANSFER: "t",
    MoveKind.UNDO: "u",
}
"""Moves forward take the first letter of their stage."""

Chosen = tuple[MoveOption, ...]


def option_label(option: MoveOption) -> str:
    """What the button of a move says."""
    if option.edge.kind is MoveKind.ADVANCE:
        return f"Move to {STAGE_LABELS[option.edge.to_stage]}"
    if option.edge.kind is MoveKind.UNDO:
        return "Undo the last move"
    if option.edge.kind is MoveKind.RETURN:
        return "Return to an earlier stage"
    return MOVE_LABELS[option.edge.kind]


def option_key(option: MoveOption) -> str:
    """The letter that chooses a move in its dialog."""
    return KEYS.get(option.edge.kind, option_label(option).removeprefix("Move to ")[0].lower())


def one_of_each(options: Chosen, chosen: Chosen) -> Chosen:
    """One option of each other kind."""
    kinds = {o.edge.kind: o for o in reversed(options) if o.refused is not Refusal.TOO_LATE}
    taken = {o.edge.kind for o in chosen}
    return tuple(o for kind, o in reversed(kinds.items()) if kind not in taken)


def who_may(chosen: Chosen) -> str:
    """Who may make the move, for somebody who may not."""
    parties = sorted({party for o in chosen for party in o.edge.who}, key=list(Party).index)
    return ", ".join(PARTY_LABELS[p] for p in parties if p is not Party.SYSTEM)
