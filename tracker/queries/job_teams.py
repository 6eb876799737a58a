"""The people of a job's hiring team, who could join it, and what they still owe."""

from collections.abc import Sequence

from sqlalchemy import Exists, exists, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from tracker.domain.actors import Actor, TeamRole
from tracker.domain.job_teams import ROLE_NEEDED
from tracker.domain.stages import Outcome
from tracker.models.applications import Application
from tracker.models.interviews import Interview, InterviewStatus, PanelMember
from tracker.models.jobs import Job, TeamMember
from tracker.models.scorecards import Scorecard
from tracker.models.users import User, UserRole


def team_of(session: Session, job: Job) -> Sequence[TeamMember]:
    """Everyone on the job's team with their part, by name."""
    return session.scalars(
        select(TeamMember)
        .join(User, User.id == TeamMember.user_id)
        .options(joinedload(TeamMember.user))
        .where(TeamMember.job_id == job.id)
        .order_by(User.name, User.id)
    ).all()


def who_may_join(session: Session, job: Job, role: TeamRole) -> Sequence[User]:
    """Active people with the role that the part takes, who do not have the part yet, by name."""
    already = select(TeamMember.user_id).where(TeamMember.job_id == job.id, TeamMember.role == role)
    return session.scalars(
        select(User)
        .join(UserRole, UserRole.user_id == User.id)
        .where(UserRole.role == ROLE_NEEDED[role], User.is_active, User.id.not_in(already))
        .order_by(User.name, User.id)
    ).all()


def cards_due(session: Session, job: Job, *, actor: Actor) -> dict[int, int]:
    """How many scorecards of active applications each person has yet to hand in, by user id.

    Says nothing of applications on which the actor owes a card: they learn only that their own is due.
    """
    own = aliased(PanelMember)
    sat = aliased(Interview)
    blind = (
        select(sat.application_id)
        .join(own, own.interview_id == sat.id)
        .where(own.user_id == actor.id, sat.status != InterviewStatus.CANCELLED, ~_handed_in(own))
    )
    rows = session.execute(
        select(PanelMember.user_id, func.count())
        .join(Interview, Interview.id == PanelMember.interview_id)
        .join(Application, Application.id == Interview.application_id)
        .where(
            Application.job_id == job.id,
            Application.outcome == Outcome.ACTIVE,
            Interview.status != InterviewStatus.CANCELLED,
            ~_handed_in(PanelMember),
            (PanelMember.user_id == actor.id) | Application.id.not_in(blind),
        )
        .group_by(PanelMember.user_id)
    )
    return dict(rows.all())


def _handed_in(member: type[PanelMember]) -> Exists:
    return exists().where(
        Scorecard.interview_id == member.interview_id,
        Scorecard.interviewer_id == member.user_id,
        Scorecard.amends_id.is_(None),
        Scorecard.submitted_at.is_not(None),
    )
