"""Writing to somebody that a report they keep can be opened: a link, and never a number of it."""

from sqlalchemy.orm import Session

from tracker.domain.mails import Mail, MailEvent, Sender, fill
from tracker.domain.permissions import can_for_some_job
from tracker.domain.report_outlines import OUTLINES
from tracker.domain.saved_reports import MAILED_EVERY_LABELS
from tracker.models.outbox import OutboxMessage
from tracker.models.saved_reports import SavedReport
from tracker.queries.mail_templates import mail_words
from tracker.queries.users import actor_of
from tracker.services.outbox import NotToBeSent

REPORT_PATH = "/saved-reports/"
"""Where the pages of saved reports stand; a test holds it equal to the route."""


def write_report_link(session: Session, message: OutboxMessage, sender: Sender) -> Mail:
    """The mail with the link to a saved report. Raises NotToBeSent where it is gone or wanted no longer, or
    its owner may not read it.
    """
    report = session.get(SavedReport, message.payload.get("saved_report_id", 0))
    if report is None:
        raise NotToBeSent("The saved report is gone")
    if report.every is None:
        raise NotToBeSent("Its link is wanted no longer")
    if not report.user.is_active:
        raise NotToBeSent("The account is disabled")
    if not can_for_some_job(actor_of(session, report.user), OUTLINES[report.report_name].permission):
        raise NotToBeSent("They may not read this report any more")
    link = f"{sender.base_url}{REPORT_PATH}{report.id}"
    every = MAILED_EVERY_LABELS[report.every]
    values = {
        "organisation": sender.organisation,
        "reader": report.user.name,
        "report": report.name,
        "every": every[0].lower() + every[1:],
        "link": link,
        "stop_link": f"{link}/stop",
    }
    subject, text = (fill(part, values) for part in mail_words(session, MailEvent.SAVED_REPORT))
    return Mail(report.user.name, report.user.email, " ".join(subject.split()), text)
