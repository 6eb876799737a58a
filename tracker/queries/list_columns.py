"""What somebody took the columns of a list as the last time it had the same ones."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.candidate_columns import OF_APPLICATIONS, Column, header_fingerprint
from tracker.models.list_columns import ListColumns


def remembered_columns(
    session: Session, actor: Actor, header: Sequence[str], *, has_job: bool
) -> tuple[Column | None, ...] | None:
    """What the actor chose for this very header, without what needs an application if there is no job."""
    kept = session.get(ListColumns, (actor.id, header_fingerprint(header)))
    if kept is None or len(kept.columns) != len(header):
        return None
    chosen = [Column(text) if text else None for text in kept.columns]
    return tuple(None if not has_job and one in OF_APPLICATIONS else one for one in chosen)
