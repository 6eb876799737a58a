"""Time to fill: from the approval of a job to the accepted offer of each opening, open ones censored."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import CTE, Select, and_, case, or_, select
from sqlalchemy.orm import Session

from tracker.domain.reports import Check, Row
from tracker.domain.stages import JobStatus, Outcome
from tracker.late import Late
from tracker.models.applications import Application
from tracker.models.jobs import Job, JobStatusChange
from tracker.models.moves import Move, Stay
from tracker.queries.jobs import openings_taken
from tracker.queries.reports.days import days_between
from tracker.queries.reports.kept import in_jobs, is_kept
from tracker.queries.reports.lengths import lengths
from tracker.queries.reports.lives import in_window, lives, perhaps_hired
from tracker.queries.reports.opening import opened, with_people
from tracker.queries.reports.scope import Figure, Part, Scope

if TYPE_CHECKING:
    from tracker.domain.metrics import survival
else:
    survival = Late("tracker.domain.metrics.survival")

_ENDED = frozenset({JobStatus.FILLED, JobStatus.CLOSED})


def count(session: Session, scope: Scope) -> tuple[list[Row], tuple[Check, ...]]:
    """The one row of the report with the longest time seen, in days, and whether the jobs agree."""
    life = _takers(scope)
    was_before = case((life.c.hired_at < Job.approved_at, 1), else_=0).label("was_before")
    taken: Any = select(Job.id.label("job_id"), was_before)
    filled: Counter[int] = Counter()
    done: Counter[float] = Counter()
    each = _filled(taken, scope, life)
    for job_id, before, days, number in lengths(session, scope, each, Job.approved_at, life.c.hired_at):
        filled[job_id] += number
        if not before:
            done[max(0.0, days)] += number
    still: Counter[float] = Counter()
    cancelled = 0
    for job, status in _jobs(session, scope):
        left = max(0, job.openings - filled[job.id])
        if status in _ENDED:
            cancelled += left
        elif left:
            still[scope.days_between(job.approved_at, scope.filters.as_of) or 0.0] += left
    time = survival.median_time(done, still)
    row: Row = {
        "openings": sum(filled.values()) + sum(still.values()),
        "filled": sum(filled.values()),
        "open": sum(still.values()),
        "cancelled": cancelled,
        "km_median_days": time.median,
        "km_low": time.low,
        "km_high": time.high,
        "naive_median_days": time.naive,
        "longest_days": time.longest,
    }
    return [row], _as_the_jobs(session, scope, filled)


def open_rows(session: Session, scope: Scope, figure: Figure, part: Part) -> Iterator[Row]:
    """The hires that fill openings, each with its days since the approval of the job; by application."""
    life = _takers(scope)
    columns = (Job.approved_at, life.c.hired_at, life.c.hired_move.label("move"))
    query = with_people(life.c.application_id, *columns)
    query = _filled(query, scope, life, has_jobs=True)
    for row in opened(session, query, figure, part, life.c.hired_move):
        was_before = days_between(row["approved_at"], row["hired_at"]) or 0.0
        days = scope.days_between(row["approved_at"], row["hired_at"])
        yield {**row, "days": days if was_before >= 0 else None}


def _takers(scope: Scope) -> CTE:
    """The lives of applications that may have been hired."""
    until = scope.as_of_only().filters.until
    return lives(scope, until, Stay.application_id.in_(perhaps_hired(scope))).cte("takers")


def _filled(query: Select[Any], scope: Scope, life: CTE, *, has_jobs: bool = False) -> Select[Any]:
    """The query with the hires that take an opening as of the as-of: a failed start has given it back."""
    if not has_jobs:
        query = query.join(Application, Application.job_id == Job.id).join(
            life, life.c.application_id == Application.id
        )
    query = query.outerjoin(
        Move, and_(Move.application_id == life.c.application_id, Move.version == life.c.closed_move)
    ).where(
        life.c.hired_at.is_not(None),
        or_(life.c.closed_at.is_(None), Move.to_outcome == Outcome.HIRED),
        Job.approved_at.is_not(None),
    )
    return in_window(query, scope, Job.approved_at)


def _jobs(session: Session, scope: Scope) -> list[tuple[Job, JobStatus]]:
    """The jobs approved in the window, with their status as of the as-of."""
    latest = (
        select(JobStatusChange.to_status)
        .where(JobStatusChange.job_id == Job.id, JobStatusChange.at < scope.as_of_only().filters.until)
        .order_by(JobStatusChange.at.desc(), JobStatusChange.id.desc())
        .limit(1)
        .correlate(Job)
        .scalar_subquery()
    )
    query = select(Job, latest).where(in_jobs(scope, Job.id), Job.approved_at.is_not(None))
    found = session.execute(in_window(query, scope, Job.approved_at)).all()
    return [(job, status or job.status) for job, status in found]


def _as_the_jobs(session: Session, scope: Scope, filled: Counter[int]) -> tuple[Check, ...]:
    """Of one job as it stands: whether as many openings are filled as it counts as taken itself."""
    job = session.get(Job, scope.filters.job_id) if scope.filters.job_id is not None else None
    if job is None or job.id not in filled or not is_kept(session, scope):
        return ()
    agrees = filled[job.id] == openings_taken(session, job)
    return (Check("as_the_job_counts", "As many openings are filled as the job counts as taken.", agrees),)
