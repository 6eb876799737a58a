"""Keeping reports under a name, sharing them, and sending their owners the link on its days."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.deciding import NotPermitted
from tracker.domain.mails import MailEvent
from tracker.domain.outlines.outline import Outline
from tracker.domain.permissions import can_for_some_job
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.domain.saved_reports import MOST_REPORTS, MailedEvery, is_mail_due, saved_report_name
from tracker.domain.saved_views import LONGEST_QUERY
from tracker.models.saved_reports import SavedReport
from tracker.models.users import User
from tracker.queries.saved_reports import own_reports
from tracker.services.audit import record
from tracker.services.outbox import queue_message


def save_report(
    session: Session,
    outline: Outline,
    *,
    name: str | None,
    query: str,
    is_shared: bool = False,
    every: MailedEvery | None = None,
    actor: Actor,
) -> SavedReport:
    """Keep a report with the filters of its address. Raises RuleBroken at `name`, NotPermitted."""
    kept, present = saved_report_name(name), list(session.scalars(own_reports(actor)))
    if actor.id is None or not can_for_some_job(actor, outline.permission):
        raise NotPermitted("Reports are kept by people who may read them.")
    if len(present) >= MOST_REPORTS:
        raise RuleBroken(f"You keep {MOST_REPORTS} reports already: delete one first.", field="name")
    if len(query) > LONGEST_QUERY:
        raise RuleBroken("These filters are too long to be kept.", field="name")
    _check_free(present, kept)
    report = SavedReport(
        user_id=actor.id,
        report=outline.name.value,
        name=kept,
        query=query,
        is_shared=is_shared,
        created_at=clock.now(),
    )
    _send_every(report, every)
    session.add(report)
    session.flush()
    record(session, "saved_report:save", report, actor=actor, **_said(report))
    return report


def change_report(
    session: Session,
    report: SavedReport,
    *,
    name: str | None,
    is_shared: bool,
    every: MailedEvery | None,
    seen_version: int,
    actor: Actor,
) -> None:
    """Rename one's own report, share it or no longer, be sent its link or no longer.

    Raises RuleBroken at `name`, ChangedMeanwhile, NotPermitted.
    """
    _require_own(report, actor)
    session.refresh(report, with_for_update=True)
    if report.version != seen_version:
        raise ChangedMeanwhile("This report was changed meanwhile. Look at it, then save again.")
    kept = saved_report_name(name)
    _check_free([one for one in session.scalars(own_reports(actor)) if one is not report], kept)
    report.name, report.is_shared = kept, is_shared
    if every is not report.every:
        _send_every(report, every)
    report.version += 1
    session.flush()
    record(session, "saved_report:change", report, actor=actor, **_said(report))


def stop_mails(session: Session, report: SavedReport, *, actor: Actor) -> None:
    """Send one's own report's link no longer; nothing to do where it is not sent."""
    _require_own(report, actor)
    if report.mailed_every is None:
        return
    _send_every(report, None)
    report.version += 1
    session.flush()
    record(session, "saved_report:stop_mails", report, actor=actor)


def delete_report(session: Session, report: SavedReport, *, actor: Actor) -> None:
    """Let go of one's own report, for those it is shared with too."""
    _require_own(report, actor)
    record(session, "saved_report:delete", report, actor=actor)
    session.delete(report)
    session.flush()


def queue_report_links(session: Session, default_zone: str) -> int:
    """Queue a mail with the link to every saved report whose day it is, once a day at most; how many.

    The day begins at seven in the owner's time zone. Who is disabled or may no longer read it gets none.
    """
    now, number = clock.now(), 0
    query = (
        select(SavedReport, User)
        .join(User, User.id == SavedReport.user_id)
        .where(SavedReport.mailed_every.is_not(None), User.is_active)
        .order_by(SavedReport.id)
    )
    for report, user in session.execute(query).all():
        zone = ZoneInfo(user.time_zone or default_zone)
        if report.every is None or report.mailed_on is None:
            continue
        if is_mail_due(report.every, report.mailed_on, now, zone):
            number += _queue(session, report, now.astimezone(zone), now)
    return number


def _queue(session: Session, report: SavedReport, local: datetime, now: datetime) -> bool:
    try:
        with session.begin_nested():
            report.mailed_on = local.date()
            return queue_message(
                session,
                MailEvent.SAVED_REPORT,
                key=f"saved_report:{report.id}:{local:%Y-%m-%d}",
                application_id=None,
                not_before=now,
                user_id=report.user_id,
                saved_report_id=report.id,
            )
    except IntegrityError:
        # Another worker queued it at the same moment.
        return False


def _send_every(report: SavedReport, every: MailedEvery | None) -> None:
    report.mailed_every = every.value if every else None
    report.mailed_on = clock.today() if every else None


def _said(report: SavedReport) -> dict[str, Any]:
    return {"report": report.report, "is_shared": report.is_shared, "mailed_every": report.mailed_every}


def _require_own(report: SavedReport, actor: Actor) -> None:
    if actor.id is None or report.user_id != actor.id:
        raise NotPermitted("This report is kept by somebody else.")


def _check_free(present: list[SavedReport], name: str) -> None:
    if any(one.name.casefold() == name.casefold() for one in present):
        raise RuleBroken("You keep a report of this name.", field="name")
