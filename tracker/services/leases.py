"""Work that waits for a worker: in one's hand for a while, and in another's once that one is silent."""

from collections.abc import Collection
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.files import FileStore
from tracker.models.history_uploads import HistoryUpload
from tracker.models.kept_reports import KeptReport
from tracker.models.outbox import OutboxMessage
from tracker.models.report_exports import ReportExport
from tracker.services.files import remove_when_kept

_Leased = TypeVar("_Leased", OutboxMessage, ReportExport, HistoryUpload, KeptReport)
_Kept = TypeVar("_Kept", ReportExport, HistoryUpload)


def take_next(session: Session, waiting: Select[_Leased], worker: str, lease: timedelta) -> _Leased | None:
    """The first row of these, in this worker's hand for so long; none if none waits.

    On PostgreSQL rows that others are just taking are passed over; on SQLite the session holds the only
    write lock.
    """
    row = session.scalar(waiting.limit(1).with_for_update(skip_locked=True))
    if row is not None:
        row.claim, row.lease_ends_at = worker, clock.now() + lease
        row.attempts += 1
        session.flush()
    return row


def in_hand(session: Session, rows: type[_Leased], row_id: int, worker: str) -> _Leased | None:
    """This row, locked, as long as it is in this worker's hand; none once another has it, or it is gone."""
    held = select(rows).where(rows.id == row_id, rows.claim == worker)
    return session.scalar(held.with_for_update())


def let_go(row: OutboxMessage | ReportExport | HistoryUpload | KeptReport) -> None:
    """Take a row out of whoever's hand it is in."""
    row.claim = row.lease_ends_at = None


def drop_with_bytes(session: Session, store: FileStore, rows: Collection[_Kept]) -> None:
    """Delete rows, and the bytes that they name by `key` once that is kept."""
    keys = [row.key for row in rows if row.key]
    for row in rows:
        session.delete(row)
    session.flush()
    remove_when_kept(session, store, keys)
