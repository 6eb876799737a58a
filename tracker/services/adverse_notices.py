"""What goes with a notice before an adverse decision: words, report, summary of rights, a mail."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.adverse_notices import AdverseNotice, notice_in_force, notice_words
from tracker.domain.background_checks import wait_until
from tracker.domain.days import day_in_words
from tracker.domain.mails import MailEvent
from tracker.domain.rules import RuleBroken, RulesBroken
from tracker.models.adverse_notices import RightsSummary
from tracker.models.applications import Application
from tracker.models.files import StoredFile
from tracker.models.jobs import Job
from tracker.places import law_of
from tracker.queries.adverse_notices import reports_of, summary_for
from tracker.queries.merges import person_of
from tracker.services.audit import record
from tracker.services.outbox import queue_message


def words_for(session: Session, application: Application, *, organisation: str) -> str:
    """The notice as it would go to this candidate today, by the law of the job."""
    job, today = session.get_one(Job, application.job_id), clock.today()
    where = law_of(job.jurisdiction)
    return notice_words(
        notice_in_force(where, on=today),
        candidate=person_of(session, application).name,
        job=job.title,
        organisation=organisation,
        until=day_in_words(wait_until(today, where) - timedelta(days=1)),
    )


def note_report_taken(session: Session, file: StoredFile, *, actor: Actor) -> None:
    """Put on record that the candidate took the copy of their report."""
    record(session, "file:read", file, actor=actor, application_id=file.application_id)


def missing_enclosures(session: Session, application: Application) -> list[str]:
    """What the notice before an adverse decision cannot go out without yet, as sentences."""
    where = law_of(session.get_one(Job, application.job_id).jurisdiction)
    missing = []
    if not reports_of(session, application.id):
        missing.append("Attach a copy of the report first: the candidate gets it with the notice.")
    if notice_in_force(where, on=clock.today()).needs_summary and summary_for(session, where) is None:
        missing.append("File the summary of rights first, under Settings, Notices to candidates.")
    return missing


def enclosed_summary(
    session: Session, application: Application, notice: AdverseNotice, where: str
) -> RightsSummary | None:
    """The summary that goes with the notice, if the law wants one. Raises RulesBroken for what is missing."""
    missing = missing_enclosures(session, application)
    if missing:
        raise RulesBroken([RuleBroken(sentence) for sentence in missing])
    return summary_for(session, where) if notice.needs_summary else None


def tell_of_notice(session: Session, application: Application, last_day: date) -> None:
    """Queue the mail that leads the candidate to the notice; they may answer until the end of this day."""
    queue_message(
        session,
        MailEvent.PRE_ADVERSE,
        key=f"pre_adverse:{application.id}",
        application_id=application.id,
        not_before=clock.now(),
        until=last_day.isoformat(),
    )
