"""Reads about files made in the background: a person's own, and whether one would be long."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.outlines.outline import Outline
from tracker.domain.report_exports import LONG, ExportState
from tracker.domain.reports import ReportFilters
from tracker.models.applications import Application
from tracker.models.report_exports import ReportExport
from tracker.queries.reports.kept import placed
from tracker.queries.reports.scope import scope_of


def own_exports(actor: Actor, now: datetime) -> Select[ReportExport]:
    """The files that this person asked for and that are not over, latest first."""
    own = ReportExport.user_id == (actor.id or 0), ReportExport.expires_at > now
    return select(ReportExport).where(*own).order_by(ReportExport.id.desc())


def is_pending() -> ColumnElement[bool]:
    """Whether a file is still to be made, or being made."""
    return ReportExport.state.in_([ExportState.WAITING, ExportState.MAKING])


def is_claimable(now: datetime) -> ColumnElement[bool]:
    """Whether a worker may take it into its hand: nobody has it, or whoever had it is silent."""
    is_silent = and_(ReportExport.state == ExportState.MAKING, ReportExport.lease_ends_at <= now)
    return and_(ReportExport.expires_at > now, or_(ReportExport.state == ExportState.WAITING, is_silent))


def may_be_long(session: Session, outline: Outline, filters: ReportFilters, actor: Actor) -> bool:
    """Whether there may be more rows behind a report than are sent while one waits, by its applications.

    Raises RuleBroken and NotPermitted as the rows themselves do.
    """
    scope = scope_of(session, filters, actor, outline.permission)
    if scope.filters.source is None and scope.job_ids is None:
        # Of all jobs the boards have counted.
        return placed(session, scope) > LONG
    some = scope.applications.with_only_columns(Application.id).limit(LONG + 1).subquery()
    return (session.scalar(select(func.count()).select_from(some)) or 0) > LONG
