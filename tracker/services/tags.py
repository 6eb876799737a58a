"""Tagging applications, and taking tags off again."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission, Subject
from tracker.domain.rules import RuleBroken
from tracker.domain.tags import MOST_TAGS
from tracker.models.applications import Application
from tracker.models.tags import ApplicationTag
from tracker.services.audit import record
from tracker.services.permits import require
from tracker.services.standing import lock_known


def add_tags(
    session: Session, application: Application, names: Sequence[str], *, actor: Actor
) -> tuple[str, ...]:
    """Put tags on an application; gives back those that are new on it.

    Raises RuleBroken at `tag` if they are more than it carries.
    """
    require(actor, Permission.TAG_SET, Subject(job_id=application.job_id))
    lock_known(session, application.id)
    present = set(
        session.scalars(select(ApplicationTag.name).where(ApplicationTag.application_id == application.id))
    )
    fresh = tuple(name for name in names if name not in present)
    if len(present) + len(fresh) > MOST_TAGS:
        raise RuleBroken(f"An application carries at most {MOST_TAGS} tags.", field="tag")
    now = clock.now()
    session.add_all(
        ApplicationTag(application_id=application.id, name=name, added_at=now, added_by=actor.key)
        for name in fresh
    )
    session.flush()
    if fresh:
        record(session, "tag:add", application, actor=actor, application_id=application.id, tags=len(fresh))
    return fresh


def remove_tag(session: Session, application: Application, name: str, *, actor: Actor) -> bool:
    """Take a tag off an application; whether it was there."""
    require(actor, Permission.TAG_SET, Subject(job_id=application.job_id))
    lock_known(session, application.id)
    mine = (ApplicationTag.application_id == application.id) & (ApplicationTag.name == name)
    was_there = bool(session.scalar(select(func.count()).select_from(ApplicationTag).where(mine)))
    if was_there:
        session.execute(delete(ApplicationTag).where(mine))
        record(session, "tag:remove", application, actor=actor, application_id=application.id, tags=1)
    return was_there
