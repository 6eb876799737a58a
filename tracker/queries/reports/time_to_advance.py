"""Time to advancing: how likely a stay has led further by so many days, closings and returns competing."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, case, func, literal, select
from sqlalchemy.orm import Session

from tracker.domain.metrics.incidence import incidence
from tracker.domain.metrics.spells import SpellEnd
from tracker.domain.metrics.times import decoded
from tracker.domain.reports import Check, Row
from tracker.domain.stages import STAGES
from tracker.models.base import UtcDateTime
from tracker.models.moves import Stay
from tracker.queries.reports.kept import stays_in_scope
from tracker.queries.reports.lengths import coded_lengths, lengths
from tracker.queries.reports.lives import in_window
from tracker.queries.reports.opening import opened, with_people
from tracker.queries.reports.scope import Figure, Part, Scope

HORIZONS = (7, 14, 30, 90)
"""The days after which it is told how many have advanced."""
Lasted = dict[tuple[str, str], Counter[float]]
"""How often stays of a stage that became something lasted so many days."""
_PLACES = {stage: stage.place for stage in STAGES}
_ENDED = {end.value: place for place, end in enumerate(SpellEnd)}


def count(session: Session, scope: Scope) -> tuple[list[Row], tuple[Check, ...]]:
    """The rows of the report in order of stage, and whether every stay is in one column."""
    as_of = literal(scope.filters.as_of, UtcDateTime())
    ends = case((_is_open(scope), as_of), else_=Stay.ended_at)
    lasted: Lasted = defaultdict(Counter)
    # By the hour: few lines to read, and what is asked by a day is exact.
    if scope.calendar is None:
        kind = case(_PLACES, value=Stay.stage) * len(_ENDED) + case(_ENDED, value=_became(scope))
        coded = coded_lengths(
            session,
            _began(select(), scope),
            Stay.application_id,
            kind,
            Stay.entered_at,
            ends,
            by_the_hour=True,
        )
        for code, days, number in decoded(coded, 24):
            place, ended = divmod(code, len(_ENDED))
            lasted[STAGES[place].value, tuple(_ENDED)[ended]][days] += number
    else:
        each = _began(select(Stay.stage, _became(scope).label("became")), scope)
        for stage, became, days, number in lengths(
            session, scope, each, Stay.entered_at, ends, by_the_hour=True
        ):
            lasted[stage.value, became][max(0.0, days)] += number
    rows = [_row(stage.value, lasted) for stage in STAGES]
    whole = session.scalar(_began(select(func.count()).select_from(Stay), scope)) or 0
    parts = ("advanced", "closed", "returned", "open")
    agrees = Check(
        "adds_up",
        "The stays are as many as advanced, closed, returned and open together.",
        whole == sum(int(str(row[part])) for row in rows for part in parts),
    )
    return rows, (agrees,)


def open_rows(session: Session, scope: Scope, figure: Figure, part: Part) -> Iterator[Row]:
    """The stays of a stage or of all, or those with one end; by application and move."""
    became = _became(scope)
    query = with_people(
        Stay.application_id,
        Stay.stage,
        became.label("became"),
        Stay.entered_at,
        Stay.entered_version.label("move"),
        case((_is_open(scope), None), else_=Stay.ended_at).label("ended_at"),
    )
    query = _began(query, scope)
    if figure.stage is not None:
        query = query.where(Stay.stage == figure.stage)
    if figure.column in _ENDS:
        query = query.where(became.in_(_ENDS[figure.column]))
    for row in opened(session, query, figure, part, Stay.entered_version):
        yield {**row, "days": scope.days_between(row["entered_at"], row["ended_at"] or scope.filters.as_of)}


_ENDS = {
    "advanced": (SpellEnd.ADVANCED.value,),
    "closed": (SpellEnd.REJECTED.value, SpellEnd.WITHDRAWN.value),
    "returned": (SpellEnd.RETURNED.value,),
    "open": (SpellEnd.ACTIVE.value,),
}


def _row(stage: str, lasted: Lasted) -> Row:
    ended = {end.value: lasted.get((stage, end.value), Counter()) for end in SpellEnd}
    came, still = ended.pop(SpellEnd.ADVANCED.value), ended.pop(SpellEnd.ACTIVE.value)
    curve = incidence(came, list(ended.values()), still)
    closed = sum(sum(ended[end].values()) for end in _ENDS["closed"])
    returned = sum(ended[SpellEnd.RETURNED.value].values())
    return {
        "stage": stage,
        "spells": sum(came.values()) + closed + returned + sum(still.values()),
        "advanced": sum(came.values()),
        "closed": closed,
        "returned": returned,
        "open": sum(still.values()),
        **{f"by_{days}_days": curve.by(days) for days in HORIZONS},
    }


def _is_open(scope: Scope) -> Any:
    return Stay.ended_at.is_(None) | (Stay.ended_at > scope.filters.as_of)


def _became(scope: Scope) -> Any:
    ends = {end: end.value for end in SpellEnd}
    return case((_is_open(scope), SpellEnd.ACTIVE.value), else_=case(ends, value=Stay.became))


def _began(query: Any, scope: Scope) -> Select[Any]:
    return in_window(query.where(stays_in_scope(scope)), scope, Stay.entered_at)
