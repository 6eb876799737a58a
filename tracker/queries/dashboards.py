"""What one person looks after, at a glance: made of what My work and the reports count, and nothing anew."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor, Role, TeamRole
from tracker.domain.history_uploads import PENDING
from tracker.domain.outlines.outline import ReportName
from tracker.domain.permissions import Permission, can
from tracker.domain.reports import Report, ReportFilters, Row, start_of_day
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.history_uploads import HistoryUpload
from tracker.models.moves import Move
from tracker.queries.report_exports import is_pending, own_exports
from tracker.queries.reports import run_report
from tracker.queries.work_kinds import Waiting
from tracker.queries.work_lists import sessions_on_jobs

SINCE = timedelta(days=90)
"""How far back medians look."""
MOST_JOBS = 12
MOST_SESSIONS = 8


class Part(StrEnum):
    """The parts of a dashboard, by whom they are for."""

    RECRUITING = "recruiting"
    MANAGING = "managing"
    EVERYTHING = "everything"


PART_LABELS = {
    Part.RECRUITING: "Jobs you recruit for",
    Part.MANAGING: "Jobs you hire for",
    Part.EVERYTHING: "All jobs",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a part tells: its reports by name, and the filters of their addresses beside the time zone."""

    part: Part
    asked: dict[str, Any]
    reports: dict[ReportName, Report]

    @property
    def label(self) -> str:
        """What the part is called."""
        return PART_LABELS[self.part]

    def rows(self, name: str) -> list[Row]:
        """The rows of one of its reports."""
        return list(self.reports[ReportName(name)].rows)

    def active_by_job(self) -> list[tuple[int, str, dict[str, int]]]:
        """The jobs it counts, those with most active first: id, title, and how many by stage."""
        jobs: dict[tuple[int, str], dict[str, int]] = {}
        for row in self.rows(ReportName.PIPELINE):
            numbers = jobs.setdefault((int(str(row["job_id"])), str(row["job"])), {})
            numbers[str(row["stage"])] = int(str(row["active"]))
        found = [(job_id, title, numbers) for (job_id, title), numbers in jobs.items()]
        return sorted(found, key=lambda one: (-sum(one[2].values()), one[1]))

    def active(self) -> dict[str, int]:
        """How many are active in each stage, of all its jobs together."""
        jobs = self.active_by_job()
        return {stage.value: sum(numbers.get(stage.value, 0) for _, _, numbers in jobs) for stage in Stage}


def parts_of(actor: Actor) -> tuple[Part, ...]:
    """The parts that a person's dashboard has, by what they are on their jobs and everywhere.

    Whoever is shown reports of all jobs has no part of those they manage: its numbers would open to more.
    """
    found = [Part.RECRUITING] if jobs_as(actor, Role.RECRUITER) else []
    if actor.has_role(Role.HR):
        found.append(Part.EVERYTHING)
    elif jobs_as(actor, Role.HIRING_MANAGER) and not actor.has_role(Role.RECRUITER):
        found.append(Part.MANAGING)
    return tuple(found)


def jobs_as(actor: Actor, role: Role) -> frozenset[int]:
    """The jobs on whose team a person stands in this role."""
    if not actor.has_role(role):
        return frozenset()
    return frozenset(job for job, roles in actor.teams.items() if TeamRole(role.value) in roles)


def tell_parts(session: Session, actor: Actor, filters: ReportFilters) -> list[Told]:
    """Each part of a person's dashboard, by the reports as they may read them.

    A constant number of queries for each part, however many jobs and applications there are.
    """
    return [_told(session, actor, part, filters) for part in parts_of(actor)]


def _told(session: Session, actor: Actor, part: Part, filters: ReportFilters) -> Told:
    asked: dict[str, Any] = {}
    if part is Part.RECRUITING:
        filters, asked = replace(filters, recruiter_id=actor.id), {"recruiter": str(actor.id)}
    return Told(part, asked, dict(_reports(session, actor, filters)))


def first_day(filters: ReportFilters) -> date:
    """The day in the reader's zone from which on stays are counted: the one that the link to them names."""
    return (filters.as_of - SINCE).astimezone(filters.zone).date()


def count_overrides(session: Session, filters: ReportFilters) -> int:
    """How many moves went on without a requirement, recorded from the first day on."""
    since = start_of_day(first_day(filters), filters.zone)
    overridden = select(func.count()).select_from(Move).where(Move.overridden != literal_column("''"))
    return session.scalar(overridden.where(Move.recorded_at >= since)) or 0


def _reports(session: Session, actor: Actor, filters: ReportFilters) -> Iterator[tuple[ReportName, Report]]:
    recent = replace(filters, from_=start_of_day(first_day(filters), filters.zone))
    for name in (ReportName.PIPELINE, ReportName.AGEING, ReportName.OFFERS):
        yield name, run_report(session, name, filters, actor=actor)
    yield ReportName.TIME_IN_STAGE, run_report(session, ReportName.TIME_IN_STAGE, recent, actor=actor)


def coming_sessions(session: Session, actor: Actor, now: datetime) -> list[Waiting]:
    """The sessions of the next seven days on the person's jobs, soonest first."""
    jobs = jobs_as(actor, Role.RECRUITER) | jobs_as(actor, Role.HIRING_MANAGER)
    if not jobs:
        return []
    query: Any = sessions_on_jobs(Application.job_id.in_(jobs), now).limit(MOST_SESSIONS)
    return [
        Waiting(row.id, row.application_id, row.name or "", row.title, row.at, row.detail or "")
        for row in session.execute(query)
    ]


def running_work(session: Session, actor: Actor, now: datetime) -> tuple[int, int]:
    """How many files of their own the person waits for, and how many histories are being looked at."""
    exports = own_exports(actor, now).where(is_pending()).subquery()
    number = session.scalar(select(func.count()).select_from(exports)) or 0
    if not can(actor, Permission.HISTORY_IMPORT):
        return number, 0
    waits = select(func.count()).select_from(HistoryUpload).where(HistoryUpload.state.in_(PENDING))
    return number, session.scalar(waits) or 0
