"""What waits, one select a kind, the oldest first; whose it is, a condition on the applications says."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, or_, select
from sqlalchemy.orm import aliased

from tracker.domain.mails import MailEvent
from tracker.domain.stages import JobStatus, Outcome, Stage
from tracker.models.applications import Application, ApplicationNote
from tracker.models.candidate_replies import CandidateAnswer, CandidateReply
from tracker.models.candidates import Candidate
from tracker.models.data_requests import DataRequestState, ErasureRequest
from tracker.models.incoming_mails import IncomingMail
from tracker.models.interviews import Interview, InterviewStatus, PanelAnswer, PanelMember, PanelReply
from tracker.models.jobs import Job
from tracker.models.onboarding import OnboardingTask
from tracker.models.outbox import OutboxMessage
from tracker.models.references import AssessmentResult, BackgroundCheck, BackgroundResult, Reference
from tracker.models.scorecards import Scorecard
from tracker.models.users import User
from tracker.queries.interviews import owed_by

REFERENCE_DAYS = 5
"""After how many days without an answer a referee is asked again."""
TASK_DAYS = 2
"""How many days before it is due an onboarding task begins to wait."""

Whose = ColumnElement[bool]
_CALLED_OFF = InterviewStatus.CANCELLED


def new_applications(whose: Whose) -> Select[Any]:
    """Applications to open jobs that nobody has taken further yet."""
    rows = of_applications(Application.id, Application.applied_at, Application.source.label("detail"))
    return rows.where(whose, Application.stage == Stage.APPLICATION, Job.status == JobStatus.OPEN).order_by(
        Application.stage_entered_at, Application.id
    )


def cards_due(user_id: int, now: datetime) -> Select[Any]:
    """The person's own scorecards for sessions that have begun."""
    return (
        _sessions()
        .join(PanelMember, and_(PanelMember.interview_id == Interview.id, PanelMember.user_id == user_id))
        .where(Interview.status != _CALLED_OFF, Interview.starts_at <= now, _owed(user_id))
        .order_by(Interview.starts_at, Interview.id)
    )


def sessions_to_come(user_id: int, now: datetime) -> Select[Any]:
    """The sessions of the next seven days on whose panel the person sits."""
    return (
        _sessions()
        .join(PanelMember, and_(PanelMember.interview_id == Interview.id, PanelMember.user_id == user_id))
        .where(*_ahead(now))
        .order_by(Interview.starts_at, Interview.id)
    )


def sessions_on_jobs(whose: Whose, now: datetime) -> Select[Any]:
    """The sessions of the next seven days on these applications, soonest first, whoever sits on the panel."""
    return _sessions().where(whose, *_ahead(now)).order_by(Interview.starts_at, Interview.id)


def _ahead(now: datetime) -> tuple[Whose, ...]:
    """That a session is held in the next seven days."""
    starts_at = Interview.starts_at
    is_near = and_(starts_at > now, starts_at <= now + timedelta(days=7))
    return Interview.status == InterviewStatus.SCHEDULED, is_near


def cards_to_chase(whose: Whose, user_id: int, now: datetime) -> Select[Any]:
    """Cards of others that are late by a day, on applications where the person owes none themselves."""
    rows = of_applications(Interview.id, Interview.starts_at, User.name.label("detail"))
    return (
        rows.join(Interview, Interview.application_id == Application.id)
        .join(PanelMember, PanelMember.interview_id == Interview.id)
        .join(User, User.id == PanelMember.user_id)
        .where(
            whose,
            Application.stage == Stage.INTERVIEW,
            PanelMember.user_id != user_id,
            Interview.status != _CALLED_OFF,
            Interview.starts_at <= now - timedelta(days=1),
            _owed(PanelMember.user_id),
            Application.id.not_in(owed_by(user_id)),
        )
        .order_by(Interview.starts_at, Interview.id, User.id)
    )


def sessions_handed_over(whose: Whose, now: datetime) -> Select[Any]:
    """Sessions to come that somebody of the panel cannot attend, soonest first, with the name of that one."""
    rows = of_applications(Interview.id, Interview.starts_at, User.name.label("detail"))
    return (
        rows.join(Interview, Interview.application_id == Application.id)
        .join(PanelReply, PanelReply.interview_id == Interview.id)
        .join(User, User.id == PanelReply.user_id)
        .where(
            whose,
            PanelReply.answer == PanelAnswer.HANDED_OVER,
            Interview.status == InterviewStatus.SCHEDULED,
            Interview.starts_at > now,
        )
        .order_by(Interview.starts_at, Interview.id, User.id)
    )


def other_times(whose: Whose, now: datetime) -> Select[Any]:
    """Sessions to come whose candidate asks for another time, soonest first, with the times they name."""
    rows = of_applications(Interview.id, Interview.starts_at, CandidateReply.wish.label("detail"))
    return (
        rows.join(Interview, Interview.application_id == Application.id)
        .join(CandidateReply, CandidateReply.interview_id == Interview.id)
        .where(
            whose,
            CandidateReply.answer == CandidateAnswer.OTHER_TIME,
            Interview.status == InterviewStatus.SCHEDULED,
            Interview.starts_at > now,
        )
        .order_by(Interview.starts_at, Interview.id)
    )


def erasures_asked() -> Select[Any]:
    """Candidates who asked for their data to be erased and have no answer, first asked first."""
    columns: tuple[Any, ...] = (
        ErasureRequest.id,
        Candidate.name,
        ErasureRequest.asked_at.label("at"),
        ErasureRequest.note.label("title"),
    )
    return (
        select(*columns)
        .join(Candidate, Candidate.id == ErasureRequest.candidate_id)
        .where(ErasureRequest.state == DataRequestState.WAITING)
        .order_by(ErasureRequest.asked_at, ErasureRequest.id)
    )


def references_due(whose: Whose, now: datetime) -> Select[Any]:
    """Referees who were asked five days ago or more and have not answered."""
    rows = of_applications(Application.id, Reference.requested_at, Reference.referee_name.label("detail"))
    return (
        rows.join(Reference, Reference.application_id == Application.id)
        .where(
            whose,
            Application.stage == Stage.REFERENCES,
            Reference.result.is_(None),
            Reference.taken_back_at.is_(None),
            Reference.requested_at <= now - timedelta(days=REFERENCE_DAYS),
        )
        .order_by(Reference.requested_at, Reference.id)
    )


def mails_unanswered(whose: Whose) -> Select[Any]:
    """The latest mail of each application that came in, unless somebody wrote or noted something or moved it
    since.
    """
    later = aliased(IncomingMail)
    came_at = IncomingMail.received_at
    of_application = OutboxMessage.application_id == Application.id
    is_by_hand = and_(of_application, OutboxMessage.kind == MailEvent.MESSAGE.value)
    is_sent = and_(OutboxMessage.cancelled_at.is_(None), OutboxMessage.created_at > came_at)
    has_note = and_(ApplicationNote.application_id == Application.id, ApplicationNote.at > came_at)
    rows = of_applications(IncomingMail.id, came_at, IncomingMail.subject.label("detail"))
    return (
        rows.join(IncomingMail, IncomingMail.application_id == Application.id)
        .where(
            whose,
            Application.stage_entered_at <= came_at,
            ~exists().where(later.application_id == Application.id, later.id > IncomingMail.id),
            ~exists().where(is_by_hand, is_sent),
            ~exists().where(has_note),
        )
        .order_by(came_at, IncomingMail.id)
    )


def tasks_due(whose: Whose, now: datetime) -> Select[Any]:
    """Onboarding tasks that are due in two days or late; `whose` also asks who sees to each.

    Those of somebody hired, too: a check-in after thirty days comes when onboarding is complete.
    """
    rows = of_applications(
        Application.id,
        OnboardingTask.due_on,
        OnboardingTask.title.label("detail"),
        outcomes=(Outcome.ACTIVE, Outcome.HIRED),
    )
    return (
        rows.join(OnboardingTask, OnboardingTask.application_id == Application.id)
        .where(
            whose,
            OnboardingTask.done_at.is_(None),
            OnboardingTask.due_on <= (now + timedelta(days=TASK_DAYS)).date(),
            Application.stage == Stage.ONBOARDING,
        )
        .order_by(OnboardingTask.due_on, OnboardingTask.id)
    )


def reports_to_see_to(today: date) -> Select[Any]:
    """Background reports to be assessed, told of to the candidate, or decided on once they could answer."""
    check = BackgroundCheck
    is_adverse = check.assessment == AssessmentResult.ADVERSE
    steps = (
        (check.assessment.is_(None), "to be assessed"),
        (and_(is_adverse, check.pre_adverse_sent_at.is_(None)), "the notice is to be sent"),
        (
            and_(is_adverse, check.wait_until <= today, check.adverse_sent_at.is_(None)),
            "the time to answer is over: decide",
        ),
    )
    return (
        of_applications(Application.id, check.result_at, case(*steps).label("detail"))
        .join(check, check.application_id == Application.id)
        .where(check.result == BackgroundResult.CONSIDER, or_(*(step for step, _ in steps)))
        .order_by(check.result_at, Application.id)
    )


def jobs_to_open() -> Select[Any]:
    """Drafted jobs that HR has not approved."""
    columns: tuple[Any, ...] = (
        Job.id,
        Job.title.label("name"),
        Job.department.label("title"),
        Job.created_at.label("at"),
    )
    drafted = and_(Job.status == JobStatus.DRAFT, Job.approved_at.is_(None))
    return select(*columns).where(drafted).order_by(Job.created_at, Job.id)


def of_applications(
    id_: Any, at: Any, *more: Any, outcomes: tuple[Outcome, ...] = (Outcome.ACTIVE,)
) -> Select[Any]:
    """What waits on applications, active ones unless said, with the candidate's name and the job's title."""
    return (
        select(
            id_.label("id"),
            Application.id.label("application_id"),
            Candidate.name,
            Job.title,
            at.label("at"),
            *more,
        )
        .select_from(Application)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Job, Job.id == Application.job_id)
        .where(Application.outcome.in_(outcomes))
    )


def _sessions() -> Select[Any]:
    rows = of_applications(Interview.id, Interview.starts_at, Interview.title.label("detail"))
    return rows.join(Interview, Interview.application_id == Application.id)


def _owed(user_id: Any) -> Any:
    """Whether the person of a panel seat has not handed in their card for its session."""
    return ~exists().where(
        Scorecard.interview_id == Interview.id,
        Scorecard.interviewer_id == user_id,
        Scorecard.amends_id.is_(None),
        Scorecard.submitted_at.is_not(None),
    )
