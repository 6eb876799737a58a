"""Interviews: scheduling sessions on the job's published rubric, choosing panels, holding and cancelling."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor, TeamRole
from tracker.domain.days import check_day
from tracker.domain.interview_plans import INTERVIEW_KIND_LABELS, InterviewKind
from tracker.domain.permissions import Permission, Subject
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.domain.texts import LONGEST_LINE, written, written_or_none
from tracker.models.applications import Application
from tracker.models.interviews import INTERVIEW_STATUS_LABELS, Interview, InterviewStatus, PanelMember
from tracker.models.jobs import InterviewRound, Job, TeamMember
from tracker.models.rubrics import Rubric, RubricStatus
from tracker.models.scorecards import Scorecard
from tracker.models.users import User
from tracker.queries.interviews import open_rounds
from tracker.services.audit import record
from tracker.services.permits import require
from tracker.services.standing import lock_in_stage, lock_known

SHORTEST_MINUTES, LONGEST_MINUTES = 5, 480
HIGHEST_ID = 2**31 - 1


def schedule_interview(
    session: Session,
    application: Application,
    *,
    kind: InterviewKind,
    starts_at: datetime,
    minutes: int,
    panel: Collection[int],
    competencies: Sequence[str],
    title: str | None = None,
    place: str | None = None,
    round_position: int | None = None,
    actor: Actor,
) -> Interview:
    """Set up a session: `competencies` are keys of the job's published rubric, `panel` ids of active people.

    A job without a pinned rubric gets its latest published one pinned. Without a named round, the session
    stands for the open round of the plan that fits it. Panel members join the hiring team.
    Raises RuleBroken at `starts_at`, `minutes`, `panel`, `competencies`, `title`, `place`, `round_position`.
    """
    require(actor, Permission.INTERVIEW_SCHEDULE, Subject(job_id=application.job_id))
    locked = lock_in_stage(session, application.id, {Stage.INTERVIEW}, "A session")
    check_day(starts_at, field="starts_at")
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        raise RuleBroken("A session lasts from 5 to 480 minutes.", field="minutes")
    job = session.get_one(Job, locked.job_id)
    session.refresh(job)
    rubric = _pinned_rubric(session, job)
    keys = _known_competencies(rubric, competencies)
    round_ = _round(open_rounds(session, locked), kind, keys, round_position)
    line = written_or_none(title, field="title", longest=LONGEST_LINE)
    interview = Interview(
        application_id=locked.id,
        rubric_id=rubric.id,
        round_id=round_.id if round_ else None,
        round_position=round_.position if round_ else None,
        kind=kind,
        title=line or (round_.title if round_ else INTERVIEW_KIND_LABELS[kind]),
        starts_at=starts_at,
        minutes=minutes,
        place=written_or_none(place, field="place", longest=300),
        competencies=keys,
        created_at=clock.now(),
        created_by=actor.key,
    )
    interview.panel = [PanelMember(user_id=user_id) for user_id in _panel(session, job, panel)]
    session.add(interview)
    session.flush()
    record(session, "interview:schedule", interview, actor=actor, panel=sorted(set(panel)))
    return interview


def _pinned_rubric(session: Session, job: Job) -> Rubric:
    """The rubric version the job is scored on; the latest published one is pinned at the first session."""
    if job.rubric_id is None:
        job.rubric_id = session.scalar(
            select(Rubric.id)
            .where(Rubric.job_id == job.id, Rubric.status == RubricStatus.PUBLISHED)
            .order_by(Rubric.number.desc())
            .limit(1)
        )
    rubric = session.get(Rubric, job.rubric_id) if job.rubric_id is not None else None
    if rubric is None:
        raise RuleBroken("Publish a rubric for this job before scheduling its interviews.")
    if rubric.status is not RubricStatus.PUBLISHED:
        raise RuleBroken("The job's rubric is retired; choose a published version for the job first.")
    return rubric


def _known_competencies(rubric: Rubric, competencies: Sequence[str]) -> list[str]:
    known = {row["key"] for row in rubric.content["competencies"]}
    keys = list(dict.fromkeys(competencies))
    if not keys:
        raise RuleBroken("Choose the competencies that this session rates.", field="competencies")
    if set(keys) - known:
        raise RuleBroken("Choose competencies of the job's rubric.", field="competencies")
    return keys


def _round(
    rounds: Sequence[InterviewRound], kind: InterviewKind, keys: Sequence[str], position: int | None
) -> InterviewRound | None:
    if position is not None:
        named = next((r for r in rounds if r.position == position), None)
        if named is None:
            raise RuleBroken("This round is not planned, or has its session already.", field="round_position")
        return named
    same_rows = [r for r in rounds if set(r.competencies) == set(keys)]
    fitting = [*(r for r in same_rows if r.kind is kind), *same_rows, *(r for r in rounds if r.kind is kind)]
    return fitting[0] if fitting else None


def _panel(session: Session, job: Job, panel: Collection[int]) -> list[int]:
    """The panel's people, checked and brought onto the hiring team."""
    ids = sorted(set(panel))
    if not ids:
        raise RuleBroken("Choose at least one interviewer.", field="panel")
    asked = [user_id for user_id in ids if 0 < user_id <= HIGHEST_ID]
    active = set(session.scalars(select(User.id).where(User.id.in_(asked), User.is_active)))
    if set(ids) - active:
        raise RuleBroken("Choose interviewers among the active people.", field="panel")
    on_team = set(session.scalars(select(TeamMember.user_id).where(TeamMember.job_id == job.id)))
    session.add_all(
        TeamMember(job_id=job.id, user_id=user_id, role=TeamRole.INTERVIEWER)
        for user_id in ids
        if user_id not in on_team
    )
    return ids


def set_panel(session: Session, interview: Interview, panel: Collection[int], *, actor: Actor) -> Interview:
    """Choose another panel, as long as nobody on it has begun a card. Raises RuleBroken afterwards."""
    require(actor, Permission.INTERVIEW_SCHEDULE, Subject(job_id=interview.application.job_id))
    locked = lock_in_stage(session, interview.application_id, {Stage.INTERVIEW}, "A panel")
    session.refresh(interview)
    _refuse_unless_scheduled(interview)
    if session.scalar(select(exists().where(Scorecard.interview_id == interview.id))):
        raise RuleBroken("The panel is fixed: a scorecard has been begun.", field="panel")
    ids = _panel(session, session.get_one(Job, locked.job_id), panel)
    kept = {member.user_id: member for member in interview.panel}
    interview.panel = [kept.get(user_id) or PanelMember(user_id=user_id) for user_id in ids]
    session.flush()
    record(session, "interview:set_panel", interview, actor=actor, panel=ids)
    return interview


def hold_interview(session: Session, interview: Interview, *, actor: Actor) -> Interview:
    """Note that a scheduled session took place. Raises RuleBroken if it was held or cancelled before."""
    require(actor, Permission.INTERVIEW_SCHEDULE, Subject(job_id=interview.application.job_id))
    lock_in_stage(session, interview.application_id, {Stage.INTERVIEW}, "A session")
    session.refresh(interview)
    _refuse_unless_scheduled(interview)
    interview.status = InterviewStatus.HELD
    session.flush()
    record(session, "interview:hold", interview, actor=actor)
    return interview


def cancel_interview(session: Session, interview: Interview, *, reason: str, actor: Actor) -> Interview:
    """Call off a scheduled session, also after the application closed. Raises RuleBroken at `reason`."""
    require(actor, Permission.INTERVIEW_SCHEDULE, Subject(job_id=interview.application.job_id))
    lock_known(session, interview.application_id)
    session.refresh(interview)
    _refuse_unless_scheduled(interview)
    interview.cancelled_reason = written(reason, "Say why the session is cancelled.")
    interview.status = InterviewStatus.CANCELLED
    session.flush()
    record(session, "interview:cancel", interview, actor=actor)
    return interview


def _refuse_unless_scheduled(interview: Interview) -> None:
    if interview.status is not InterviewStatus.SCHEDULED:
        raise RuleBroken(f"This session is {INTERVIEW_STATUS_LABELS[interview.status].lower()} already.")
