"""Time in stage: how long stays that began in the window lasted, those that still go on censored."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, case, func, literal, or_, select
from sqlalchemy.orm import Session

from tracker.domain.metrics.spells import SpellEnd
from tracker.domain.reports import Check, Row
from tracker.domain.stages import STAGES, Outcome, Stage
from tracker.late import Late
from tracker.models.applications import Application
from tracker.models.base import UtcDateTime
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.models.moves import Stay
from tracker.queries.reports.days import DAY
from tracker.queries.reports.kept import as_on_the_boards, is_kept, same_as_moves, stays_in_scope
from tracker.queries.reports.lengths import coded_lengths, lengths
from tracker.queries.reports.scope import Figure, Part, Scope, effective_moves, spans
from tracker.queries.reports.streams import Stream

if TYPE_CHECKING:
    from tracker.domain.metrics import survival
else:
    survival = Late("tracker.domain.metrics.survival")

_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
Lasted = dict[tuple[int, bool], Counter[float]]
"""How often stays of a stage, open or over, lasted so many days."""


def count(session: Session, scope: Scope) -> tuple[list[Row], tuple[Check, ...]]:
    """The rows of the report in order of stage, each with the longest stay seen, in days."""
    told = _told(session, scope)
    rows = [_row(stage, told.get(stage.place)) for stage in STAGES]
    checks: tuple[Check, ...] = ()
    if scope.filters.from_ is None and is_kept(session, scope):
        going_on = Counter(
            {(0, str(row["stage"]), SpellEnd.ACTIVE.value): int(str(row["open"])) for row in rows}
        )
        checks = (as_on_the_boards(session, scope, going_on),)
    if scope.is_compared:
        begun = {str(row["stage"]): row["spells"] for row in rows if row["spells"]}
        checks = (*checks, same_as_moves(begun == dict(_begun_by_moves(session, scope))))
    return rows, checks


def _begun_by_moves(session: Session, scope: Scope) -> Counter[str]:
    """How many stays the moves themselves say began in the window, by stage."""
    begun: Counter[str] = Counter()
    for span in spans(session, scope):
        # An undo takes its move away whenever it came.
        moves = effective_moves(span, _NEVER)
        stage = moves.c.to_stage
        comes = or_(
            moves.c.from_stage.is_(None), moves.c.from_stage != stage, moves.c.from_outcome != Outcome.ACTIVE
        )
        query = select(stage, func.count()).where(comes, moves.c.at < scope.filters.until)
        if scope.filters.from_ is not None:
            query = query.where(moves.c.at >= scope.filters.from_)
        for one, number in session.execute(query.group_by(stage)):
            begun[one.value] += number
    return begun


def open_rows(session: Session, scope: Scope, figure: Figure, part: Part) -> Iterator[Row]:
    """The stays behind the report, each with its days; by application and stage."""
    for row in Stream(session, _opened(scope, figure, part)):
        yield {**row, "days": scope.days_between(row["entered_at"], row["ended_at"] or scope.filters.as_of)}


def _row(stage: Stage, told: "survival.Told | None") -> Row:
    told = told or survival.Told(0, 0, survival.MedianTime())
    return {
        "stage": stage.value,
        "spells": told.over + told.going_on,
        "open": told.going_on,
        "km_median_days": told.time.median,
        "km_low": told.time.low,
        "km_high": told.time.high,
        "naive_median_days": told.time.naive,
        "longest_days": told.time.longest,
    }


def _is_open(scope: Scope) -> ColumnElement[bool]:
    return Stay.ended_at.is_(None) | (Stay.ended_at > scope.filters.as_of)


def _began(query: Select[Any], scope: Scope) -> Select[Any]:
    """The query of stays that began in the window."""
    query = query.where(stays_in_scope(scope), Stay.entered_at < scope.filters.until)
    return query if scope.filters.from_ is None else query.where(Stay.entered_at >= scope.filters.from_)


def _told(session: Session, scope: Scope) -> "dict[int, survival.Told]":
    """What is told of the stays of each stage, by its place."""
    end = case((_is_open(scope), literal(scope.filters.as_of, UtcDateTime())), else_=Stay.ended_at)
    if scope.calendar is None:
        place = case({stage: 2 * stage.place for stage in STAGES}, value=Stay.stage)
        kind = place + case((_is_open(scope), 1), else_=0)
        each = _began(select(), scope)
        coded = coded_lengths(session, each, Stay.application_id, kind, Stay.entered_at, end)
        return survival.medians_of(coded, DAY)
    is_open = case((_is_open(scope), 1), else_=0).label("is_open")
    found: Lasted = defaultdict(Counter)
    for stage, going_on, days, number in lengths(
        session, scope, _began(select(Stay.stage, is_open), scope), Stay.entered_at, end
    ):
        found[stage.place, bool(going_on)][max(0.0, days)] += number
    return {
        stage.place: survival.told_of(found[stage.place, False], found[stage.place, True]) for stage in STAGES
    }


def _opened(scope: Scope, figure: Figure, part: Part) -> Select[Any]:
    going_on = _is_open(scope)
    query = (
        select(
            Job.title.label("job"),
            Stay.application_id.label("application"),
            Candidate.name.label("candidate"),
            Stay.stage,
            case((going_on, SpellEnd.ACTIVE.value), else_=Stay.became).label("became"),
            Stay.entered_at,
            Stay.entered_version.label("entered_move"),
            case((going_on, None), else_=Stay.ended_at).label("ended_at"),
            case((going_on, None), else_=Stay.ended_version).label("ended_move"),
        )
        .join(Job, Job.id == Stay.job_id)
        .join(Application, Application.id == Stay.application_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
    )
    if figure.stage is not None:
        query = query.where(Stay.stage == figure.stage)
    if figure.job_id is not None:
        query = query.where(Stay.job_id == figure.job_id)
    if figure.column == "open":
        query = query.where(going_on)
    return part.of(_began(query, scope), Stay.application_id, Stay.entered_version)
