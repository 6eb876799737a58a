"""The pipeline report as a page shows it: the sum of all jobs, and the first of them one by one.

Files hold every job; to read them all for a page that shows twenty takes longer the more jobs there are.
"""

from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.reports import Check, JobSums, Row
from tracker.domain.stages import STAGES
from tracker.models.jobs import Job
from tracker.models.moves import StayCount
from tracker.queries.reports.kept import in_jobs, is_kept, job_by_job_as_on_the_boards, kept_figures
from tracker.queries.reports.pipeline import adds_up, row_of, titles_of
from tracker.queries.reports.scope import Scope


def count_page(
    session: Session, scope: Scope, most_jobs: int
) -> tuple[list[Row], tuple[Check, ...], JobSums] | None:
    """The rows of the first jobs by title, with the sum of all jobs, from what moves keep; none where every
    row is to be read all the same.
    """
    filters = scope.filters
    if filters.job_id is not None or filters.from_ is not None or filters.source is not None:
        return None
    if scope.is_compared or not is_kept(session, scope):
        return None
    titles = _titles(session, scope)
    if len(titles) <= most_jobs:
        return None
    first = {job_id: titles[job_id] for job_id in list(titles)[:most_jobs]}
    figures = kept_figures(session, replace(scope, job_ids=frozenset(first)))
    stages = [stage.value for stage in STAGES]
    rows = [row_of(job_id, title, stage, figures) for job_id, title in first.items() for stage in stages]
    all_jobs = kept_figures(session, scope, is_by_job=False)
    sums = [row_of(0, "", stage, all_jobs) for stage in stages]
    checks = (adds_up([*rows, *sums]), job_by_job_as_on_the_boards(session, scope))
    return rows, checks, JobSums(tuple(sums), len(titles) - most_jobs)


def _titles(session: Session, scope: Scope) -> dict[int, str]:
    """The jobs that any application was ever on, by id, in order of title."""
    has_stays: Any = select(StayCount.job_id).where(StayCount.count != 0)
    query = select(Job.id, Job.title).where(in_jobs(scope, Job.id), Job.id.in_(has_stays))
    return titles_of(session.connection().execute(query.order_by(Job.title, Job.id)))
