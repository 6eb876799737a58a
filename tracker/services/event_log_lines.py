"""Reading the history that a tracker took out as JSON lines: one move a line, undone ones and undos too."""

import json
from collections.abc import Mapping
from datetime import tzinfo
from typing import IO, Any

from tracker import clock
from tracker.domain.event_logs import Case, Place
from tracker.domain.logged_moves import activities_of
from tracker.domain.moves import MoveKind
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Outcome, Stage
from tracker.services.event_log_gathering import BadLine, EventLog, Gathering, told_whole

LONGEST_LINE = 1024 * 1024
"""Bytes of one move; ours have some hundred."""
IMPORTED = "imported:"
_NEEDED = ("application_id", "version", "kind", "to_stage", "to_outcome", "at")

_Move = tuple[int, dict[str, Any]]


def read_jsonl(stream: IO[bytes], *, name: str, zone: tzinfo) -> EventLog:
    """The cases of a file with a move a line, as `history export` writes them; undone moves are left out.

    Raises RuleBroken for what is no text; single bad lines are in the log.
    """
    gathering = Gathering(zone, clock.now())
    moves: dict[str, list[_Move]] = {}
    with told_whole(name):
        number = 0
        while line := stream.readline(LONGEST_LINE):
            number += 1
            if line.strip():
                _take_line(gathering, moves, line, number)
    for key, found in moves.items():
        _add_events(gathering, gathering.log.cases.open(key), found)
    return gathering.log


def _take_line(gathering: Gathering, moves: dict[str, list[_Move]], line: bytes, number: int) -> None:
    move = _move(gathering, line.decode("utf-8-sig" if number == 1 else "utf-8"), number)
    case = gathering.case(str(move["application_id"]), number) if move is not None else None
    if move is None or case is None:
        return
    said = {key: str(move.get(key) or "") for key in ("candidate", "email", "job")}
    gathering.describe(case, number, **said)
    moves.setdefault(case.key, []).append((number, move))


def _move(gathering: Gathering, line: str, number: int) -> dict[str, Any] | None:
    try:
        move = json.loads(line)
    except (ValueError, RecursionError):
        move = None
    if not isinstance(move, dict):
        gathering.log.bad.append(BadLine(number, "The line is no JSON object."))
        return None
    missing = [key for key in _NEEDED if move.get(key) in (None, "")]
    if missing:
        gathering.log.bad.append(BadLine(number, f"The move lacks “{missing[0]}”."))
        return None
    if not isinstance(move["version"], int):
        gathering.log.bad.append(BadLine(number, "The version of the move is no number."))
        return None
    return move


def _add_events(gathering: Gathering, case: Case, found: list[_Move]) -> None:
    found.sort(key=lambda one: (one[1]["version"], one[0]))
    undone = {move["version"] - 1 for _, move in found if move["kind"] == MoveKind.UNDO}
    place = 0
    for number, move in found:
        if move["kind"] == MoveKind.UNDO or move["version"] in undone:
            continue
        try:
            before = _place(move, "from") if move.get("from_stage") is not None else None
            activities = activities_of(before, _place(move, "to"))
        except RuleBroken as broken:
            gathering.log.bad.append(BadLine(number, broken.message, case.key))
            continue
        for activity in activities:
            reason = str(move.get("reason") or "") if activity == activities[-1] else ""
            actor = str(move.get("actor") or "").removeprefix(IMPORTED)
            gathering.add(case, number, str(move["at"]), activity, actor, reason, place=place)
            place += 1


def _place(move: Mapping[str, Any], end: str) -> Place:
    stage, outcome = move.get(f"{end}_stage"), move.get(f"{end}_outcome")
    try:
        return Place(Stage(str(stage)), Outcome(str(outcome)))
    except ValueError:
        raise RuleBroken(f"“{stage}, {outcome}” is no place of ours.") from None
