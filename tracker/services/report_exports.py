"""Files of reports made in the background: asking for one, and what a worker notes of it, step by step."""

from collections.abc import Collection
from typing import BinaryIO

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.deciding import NotPermitted
from tracker.domain.outlines.outline import Outline, ReportName
from tracker.domain.permissions import can_for_some_job
from tracker.domain.report_exports import KEPT_FOR, LEASE, MOST_KEPT, MOST_TRIES, ExportState, ask_key
from tracker.domain.report_outlines import OUTLINES
from tracker.domain.reports import ReportFilters
from tracker.domain.rules import RuleBroken
from tracker.domain.saved_views import LONGEST_QUERY
from tracker.files import FileStore, StoredBytes
from tracker.models.applications import Application
from tracker.models.report_exports import ReportExport
from tracker.models.users import User
from tracker.queries.report_exports import is_claimable, own_exports
from tracker.queries.reports.groups import own_jobs_of
from tracker.services.audit import record
from tracker.services.leases import drop_with_bytes, in_hand, let_go, take_next
from tracker.services.reports import require_taking_away

FOLDER = "exports"
"""Where these files lie in the store, apart from those of candidates."""
_LEFT = "It was begun three times and never finished. Ask for less of it, or tell whoever runs this."


def ask_export(
    session: Session,
    outline: Outline,
    filters: ReportFilters,
    *,
    query: str,
    format: str,
    has_rows: bool,
    has_bom: bool = False,
    actor: Actor,
) -> ReportExport:
    """Have a file of a report made in the background; what is asked for already is not asked for twice.

    Raises NotPermitted, and RuleBroken for too many files or filters that are too long to be kept.
    """
    require_taking_away(outline, filters, actor=actor)
    if actor.id is None:
        raise NotPermitted("Files are kept for people alone.")
    if len(query) > LONGEST_QUERY:
        raise RuleBroken("These filters are too long to be kept.")
    zone = filters.zone.key
    key = ask_key(outline.name, query, zone, format, has_rows, has_bom)
    asked = select(ReportExport).where(ReportExport.user_id == actor.id, ReportExport.ask_key == key)
    if (present := session.scalar(asked)) is not None:
        return present
    kept = select(func.count()).select_from(own_exports(actor, clock.now()).subquery())
    if (session.scalar(kept) or 0) >= MOST_KEPT:
        raise RuleBroken(f"You have {MOST_KEPT} files already: delete one first.")
    now = clock.now()
    export = ReportExport(
        user_id=actor.id,
        ask_key=key,
        report=outline.name.value,
        query=query,
        zone=zone,
        format=format,
        has_bom=has_bom,
        has_rows=has_rows,
        has_people=has_rows or outline.name is ReportName.APPLICANT_FLOW,
        job_id=filters.job_id,
        asked_at=now,
        expires_at=now + KEPT_FOR,
    )
    try:
        with session.begin_nested():
            session.add(export)
    except IntegrityError:
        # The same form was sent twice at the same moment.
        return session.scalars(asked).one()
    record(session, "report_export:ask", export, actor=actor, report=export.report, format=format)
    return export


def claim_export(session: Session, worker: str) -> ReportExport | None:
    """Take the file asked for first into this worker's hand for a minute; none if none is to be made.

    One that was left three times is given up. On PostgreSQL those in other hands are passed over.
    """
    waiting = select(ReportExport).where(is_claimable(clock.now())).order_by(ReportExport.id)
    export = take_next(session, waiting, worker, LEASE)
    if export is None:
        return None
    if export.attempts > MOST_TRIES:
        _give_up(export, _LEFT)
        session.flush()
        return None
    export.state, export.rows_done = ExportState.MAKING, 0
    session.flush()
    return export


def note_progress(session: Session, export_id: int, worker: str, rows: int) -> bool:
    """Note how many rows are written, and stay in charge; false where it is no longer this worker's."""
    held = ReportExport.id == export_id, ReportExport.claim == worker
    going_on = update(ReportExport).where(*held, ReportExport.expires_at > clock.now())
    values = {"rows_done": rows, "lease_ends_at": clock.now() + LEASE}
    return session.scalar(going_on.values(**values).returning(ReportExport.id)) is not None


def keep_export(
    session: Session, export_id: int, worker: str, stored: StoredBytes, *, rows: int, actor: Actor
) -> bool:
    """Note where a finished file lies; false where nobody waits for it any more, and its bytes are to go."""
    export = in_hand(session, ReportExport, export_id, worker)
    if export is None or export.expires_at <= clock.now():
        return False
    jobs = own_jobs_of(actor, OUTLINES[export.report_name].permission)
    export.made_for = None if jobs is None else sorted(jobs)
    export.key, export.size, export.sha256 = stored.key, stored.size, stored.sha256
    export.state, export.rows_done, export.ready_at = ExportState.READY, rows, clock.now()
    export.expires_at = export.ready_at + KEPT_FOR
    let_go(export)
    export.ask_key = None
    session.flush()
    return True


def fail_export(session: Session, export_id: int, worker: str, sentence: str) -> None:
    """Note why a file is not made."""
    if (export := in_hand(session, ReportExport, export_id, worker)) is not None:
        _give_up(export, sentence)
        session.flush()


def read_export(session: Session, store: FileStore, export: ReportExport, *, actor: Actor) -> BinaryIO:
    """Open a file of one's own, and note in the audit log that it was taken away.

    Raises NotPermitted where its owner may no longer see all that it holds, NoSuchFile where it is gone.
    """
    outline = OUTLINES[export.report_name]
    if export.user_id != actor.id or export.key is None or not can_for_some_job(actor, outline.permission):
        raise NotPermitted("You may not take this file away.")
    jobs = own_jobs_of(actor, outline.permission)
    if jobs is not None and (export.made_for is None or not jobs.issuperset(export.made_for)):
        raise NotPermitted("This file was made when you saw more jobs than now. Ask for a new one.")
    opened = store.within(FOLDER).open(export.key)
    record(session, "report_export:download", export, actor=actor, report=export.report, format=export.format)
    return opened


def delete_export(session: Session, store: FileStore, export: ReportExport, *, actor: Actor) -> None:
    """Let go of a file of one's own, or of one that is being made."""
    if export.user_id != actor.id:
        raise NotPermitted("This file is somebody else's.")
    record(session, "report_export:delete", export, actor=actor, report=export.report)
    drop_with_bytes(session, store.within(FOLDER), [export])


def drop_expired(session: Session, store: FileStore) -> int:
    """Remove the files whose time is over; how many."""
    over = session.scalars(select(ReportExport).where(ReportExport.expires_at <= clock.now())).all()
    drop_with_bytes(session, store.within(FOLDER), over)
    return len(over)


def drop_exports_about(session: Session, store: FileStore, candidates: Collection[int]) -> int:
    """Remove every file that may hold a row about these people, finished or not; how many.

    One that is limited to a job stays where none of them applied for it.
    """
    jobs = select(Application.job_id).where(Application.candidate_id.in_(candidates))
    about = and_(ReportExport.has_people, or_(ReportExport.job_id.is_(None), ReportExport.job_id.in_(jobs)))
    found = session.scalars(select(ReportExport).where(about)).all()
    drop_with_bytes(session, store.within(FOLDER), found)
    return len(found)


def end_exports(session: Session, user: User) -> None:
    """End the time of all files of a person who may no longer sign in; the worker removes them."""
    session.execute(
        update(ReportExport).where(ReportExport.user_id == user.id).values(expires_at=clock.now())
    )


def _give_up(export: ReportExport, sentence: str) -> None:
    export.state, export.error = ExportState.FAILED, sentence[:300]
    let_go(export)
    export.ask_key = None
