"""Forecast: how likely each job's openings are filled by a day, from the applications it has now."""

from collections.abc import Iterator
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from tracker.domain.metrics.spells import SpellEnd
from tracker.domain.reports import Check, Row
from tracker.domain.stages import JobStatus, Outcome, Stage
from tracker.late import Late
from tracker.models.base import UtcDateTime
from tracker.models.jobs import Job
from tracker.models.moves import StageCount, Stay
from tracker.queries.reports.days import DAY
from tracker.queries.reports.kept import in_jobs
from tracker.queries.reports.lives import seconds_between
from tracker.queries.reports.opening import opened, with_people
from tracker.queries.reports.pipeline import job_titles
from tracker.queries.reports.scope import Figure, Part, Scope

if TYPE_CHECKING:
    from tracker.domain.metrics import forecast
else:
    forecast = Late("tracker.domain.metrics.forecast")

WEEKS = (4, 8, 12, 26)
"""How many weeks from now it looks."""


def count(session: Session, scope: Scope) -> tuple[list[Row], tuple[Check, ...]]:
    """A row for each open job with free openings and each day looked to."""
    jobs = _free(session, scope)
    if not jobs:
        return [], ()
    earlier = _earlier(session, scope)
    paths = forecast.Paths(earlier)
    waiting = _waiting(session, scope, jobs, ceil(max([one.days for one in earlier], default=0)))
    titles = job_titles(session, scope, set(jobs))
    days = [weeks * 7 for weeks in WEEKS]
    by = [_day_after(scope, weeks) for weeks in WEEKS]
    rows: list[Row] = []
    for job_id, title in titles.items():
        if job_id not in jobs:
            continue
        seen = forecast.outlooks(paths, waiting.get(job_id, []), jobs[job_id], days)
        rows += [
            {
                "job": title,
                "job_id": job_id,
                "openings": jobs[job_id],
                "by": day,
                "probability": one.probability if one else None,
                "expected_filled": one.expected if one else None,
                "low_filled": one.low if one else None,
                "high_filled": one.high if one else None,
            }
            for day, one in zip(by, seen, strict=True)
        ]
    return rows, ()


def _day_after(scope: Scope, weeks: int) -> str:
    day = (scope.filters.as_of + timedelta(weeks=weeks)).astimezone(scope.filters.zone).date()
    return day.isoformat()


def open_rows(session: Session, scope: Scope, figure: Figure, part: Part) -> Iterator[Row]:
    """The open applications that the forecast is made from; by application."""
    query = with_people(
        Stay.application_id, Stay.stage, Stay.entered_at, Stay.entered_version.label("move")
    ).where(_counts(), Stay.job_id.in_(_free(session, scope)))
    yield from opened(session, query, figure, part, Stay.entered_version)


def _free(session: Session, scope: Scope) -> dict[int, int]:
    """The free openings of each open job that has any."""
    taken = func.coalesce(
        func.sum(StageCount.count).filter(
            or_(
                StageCount.outcome == Outcome.HIRED,
                and_(StageCount.outcome == Outcome.ACTIVE, StageCount.stage == Stage.ONBOARDING),
            )
        ),
        0,
    )
    query = (
        select(Job.id, Job.openings - taken)
        .outerjoin(StageCount, StageCount.job_id == Job.id)
        .where(in_jobs(scope, Job.id), Job.status == JobStatus.OPEN)
        .group_by(Job.id, Job.openings)
    )
    return {job_id: int(free) for job_id, free in session.execute(query) if free > 0}


def _counts() -> Any:
    """Whether a stay is of somebody who may still be hired."""
    return and_(Stay.became == SpellEnd.ACTIVE, Stay.stage != Stage.ONBOARDING)


def _earlier(session: Session, scope: Scope) -> list[Any]:
    """The stays that are over, by days, each as if it had ended in the middle of its last."""
    days = (seconds_between(session, Stay.entered_at, Stay.ended_at) // DAY).label("days")
    over: Any = select(Stay.stage, Stay.became, days).where(
        in_jobs(scope, Stay.job_id), Stay.became != SpellEnd.ACTIVE
    )
    each = over.subquery("each")
    by = (each.c.stage, each.c.became, each.c.days)
    found = session.execute(select(*by, func.count()).group_by(*by).order_by(*by))
    return [
        forecast.EarlierStay(stage, became, max(0, took) + 0.5, number)
        for stage, became, took, number in found
    ]


def _waiting(session: Session, scope: Scope, jobs: dict[int, int], longest: int) -> dict[int, list[Any]]:
    """The open applications of each job, by stage and whole days there; past the longest stay that is over,
    in which nobody is expected any more, all together.
    """
    as_of = literal(scope.filters.as_of, UtcDateTime())
    took = seconds_between(session, Stay.entered_at, as_of) // DAY
    # Most have waited for long: told apart by the day they would be as many lines as applications.
    is_long = Stay.entered_at <= scope.filters.as_of - timedelta(days=longest + 1)
    days = case((is_long, longest + 1), else_=took).label("days")
    standing: Any = select(Stay.job_id, Stay.stage, days).where(_counts(), Stay.job_id.in_(jobs))
    each = standing.subquery("each")
    by = (each.c.job_id, each.c.stage, each.c.days)
    waiting: dict[int, list[Any]] = {}
    query = select(*by, func.count()).group_by(*by).order_by(*by)
    open_one = forecast.Waiting
    for job_id, stage, waited, number in session.execute(query):
        waiting.setdefault(job_id, []).append(open_one(stage, float(max(0, waited)), number))
    return waiting
