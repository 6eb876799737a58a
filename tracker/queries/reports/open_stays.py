"""Open stays in the order in which they began, from an index: nothing is sorted to find their middle."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select, union_all
from sqlalchemy.orm import Session

from tracker.domain.stages import STAGES, Stage
from tracker.models.moves import Stay

_ACTIVE: ColumnElement[str] = literal_column("'active'")
"""Not a parameter: databases then see that the index of open stays has all of them."""


@dataclass(frozen=True, slots=True)
class OpenStays:
    """The open stays of a stage in all jobs: how many, when the oldest and the two in the middle began.

    Of an odd number the middle two are one and the same.
    """

    number: int
    oldest: datetime
    middle: tuple[datetime, datetime]


def open_stays(session: Session, numbers: Mapping[Stage, int]) -> dict[Stage, OpenStays]:
    """What there is in the stages where any are open, given how many there are."""
    wanted = [
        _began(stage, offset, most)
        for stage, number in numbers.items()
        if number
        for offset, most in ((0, 1), ((number - 1) // 2, 2 - number % 2))
    ]
    began: dict[Stage, list[datetime]] = {}
    for place, at in session.execute(union_all(*wanted)) if wanted else ():
        began.setdefault(STAGES[place], []).append(at)
    ordered = {stage: sorted(at) for stage, at in began.items() if len(at) > 1}
    return {stage: OpenStays(numbers[stage], at[0], (at[1], at[-1])) for stage, at in ordered.items()}


def since(stage: Stage, there: OpenStays, latest: datetime) -> Any:
    """How many of the open ones of a stage began by this instant; no more than half of them are read."""
    if latest < there.middle[0]:
        return _of(stage, func.count()).where(Stay.entered_at <= latest).scalar_subquery()
    later = _of(stage, func.count()).where(Stay.entered_at > latest).scalar_subquery()
    return literal_column(str(there.number)) - later


def number_open(stage: Stage, which: ColumnElement[bool]) -> Any:
    """How many open stays of a stage there are of which this is true, asked of each."""
    return _of(stage, func.count()).where(which).scalar_subquery()


def told_at_once(session: Session, numbers: Iterable[Any]) -> list[int]:
    """Several such numbers in one statement."""
    asked = list(numbers)
    return [int(number) for number in session.execute(select(*asked)).one()] if asked else []


def _began(stage: Stage, offset: int, most: int) -> Select[Any]:
    part = _of(stage, Stay.entered_at).order_by(Stay.entered_at).offset(offset).limit(most).subquery()
    return select(literal_column(str(stage.place)), part.c.entered_at)


def _of(stage: Stage, what: Any) -> Select[Any]:
    return select(what).select_from(Stay).where(Stay.became == _ACTIVE, Stay.stage == stage)
