"""Interviews: scheduling sessions on the job's published rubric, choosing panels, holding and cancelling.

Until a session begins it has no cards, and whoever schedules may change it. Afterwards only people who owe no
scorecard on the application change it: a refusal because of a card would tell the others that there is one.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
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
from tracker.models.users import User
from tracker.queries.interviews import handed_in_by, interview_subject, open_rounds
from tracker.services.audit import record
from tracker.services.invitations import call_off, invite_all, tell_change, tell_panel
from tracker.services.permits import require
from tracker.services.standing import lock_in_stage, lock_known

SHORTEST_MINUTES, LONGEST_MINUTES = 5, 480
LONGEST_PLACE = 300  # characters
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
    check_time(starts_at, minutes)
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
        place=written_or_none(place, field="place", longest=LONGEST_PLACE),
        competencies=keys,
        created_at=clock.now(),
        created_by=actor.key,
    )
    interview.panel = [PanelMember(user_id=user_id) for user_id in _panel(session, job, panel)]
    session.add(interview)
    session.flush()
    invite_all(session, interview)
    record(session, "interview:schedule", interview, actor=actor, panel=sorted(set(panel)))
    return interview


def check_time(starts_at: datetime, minutes: int) -> None:
    """Refuse a start that no calendar has, and a length in minutes that no session has."""
    check_day(starts_at, field="starts_at")
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        raise RuleBroken("A session lasts from 5 to 480 minutes.", field="minutes")


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
        message = "Publish a rubric for this job before scheduling its interviews."
        raise RuleBroken(message, field="competencies")
    if rubric.status is not RubricStatus.PUBLISHED:
        message = "The job's rubric is retired; choose a published version for the job first."
        raise RuleBroken(message, field="competencies")
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


def reschedule_interview(
    session: Session,
    interview: Interview,
    *,
    starts_at: datetime,
    minutes: int,
    place: str | None,
    actor: Actor,
) -> Interview:
    """Give a session another time, length in minutes or place.

    Raises RuleBroken at `starts_at`, `minutes` or `place`; at `starts_at` also once a scorecard is in.
    """
    _lock_to_change(session, interview, actor, field="starts_at")
    check_time(starts_at, minutes)
    before = (interview.starts_at, interview.minutes, interview.place)
    is_moved = (starts_at, minutes) != before[:2]
    if is_moved and handed_in_by(session, interview):
        raise RuleBroken("A scorecard is in: the session keeps its time.", field="starts_at")
    interview.starts_at, interview.minutes = starts_at, minutes
    interview.place = written_or_none(place, field="place", longest=LONGEST_PLACE)
    session.flush()
    if (interview.starts_at, interview.minutes, interview.place) != before:
        tell_change(session, interview)
    record(
        session,
        "interview:reschedule",
        interview,
        actor=actor,
        starts_at=starts_at.isoformat(),
        minutes=minutes,
    )
    return interview


def set_panel(session: Session, interview: Interview, panel: Collection[int], *, actor: Actor) -> Interview:
    """Choose another panel; whoever has handed in their scorecard stays on it.

    A draft of somebody taken off the panel is kept and comes back with them. Raises RuleBroken at `panel`.
    """
    job_id = _lock_to_change(session, interview, actor, field="panel").job_id
    ids = _panel(session, session.get_one(Job, job_id), panel)
    if handed_in_by(session, interview) - set(ids):
        raise RuleBroken("Whoever has handed in a scorecard stays on the panel.", field="panel")
    kept = {member.user_id: member for member in interview.panel}
    if set(kept) == set(ids):
        return interview
    interview.panel = [kept.get(user_id) or PanelMember(user_id=user_id) for user_id in ids]
    session.flush()
    tell_panel(session, interview, kept)
    record(session, "interview:set_panel", interview, actor=actor, panel=ids)
    return interview


def hold_interview(session: Session, interview: Interview, *, actor: Actor) -> Interview:
    """Note that a session took place before its planned end. RuleBroken if held or cancelled already."""
    require(actor, Permission.INTERVIEW_SCHEDULE, Subject(job_id=interview.application.job_id))
    lock_in_stage(session, interview.application_id, {Stage.INTERVIEW}, "A session")
    session.refresh(interview)
    _refuse_unless_scheduled(interview)
    interview.status = InterviewStatus.HELD
    session.flush()
    record(session, "interview:hold", interview, actor=actor)
    return interview


def cancel_interview(session: Session, interview: Interview, *, reason: str, actor: Actor) -> Interview:
    """Call off a scheduled session, also after the application closed, as long as no scorecard is in.

    Raises RuleBroken at `reason`.
    """
    require(actor, Permission.INTERVIEW_SCHEDULE, Subject(job_id=interview.application.job_id))
    lock_known(session, interview.application_id)
    session.refresh(interview)
    _refuse_unless_scheduled(interview)
    _refuse_who_owes(session, interview, actor)
    if handed_in_by(session, interview):
        raise RuleBroken("A scorecard is in: the session was held.")
    interview.cancelled_reason = written(reason, "Say why the session is cancelled.")
    interview.status = InterviewStatus.CANCELLED
    session.flush()
    call_off(session, interview)
    record(session, "interview:cancel", interview, actor=actor)
    return interview


def _lock_to_change(session: Session, interview: Interview, actor: Actor, *, field: str) -> Application:
    require(actor, Permission.INTERVIEW_SCHEDULE, Subject(job_id=interview.application.job_id))
    locked = lock_in_stage(session, interview.application_id, {Stage.INTERVIEW}, "A session")
    session.refresh(interview)
    if interview.status is InterviewStatus.CANCELLED:
        raise RuleBroken("This session is cancelled already.", field=field)
    _refuse_who_owes(session, interview, actor, field)
    return locked


def _refuse_who_owes(session: Session, interview: Interview, actor: Actor, field: str | None = None) -> None:
    # The same answer whether or not anybody's card is in.
    if not may_change(interview, interview_subject(session, interview), actor):
        raise RuleBroken(
            "The session has begun and your own scorecard is due: ask somebody who owes none to change it.",
            field=field,
        )


def may_change(interview: Interview, subject: Subject, actor: Actor) -> bool:
    """Whether blindness lets the actor change or cancel a session: once begun, not while they owe a card.

    `subject` is the session's.
    """
    return not interview.has_begun(clock.now()) or actor.id not in subject.owes_card


def _refuse_unless_scheduled(interview: Interview) -> None:
    if interview.status is not InterviewStatus.SCHEDULED:
        raise RuleBroken(f"This session is {INTERVIEW_STATUS_LABELS[interview.status].lower()} already.")
