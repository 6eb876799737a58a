"""The rows behind a number: applications with their jobs and people, in one order, page by page."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tracker.domain.reports import Row
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.queries.reports.scope import Figure, Part
from tracker.queries.reports.streams import Stream


def with_people(application_id: Any, *columns: Any) -> Select[Any]:
    """A query of applications by id: job, application and candidate, then the columns."""
    return (
        select(
            Job.title.label("job"),
            Application.id.label("application"),
            Candidate.name.label("candidate"),
            *columns,
        )
        .join(Application, Application.id == application_id)
        .join(Job, Job.id == Application.job_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
    )


def opened(session: Session, query: Select[Any], figure: Figure, part: Part, move: Any) -> Iterator[Row]:
    """The rows of such a query by application and move, of the figure's job if it names one."""
    if figure.job_id is not None:
        query = query.where(Application.job_id == figure.job_id)
    yield from Stream(session, part.of(query, Application.id, move))
