"""Remembering what the columns of a list were taken as."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.candidate_columns import Column, header_fingerprint
from tracker.domain.permissions import ANYTHING, Permission
from tracker.models.list_columns import ListColumns
from tracker.services.permits import require


def remember_columns(
    session: Session, header: Sequence[str], columns: Sequence[Column | None], *, actor: Actor
) -> None:
    """Keep what the actor took the columns of this header as, in the place of what was kept before."""
    require(actor, Permission.CANDIDATE_IMPORT, ANYTHING)
    session.merge(
        ListColumns(
            user_id=actor.id,
            header_sha256=header_fingerprint(header),
            columns=[column or "" for column in columns],
            chosen_at=clock.now(),
        )
    )
    session.flush()
