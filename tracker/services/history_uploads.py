"""Histories that HR brings by a page: kept, checked and imported by the worker, step by step."""

from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.event_logs import EventMapping
from tracker.domain.history_uploads import KEPT_FOR, MOST_TRIES, PENDING, UploadState, mapping_text
from tracker.domain.permissions import Permission
from tracker.domain.report_exports import LEASE
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.files import FileStore
from tracker.models.history_uploads import HistoryUpload
from tracker.models.jobs import Job
from tracker.services.audit import record
from tracker.services.files import remove_on_failure, remove_when_kept
from tracker.services.leases import drop_with_bytes, in_hand, let_go, take_next
from tracker.services.permits import require

FOLDER = "histories"
"""Where these files lie in the store, apart from those of candidates."""
_LEFT = "It was begun three times and never finished. Tell whoever runs this."
_WORKING = {
    UploadState.TO_CHECK: UploadState.CHECKING,
    UploadState.CHECKING: UploadState.CHECKING,
    UploadState.TO_IMPORT: UploadState.IMPORTING,
    UploadState.IMPORTING: UploadState.IMPORTING,
}


def bring_history(
    session: Session,
    store: FileStore,
    *,
    name: str,
    data: bytes,
    job: Job | None,
    mapping: EventMapping,
    zone: str,
    actor: Actor,
) -> HistoryUpload:
    """Keep a file to be checked; nothing of it is imported yet. Raises NotPermitted, RuleBroken at `file`."""
    require(actor, Permission.HISTORY_IMPORT)
    if not data.strip():
        raise RuleBroken("The file is empty.", field="file")
    own = store.within(FOLDER)
    stored = own.put(data)
    remove_on_failure(session, own, stored.key)
    now = clock.now()
    upload = HistoryUpload(
        user_id=actor.id,
        job_id=job.id if job else None,
        file_name=name[:255],
        key=stored.key,
        sha256=stored.sha256,
        zone=zone,
        mapping=mapping_text(mapping),
        asked_at=now,
        expires_at=now + KEPT_FOR,
    )
    session.add(upload)
    session.flush()
    record(session, "history:upload", upload, actor=actor, size=stored.size, job_id=upload.job_id)
    return upload


def check_again(
    session: Session, upload: HistoryUpload, mapping: EventMapping, *, seen_version: int, actor: Actor
) -> None:
    """Have a file checked with another mapping. Raises ChangedMeanwhile, NotPermitted."""
    _lock_resting(session, upload, seen_version, actor)
    upload.mapping, upload.report, upload.error = mapping_text(mapping), None, None
    _go(upload, UploadState.TO_CHECK)
    session.flush()


def ask_import(
    session: Session, upload: HistoryUpload, *, is_without_bad: bool, seen_version: int, actor: Actor
) -> None:
    """Have what was checked imported, with the applications of bad lines left out if that is wished.

    Raises RuleBroken at `is_without_bad` where there are bad lines and they are not to be left out, and for a
    file of which nothing would come in; ChangedMeanwhile, NotPermitted.
    """
    _lock_resting(session, upload, seen_version, actor)
    report = upload.report or {}
    if upload.state is not UploadState.CHECKED or not any(
        one["applications"] for one in report.get("jobs", ())
    ):
        raise RuleBroken("There is nothing to import: check the file first.")
    if report["bad_lines"] and not is_without_bad:
        raise RuleBroken("Tick this to import the other applications.", field="is_without_bad")
    upload.is_without_bad = is_without_bad
    _go(upload, UploadState.TO_IMPORT)
    session.flush()
    record(session, "history:ask_import", upload, actor=actor, is_without_bad=is_without_bad)


def delete_upload(session: Session, store: FileStore, upload: HistoryUpload, *, actor: Actor) -> None:
    """Let go of a file; what of it is imported stays."""
    require(actor, Permission.HISTORY_IMPORT)
    record(session, "history:delete_upload", upload, actor=actor)
    drop_with_bytes(session, store.within(FOLDER), [upload])


def claim_upload(session: Session, worker: str) -> HistoryUpload | None:
    """Take the file that waits longest into this worker's hand for a minute; none if none waits."""
    now = clock.now()
    is_silent = or_(HistoryUpload.lease_ends_at.is_(None), HistoryUpload.lease_ends_at <= now)
    waits = and_(HistoryUpload.state.in_(PENDING), is_silent)
    waiting = select(HistoryUpload).where(waits).order_by(HistoryUpload.id)
    upload = take_next(session, waiting, worker, LEASE)
    if upload is None:
        return None
    if upload.attempts > MOST_TRIES:
        _fail(upload, _LEFT)
        session.flush()
        return None
    upload.state = _WORKING[upload.state]
    session.flush()
    return upload


def note_upload(
    session: Session, upload_id: int, worker: str, *, done: int | None = None, total: int | None = None
) -> bool:
    """Note how far a file is, and stay in charge; false where it is no longer this worker's."""
    values: dict[str, Any] = {"lease_ends_at": clock.now() + LEASE}
    values |= {key: value for key, value in (("done", done), ("total", total)) if value is not None}
    held = update(HistoryUpload).where(HistoryUpload.id == upload_id, HistoryUpload.claim == worker)
    return session.scalar(held.values(**values).returning(HistoryUpload.id)) is not None


def finish_step(
    session: Session, store: FileStore, upload_id: int, worker: str, report: dict[str, Any]
) -> None:
    """Keep what a check or an import came to; once it is imported, the file goes."""
    upload = in_hand(session, HistoryUpload, upload_id, worker)
    if upload is None:
        return
    upload.report = report
    let_go(upload)
    upload.attempts, upload.version = 0, upload.version + 1
    if upload.state is UploadState.CHECKING:
        upload.state = UploadState.CHECKED
    else:
        upload.state, key = UploadState.IMPORTED, upload.key
        upload.key = None
        remove_when_kept(session, store.within(FOLDER), [key] if key else [])
    session.flush()


def fail_step(session: Session, upload_id: int, worker: str, sentence: str) -> None:
    """Note why a file cannot be taken: with another mapping it may be."""
    if (upload := in_hand(session, HistoryUpload, upload_id, worker)) is not None:
        _fail(upload, sentence)
        session.flush()


def drop_uploads(session: Session, store: FileStore, *, is_over_only: bool) -> int:
    """Remove files whose time is over, or all; how many.

    An import that goes on ends at its next batch, for its file is wanted no longer.
    """
    query = select(HistoryUpload)
    if is_over_only:
        query = query.where(HistoryUpload.expires_at <= clock.now())
    found = session.scalars(query).all()
    drop_with_bytes(session, store.within(FOLDER), found)
    return len(found)


def _lock_resting(session: Session, upload: HistoryUpload, seen_version: int, actor: Actor) -> None:
    require(actor, Permission.HISTORY_IMPORT)
    row = select(HistoryUpload).where(HistoryUpload.id == upload.id).with_for_update()
    if session.scalar(row.execution_options(populate_existing=True)) is None:
        raise ChangedMeanwhile("This file was deleted meanwhile.")
    if upload.version != seen_version or upload.state in PENDING or upload.key is None:
        raise ChangedMeanwhile("This file was changed meanwhile, or is being looked at. Look again.")


def _go(upload: HistoryUpload, state: UploadState) -> None:
    upload.state, upload.attempts, upload.done, upload.total = state, 0, 0, 0
    let_go(upload)
    upload.version += 1


def _fail(upload: HistoryUpload, sentence: str) -> None:
    upload.state, upload.error = UploadState.FAILED, sentence[:500]
    let_go(upload)
    upload.version += 1
