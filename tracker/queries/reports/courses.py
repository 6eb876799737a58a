"""Courses as moves count them: reports of everything there is read these counts in place of every stay.

Each counts applications by themselves. Where those of one transfer are one applicant, the few of them are
taken out again and counted as they follow one another.
"""

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from tracker.domain.metrics.courses import bit_of
from tracker.domain.stages import Stage
from tracker.models.moves import CourseCount
from tracker.queries.reports.kept import in_jobs, is_kept, placed
from tracker.queries.reports.lives import LIFE, chains, linked_lives
from tracker.queries.reports.scope import Scope


def are_told(session: Session, scope: Scope) -> bool:
    """Whether the report counts every move there is, of all sources, so that courses tell its numbers."""
    asked = scope.filters
    return (asked.from_, asked.to, asked.source) == (None, None, None) and is_kept(session, scope)


def course_counts(scope: Scope, *by: Any) -> Select[Any]:
    """How many applications in scope there are by these words of courses: the words, then the number."""
    number = func.sum(CourseCount.count)
    query = select(*by, number).where(in_jobs(scope, CourseCount.job_id), CourseCount.count != 0)
    return query.group_by(*by)


def number_where(which: Any) -> Any:
    """How many applications there are of the courses of which this is true."""
    return func.coalesce(func.sum(CourseCount.count).filter(which), 0)


def was_in(stage: Stage) -> Any:
    """Whether those of a course were ever in a stage."""
    return CourseCount.stages.bitwise_and(bit_of(stage)) != 0


def is_hired() -> Any:
    """Whether those of a course count as hired."""
    return CourseCount.has_been_hired | was_in(Stage.ONBOARDING)


def linked_twice(scope: Scope) -> tuple[Any, Any]:
    """The few applications of transfers: each by itself, and as the applicants that they are together."""
    linked = linked_lives(scope)
    alone = select(
        *(linked.c.application_id.label(label) for label in ("counts_as", "first_id", "last_id")),
        *(linked.c[label] for label in LIFE if label in linked.c),
    ).subquery("alone")
    return alone, chains(linked).subquery("together")


def number_of_applicants(session: Session, scope: Scope) -> int:
    """How many applicants the boards count, those of one transfer as one."""
    alone, together = (
        session.scalar(select(func.count()).select_from(which)) or 0 for which in linked_twice(scope)
    )
    return placed(session, scope) - alone + together
