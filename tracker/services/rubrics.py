"""Rubrics of jobs: drafted from a framework, edited by people, published by one of them by name."""

from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain import rubrics as rules
from tracker.domain.actors import Actor, ActorKind
from tracker.domain.deciding import NotPermitted
from tracker.domain.frameworks import FrameworkSource, Level
from tracker.domain.names import clean_text
from tracker.domain.permissions import Permission, Subject
from tracker.domain.rubric_writing import empty_rubric, no_framework
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.domain.stages import JobStatus
from tracker.models.applications import Application
from tracker.models.frameworks import FrameworkRow
from tracker.models.interviews import Interview
from tracker.models.jobs import Job
from tracker.models.rubrics import RUBRIC_STATUS_LABELS, Rubric, RubricStatus
from tracker.places import law_of
from tracker.queries.frameworks import read_framework
from tracker.services.audit import record
from tracker.services.jobs import lock_job
from tracker.services.permits import require


def generate_rubric_draft(
    session: Session,
    job: Job,
    framework_row: FrameworkRow,
    *,
    actor: Actor,
    target_level: Level | None = None,
    target_reason: str | None = None,
) -> Rubric:
    """Draft a rubric for the job from a framework, at the level given or that of its seniority and job zone.

    Raises RuleBroken on `target_level` where the level must be asked and not guessed.
    """
    _require_of_job(actor, Permission.RUBRIC_EDIT, job)
    framework = read_framework(framework_row)
    reason = clean_text(target_reason or "", "The reason", "target_reason", longest=2_000) or None
    generated = rules.generate_rubric(framework, target_level=target_level, seniority=job.seniority)
    document = rules.rubric_as_document(generated, framework)
    draft = Rubric(
        framework_id=framework_row.id,
        title=framework.title,
        content=document,
        generated=document,
        target_set_by=actor.key if target_level else None,
        target_reason=reason,
    )
    _add_draft(session, job, draft, actor)
    record(session, "rubric:generate", draft, actor=actor, framework_id=framework_row.id)
    return draft


def begin_rubric(session: Session, job: Job, *, target_level: Level, actor: Actor) -> Rubric:
    """Begin an empty draft for the job, to be written by hand; its target level is the actor's choice."""
    _require_of_job(actor, Permission.RUBRIC_EDIT, job)
    source = no_framework(job.soc or "", job.title)
    document = rules.rubric_as_document(empty_rubric(target_level), source)
    draft = Rubric(framework_id=None, title=job.title, content=document, target_set_by=actor.key)
    _add_draft(session, job, draft, actor)
    record(session, "rubric:begin", draft, actor=actor)
    return draft


def copy_rubric(session: Session, job: Job, rubric: Rubric, *, actor: Actor) -> Rubric:
    """Begin a draft for the job with the content of another job's rubric, which stays as it is.

    Raises NotPermitted for one that the actor may not read, RuleBroken on `rubric_id` for a draft.
    """
    _require_of_job(actor, Permission.RUBRIC_EDIT, job)
    require(actor, Permission.RUBRIC_READ, Subject(job_id=rubric.job_id))
    if rubric.status is RubricStatus.DRAFT:
        raise RuleBroken("Copy what somebody has published: a draft may still change.", field="rubric_id")
    draft = Rubric(
        framework_id=rubric.framework_id,
        title=rubric.title,
        content=rubric.content,
        generated=rubric.content,
        target_set_by=actor.key,
    )
    _add_draft(session, job, draft, actor)
    record(session, "rubric:copy", draft, actor=actor, from_id=rubric.id)
    return draft


def new_version(session: Session, rubric: Rubric, *, actor: Actor) -> Rubric:
    """Begin a draft with the content of a published or retired version. Raises RuleBroken for a draft."""
    job = session.get_one(Job, rubric.job_id)
    _require_of_job(actor, Permission.RUBRIC_EDIT, job)
    if rubric.status is RubricStatus.DRAFT:
        raise RuleBroken("This version is still a draft: edit it as it is.", field="status")
    draft = Rubric(
        framework_id=rubric.framework_id,
        title=rubric.title,
        content=rubric.content,
        generated=rubric.generated,
        target_set_by=rubric.target_set_by,
        target_reason=rubric.target_reason,
    )
    _add_draft(session, job, draft, actor)
    record(session, "rubric:new_version", draft, actor=actor, from_id=rubric.id)
    return draft


def edit_draft(
    session: Session,
    rubric: Rubric,
    change: Callable[[rules.Rubric], rules.Rubric],
    name: str,
    *,
    edits: int,
    actor: Actor,
) -> Rubric:
    """Apply one edit to a draft that the actor saw after `edits` edits; `name` is its name in the audit log.

    Raises ChangedMeanwhile if somebody edited it since, RuleBroken if it is no draft or the edit may not be.
    """
    require_editor(session, rubric, actor=actor)
    _lock_draft(session, rubric, edits)
    changed = change(rules.rubric_from_document(rubric.content))
    rubric.content = rules.rubric_as_document(changed, source_of(rubric))
    rubric.edits += 1
    session.flush()
    record(session, f"rubric:{name}", rubric, actor=actor, edits=rubric.edits)
    return rubric


def publish_rubric(session: Session, rubric: Rubric, *, edits: int, actor: Actor) -> Rubric:
    """Publish a draft by name, as the actor saw it after `edits` edits; its content never changes again.

    The job's interviews are scored on it if they have no version yet, or while none has been scheduled.
    Raises NotPermitted for who is no named person, RuleBroken for what cannot be published, ChangedMeanwhile.
    """
    job = session.get_one(Job, rubric.job_id)
    _require_of_job(actor, Permission.RUBRIC_PUBLISH, job)
    if actor.kind is not ActorKind.USER or actor.id is None:
        raise NotPermitted("A rubric is published by a named person.")
    lock_job(session, job)
    _lock_draft(session, rubric, edits)
    rules.check_publishable(rules.rubric_from_document(rubric.content), jurisdiction=law_of(job.jurisdiction))
    rubric.content_hash = rules.document_hash(rubric.content)
    rubric.published_at, rubric.published_by_id = clock.now(), actor.id
    rubric.status = RubricStatus.PUBLISHED
    # Before the job: the database lets a job pin only what is published.
    session.flush()
    if job.rubric_id is None or not _has_interviews(session, job):
        job.rubric_id = rubric.id
        session.flush()
    record(session, "rubric:publish", rubric, actor=actor, content_hash=rubric.content_hash)
    return rubric


def retire_rubric(session: Session, rubric: Rubric, *, actor: Actor) -> Rubric:
    """Take a published version out of use. Raises RuleBroken for one that a running job is scored on."""
    job = session.get_one(Job, rubric.job_id)
    _require_of_job(actor, Permission.RUBRIC_PUBLISH, job)
    lock_job(session, job)
    session.refresh(rubric, with_for_update=True)
    if rubric.status is not RubricStatus.PUBLISHED:
        label = RUBRIC_STATUS_LABELS[rubric.status].lower()
        raise RuleBroken(f"Only a published rubric is retired; this one is {label}.", field="status")
    if job.rubric_id == rubric.id and job.status not in (JobStatus.FILLED, JobStatus.CLOSED):
        raise RuleBroken("The job's interviews are scored on this version.", field="status")
    rubric.status, rubric.retired_at = RubricStatus.RETIRED, clock.now()
    session.flush()
    record(session, "rubric:retire", rubric, actor=actor)
    return rubric


def require_editor(session: Session, rubric: Rubric, *, actor: Actor) -> None:
    """Let only those go on who may edit the rubrics of its job. Raises NotPermitted."""
    _require_of_job(actor, Permission.RUBRIC_EDIT, session.get_one(Job, rubric.job_id))


def _require_of_job(actor: Actor, permission: Permission, job: Job) -> None:
    subject = Subject(job_id=job.id)
    require(actor, Permission.JOB_READ, subject)
    require(actor, permission, subject)


def _add_draft(session: Session, job: Job, draft: Rubric, actor: Actor) -> None:
    lock_job(session, job)
    last = session.scalar(select(func.max(Rubric.number)).where(Rubric.job_id == job.id)) or 0
    draft.job_id, draft.number = job.id, last + 1
    draft.status, draft.edits = RubricStatus.DRAFT, 0
    draft.created_at, draft.created_by = clock.now(), actor.key
    session.add(draft)
    session.flush()


def _lock_draft(session: Session, rubric: Rubric, edits: int) -> None:
    session.refresh(rubric, with_for_update=True)
    if rubric.status is not RubricStatus.DRAFT:
        raise RuleBroken("A published rubric never changes: begin a new version.", field="status")
    if rubric.edits != edits:
        raise ChangedMeanwhile("Somebody edited this draft since you opened it: look at it again first.")


def source_of(rubric: Rubric) -> FrameworkSource:
    """The framework that the rubric's statements are taken from, as it is kept with them."""
    kept = rubric.content["framework"]
    return FrameworkSource(**{name: kept[name] for name in FrameworkSource.__slots__})


def _has_interviews(session: Session, job: Job) -> bool:
    held = select(Interview.id).join(Application, Application.id == Interview.application_id)
    return session.scalar(held.where(Application.job_id == job.id).limit(1)) is not None
