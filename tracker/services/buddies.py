"""Naming a colleague as buddy of a new hire, naming another one, and naming nobody any more."""

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission, Subject
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.models.applications import Application
from tracker.models.onboarding import OnboardingBuddy
from tracker.models.users import User
from tracker.services.audit import record
from tracker.services.onboarding import OUTCOMES, STAGES
from tracker.services.permits import require
from tracker.services.standing import lock_in_stage


def name_buddy(
    session: Session, application: Application, user: User | None, *, seen: int | None, actor: Actor
) -> OnboardingBuddy | None:
    """Make this colleague the buddy of a new hire, or nobody; `seen` is the user id of who it was before.

    Raises NotPermitted, RuleBroken at `buddy` for somebody who cannot sign in or where nobody is starting,
    and ChangedMeanwhile where somebody else named another one since.
    """
    require(actor, Permission.BUDDY_SET, Subject(job_id=application.job_id))
    lock_in_stage(session, application.id, STAGES, "A buddy", outcomes=OUTCOMES)
    row = session.get(OnboardingBuddy, application.id, populate_existing=True)
    before = row.user_id if row else None
    if before != seen:
        raise ChangedMeanwhile("Somebody else named a buddy meanwhile. Look at it, then save again.")
    after = user.id if user else None
    if after == before:
        return row
    if user is not None and not user.is_active:
        raise RuleBroken(f"{user.name} cannot sign in any more: choose somebody else.", field="buddy")
    if row is not None and user is None:
        session.delete(row)
        row = None
    elif user is not None:
        row = row or OnboardingBuddy(application_id=application.id)
        row.user_id, row.at = user.id, clock.now()
        session.add(row)
    session.flush()
    action = "buddy:take_away" if user is None else "buddy:change" if before else "buddy:name"
    told = {"before": before, "after": after}
    record(session, action, application, actor=actor, application_id=application.id, **told)
    return row
