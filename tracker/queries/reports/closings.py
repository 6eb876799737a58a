"""Whose decision a closing was, as the database works it out."""

from typing import Any

from sqlalchemy import ColumnElement, case

from tracker.domain.dispositions import DISPOSITION_REASONS, UNRECORDED, DecidedBy
from tracker.domain.stages import Outcome

_OURS = [
    reason.key
    for reason in DISPOSITION_REASONS.values()
    if reason.decided_by is DecidedBy.US and reason.key != UNRECORDED
]


def decided_by(reason: Any, outcome: Any) -> ColumnElement[str]:
    """`us` or `them` by the reason; where none was recorded a withdrawal was the candidate's."""
    return case(
        (reason.in_(_OURS), DecidedBy.US.value),
        ((reason == UNRECORDED) & (outcome == Outcome.REJECTED), DecidedBy.US.value),
        else_=DecidedBy.THEM.value,
    )
