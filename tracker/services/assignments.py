"""Who of the recruiters looks after an application."""

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor, Role
from tracker.domain.permissions import Permission, Subject
from tracker.domain.rules import RuleBroken
from tracker.models.applications import Application
from tracker.models.users import User
from tracker.services.audit import record
from tracker.services.permits import require
from tracker.services.standing import lock_known


def assign_recruiter(
    session: Session, application: Application, recruiter: User | None, *, actor: Actor
) -> Application:
    """Give an application to a recruiter, or to nobody. Raises RuleBroken at `recruiter` for anyone else."""
    require(actor, Permission.APPLICATION_ASSIGN, Subject(job_id=application.job_id))
    if recruiter is not None and not (recruiter.is_active and Role.RECRUITER in recruiter.roles):
        raise RuleBroken("Choose a recruiter of the list.", field="recruiter")
    locked = lock_known(session, application.id)
    before, locked.recruiter_id = locked.recruiter_id, recruiter.id if recruiter else None
    session.flush()
    if before != locked.recruiter_id:
        record(
            session,
            "application:assign",
            locked,
            actor=actor,
            application_id=locked.id,
            recruiter_id=locked.recruiter_id,
            before=before,
        )
    return locked
