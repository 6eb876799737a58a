"""Reads about answers of reports that are kept: how far the history is, and what was counted of it before."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from tracker.domain.kept_reports import (
    GROWS_OLD,
    filters_kept,
    key_of,
    pause_after,
    read_told,
    whom_and_when,
)
from tracker.domain.outlines.outline import Outline, ReportName
from tracker.domain.report_outlines import OUTLINES
from tracker.domain.reports import Report
from tracker.models.jobs import Job
from tracker.models.kept_reports import KeptReport
from tracker.models.moves import HistoryPlace
from tracker.queries.reports import report_of
from tracker.queries.reports.kept import in_jobs
from tracker.queries.reports.scope import Scope, scope_of_jobs

_OF_JOBS = (ReportName.TIME_TO_FILL, ReportName.FORECAST)
"""The reports that also tell of jobs: their titles, openings, states and when they were approved."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far the history is of which a report counts: the moves in it, and a hash of all it depends on."""

    moves: int
    basis: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks for: the report, whom and when it counts for them, and how far their history is."""

    outline: Outline
    scope: Scope
    place: Place

    @property
    def counts(self) -> dict[str, Any]:
        """Whom and when it counts, as plain values."""
        calendar = self.scope.calendar
        holidays = None if calendar is None else calendar.holidays
        return whom_and_when(self.outline, self.scope.filters, self.scope.job_ids, holidays)

    @property
    def key(self) -> str:
        """What tells this ask from others."""
        return key_of(self.counts)


def count_moves(session: Session, scope: Scope) -> tuple[int, int]:
    """How many moves were ever made on the jobs of a report, and how often a source there was set right."""
    far = select(
        func.coalesce(func.sum(HistoryPlace.moves), 0), func.coalesce(func.sum(HistoryPlace.sources_set), 0)
    ).where(in_jobs(scope, HistoryPlace.job_id))
    moves, sources = session.execute(far).one()
    return int(moves), int(sources)


def place_of(session: Session, outline: Outline, scope: Scope) -> Place:
    """How far the history of a report is."""
    moves, sources = count_moves(session, scope)
    told = [str(moves), str(sources if scope.filters.source is not None else 0)]
    if outline.name in _OF_JOBS:
        facts = (Job.id, Job.title, Job.openings, Job.status, Job.approved_at)
        jobs = select(*facts).where(in_jobs(scope, Job.id)).order_by(Job.id)
        told += ["|".join(map(str, job)) for job in session.execute(jobs)]
    return Place(moves, sha256("\n".join(told).encode()).hexdigest())


def find_kept(session: Session, asked: Asked) -> KeptReport | None:
    """What is kept for an ask: an answer, or that somebody waits for one."""
    return session.scalar(select(KeptReport).where(KeptReport.key == asked.key))


def report_kept(asked: Asked, kept: KeptReport) -> Report:
    """A kept answer as the report that this reader asked for, as of the instant of the answer.

    Raises LookupError where nothing is told yet.
    """
    if kept.told is None or kept.told_at is None:
        raise LookupError("this report was not counted yet")
    filters = replace(asked.scope.filters, as_of=kept.told_at)
    return report_of(asked.outline, replace(asked.scope, filters=filters), *read_told(kept.told))


def is_of(kept: KeptReport, place: Place) -> bool:
    """Whether an answer was counted of just this history."""
    return kept.basis == place.basis


def is_to_be_counted(kept: KeptReport, place: Place, now: datetime) -> bool:
    """Whether an answer that somebody asks for is to be counted anew, though nobody presses for it."""
    if kept.has_failed or kept.wanted_at is not None:
        return False
    if kept.counted_at is None:
        return True
    is_fixed = kept.counts["as_of"] is not None
    is_old = not is_fixed and kept.counted_at + GROWS_OLD <= now
    rested = kept.counted_at + pause_after(kept.took or 0.0, is_fixed=is_fixed) <= now
    return rested and (is_old or not is_of(kept, place))


def is_claimable(now: datetime) -> ColumnElement[bool]:
    """Whether a worker may count it: somebody waits, and nobody counts it or whoever did is silent."""
    is_free = or_(KeptReport.claim.is_(None), KeptReport.lease_ends_at <= now)
    return and_(KeptReport.wanted_at.is_not(None), is_free)


def scope_kept(session: Session, kept: KeptReport, now: datetime) -> Scope:
    """What an answer counts, as of the instant that was asked for, or now.

    Raises RuleBroken where a calendar is no longer there.
    """
    jobs = kept.counts["jobs"]
    filters = filters_kept(kept.counts, now)
    return scope_of_jobs(session, filters, None if jobs is None else frozenset(jobs))


def place_kept(session: Session, kept: KeptReport, now: datetime) -> Place:
    """How far the history of a kept answer is now. Raises RuleBroken as `scope_kept` does."""
    return place_of(session, OUTLINES[kept.report_name], scope_kept(session, kept, now))
