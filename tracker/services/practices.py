"""Practising before a first scorecard: rating the samples, and which jobs ask for it."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission, Subject
from tracker.domain.practices import Sample, checked_answers, practice_samples
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.models.interviews import Interview
from tracker.models.jobs import Job
from tracker.models.practices import Practice, PracticeNeed, PracticeRating
from tracker.queries.interviews import interview_subject
from tracker.queries.practices import asks_for_practice, attempts_of, practice_state
from tracker.queries.scorecards import session_rows
from tracker.services.audit import record
from tracker.services.jobs import lock_job
from tracker.services.permits import require


def samples_for(interview: Interview, *, attempt: int, actor: Actor) -> tuple[Sample, ...]:
    """The samples of the actor's n-th practice, on the rows that they will rate in the session."""
    return practice_samples(session_rows(interview), person=actor.id or 0, attempt=attempt)


def take_practice(
    session: Session, interview: Interview, given: Mapping[str, int | None], *, attempt: int, actor: Actor
) -> Practice:
    """Keep how the actor rated the samples, each by the key of its row, for themselves alone.

    `attempt` is the number of the practice that they saw, 0 for the first. Raises NotPermitted for people
    off the panel, ChangedMeanwhile for a practice that was kept already, RuleBroken at `answers.KEY`.
    """
    require(actor, Permission.SCORECARD_SUBMIT, interview_subject(session, interview))
    user_id = actor.id or 0
    if attempt != attempts_of(session, user_id):
        raise ChangedMeanwhile("This practice is kept already: here is the next one.")
    samples = samples_for(interview, attempt=attempt, actor=actor)
    if not samples:
        raise RuleBroken("The rows of this session have no anchors to practise on.")
    values = checked_answers(given, samples)
    practice = Practice(user_id=user_id, rubric_id=interview.rubric_id, attempt=attempt, done_at=clock.now())
    practice.ratings = [
        PracticeRating(
            competency=one.competency.key,
            position=place,
            shown_level=one.level,
            value=values[one.competency.key],
            answer=one.text,
            why=one.why,
        )
        for place, one in enumerate(samples)
    ]
    session.add(practice)
    session.flush()
    record(session, "practice:take", practice, actor=actor)
    return practice


def check_practised(session: Session, interview: Interview, *, actor: Actor) -> None:
    """Refuse a person's very first scorecard where the job asks for a practice before. Raises RuleBroken."""
    is_asked = asks_for_practice(session, interview.application.job_id)
    if is_asked and practice_state(session, actor).is_first_ahead:
        raise RuleBroken(
            "This job asks you to practise before your first scorecard: it takes five minutes, and begins"
            " under My interviews. Your draft is kept."
        )


def ask_for_practice(session: Session, job: Job, *, is_needed: bool, actor: Actor) -> None:
    """Say whether people who never handed in a scorecard practise before their first one on this job."""
    require(actor, Permission.JOB_SET_PLAN, Subject(job_id=job.id))
    lock_job(session, job)
    need = session.get(PracticeNeed, job.id)
    if is_needed and need is None:
        session.add(PracticeNeed(job_id=job.id, asked_at=clock.now(), asked_by=actor.key))
    elif need is not None and not is_needed:
        session.delete(need)
    if (need is not None) != is_needed:
        session.flush()
        record(session, "job:ask_for_practice", job, actor=actor, is_needed=is_needed)
