"""Mentioning colleagues in notes: who is told, and when they have seen it."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.mails import Mail, MailEvent, Sender, fill
from tracker.domain.mentions import Colleague
from tracker.models.applications import Application, ApplicationNote
from tracker.models.mentions import NoteMention
from tracker.models.outbox import OutboxMessage
from tracker.models.users import User
from tracker.queries.mail_templates import mail_words
from tracker.queries.mentions import may_read_note
from tracker.services.audit import record
from tracker.services.outbox import NotToBeSent, queue_message


def keep_mentions(session: Session, note: ApplicationNote, mentioned: Sequence[Colleague]) -> None:
    """Keep whom a note mentions, and queue a mail to those who wish for one."""
    wish = set(
        session.scalars(
            select(User.id).where(User.id.in_([one.id for one in mentioned]), User.is_mailed_mentions)
        )
    )
    for one in mentioned:
        session.add(NoteMention(note_id=note.id, user_id=one.id, at=note.at))
        if one.id in wish:
            queue_message(
                session,
                MailEvent.MENTIONED,
                key=f"mentioned:{note.id}:{one.id}",
                application_id=note.application_id,
                user_id=one.id,
                not_before=note.at,
                note_id=note.id,
            )
    session.flush()


def note_seen(session: Session, mention: NoteMention, *, actor: Actor) -> None:
    """Note that the actor has seen where they are mentioned; a second time changes nothing."""
    if mention.user_id == actor.id and mention.seen_at is None:
        mention.seen_at = clock.now()
        session.flush()
        record(
            session,
            "note:seen",
            mention.note,
            actor=actor,
            application_id=mention.note.application_id,
        )


def note_answered(session: Session, application: Application, *, actor: Actor) -> None:
    """Whoever writes a note has seen those of the application that mention them."""
    notes = select(ApplicationNote.id).where(ApplicationNote.application_id == application.id)
    session.execute(
        update(NoteMention)
        .where(NoteMention.user_id == actor.id, NoteMention.seen_at.is_(None), NoteMention.note_id.in_(notes))
        .values(seen_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def write_mention(session: Session, message: OutboxMessage, sender: Sender) -> Mail:
    """The mail to somebody mentioned: that it is so and where, nothing of the note or the candidate.

    Raises NotToBeSent where they wish for none any more, may not read the note now, or have seen it.
    """
    user = session.get_one(User, message.user_id)
    mention = session.get(NoteMention, (message.payload.get("note_id", 0), user.id))
    if not user.is_mailed_mentions:
        raise NotToBeSent("They wish for no mail about mentions")
    if mention is None or mention.note.text is None:
        raise NotToBeSent("The note is gone")
    if mention.seen_at is not None:
        raise NotToBeSent("They have seen the note")
    application = session.get_one(Application, mention.note.application_id)
    if not may_read_note(session, user, application):
        raise NotToBeSent("They may not read the note now: it waits under My work")
    author = session.get(User, mention.note.author_id) if mention.note.author_id else None
    values = {
        "organisation": sender.organisation,
        "reader": user.name,
        "writer": author.name if author else "Somebody",
        "job": application.job.title,
        "link": f"{sender.base_url}/applications/{application.id}#note-{mention.note_id}",
    }
    subject, text = (fill(part, values) for part in mail_words(session, MailEvent.MENTIONED))
    return Mail(user.name, user.email, " ".join(subject.split()), text)
