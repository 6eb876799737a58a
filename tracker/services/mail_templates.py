"""Writing the words of mail; each saving is a version, and none is ever changed."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.mails import MailEvent, check_template
from tracker.domain.permissions import Permission
from tracker.domain.rules import ChangedMeanwhile
from tracker.models.mail_templates import MailTemplate
from tracker.queries.mail_templates import latest_template, mail_words
from tracker.services.audit import record
from tracker.services.permits import require


def write_template(
    session: Session, event: MailEvent, *, subject: str, text: str, seen_version: int, actor: Actor
) -> MailTemplate | None:
    """Put these words in use for mail about an event; none where they are in use already.

    Raises RuleBroken at `subject` or `text`; ChangedMeanwhile if the version seen (0: our own words) is not
    the one in use.
    """
    require(actor, Permission.MAIL_TEMPLATE_EDIT)
    subject, text = check_template(event, subject, text)
    latest = latest_template(session, event)
    number = latest.version if latest is not None else 0
    if number != seen_version:
        raise ChangedMeanwhile("Somebody else saved this mail meanwhile. Look at theirs, then save again.")
    if (subject, text) == mail_words(session, event):
        return None
    template = MailTemplate(
        event=event,
        version=number + 1,
        subject=subject,
        text=text,
        created_at=clock.now(),
        created_by=actor.key,
    )
    try:
        with session.begin_nested():
            session.add(template)
    except IntegrityError:
        raise ChangedMeanwhile("Somebody else saved this mail meanwhile. Save yours again.") from None
    record(session, "mail_template:write", template, actor=actor, event=event.value, version=number + 1)
    return template
