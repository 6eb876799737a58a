"""Reading and taking away how far interviewers agree: who did is on record."""

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.agreement import AgreementPart
from tracker.domain.deciding import NotPermitted
from tracker.domain.permissions import Permission, Subject, can, can_for_some_job
from tracker.domain.rules import RuleBroken
from tracker.models.jobs import Job
from tracker.queries.agreement import AgreementReport, agreement_report
from tracker.services.audit import record


def read_agreement(session: Session, *, job_id: int | None, actor: Actor) -> AgreementReport:
    """Open the agreement of the actor's jobs, or of one. Raises NotPermitted, RuleBroken for no such job."""
    _check(session, job_id, actor)
    report = agreement_report(session, actor, job_id)
    record(session, "agreement:read", report, actor=actor, job_id=job_id)
    session.flush()
    return report


def record_agreement_export(
    session: Session, *, job_id: int | None, part: AgreementPart, actor: Actor
) -> None:
    """Note that the actor takes a part of it away, before the first row leaves. Raises as reading does."""
    _check(session, job_id, actor)
    record(session, "agreement:export", part, actor=actor, job_id=job_id, part=part.value)
    session.flush()


def _check(session: Session, job_id: int | None, actor: Actor) -> None:
    if not can_for_some_job(actor, Permission.AGREEMENT_READ):
        raise NotPermitted("Agreement is for HR and hiring managers.")
    if job_id is None:
        return
    is_known = session.get(Job, job_id) is not None
    if not is_known or not can(actor, Permission.AGREEMENT_READ, Subject(job_id=job_id)):
        raise RuleBroken("There is no such job.", field="job")
