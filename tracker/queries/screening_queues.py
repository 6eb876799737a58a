"""A job's screening queue: the applications in Screening whose résumé nobody reviewed, oldest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.file_texts import FileText
from tracker.models.files import FileKind, StoredFile
from tracker.models.jobs import Job
from tracker.models.screenings import ResumeReview, ScreeningCall
from tracker.models.users import User
from tracker.queries import visible

_MOST_RESUMES = 5


def waits_for_review() -> ColumnElement[bool]:
    """Whether an application stands in Screening and waits for its résumé review, if the job asks for one."""
    return and_(
        Application.outcome == Outcome.ACTIVE,
        Application.stage == Stage.SCREENING,
        ~exists().where(ResumeReview.application_id == Application.id),
        _is_asked(Job.needs_resume_review),
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where an application stands in the queue: `position` counts from one among `total` that wait."""

    position: int
    total: int
    previous_id: int | None
    next_id: int | None


class Ahead(NamedTuple):
    """What is left in a job's Screening: to review, to call, and reviewed as not passing but still open."""

    waiting: int
    to_call: int
    not_passed: int


def first_in_queue(session: Session, job_id: int, actor: Actor) -> int | None:
    """The application that waits longest for its résumé review; none where no one waits."""
    first: int | None = session.scalar(_ids(job_id, actor).order_by(*_order()).limit(1))
    return first


def place_of(session: Session, application: Application, actor: Actor) -> Place:
    """The place in the job's queue, and the neighbours there; three queries, however many wait."""
    here = (application.stage_entered_at, application.id)
    is_before = _compared(here, is_before=True)
    waiting = _ids(application.job_id, actor)
    counted = waiting.with_only_columns(func.count(), func.count(case((is_before, 1))))
    total, before = session.execute(counted).one()
    entered, number = (column.desc() for column in _order())
    return Place(
        position=before + 1,
        total=total,
        previous_id=session.scalar(waiting.where(is_before).order_by(entered, number).limit(1)),
        next_id=session.scalar(waiting.where(_compared(here, is_before=False)).order_by(*_order()).limit(1)),
    )


def what_is_ahead(session: Session, job_id: int, actor: Actor) -> Ahead:
    """How many of a job's applications in Screening wait for the review, for the call, for being closed."""
    reviews = (
        select(ResumeReview.passed)
        .where(ResumeReview.application_id == Application.id)
        .order_by(ResumeReview.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    has_call = exists().where(ScreeningCall.application_id == Application.id)
    rows = visible.applications(actor, Permission.SCREENING_RECORD).where(
        Application.job_id == job_id,
        Application.outcome == Outcome.ACTIVE,
        Application.stage == Stage.SCREENING,
    )
    needs_review, needs_call = _is_asked(Job.needs_resume_review), _is_asked(Job.needs_screening_call)
    is_reviewed = or_(reviews.is_(True), and_(reviews.is_(None), ~needs_review))
    kinds = (
        and_(reviews.is_(None), needs_review),
        and_(is_reviewed, ~has_call, needs_call),
        reviews.is_(False),
    )
    counts = (func.count(case((kind, 1))) for kind in kinds)
    return Ahead._make(session.execute(rows.with_only_columns(*counts)).one())


def queued_application(
    session: Session, job_id: int, application_id: int, actor: Actor
) -> Application | None:
    """An application of this job that the actor may screen, with its candidate; none where there is none."""
    rows = visible.applications(actor, Permission.SCREENING_RECORD).where(
        Application.id == application_id, Application.job_id == job_id
    )
    return session.scalar(rows.options(joinedload(Application.candidate), joinedload(Application.job)))


def resumes_of(session: Session, application: Application, actor: Actor) -> Sequence[tuple[Any, Any]]:
    """The résumés handed in with an application or by the person, latest first: (file, its text or none)."""
    of_person = and_(StoredFile.application_id.is_(None), StoredFile.candidate_id == application.candidate_id)
    rows: Select[Any] = (
        visible.files(actor)
        .add_columns(FileText)
        .outerjoin(FileText, FileText.file_id == StoredFile.id)
        .where(
            StoredFile.kind == FileKind.RESUME,
            or_(StoredFile.application_id == application.id, of_person),
        )
        .order_by(StoredFile.created_at.desc(), StoredFile.id.desc())
        .limit(_MOST_RESUMES)
    )
    return [(file, text) for file, text in session.execute(rows)]


def latest_review(session: Session, application_id: int) -> tuple[ResumeReview, str] | None:
    """The review that counts, and the name of who made it; none where there is no review."""
    found = session.execute(
        select(ResumeReview, User.name)
        .outerjoin(User, User.id == ResumeReview.reviewer_id)
        .where(ResumeReview.application_id == application_id)
        .order_by(ResumeReview.id.desc())
        .limit(1)
    ).one_or_none()
    return (found[0], found[1] or "the system") if found else None


def waiting_by_job(whose: ColumnElement[bool]) -> Select[Any]:
    """Jobs with applications that wait for their résumé review: how many, and since when the oldest does."""
    since = func.min(Application.stage_entered_at).label("at")
    return (
        select(Job.id, Job.title.label("name"), Job.department.label("title"), since)
        .add_columns(func.count().label("detail"))
        .join(Application, Application.job_id == Job.id)
        .where(whose, waits_for_review())
        .group_by(Job.id, Job.title, Job.department)
        .order_by(since, Job.id)
    )


def _is_asked(column: Any) -> ColumnElement[bool]:
    """Whether the application's job asks for this, in whatever query of applications and jobs it stands."""
    job = aliased(Job)
    return exists().where(job.id == Application.job_id, getattr(job, column.key))


def _ids(job_id: int, actor: Actor) -> Select[Any]:
    rows = visible.applications(actor, Permission.SCREENING_RECORD).where(
        Application.job_id == job_id, waits_for_review()
    )
    return rows.with_only_columns(Application.id)


def _order() -> tuple[Any, Any]:
    return Application.stage_entered_at, Application.id


def _compared(here: tuple[Any, int], *, is_before: bool) -> ColumnElement[bool]:
    entered, number = _order()
    if is_before:
        return or_(entered < here[0], and_(entered == here[0], number < here[1]))
    return or_(entered > here[0], and_(entered == here[0], number > here[1]))
