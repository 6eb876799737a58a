"""Applications by API: begin one, read one, and read its history."""

import binascii
from base64 import b64decode

from flask import Blueprint
from sqlalchemy import select

from tracker.api.application_shapes import application_shape, move_shapes
from tracker.api.contracts import answers, body_of, query_of
from tracker.api.loading import load_application, renamed
from tracker.api.shapes.applications import (
    ApplicationShape,
    DispositionReasonShape,
    HistoryQuery,
    MoveShape,
    NewApplication,
    Resume,
)
from tracker.api.shapes.base import Page
from tracker.domain.dispositions import reasons_for
from tracker.domain.moves import MoveKind
from tracker.domain.permissions import Permission, Subject, can
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Outcome
from tracker.files import FileStore
from tracker.models.applications import Application
from tracker.models.jobs import Job, JobQuestion
from tracker.models.moves import Move
from tracker.queries import visible
from tracker.queries.interviews import subject_of
from tracker.services.applications import apply
from tracker.services.candidates import CandidateDetails, find_or_add
from tracker.services.files import attach_file
from tracker.web.access import allow, current_actor, requires, signed_in
from tracker.web.running import config
from tracker.web.transaction import db_session

bp = Blueprint("api_applications", __name__, url_prefix="/api/v1")

_OF_CANDIDATE = {name: f"candidate.{name}" for name in ("name", "email", "phone", "location")}


@bp.post("/applications")
@requires(Permission.APPLICATION_CREATE, writes=True)
@answers(
    ApplicationShape,
    "Put a candidate forward; what is left out is listed as unmet for the first move.",
    status=201,
    body=NewApplication,
)
def create() -> ApplicationShape:
    given = body_of(NewApplication)
    job = _job(given.job_id)
    allow(Permission.APPLICATION_CREATE, Subject(job_id=job.id))
    session, actor = db_session(), current_actor()
    with renamed(_OF_CANDIDATE | {"job": "job_id"}):
        details = CandidateDetails(**given.candidate.model_dump(), profile=given.profile)
        candidate, _ = find_or_add(session, details, actor=actor)
        application = apply(
            session,
            job,
            candidate,
            actor=actor,
            source=given.source,
            consent_notice=(given.consent_notice or "").strip() or None,
            answers=_answers(job, given.answers or {}),
        )
    if given.resume is not None:
        _attach(application, given.resume)
    return application_shape(application)


@bp.get("/applications/<int:application_id>")
@requires(Permission.APPLICATION_READ)
@answers(ApplicationShape, "Where an application stands, and every move from here with what it lacks.")
def show(application_id: int) -> ApplicationShape:
    return application_shape(load_application(application_id))


@bp.get("/applications/<int:application_id>/history")
@requires(Permission.HISTORY_READ)
@answers(Page[MoveShape], "The moves of an application, oldest first.", query=HistoryQuery)
def history(application_id: int) -> Page[MoveShape]:
    application = load_application(application_id, Permission.HISTORY_READ)
    asked = query_of(HistoryQuery)
    rows = select(Move).where(Move.application_id == application.id, Move.version > (asked.after or 0))
    found = db_session().scalars(rows.order_by(Move.version).limit(asked.limit + 1)).all()
    moves = found[: asked.limit]
    subject = subject_of(db_session(), application)
    shows_texts = can(current_actor(), Permission.NOTE_READ, subject)
    after = str(moves[-1].version) if len(found) > asked.limit else None
    return Page(items=move_shapes(moves, shows_texts=shows_texts), next=after)


@bp.get("/disposition-reasons")
@signed_in()
@answers(Page[DispositionReasonShape], "The reasons to close an application with.")
def disposition_reasons() -> Page[DispositionReasonShape]:
    closings = ((MoveKind.REJECT, Outcome.REJECTED), (MoveKind.WITHDRAW, Outcome.WITHDRAWN))
    return Page(
        items=[
            DispositionReasonShape(key=r.key, label=r.label, closes=kind, needs_note=r.needs_note)
            for kind, outcome in closings
            for r in reasons_for(outcome)
        ],
        next=None,
    )


def _job(job_id: int) -> Job:
    job = db_session().scalar(visible.jobs(current_actor()).where(Job.id == job_id))
    if job is None:
        raise RuleBroken("There is no such job, or it is not for you to see.", field="job_id")
    return job


def _answers(job: Job, given: dict[str, str]) -> dict[int, str]:
    """The answers by the id of their question, which may be named by its id or its text."""
    questions = db_session().scalars(select(JobQuestion).where(JobQuestion.job_id == job.id)).all()
    ids = {name: q.id for q in questions for name in (q.text, str(q.id))}
    unknown = [name for name in given if name not in ids]
    if unknown:
        raise RuleBroken("The job does not ask this question.", field=f"answers.{unknown[0]}")
    return {ids[name]: answer for name, answer in given.items()}


def _attach(application: Application, resume: Resume) -> None:
    try:
        data = b64decode(resume.base64, validate=True)
    except (binascii.Error, ValueError):
        raise RuleBroken("This is no base64.", field="resume.base64") from None
    with renamed({"file": "resume"}):
        attach_file(
            db_session(),
            FileStore(config().files_folder),
            application.candidate,
            resume.filename,
            data,
            actor=current_actor(),
            application=application,
        )
