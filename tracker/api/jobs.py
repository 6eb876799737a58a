"""Jobs by API: list, create, show, change, and the pipeline of one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from typing import Any

from flask import Blueprint

from tracker import clock
from tracker.api.contracts import answers, body_of, query_of
from tracker.api.loading import load_job, read_place, renamed
from tracker.api.problems import answer_problem, problem
from tracker.api.shapes.base import Page
from tracker.api.shapes.jobs import (
    CardShape,
    Framework,
    JobChange,
    JobDetail,
    JobItem,
    JobQuery,
    NewJob,
    Pipeline,
    PipelineQuery,
    PipelineStage,
    Question,
    Round,
    TeamMemberBody,
    TeamMemberShape,
)
from tracker.domain.jobs import JOB_STATUS_CHANGES, JobDetails, StatusChange
from tracker.domain.permissions import Permission, Subject
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.domain.stages import JobStatus
from tracker.models.jobs import Job
from tracker.models.users import User
from tracker.queries.board import BoardFilters, Column, board
from tracker.queries.cursors import write_cursor
from tracker.queries.job_rows import JobRow, active_known, job_page, job_row
from tracker.services import jobs
from tracker.services.job_teams import add_team_member, remove_team_member
from tracker.web.access import allow, current_actor, requires
from tracker.web.running import config
from tracker.web.transaction import db_session

bp = Blueprint("api_jobs", __name__, url_prefix="/api/v1/jobs")

_DETAILS = frozenset(JobDetails.__slots__)
_CHANGES: dict[str, Callable[..., Job]] = {
    "hold": jobs.hold_job,
    "resume": jobs.resume_job,
    "fill": jobs.fill_job,
    "close": jobs.close_job,
}


@bp.get("")
@requires(Permission.JOB_READ)
@answers(Page[JobItem], "The jobs that you may know of, by title.", query=JobQuery)
def index() -> Page[JobItem]:
    asked = query_of(JobQuery)
    after = read_place(asked.after)
    rows, place = job_page(db_session(), current_actor(), status=asked.status, after=after, limit=asked.limit)
    return Page(items=[JobItem(**_item(row)) for row in rows], next=write_cursor(*place) if place else None)


@bp.post("")
@requires(Permission.JOB_CREATE, writes=True)
@answers(JobDetail, "Draft a job; who drafts it joins its hiring team.", status=201, body=NewJob)
def create() -> JobDetail:
    given = body_of(NewJob)
    begun = JobDetails(title=given.title, jurisdiction=config().jurisdiction)
    details = _changed(begun, given.model_dump(exclude_unset=True))
    return _detail(jobs.create_job(db_session(), details, actor=current_actor()))


@bp.get("/<int:job_id>")
@requires(Permission.JOB_READ)
@answers(JobDetail, "One job.")
def show(job_id: int) -> JobDetail:
    return _detail(load_job(job_id))


@bp.patch("/<int:job_id>")
@requires(Permission.JOB_EDIT, writes=True)
@answers(JobDetail, "Change a job's details, hiring team or status.", body=JobChange)
def change(job_id: int) -> Any:
    job = load_job(job_id)
    allow(Permission.JOB_EDIT, Subject(job_id=job_id))
    given = body_of(JobChange)
    status_change = _status_change(job, given.status)
    if status_change is not None:
        # Permission comes before anything else that the body may get wrong.
        allow(status_change.permission, Subject(job_id=job_id))
    try:
        _change(job, given)
    except ChangedMeanwhile as changed:
        db_session().rollback()
        current = _detail(load_job(job_id)).model_dump(mode="json")
        return answer_problem(problem(409, changed.message, current=current))
    return _detail(job)


@bp.get("/<int:job_id>/pipeline")
@requires(Permission.JOB_READ)
@answers(Pipeline, "The active applications of a job by stage, longest waiting first.", query=PipelineQuery)
def pipeline(job_id: int) -> Pipeline:
    job = load_job(job_id)
    asked = query_of(PipelineQuery)
    if asked.after and asked.stage is None:
        raise RuleBroken("Name the stage that goes on after this.", field="stage")
    session, actor, now = db_session(), current_actor(), clock.here()
    columns = board(session, job.id, actor, BoardFilters(), now, stage=asked.stage, after=asked.after)
    active = active_known(session, actor, job.id)
    stages = [_stage(column, active.get(column.stage, 0)) for column in columns]
    return Pipeline(stages=stages, as_of=now.astimezone(UTC))


def _change(job: Job, given: JobChange) -> None:
    session, actor = db_session(), current_actor()
    said = given.model_dump(exclude_unset=True, include=set(_DETAILS))
    if said or "version" in given.model_fields_set:
        details = _changed(jobs.details_of(job), said)
        seen = given.version if "version" in given.model_fields_set else job.version
        jobs.edit_job(session, job, details, version=seen, actor=actor)
    if "team" in given.model_fields_set:
        with renamed({"user": "team"}):
            _set_team(job, given.team)
    if "status" in given.model_fields_set and given.status is not job.status:
        _change_status(job, given.status, given.reason)


def _changed(details: JobDetails, said: dict[str, Any]) -> JobDetails:
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in said.items()}
    return replace(details, **values)


def _set_team(job: Job, team: list[TeamMemberBody]) -> None:
    session, actor = db_session(), current_actor()
    wanted = {(member.user_id, member.role) for member in team}
    present = {(member.user_id, member.role): member.user for member in job.team}
    for user_id, role in sorted(wanted - present.keys()):
        user = session.get(User, user_id)
        if user is None:
            raise RuleBroken("There is nobody of this id.", field="team")
        add_team_member(session, job, user, role, actor=actor)
    for (user_id, role), user in sorted(present.items(), key=lambda one: one[0]):
        if (user_id, role) not in wanted:
            remove_team_member(session, job, user, role, actor=actor)


def _change_status(job: Job, status: JobStatus, reason: str | None) -> None:
    change = _status_change(job, status)
    session, actor = db_session(), current_actor()
    if change is None:
        raise RuleBroken(f"A job that is {job.status} cannot become {status}.", field="status")
    if change.name == "open":
        jobs.open_job(session, job, actor=actor)
    elif change.name == "reopen":
        jobs.reopen_job(session, job, reason or "", actor=actor)
    else:
        _CHANGES[change.name](session, job, reason=reason, actor=actor)


def _status_change(job: Job, status: JobStatus | None) -> StatusChange | None:
    steps = (c for c in JOB_STATUS_CHANGES if (c.from_status, c.to_status) == (job.status, status))
    return next(steps, None)


def _item(row: JobRow) -> dict[str, Any]:
    job: Job = row.Job
    framework = None
    if row.framework_id is not None:
        framework = Framework(
            id=row.framework_id, soc=row.soc, title=row.framework_title, version=row.framework_version
        )
    return {
        "id": job.id,
        "title": job.title,
        "department": job.department,
        "location": job.location,
        "status": job.status,
        "openings": job.openings,
        "openings_taken": row.taken,
        "framework": framework,
        "rubric_id": row.rubric_id,
        "rubric_version": row.rubric_number,
        "version": job.version,
    }


def _detail(job: Job) -> JobDetail:
    team = sorted((member.user_id, member.role) for member in job.team)
    asked = [question for question in job.questions if question.retired_at is None]
    kept = {name: getattr(job, name) for name in JobDetail.model_fields.keys() & _DETAILS}
    return JobDetail(
        **kept | _item(job_row(db_session(), job)),
        approved_at=job.approved_at,
        needs_resume_review=job.needs_resume_review,
        needs_screening_call=job.needs_screening_call,
        team=[TeamMemberShape(user_id=user_id, role=role) for user_id, role in team],
        questions=[Question(id=q.id, text=q.text, required=q.is_required) for q in asked],
        rounds=[
            Round(
                position=r.position,
                title=r.title,
                kind=r.kind,
                minutes=r.minutes,
                competencies=list(r.competencies),
            )
            for r in job.rounds
        ],
    )


def _stage(column: Column, active: int) -> PipelineStage:
    cards = [
        CardShape(
            id=card.id,
            version=card.version,
            name=card.name,
            source=card.source,
            days=card.days,
            over_target=card.is_over,
            ready=card.is_ready,
            missing=card.missing,
            recruiter=card.recruiter,
        )
        for card in column.cards
    ]
    return PipelineStage(stage=column.stage, active=active, cards=cards, next=column.next_after)
