"""Files of candidates: taking them in, reading them, and clearing away bytes that belong to nobody."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import BinaryIO

from sqlalchemy import event, select
from sqlalchemy.orm import Session, SessionTransaction

from tracker import clock
from tracker.domain.actors import Actor, ActorKind
from tracker.domain.deciding import NotPermitted
from tracker.domain.file_formats import MEDIA_TYPES, HandedIn
from tracker.domain.permissions import Permission, Subject
from tracker.domain.rules import RuleBroken
from tracker.files import FileStore, StoredBytes
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.files import FileKind, StoredFile
from tracker.queries.visible import files as visible_files
from tracker.queries.visible import whole_files
from tracker.services.audit import record
from tracker.services.file_texts import queue_reading
from tracker.services.people import lock_standing
from tracker.services.permits import require
from tracker.services.rows import write_new
from tracker.services.standing import lock_known

# Younger bytes may belong to a transaction that is still running.
UNCLAIMED_AFTER = timedelta(hours=1)
_BATCH = 500
_FEW = 50
_PUT = "keys put in this transaction"


def attach_file(
    session: Session,
    store: FileStore,
    candidate: Candidate,
    name: str,
    data: bytes,
    *,
    actor: Actor,
    kind: FileKind = FileKind.RESUME,
    application: Application | None = None,
) -> StoredFile:
    """Keep a file of a candidate by its name and bytes, as `attach_handed_in` does."""
    given = HandedIn(name, data)
    return attach_handed_in(session, store, candidate, given, actor=actor, kind=kind, application=application)


def attach_handed_in(
    session: Session,
    store: FileStore,
    candidate: Candidate,
    given: HandedIn,
    *,
    actor: Actor,
    kind: FileKind = FileKind.RESUME,
    application: Application | None = None,
    stored: StoredBytes | None = None,
) -> StoredFile:
    """Keep a file of a candidate, on one application if it came with it.

    Raises RuleBroken on `file` for what is empty, too large, or none of the formats taken in. The bytes are
    written before the row, if they are not `stored` yet, and removed again if the transaction fails.
    """
    _check_may_attach(actor, application)
    if application is not None and application.candidate_id != candidate.id:
        raise RuleBroken("The application is another candidate's.", field="file")
    cleaned, file_format = given.look_at(takes_pictures=kind is FileKind.ONBOARDING)
    if application is not None:
        lock_known(session, application.id)
    else:
        lock_standing(session, candidate.id)
    stored = stored or store.put(given.kept())
    remove_on_failure(session, store, stored.key)
    kept = {
        "key": stored.key,
        "candidate_id": candidate.id,
        "application_id": application.id if application else None,
        "kind": kind,
        "name": cleaned,
        "media_type": MEDIA_TYPES[file_format],
        "size": stored.size,
        "sha256": stored.sha256,
        "uploaded_by": actor.key,
        "created_at": clock.now(),
    }
    row = write_new(session, StoredFile, kept)
    if kind is FileKind.RESUME:
        queue_reading(session, row)
    record(session, "file:create", row, actor=actor, kind=kind.value, size=stored.size)
    return row


def read_file(session: Session, store: FileStore, row: StoredFile, *, actor: Actor) -> BinaryIO:
    """Open a file that the actor may see, and note in the audit log that they did.

    Raises NotPermitted, or NoSuchFile where the bytes are gone.
    """
    if session.scalar(whole_files(actor).where(StoredFile.id == row.id)) is None:
        raise NotPermitted("You may not read this file.")
    opened = store.open(row.bytes_key)
    record(session, "file:read", row, actor=actor)
    return opened


def note_read(session: Session, row: StoredFile, *, actor: Actor) -> None:
    """Note in the audit log that the actor read the words of a file. Raises NotPermitted."""
    if session.scalar(visible_files(actor).where(StoredFile.id == row.id)) is None:
        raise NotPermitted("You may not read this file.")
    record(session, "file:read", row, actor=actor)


def sweep_orphans(session: Session, store: FileStore, *, actor: Actor, now: datetime | None = None) -> int:
    """Remove stored bytes that no row knows and that are older than an hour; gives their number.

    Raises RuleBroken, and removes nothing, where they are many and more than the files that a row knows:
    that looks like the files of another database.
    """
    require(actor, Permission.FILE_CREATE)
    before = (now or clock.now()) - UNCLAIMED_AFTER
    old = (key for key, stored_at in store.stored() if stored_at < before)
    orphans: list[str] = []
    known_count = 0
    while batch := list(islice(old, _BATCH)):
        known = set(session.scalars(select(StoredFile.key).where(StoredFile.key.in_(batch))))
        known_count += len(known)
        orphans += [key for key in batch if key not in known]
    if len(orphans) > max(known_count, _FEW):
        raise RuleBroken(
            f"{len(orphans):,} of {len(orphans) + known_count:,} stored files belong to no candidate here. "
            "Is this the right database? Nothing was removed."
        )
    for key in orphans:
        store.remove(key)
    return len(orphans) + store.remove_unfinished(before)


def _check_may_attach(actor: Actor, application: Application | None) -> None:
    if actor.kind is ActorKind.CANDIDATE:
        if application is None or actor.application_id not in (None, application.id):
            raise NotPermitted("You may only add files to your own application.")
        return
    require(actor, Permission.FILE_CREATE, Subject(job_id=application.job_id if application else None))


def remove_on_failure(session: Session, store: FileStore, key: str) -> None:
    """Remove the bytes if the transaction rolls back; a savepoint that fails leaves them to the sweep."""
    pending: list[tuple[FileStore, str]] | None = session.info.get(_PUT)
    if pending is None:
        pending = session.info[_PUT] = []
        event.listen(session, "after_commit", _keep_pending)
        event.listen(session, "after_rollback", _remove_pending)
    pending.append((store, key))


def _keep_pending(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info[_PUT].clear()


def _remove_pending(session: Session) -> None:
    if not session.in_nested_transaction():
        for store, key in session.info[_PUT]:
            store.remove(key)
        session.info[_PUT].clear()


def remove_when_kept(session: Session, store: FileStore, keys: Sequence[str]) -> None:
    """Remove the bytes after the commit; what a crash leaves behind goes with the next sweep of orphans.

    Once the transaction or a savepoint around this call is rolled back, the bytes stay with their rows.
    """
    pending = list(keys)
    around = []
    transaction = session.get_nested_transaction() or session.get_transaction()
    while transaction is not None:
        around.append(transaction)
        transaction = transaction.parent

    def remove(done: Session) -> None:
        if not done.in_nested_transaction():
            for key in pending:
                store.remove(key)
            pending.clear()

    def forget(_: Session, ended: SessionTransaction) -> None:
        if ended in around:
            pending.clear()

    event.listen(session, "after_commit", remove)
    event.listen(session, "after_soft_rollback", forget)
