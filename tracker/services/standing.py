"""Locking an application for a record about it, if the record belongs where the application stands."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from tracker.domain.rules import RuleBroken
from tracker.domain.stages import OUTCOME_LABELS, STAGE_LABELS, Outcome, Stage
from tracker.models.applications import Application
from tracker.services.move_rows import lock_application
from tracker.services.people import lock_standing

ONLY_ACTIVE = frozenset({Outcome.ACTIVE})


def lock_known(session: Session, application_id: int) -> Application:
    """The application, locked after its job, as its last move left it; RuleBroken if it never began."""
    application = lock_application(session, application_id)
    if application is None or application.stage is None:
        raise RuleBroken("There is no such application.")
    lock_standing(session, application.candidate_id)
    return application


def lock_in_stage(
    session: Session,
    application_id: int,
    stages: Collection[Stage],
    what: str,
    *,
    outcomes: Collection[Outcome] = ONLY_ACTIVE,
) -> Application:
    """The application, locked, if it stands where the record belongs; `what` begins the refusal."""
    application = lock_known(session, application_id)
    if application.outcome not in outcomes:
        closed = OUTCOME_LABELS[application.outcome or Outcome.ACTIVE].lower()
        raise RuleBroken(f"{what} needs an active application; this one is {closed}.")
    if application.stage not in stages:
        wanted = " or ".join(STAGE_LABELS[stage] for stage in Stage if stage in stages)
        here = STAGE_LABELS[application.stage or Stage.APPLICATION]
        raise RuleBroken(f"{what} belongs to {wanted}; this application is in {here}.")
    return application
