"""Writing to candidates by hand: the words are the writer's, the rest goes the way of all mail."""

import hashlib
from collections.abc import Iterable

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.mail_defaults import TO_FILL_IN
from tracker.domain.mails import HIDDEN, Mail, MailEvent, Sender, check_template, fill
from tracker.domain.permissions import Permission, Subject
from tracker.domain.rules import RuleBroken
from tracker.models.applications import Application
from tracker.queries.merges import person_of
from tracker.services.audit import record
from tracker.services.bulk_changes import BulkChange, change_each
from tracker.services.mails import LINK_PATH, common_values
from tracker.services.outbox import queue_message
from tracker.services.permits import require


def checked_words(subject: str, text: str) -> tuple[str, str]:
    """Subject and text, trimmed.

    Raises RuleBroken where they cannot be sent or hold the template's dots still.
    """
    subject, text = check_template(MailEvent.MESSAGE, subject, text)
    if any(line.strip() == TO_FILL_IN for line in text.splitlines()):
        raise RuleBroken("Write your text where the dots stand.", field="text")
    return subject, text


def preview_message(
    session: Session, application: Application, sender: Sender, *, subject: str, text: str
) -> Mail:
    """The mail as this candidate would get it now, without a link that works. Raises RuleBroken as sending
    does.
    """
    words = checked_words(subject, text)
    person = person_of(session, application)
    values = common_values(session, application, sender) | {"link": f"{sender.base_url}{LINK_PATH}{HIDDEN}"}
    shown_subject, shown_text = (fill(part, values) for part in words)
    return Mail(person.name, person.email or "", " ".join(shown_subject.split()), shown_text)


def write_to_candidate(
    session: Session,
    application: Application,
    *,
    subject: str,
    text: str,
    key: str,
    template_id: int | None = None,
    actor: Actor,
) -> None:
    """Queue a mail of one's own to the candidate of an application; the same key is sent once.

    `template_id` is the template that it was begun with, which is suggested no more after the same move.
    Subject and text may name {{candidate}}, {{job}}, {{organisation}} and {{link}}, the candidate's own page.
    Raises NotPermitted, RuleBroken at `subject` or `text`, or for somebody without an address.
    """
    require(actor, Permission.MESSAGE_SEND, Subject(job_id=application.job_id))
    subject, text = checked_words(subject, text)
    candidate = person_of(session, application)
    if candidate.erased_at is not None or candidate.email is None:
        raise RuleBroken(f"{candidate.name} has no e-mail address.")
    # The same words sent twice by one form are one mail; other words are another.
    told = hashlib.sha256("\0".join((key, subject, text)).encode()).hexdigest()[:32]
    queue_message(
        session,
        MailEvent.MESSAGE,
        key=f"message:{told}:{application.id}",
        application_id=application.id,
        not_before=clock.now(),
        subject=subject,
        text=text,
        **({"template_id": template_id} if template_id else {}),
    )
    record(session, "message:write", application, actor=actor, application_id=application.id)


def write_to_many(
    session: Session,
    applications: Iterable[Application],
    *,
    subject: str,
    text: str,
    key: str,
    actor: Actor,
) -> list[BulkChange]:
    """Queue the same words to the candidates of several applications, each in their own name.

    One no stops no other; words that do not hold stop all. Raises RuleBroken at `subject` or `text`.
    """
    checked_words(subject, text)
    return change_each(
        session,
        applications,
        lambda one: write_to_candidate(session, one, subject=subject, text=text, key=key, actor=actor),
    )
