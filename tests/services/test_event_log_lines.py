"""The history as JSON lines, read: moves in order of their version, undone ones left out, bad lines named."""

import io
import json
from datetime import UTC

import pytest

from tracker.domain.rules import RuleBroken
from tracker.services.event_log_lines import read_jsonl

MOVE = {
    "job": "Clerk",
    "candidate": "Amina Yusuf",
    "application_id": 7,
    "version": 1,
    "kind": "apply",
    "from_stage": None,
    "from_outcome": None,
    "to_stage": "application",
    "to_outcome": "active",
    "reason": None,
    "actor": "user:1",
    "at": "2026-03-02T09:00:00+00:00",
}
ON = MOVE | {"version": 2, "kind": "advance", "from_stage": "application", "from_outcome": "active",
             "to_stage": "screening", "at": "2026-03-03T09:00:00+00:00"}  # fmt: skip
BACK = ON | {"version": 3, "kind": "undo", "from_stage": "screening", "to_stage": "application",
             "at": "2026-03-03T09:01:00+00:00"}  # fmt: skip
OUT = BACK | {"version": 4, "kind": "reject", "from_stage": "application", "to_outcome": "rejected",
              "reason": "less_qualified", "at": "2026-03-04T09:00:00+00:00"}  # fmt: skip


def read(*lines: object):  # type: ignore[no-untyped-def]
    written = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    return read_jsonl(io.BytesIO(b"\n".join(written) + b"\n"), name="log.jsonl", zone=UTC)


def test_moves_are_taken_by_their_version_and_undone_ones_are_not() -> None:
    log = read(OUT, b"", ON, MOVE, BACK)
    assert log.bad == []
    case = log.cases["7"]
    assert (case.candidate, case.job) == ("Amina Yusuf", "Clerk")
    told = [(event.activity, event.reason) for event in case.ordered()]
    assert told == [("application", None), ("rejected", "less_qualified")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "no JSON object"),
        (b"[1]", "no JSON object"),
        (b"[" * 100_000, "no JSON object"),
        ({}, "lacks “application_id”"),
        (MOVE | {"at": None}, "lacks “at”"),
        (MOVE | {"version": "one"}, "no number"),
        (MOVE | {"version": 2, "to_stage": "limbo"}, "no place of ours"),
        (MOVE | {"version": 2, "from_stage": "limbo", "from_outcome": "active"}, "no place of ours"),
        (MOVE | {"version": 2, "at": "yesterday"}, "no instant"),
        (MOVE | {"version": 2, "at": "2999-01-01T00:00:00Z"}, "in the future"),
        (MOVE | {"version": 2, "candidate": "Somebody else"}, "differs"),
    ],
)
def test_a_line_that_cannot_be_taken_is_named(line: object, said: str) -> None:
    log = read(MOVE, line)
    assert [bad.line for bad in log.bad] == [2]
    assert said in log.bad[0].problem


def test_what_is_no_text_is_refused_whole() -> None:
    with pytest.raises(RuleBroken, match="not UTF-8"):
        read(MOVE, b"\xff\xfe{}")
