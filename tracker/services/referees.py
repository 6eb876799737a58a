"""What referees answer, on the form or on the telephone; or they say that they would rather not."""

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor, ActorKind
from tracker.domain.competencies import Competency
from tracker.domain.reference_forms import SEEN_LABELS, RefereeAnswers, asked_of_referees, checked_answers
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.referees import RefereeAnswer
from tracker.models.references import Reference, ReferenceResult
from tracker.queries.rubrics import scoring_rows
from tracker.services.audit import record
from tracker.services.referee_access import end_forms, find_reference, is_over
from tracker.services.references import lock_asked, queue_request
from tracker.services.standing import lock_in_stage

REFEREE = Actor(ActorKind.REFEREE)
TOO_LATE = (
    "Thank you for your time. The decision has been made meanwhile, so your answer is not needed any more."
)
OVER = "Your time at the form is over. Nothing was lost that you can still see; ask for a new link to go on."


def asked_rows(session: Session, reference: Reference) -> tuple[Competency, ...]:
    """What the referee is asked about: a few competencies of the job, by name."""
    application = session.get_one(Application, reference.application_id)
    return asked_of_referees(scoring_rows(session, application.job))


def answer_as_referee(
    session: Session, token: str, answers: RefereeAnswers, *, address: str | None
) -> Reference:
    """Keep what a referee wrote, which counts as a reference received. Raises RuleBroken at a field, or once
    it comes too late.
    """
    reference = _lock(session, token)
    _write_answers(session, reference, answers, address=(address or "")[:64] or None)
    return _keep(session, reference, actor=REFEREE)


def record_by_phone(
    session: Session, reference: Reference, answers: RefereeAnswers, *, actor: Actor
) -> Reference:
    """Keep what a referee said on the telephone, asked by the same form; who wrote it down stays with it.

    Raises NotPermitted, or RuleBroken at a field, without the candidate's consent, or once they answered.
    """
    lock_asked(session, reference, actor=actor)
    _write_answers(session, reference, answers, recorded_by=actor.key)
    return _keep(session, reference, actor=actor)


def _write_answers(
    session: Session,
    reference: Reference,
    answers: RefereeAnswers,
    *,
    address: str | None = None,
    recorded_by: str | None = None,
) -> None:
    rows = asked_rows(session, reference)
    checked = checked_answers(answers, [row.key for row in rows], clock.today())
    now = clock.now()
    told = [
        {
            "key": row.key,
            "name": row.name,
            "seen": checked.seen[row.key],
            "example": checked.examples.get(row.key, ""),
        }
        for row in rows
    ]
    session.add(
        RefereeAnswer(
            reference_id=reference.id,
            role=checked.role,
            worked_from_on=checked.worked_from_on,
            worked_until_on=checked.worked_until_on,
            answers=told,
            comment=checked.comment or None,
            answered_at=now,
            recorded_by=recorded_by,
            address=address,
        )
    )
    reference.result, reference.result_at = ReferenceResult.RECEIVED, now
    reference.has_confirmed_employment = checked.has_confirmed_employment
    reference.would_rehire = checked.would_rehire
    reference.summary = _summary(checked, rows)


def refuse_as_referee(session: Session, token: str) -> Reference:
    """Keep that a referee would rather not say anything. Raises RuleBroken once it comes too late."""
    reference = _lock(session, token)
    reference.result, reference.result_at = ReferenceResult.REFUSED, clock.now()
    return _keep(session, reference, actor=REFEREE)


def ask_again(session: Session, reference: Reference) -> bool:
    """Mail a referee a new link because they asked for it, one an hour at most; whether it was queued.

    Nobody is written to once the decision does not wait for them any more.
    """
    application = session.get_one(Application, reference.application_id)
    is_waited_for = (application.stage, application.outcome) == (Stage.REFERENCES, Outcome.ACTIVE)
    if reference.taken_back_at or not (is_waited_for and reference.email and reference.requested_at):
        return False
    if not queue_request(session, reference):
        return False
    session.flush()
    record(session, "reference:ask_again", reference, actor=REFEREE)
    return True


def _lock(session: Session, token: str) -> Reference:
    reference = find_reference(session, token)
    if reference is None:
        raise RuleBroken(OVER)
    try:
        lock_in_stage(session, reference.application_id, {Stage.REFERENCES}, "A reference")
    except RuleBroken:
        # Where the application stands now is not for a referee to know.
        raise RuleBroken(TOO_LATE) from None
    session.refresh(reference)
    if is_over(reference):
        raise RuleBroken(OVER)
    return reference


def _keep(session: Session, reference: Reference, *, actor: Actor) -> Reference:
    session.flush()
    end_forms(session, reference.id)
    result = reference.result.value if reference.result else ""
    record(session, "reference:record_result", reference, actor=actor, result=result)
    return reference


def _summary(answers: RefereeAnswers, rows: tuple[Competency, ...]) -> str:
    lines = [f"{row.name}: {SEEN_LABELS[answers.seen[row.key]].lower()}" for row in rows]
    return "\n".join([*lines, *([answers.comment] if answers.comment else [])])
