"""Taking reports away and looking at sensitive ones: who did is on record before the first row leaves."""

from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.deciding import NotPermitted
from tracker.domain.outlines.outline import Outline, ReportName
from tracker.domain.permissions import Permission, Subject, can, can_for_some_job
from tracker.domain.reports import BUSINESS, CALENDAR, ReportFilters
from tracker.services.audit import record
from tracker.services.impact_releases import release_impact_counts


def record_export(
    session: Session,
    outline: Outline,
    filters: ReportFilters,
    *,
    format: str,
    has_rows: bool = False,
    actor: Actor,
) -> None:
    """Note that the actor takes a report away, or the rows behind it. Raises NotPermitted."""
    require_taking_away(outline, filters, actor=actor)
    record(
        session,
        "report:export",
        outline,
        actor=actor,
        format=format,
        has_rows=has_rows,
        **_asked(outline, filters),
    )
    _release(session, outline, actor)


def require_taking_away(outline: Outline, filters: ReportFilters, *, actor: Actor) -> None:
    """That the actor may take this report away with these filters. Raises NotPermitted, RuleBroken."""
    may = (
        can_for_some_job(actor, Permission.REPORT_EXPORT)
        if filters.job_id is None
        else can(actor, Permission.REPORT_EXPORT, Subject(job_id=filters.job_id))
    )
    outline.check(filters)
    if not may or not can_for_some_job(actor, outline.permission):
        raise NotPermitted("You may not take this report away.")


def record_reading(
    session: Session, outline: Outline, filters: ReportFilters, *, has_rows: bool = False, actor: Actor
) -> None:
    """Note that the actor looks at a sensitive report, or the rows behind it. Raises NotPermitted."""
    if not can_for_some_job(actor, outline.permission):
        raise NotPermitted("You may not read this report.")
    outline.check(filters)
    record(session, "report:read", outline, actor=actor, has_rows=has_rows, **_asked(outline, filters))
    _release(session, outline, actor)


def _release(session: Session, outline: Outline, actor: Actor) -> None:
    """What is told of adverse impact is kept when it is told, as the record of it is."""
    if outline.name is ReportName.ADVERSE_IMPACT:
        release_impact_counts(session, actor=actor)


def _asked(outline: Outline, filters: ReportFilters) -> dict[str, Any]:
    """What was asked, in the audit log's words."""
    return {
        "report": outline.name.value,
        "job_id": filters.job_id,
        "department": filters.department,
        "location": filters.location,
        "recruiter_id": filters.recruiter_id,
        "source": filters.source,
        "days": BUSINESS if filters.is_business else CALENDAR,
        "holidays": filters.holidays,
        "window": [edge.isoformat() if edge else None for edge in (filters.from_, filters.to)],
        "as_of": filters.as_of.isoformat(),
        "leaves_out_filled": filters.leaves_out_filled,
    }
