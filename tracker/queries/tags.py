"""Reads about tags: which a person may read, those of a job, and those of some applications."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission, can
from tracker.models.applications import Application
from tracker.models.tags import ApplicationTag
from tracker.queries import visible
from tracker.queries.by_ids import among, plain_rows
from tracker.queries.interviews import owed_by
from tracker.queries.prepared import prepared

MOST_OFFERED = 50


def tagged(actor: Actor) -> Select[ApplicationTag]:
    """The tags that a person may read: like notes, none where they still owe a scorecard."""
    known = visible.applications(actor, Permission.NOTE_READ).with_only_columns(Application.id)
    return select(ApplicationTag).where(
        ApplicationTag.application_id.in_(known),
        ApplicationTag.application_id.not_in(owed_by(actor.id or 0)),
    )


def with_tag(actor: Actor, name: str) -> Select[int]:
    """The ids of applications that carry this tag, as far as the person may read it."""
    return tagged(actor).with_only_columns(ApplicationTag.application_id).where(ApplicationTag.name == name)


def tags_of(session: Session, ids: Collection[int], actor: Actor) -> dict[int, tuple[str, ...]]:
    """The tags of these applications by id, each in the order of the alphabet; one query."""
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    if not ids:
        return found
    if can(actor, Permission.NOTE_READ):
        rows = _all_tags_of.tuples(session, ids=ids, owing=actor.id or 0)
    else:
        rows = list(map(tuple, plain_rows(session, _of_applications(tagged(actor)), {"ids": list(ids)})))
    for application_id, name in rows:
        found[application_id] += (name,)
    return found


@prepared
def _all_tags_of() -> Select[int, str]:
    """For somebody who reads the tags of every application on which they owe no scorecard."""
    owing = ApplicationTag.application_id.in_(owed_by(bindparam("owing", type_=Integer)))  # type: ignore[arg-type]
    return _of_applications(select(ApplicationTag).where(~owing))


def _of_applications(tags: Select[ApplicationTag]) -> Select[int, str]:
    return (
        tags.with_only_columns(ApplicationTag.application_id, ApplicationTag.name)
        .where(among(ApplicationTag.application_id))
        .order_by(ApplicationTag.name)
    )


def tags_of_job(session: Session, job_id: int, actor: Actor) -> list[str]:
    """The tags in use on the job's applications that the person may read, at most fifty, by name."""
    on_job = select(Application.id).where(Application.job_id == job_id)
    rows = (
        tagged(actor)
        .with_only_columns(ApplicationTag.name)
        .where(ApplicationTag.application_id.in_(on_job))
        .distinct()
        .order_by(ApplicationTag.name)
        .limit(MOST_OFFERED)
    )
    return list(session.scalars(rows))
