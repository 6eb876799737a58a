"""Taking the text out of files: queued with the upload, read by the worker, kept or marked as unreadable."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker import clock
from tracker.models.file_texts import FileText, TextState
from tracker.models.files import StoredFile
from tracker.services.rows import write_row


def queue_reading(session: Session, file: StoredFile) -> None:
    """Have the text of a file taken out once its transaction is through."""
    write_row(session, FileText, {"file_id": file.id, "state": TextState.WAITING, "changed_at": clock.now()})


def waiting_files(session: Session, *, most: int = 20) -> Sequence[StoredFile]:
    """The files whose text is still to be taken out, oldest first."""
    return session.scalars(
        select(StoredFile)
        .join(FileText, FileText.file_id == StoredFile.id)
        .where(FileText.state == TextState.WAITING)
        .order_by(FileText.file_id)
        .limit(most)
    ).all()


def keep_text(session: Session, file_id: int, *, text: str | None, reason: str | None) -> bool:
    """Keep the text of a file, or why there is none; whether this was the first answer about it."""
    values = {
        "state": TextState.READ if text else TextState.UNREADABLE,
        "text": text or None,
        "reason": None if text else (reason or "It could not be read.")[:300],
        "changed_at": clock.now(),
    }
    changed = session.execute(
        update(FileText)
        .where(FileText.file_id == file_id, FileText.state == TextState.WAITING)
        .values(**values)
        .returning(FileText.file_id)
    )
    return changed.scalar() is not None
