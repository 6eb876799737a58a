"""The same change to several applications: each for itself, each with its answer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission, Subject
from tracker.domain.rules import RuleBroken
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.models.users import User
from tracker.services.assignments import assign_recruiter
from tracker.services.audit import record
from tracker.services.permits import require
from tracker.services.tags import add_tags, remove_tag


@dataclass(frozen=True, slots=True)
class BulkChange:
    """What became of one application of a change to several: done, or why not."""

    application_id: int
    error: RuleBroken | None


def tag_many(
    session: Session, applications: Iterable[Application], names: Sequence[str], *, actor: Actor
) -> list[BulkChange]:
    """Put these tags on several applications; one no stops no other."""
    return change_each(session, applications, lambda one: add_tags(session, one, names, actor=actor))


def untag_many(
    session: Session, applications: Iterable[Application], names: Sequence[str], *, actor: Actor
) -> list[BulkChange]:
    """Take these tags off several applications; those that carry none of them are done as they are."""
    return change_each(
        session, applications, lambda one: [remove_tag(session, one, name, actor=actor) for name in names]
    )


def assign_many(
    session: Session, applications: Iterable[Application], recruiter: User | None, *, actor: Actor
) -> list[BulkChange]:
    """Give several applications to one recruiter, or to nobody; one no stops no other."""
    return change_each(
        session, applications, lambda one: assign_recruiter(session, one, recruiter, actor=actor)
    )


def record_list(session: Session, job: Job, ids: Sequence[int], *, actor: Actor) -> None:
    """Note that the actor takes a list of these applications away. Raises NotPermitted."""
    require(actor, Permission.REPORT_EXPORT, Subject(job_id=job.id))
    record(session, "application:export", job, actor=actor, format="csv", applications=sorted(ids))


def change_each(
    session: Session, applications: Iterable[Application], deed: Callable[[Application], object]
) -> list[BulkChange]:
    """Do the same to several applications, in one order; one no stops no other."""
    results = []
    # Jobs before applications, both in one order: two people's changes wait for each other, never for ever.
    for application in sorted(applications, key=lambda a: (a.job_id, a.id)):
        application_id = application.id
        try:
            with session.begin_nested():
                deed(application)
            results.append(BulkChange(application_id, None))
        except RuleBroken as error:
            session.expire(application)
            results.append(BulkChange(application_id, error))
    return results
