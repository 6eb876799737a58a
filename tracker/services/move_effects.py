"""What follows a move inside the house: offers and sessions end with a closing, and come back by its undo."""

from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.moves import GRACE, UNDO_WINDOW, MoveKind
from tracker.models.applications import Application
from tracker.models.moves import Move
from tracker.models.offers import Offer
from tracker.services.invitations import call_off_with, give_back_sessions
from tracker.services.outbox import recall_messages

_CLOSING = frozenset({MoveKind.REJECT, MoveKind.WITHDRAW, MoveKind.TRANSFER})


def follow_move(session: Session, application: Application, move: Move) -> None:
    """End open offers and sessions to come when an application closes; an undo gives back what it ended."""
    if move.kind in _CLOSING:
        _void_offers(session, application, move)
        # Nobody reads between the lines that they are rejected before they are told.
        waits = UNDO_WINDOW + GRACE if move.kind is MoveKind.REJECT else timedelta(0)
        call_off_with(session, move, clock.now() + waits)
    if move.kind is MoveKind.UNDO:
        _give_back(session, application, move.version - 1)
        give_back_sessions(session, application.id, move.version - 1)


def _void_offers(session: Session, application: Application, move: Move) -> None:
    session.execute(
        update(Offer)
        .where(
            Offer.application_id == application.id,
            Offer.accepted_at.is_(None),
            Offer.declined_at.is_(None),
            Offer.withdrawn_at.is_(None),
            Offer.voided_at.is_(None),
        )
        .values(voided_at=clock.now(), voided_version=move.version)
    )


def _give_back(session: Session, application: Application, undone_version: int) -> None:
    offers = update(Offer).where(Offer.application_id == application.id)
    session.execute(
        offers.where(Offer.voided_version == undone_version).values(voided_at=None, voided_version=None)
    )
    session.execute(
        offers.where(Offer.accepted_version == undone_version).values(accepted_at=None, accepted_version=None)
    )
    recall_messages(session, application.id, undone_version)
