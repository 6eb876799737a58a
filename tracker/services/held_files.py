"""Holding the files of a form that was not sent yet: for an hour, by a token that only the form knows."""

import secrets
from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.file_formats import HandedIn
from tracker.domain.rules import RuleBroken
from tracker.files import FileStore, NoSuchFile
from tracker.models.held_files import HeldFile
from tracker.services.files import remove_on_failure, remove_when_kept
from tracker.services.sign_ins import hash_token

HELD_FOR = timedelta(hours=1)
HELD_AFTER_SENDING = timedelta(minutes=10)
"""How long a file is held on once its form was sent: whoever presses the button twice is answered alike."""
MOST_HELD = 2 * 1024 * 1024 * 1024
"""How many bytes are held at most, of all forms together; beyond it people choose their file again."""
_BATCH = 200


def hold_file(session: Session, store: FileStore, given: HandedIn, *, job_id: int) -> str | None:
    """Keep the bytes for an hour; gives the token that finds them, none where too much is held already.

    Raises RuleBroken on `file` for what is not taken in.
    """
    name, _ = given.look_at()
    held = session.scalar(select(func.coalesce(func.sum(HeldFile.size), 0))) or 0
    if held + len(given.data) > MOST_HELD:
        return None
    stored = store.put(given.data)
    remove_on_failure(session, store, stored.key)
    token = secrets.token_urlsafe(24)
    session.add(
        HeldFile(
            token_hash=hash_token(token),
            job_id=job_id,
            key=stored.key,
            name=name,
            size=stored.size,
            until_at=clock.now() + HELD_FOR,
        )
    )
    session.flush()
    return token


def find_held(session: Session, store: FileStore, token: str, *, job_id: int) -> HandedIn | None:
    """The file that a form of this job holds; none once its hour is over, or for any other token."""
    row = session.get(HeldFile, hash_token(token))
    if row is None or row.job_id != job_id or row.until_at <= clock.now():
        return None
    try:
        with store.open(row.key) as content:
            given = HandedIn(row.name, content.read())
            given.look_at()
            return given
    except (NoSuchFile, RuleBroken):
        return None


def release_held(session: Session, token: str) -> None:
    """Let go of a held file soon: its form was sent, or another file was chosen."""
    soon = clock.now() + HELD_AFTER_SENDING
    which = HeldFile.token_hash == hash_token(token), HeldFile.until_at > soon
    session.execute(update(HeldFile).where(*which).values(until_at=soon))


def is_held_too_long(session: Session) -> bool:
    """Whether the hour of some file is over."""
    return session.scalar(select(HeldFile.key).where(HeldFile.until_at <= clock.now()).limit(1)) is not None


def sweep_held(session: Session, store: FileStore) -> int:
    """Forget the files whose hour is over, their bytes once the transaction is kept; gives their number."""
    over = select(HeldFile).where(HeldFile.until_at <= clock.now()).order_by(HeldFile.until_at).limit(_BATCH)
    rows = session.scalars(over.with_for_update(skip_locked=True)).all()
    for row in rows:
        session.delete(row)
    remove_when_kept(session, store, [row.key for row in rows])
    session.flush()
    return len(rows)
