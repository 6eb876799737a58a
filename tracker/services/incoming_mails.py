"""Filing answers by mail: each mail to a candidate names an address of its own, which leads back here."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import SYSTEM, Actor, ActorKind
from tracker.domain.file_formats import HandedIn, clean_file_name
from tracker.domain.incoming_mails import IncomingMail as ReadMail
from tracker.domain.incoming_mails import kept_text, tokens_in
from tracker.domain.rules import RuleBroken
from tracker.domain.texts import one_line
from tracker.files import FileStore, StoredBytes
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.files import FileKind
from tracker.models.incoming_mails import IncomingMail, IncomingMailFile, ReplyToken
from tracker.queries.merges import person_of
from tracker.services.audit import record
from tracker.services.files import attach_handed_in, remove_when_kept
from tracker.services.sign_ins import hash_token
from tracker.services.standing import lock_known

ANSWERED_FOR = timedelta(days=180)
"""How long after a mail its answer is still filed."""
MOST_A_WINDOW = 10
"""How many mails about one application are taken in a quarter of an hour; the others come again later."""


class UnknownAddress(RuleBroken):
    """No address of a mail leads to an application, or none does any more; nothing of it is kept."""

    def __init__(self) -> None:
        super().__init__("No mail is taken under this address.")


def issue_reply_token(session: Session, application_id: int) -> str:
    """The token of a new address to which a mail about this application is answered: 128 random bits."""
    now = clock.now()
    over = ReplyToken.application_id == application_id, ReplyToken.until_at <= now
    session.execute(delete(ReplyToken).where(*over))
    token = secrets.token_hex(16)
    session.add(
        ReplyToken(token_hash=hash_token(token), application_id=application_id, until_at=now + ANSWERED_FOR)
    )
    session.flush()
    return token


def application_answered(session: Session, mail: ReadMail, *, pattern: str) -> int:
    """Whose application a mail is about, by the first address that leads to one. Raises UnknownAddress."""
    for token in tokens_in(pattern, mail.recipients):
        row = session.get(ReplyToken, hash_token(token))
        if row is not None and row.until_at > clock.now() and _is_there(session, row.application_id):
            return row.application_id
    raise UnknownAddress


def _is_there(session: Session, application_id: int) -> bool:
    rows = (
        select(Application.id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(
            Application.id == application_id, Application.stage.is_not(None), Candidate.erased_at.is_(None)
        )
    )
    return session.scalar(rows) is not None


@dataclass(frozen=True, slots=True)
class ReadyMail:
    """A mail with everything done that takes its time: its words as they are kept, its files stored."""

    mail: ReadMail
    subject: str
    text: str
    files: tuple[tuple[HandedIn, StoredBytes], ...]
    left_out: tuple[str, ...]


@contextmanager
def mail_made_ready(store: FileStore, mail: ReadMail, *, pattern: str) -> Iterator[ReadyMail]:
    """Look at what came with a mail as at every upload and store it, before anybody waits for a lock.

    Other formats are named and not kept. If what follows fails, the bytes are removed again.
    """
    files: list[tuple[HandedIn, StoredBytes]] = []
    left_out = list(mail.left_out)
    try:
        for one in mail.attachments:
            given = HandedIn(one.name, one.data)
            try:
                given.look_at()
            except RuleBroken:
                left_out.append(one.name)
            else:
                files.append((given, store.put(given.data)))
        yield ReadyMail(
            mail,
            kept_text(mail.subject, pattern)[:300],
            kept_text(mail.text, pattern),
            tuple(files),
            tuple(clean_file_name(one_line(name))[:200] for name in left_out),
        )
    except BaseException:
        for _, stored in files:
            store.remove(stored.key)
        raise


def file_mail(
    session: Session, store: FileStore, ready: ReadyMail, application_id: int
) -> IncomingMail | None:
    """File an answer on its application, with the files that are taken in; none where it was filed before.

    Whoever has an answer before them may send to its address: only what says that it comes from the
    candidate's own counts as theirs, the rest as brought by the system. Raises UnknownAddress where the
    person was erased meanwhile.
    """
    try:
        lock_known(session, application_id)
    except RuleBroken:
        # Erased since the address was looked up.
        raise UnknownAddress from None
    application = session.get_one(Application, application_id)
    mail = ready.mail
    told = mail.message_id or f"{mail.from_email}\0{mail.subject}\0{mail.text}"
    message_hash = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()
    same = IncomingMail.application_id == application_id, IncomingMail.message_hash == message_hash
    if session.scalar(select(IncomingMail.id).where(*same)) is not None:
        remove_when_kept(session, store, [stored.key for _, stored in ready.files])
        return None
    candidate = session.get_one(Candidate, application.candidate_id)
    is_theirs = bool(mail.from_email) and mail.from_email.lower() == person_of(session, application).email
    theirs = Actor(ActorKind.CANDIDATE, name=candidate.name, application_id=application_id)
    actor = theirs if is_theirs else SYSTEM
    row = IncomingMail(
        application_id=application_id,
        message_hash=message_hash,
        from_name=one_line(mail.from_name)[:200],
        from_email=one_line(mail.from_email)[:254],
        is_from_candidate=is_theirs,
        subject=ready.subject,
        text=ready.text,
        left_out=list(ready.left_out),
        received_at=clock.now(),
    )
    session.add(row)
    session.flush()
    for given, stored in ready.files:
        _attach(session, store, row, given, stored, application=application, actor=actor)
    record(session, "mail:receive", row, actor=actor, application_id=application_id)
    return row


def _attach(
    session: Session,
    store: FileStore,
    row: IncomingMail,
    given: HandedIn,
    stored: StoredBytes,
    *,
    application: Application,
    actor: Actor,
) -> None:
    file = attach_handed_in(
        session,
        store,
        session.get_one(Candidate, application.candidate_id),
        given,
        actor=actor,
        kind=FileKind.OTHER,
        application=application,
        stored=stored,
    )
    session.add(IncomingMailFile(file_id=file.id, mail_id=row.id))
