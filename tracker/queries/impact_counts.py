"""Counts for adverse impact: how far the applicants of each group came, job by job."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from tracker.domain.metrics.impact_counts import GOALS, HIRED, Pattern
from tracker.domain.reports import ReportFilters
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.self_identification import SelfIdentificationAnswer, SelfIdentificationField
from tracker.queries.reports.lives import WAS_IN, applicants
from tracker.queries.reports.scope import Scope


@dataclass(frozen=True, slots=True)
class FieldCounts:
    """One field of self-identification: patterns of those that answered, and how many there are of all."""

    field_id: int
    patterns: tuple[Pattern, ...]
    applicants: int
    erased: int


def count_impact(session: Session, filters: ReportFilters) -> list[FieldCounts]:
    """The counts of every field, of all applicants there are as of the filters' instant.

    A transferred applicant counts on the job of the newest application, by the answers given with the first.
    """
    scope = Scope(select(Application.id, Application.job_id), filters)
    life, answer = applicants(scope), SelfIdentificationAnswer
    reached = [case((_got_to(life, goal), 1 << place), else_=0) for place, goal in enumerate(GOALS)]
    bits = sum(reached[1:], reached[0]).label("bits")
    each = (
        select(answer.field_id, Application.job_id, answer.value, bits)
        .select_from(life)
        .join(answer, answer.application_id == life.c.first_id)
        .join(Application, Application.id == life.c.last_id)
        .subquery("each")
    )
    by = (each.c.field_id, each.c.job_id, each.c.value, each.c.bits)
    found = session.execute(select(*by, func.count()).group_by(*by)).all()
    whole = session.scalar(select(func.count()).select_from(life)) or 0
    fields = session.scalars(select(SelfIdentificationField.id).order_by(SelfIdentificationField.id))
    return [_field(field_id, found, whole) for field_id in fields]


def patterns_of(counts: Iterable[Sequence[Any]]) -> list[Pattern]:
    """The patterns as they are kept: lists of job id, group, bits and number."""
    return [
        Pattern(job_id, group, tuple(bool(bits >> place & 1) for place in range(len(GOALS))), number)
        for job_id, group, bits, number in counts
    ]


def kept_as(patterns: Iterable[Pattern]) -> list[list[Any]]:
    """Patterns in the shape in which they are kept."""
    return [
        [one.job_id, one.group, sum(got << place for place, got in enumerate(one.got_to)), one.number]
        for one in patterns
    ]


def _got_to(life: Any, goal: str) -> Any:
    return life.c.hired_at.is_not(None) if goal == HIRED else life.c[WAS_IN[Stage(goal)]] == 1


def _field(field_id: int, found: Sequence[Any], whole: int) -> FieldCounts:
    own = [row for row in found if row[0] == field_id]
    answered = [row[1:] for row in own if row[2] is not None]
    answered.sort(key=lambda row: (row[0], row[1], row[2]))
    erased = sum(row[4] for row in own if row[2] is None)
    return FieldCounts(field_id, tuple(patterns_of(answered)), whole, erased)
