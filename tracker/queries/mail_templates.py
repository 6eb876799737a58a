"""The words of mail in use, and the versions before them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.mail_defaults import DEFAULT_MAILS
from tracker.domain.mails import MailEvent
from tracker.models.mail_templates import MailTemplate


def mail_words(session: Session, event: MailEvent) -> tuple[str, str]:
    """Subject and plain text for mail about an event, with their variables: HR's latest, else our own."""
    latest = latest_template(session, event)
    return (latest.subject, latest.text) if latest is not None else DEFAULT_MAILS[event]


def latest_template(session: Session, event: MailEvent) -> MailTemplate | None:
    """The version in use; none where nobody has written one."""
    return next(iter(template_versions(session, event, most=1)), None)


def template_versions(session: Session, event: MailEvent, *, most: int = 50) -> Sequence[MailTemplate]:
    """The versions that HR wrote, latest first."""
    return session.scalars(
        select(MailTemplate)
        .where(MailTemplate.event == event)
        .order_by(MailTemplate.version.desc())
        .limit(most)
    ).all()


def template_numbers(session: Session) -> dict[MailEvent, int]:
    """The number of the version in use by event; events that still have our words are left out."""
    rows = session.execute(select(MailTemplate.event, MailTemplate.version).order_by(MailTemplate.version))
    return {row.event: row.version for row in rows}
