"""What goes along when an application goes on for another job: the candidate's résumé, files and links."""

import secrets

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import ActorKind
from tracker.models.applications import Application
from tracker.models.arrivals import Arrival
from tracker.models.file_texts import FileText
from tracker.models.files import FileKind, StoredFile

_SAME = ("candidate_id", "kind", "name", "media_type", "size", "sha256", "uploaded_by", "created_at")
_TYPED = ("typed_name", "typed_phone", "typed_location", "links")
_KEY_BYTES = 24


def take_along(session: Session, left: Application, opened: Application) -> None:
    """Give the application that was opened what the candidate handed in with the one it came from.

    Their résumés, whoever filed them, and their own files; the bytes stay where they are, under one key.
    """
    handed_in = and_(
        StoredFile.uploaded_by == ActorKind.CANDIDATE.value, StoredFile.kind != FileKind.BACKGROUND_REPORT
    )
    files = select(StoredFile).where(
        StoredFile.application_id == left.id, or_(StoredFile.kind == FileKind.RESUME, handed_in)
    )
    for file in session.scalars(files.order_by(StoredFile.id)).all():
        _lend(session, file, opened)
    came = session.get(Arrival, left.id)
    if came is not None:
        typed = {name: getattr(came, name) for name in _TYPED}
        session.add(Arrival(application_id=opened.id, at=clock.now(), **typed))
    session.flush()


def _lend(session: Session, file: StoredFile, opened: Application) -> None:
    copy = StoredFile(
        key=secrets.token_hex(_KEY_BYTES),
        content_key=file.bytes_key,
        application_id=opened.id,
        **{name: getattr(file, name) for name in _SAME},
    )
    session.add(copy)
    session.flush()
    words = session.get(FileText, file.id)
    if words is not None:
        same = {name: getattr(words, name) for name in ("state", "text", "reason", "changed_at")}
        session.add(FileText(file_id=copy.id, **same))
