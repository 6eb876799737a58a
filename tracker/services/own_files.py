"""Files that candidates hand in on an application of theirs: as many as anybody reads."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor, ActorKind
from tracker.domain.file_formats import HandedIn
from tracker.domain.rules import RuleBroken
from tracker.files import FileStore
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.files import FileKind, StoredFile
from tracker.services.files import attach_handed_in
from tracker.services.standing import lock_known

MOST_OWN_FILES = 20
"""How many files a candidate hands in on one application; what others file about them does not count."""


def hand_in_own_file(
    session: Session,
    store: FileStore,
    candidate: Candidate,
    given: HandedIn,
    *,
    application: Application,
    kind: FileKind,
    actor: Actor,
) -> StoredFile:
    """Keep a file that the candidate hands in on an application of theirs.

    Raises RuleBroken on `file` for one too many, or what is not taken in.
    """
    lock_known(session, application.id)
    own = (
        select(func.count())
        .select_from(StoredFile)
        .where(
            StoredFile.application_id == application.id,
            StoredFile.uploaded_by == ActorKind.CANDIDATE.value,
        )
    )
    if (session.scalar(own) or 0) >= MOST_OWN_FILES:
        raise RuleBroken(
            f"There are {MOST_OWN_FILES} files of yours already, which is the most we take.", field="file"
        )
    return attach_handed_in(session, store, candidate, given, actor=actor, kind=kind, application=application)
