"""Files of an application or a person, as far as the actor may read them."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, func, or_
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.models.applications import Application
from tracker.models.file_texts import FileText
from tracker.models.files import StoredFile
from tracker.models.jobs import Job
from tracker.queries import visible

_MOST_FILES = 200


def files_of_application(
    session: Session, actor: Actor, application: Application
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The files that came with an application and those of the person alone, latest first."""
    of_person = and_(StoredFile.application_id.is_(None), StoredFile.candidate_id == application.candidate_id)
    own = StoredFile.application_id == application.id
    return session.execute(_listed(actor).where(or_(own, of_person))).all()


def files_of_candidate(
    session: Session, actor: Actor, candidate_ids: Collection[int]
) -> Sequence[Row[*tuple[Any, ...]]]:
    """All files of a person's records, each with the job it came for if it came for one, latest first."""
    return session.execute(_listed(actor).where(StoredFile.candidate_id.in_(candidate_ids))).all()


def _listed(actor: Actor) -> Select[*tuple[Any, ...]]:
    whole = visible.whole_files(actor)
    return (
        visible.files(actor)
        .with_only_columns(
            StoredFile.key,
            func.coalesce(StoredFile.content_key, StoredFile.key).label("bytes_key"),
            StoredFile.name,
            StoredFile.kind,
            StoredFile.size,
            StoredFile.media_type,
            StoredFile.created_at,
            Job.title,
            FileText.state,
            FileText.reason,
            StoredFile.id.in_(whole.with_only_columns(StoredFile.id)).label("is_whole"),
        )
        .outerjoin(FileText, FileText.file_id == StoredFile.id)
        .outerjoin(Application, Application.id == StoredFile.application_id)
        .outerjoin(Job, Job.id == Application.job_id)
        .order_by(StoredFile.created_at.desc(), StoredFile.id.desc())
        .limit(_MOST_FILES)
    )
