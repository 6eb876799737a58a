"""Applying, noting, and answering: what happens to an application besides its moves."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor, ActorKind
from tracker.domain.deciding import NotPermitted
from tracker.domain.mentions import Colleague, mentioned_in
from tracker.domain.permissions import Permission, Subject
from tracker.domain.rules import RuleBroken
from tracker.domain.screening_answers import checked_answer
from tracker.models.applications import Application, ApplicationAnswer, ApplicationNote
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job, JobQuestion
from tracker.services.audit import record
from tracker.services.entries import open_application
from tracker.services.mentions import keep_mentions, note_answered
from tracker.services.permits import require
from tracker.services.standing import lock_known

LONGEST_TEXT = 20_000


def apply(
    session: Session,
    job: Job,
    candidate: Candidate,
    *,
    actor: Actor,
    source: str = "unknown",
    consent_notice: str | None = None,
    answers: Mapping[int, str] | None = None,
    at: datetime | None = None,
) -> Application:
    """Put a candidate forward for an open job.

    Raises RuleBroken if the job is not open or they are active on it.
    """
    if actor.kind is not ActorKind.CANDIDATE:
        require(actor, Permission.APPLICATION_CREATE, Subject(job_id=job.id))
    source = source.strip() or "unknown"
    if len(source) > 80:
        raise RuleBroken("The source is longer than 80 characters.", field="source")
    application = open_application(
        session, job, candidate.id, actor=actor, source=source, consent_notice=consent_notice, at=at
    )
    if answers:
        _keep_answers(session, application, answers, actor=actor)
    return application


def answer_questions(
    session: Session, application: Application, answers: Mapping[int, str], *, actor: Actor
) -> None:
    """Keep the answers to the job's questions, by question id; a later answer replaces an earlier one.

    Raises NotPermitted, or RuleBroken on `answers` for what is no answer of the kind that the question asks
    for.
    """
    if actor.kind is not ActorKind.CANDIDATE:
        require(actor, Permission.SCREENING_RECORD, Subject(job_id=application.job_id))
    elif actor.application_id not in (None, application.id):
        raise NotPermitted("You may only answer for your own application.")
    lock_known(session, application.id)
    _keep_answers(session, application, answers, actor=actor)


def _keep_answers(
    session: Session, application: Application, answers: Mapping[int, str], *, actor: Actor
) -> None:
    rows = session.scalars(select(JobQuestion).where(JobQuestion.job_id == application.job_id))
    known = {row.id: row for row in rows}
    for question_id, answer in answers.items():
        if question_id not in known:
            raise RuleBroken("The job does not ask this question.", field="answers")
        kept = _checked(known[question_id], answer)
        session.merge(
            ApplicationAnswer(application_id=application.id, question_id=question_id, answer=kept or None)
        )
    session.flush()
    record(session, "answer:record", application, actor=actor, application_id=application.id)


def _checked(question: JobQuestion, answer: str) -> str:
    try:
        return checked_answer(question.shape, answer)
    except RuleBroken as broken:
        raise RuleBroken(f"“{question.text}” {broken.message}", field="answers") from None


def record_consent_notice(session: Session, application: Application, version: str, *, actor: Actor) -> None:
    """Keep which version of the privacy notice the candidate was given."""
    require(actor, Permission.SCREENING_RECORD, Subject(job_id=application.job_id))
    version = version.strip()
    if not 0 < len(version) <= 40:
        raise RuleBroken("Name the version of the notice, in at most 40 characters.", field="consent_notice")
    lock_known(session, application.id)
    application.consent_notice = version
    record(session, "consent_notice:record", application, actor=actor, application_id=application.id)


def add_note(
    session: Session,
    application: Application,
    text: str,
    *,
    colleagues: Sequence[Colleague] = (),
    also: str = "",
    actor: Actor,
) -> ApplicationNote:
    """Write a note on an application, which mentions those of the colleagues that it names with `@`.

    `also` names one more. Raises RuleBroken at `text` for an empty or overlong note or a mention that cannot
    be, at `mention` where `also` names nobody of them.
    """
    require(actor, Permission.NOTE_CREATE, Subject(job_id=application.job_id))
    text = text.strip()
    if not text:
        raise RuleBroken("Write something first.", field="text")
    if len(text) > LONGEST_TEXT:
        raise RuleBroken("A note holds at most 20,000 characters.", field="text")
    mentioned = [one for one in _mentioned(text, also, colleagues) if one.id != actor.id]
    lock_known(session, application.id)
    note = ApplicationNote(
        application_id=application.id, author_id=actor.id, text=text, at=clock.now(), is_imported=False
    )
    session.add(note)
    session.flush()
    note_answered(session, application, actor=actor)
    keep_mentions(session, note, mentioned)
    told = {"mentioned": [one.id for one in mentioned]} if mentioned else {}
    record(session, "note:create", note, actor=actor, application_id=application.id, **told)
    return note


def _mentioned(text: str, also: str, colleagues: Sequence[Colleague]) -> Sequence[Colleague]:
    found = mentioned_in(text, colleagues)
    if not also.strip():
        return found
    try:
        more = mentioned_in(f"@{also.strip()}", colleagues)
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field="mention") from None
    if not more:
        raise RuleBroken("Nobody here is called so: choose somebody from the list.", field="mention")
    return tuple(dict.fromkeys((*found, *more)))
