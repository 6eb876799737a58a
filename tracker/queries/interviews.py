"""Reads about sessions: who sits on a panel, who still owes a card, and what a person has to do."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Exists, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.permissions import Subject
from tracker.models.applications import Application
from tracker.models.interviews import Interview, InterviewStatus, PanelMember
from tracker.models.jobs import InterviewRound
from tracker.models.scorecards import Scorecard
from tracker.models.users import User
from tracker.queries import visible

_STANDS = Interview.status != InterviewStatus.CANCELLED


def panel_of(session: Session, application_id: int) -> frozenset[int]:
    """User ids of everyone on a panel of the application; cancelled sessions left out."""
    return frozenset(
        session.scalars(
            select(PanelMember.user_id)
            .join(Interview, Interview.id == PanelMember.interview_id)
            .where(Interview.application_id == application_id, _STANDS)
        )
    )


def owes_card(session: Session, application_id: int) -> frozenset[int]:
    """User ids that have not handed in a scorecard for a session of theirs; cancelled sessions left out."""
    return frozenset(
        session.scalars(
            select(PanelMember.user_id)
            .join(Interview, Interview.id == PanelMember.interview_id)
            .where(Interview.application_id == application_id, _STANDS, ~_handed_in())
        )
    )


def owed_by(user_id: int) -> Select[int]:
    """The ids of the applications on which this person still owes a card; cancelled sessions left out."""
    return (
        select(Interview.application_id)
        .join(PanelMember, PanelMember.interview_id == Interview.id)
        .where(PanelMember.user_id == user_id, _STANDS, ~_handed_in())
    )


def owing_applications(session: Session, user_id: int) -> frozenset[int]:
    """The applications on which this person still owes a card; cancelled sessions left out."""
    return frozenset(session.scalars(owed_by(user_id)))


def _handed_in() -> Exists:
    return exists().where(
        Scorecard.interview_id == PanelMember.interview_id,
        Scorecard.interviewer_id == PanelMember.user_id,
        Scorecard.amends_id.is_(None),
        Scorecard.submitted_at.is_not(None),
    )


def owes_session_card(session: Session, interview_id: int, user_id: int) -> bool:
    """Whether this person sits on the session's panel and their card for it is still to come."""
    seats = select(PanelMember.user_id).where(
        PanelMember.interview_id == interview_id, PanelMember.user_id == user_id, ~_handed_in()
    )
    return session.scalar(seats) is not None


def handed_in_by(session: Session, interview: Interview) -> frozenset[int]:
    """User ids of everyone whose card for this session is in: never for people who owe one themselves."""
    return frozenset(
        session.scalars(
            select(Scorecard.interviewer_id).where(
                Scorecard.interview_id == interview.id, Scorecard.submitted_at.is_not(None)
            )
        )
    )


def subject_of(session: Session, application: Application) -> Subject:
    """The application as the permission table asks about it: job, panels, and who owes a card."""
    return Subject(
        job_id=application.job_id,
        application_id=application.id,
        panel=panel_of(session, application.id),
        owes_card=owes_card(session, application.id),
    )


def interview_subject(session: Session, interview: Interview) -> Subject:
    """One session as the permission table asks about it: its panel, and who owes a card."""
    return Subject(
        job_id=interview.application.job_id,
        application_id=interview.application_id,
        panel=frozenset(member.user_id for member in interview.panel),
        owes_card=owes_card(session, interview.application_id),
    )


def sessions_of(session: Session, application_id: int) -> Sequence[Interview]:
    """The sessions of an application in the order of time, cancelled ones included."""
    return session.scalars(
        select(Interview)
        .where(Interview.application_id == application_id)
        .order_by(Interview.starts_at, Interview.id)
    ).all()


def open_rounds(session: Session, application: Application) -> list[InterviewRound]:
    """The planned rounds of the job that no session of the application stands for yet, in order."""
    taken = select(Interview.round_position).where(
        Interview.application_id == application.id, _STANDS, Interview.round_position.is_not(None)
    )
    return list(
        session.scalars(
            select(InterviewRound)
            .where(InterviewRound.job_id == application.job_id, InterviewRound.position.not_in(taken))
            .order_by(InterviewRound.position)
        )
    )


@dataclass(frozen=True, slots=True)
class Clash:
    """Another session at the same time: of a person of the panel, or (`name` none) of the candidate."""

    name: str | None
    starts_at: datetime
    minutes: int


LONGEST_SESSION = timedelta(hours=8)


def clashes(
    session: Session,
    *,
    starts_at: datetime,
    minutes: int,
    panel: Collection[int],
    candidate_id: int,
    actor: Actor,
    except_for: int | None = None,
) -> list[Clash]:
    """The sessions that overlap a time: of these people, and the candidate's that the actor may know of.

    Says nothing of what they are about. `except_for` is the session that is being changed.
    """
    ends_at = starts_at + timedelta(minutes=minutes)
    known = Interview.id.in_(visible.interviews(actor).with_only_columns(Interview.id))
    rows = session.execute(
        select(Interview.id, Interview.starts_at, Interview.minutes, PanelMember.user_id, User.name)
        .join(Application, Application.id == Interview.application_id)
        .join(PanelMember, PanelMember.interview_id == Interview.id)
        .join(User, User.id == PanelMember.user_id)
        .where(
            _STANDS,
            Interview.starts_at < ends_at,
            Interview.starts_at > starts_at - LONGEST_SESSION,
            or_(PanelMember.user_id.in_(panel), and_(Application.candidate_id == candidate_id, known)),
        )
        .order_by(Interview.starts_at, Interview.id, PanelMember.user_id)
    )
    found: dict[Clash, None] = {}
    for row in rows:
        if row.id != except_for and row.starts_at + timedelta(minutes=row.minutes) > starts_at:
            is_theirs = row.user_id in panel
            found[Clash(row.name if is_theirs else None, row.starts_at, row.minutes)] = None
    return list(found)


def my_interviews(session: Session, user_id: int) -> Sequence[tuple[Interview, Scorecard | None]]:
    """The sessions a person sits on, soonest first, each with their own original card if they began one."""
    rows = session.execute(_mine(user_id)).all()
    return [(row[0], row[1]) for row in rows]


def _mine(user_id: int) -> Select[Interview, Scorecard]:
    return (
        select(Interview, Scorecard)
        .join(PanelMember, and_(PanelMember.interview_id == Interview.id, PanelMember.user_id == user_id))
        .outerjoin(
            Scorecard,
            and_(
                Scorecard.interview_id == Interview.id,
                Scorecard.interviewer_id == user_id,
                Scorecard.amends_id.is_(None),
            ),
        )
        .where(_STANDS)
        .order_by(Interview.starts_at, Interview.id)
    )
