"""Answers of reports that are kept: having one counted, and what a worker notes of it, step by step."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.deciding import NotPermitted
from tracker.domain.kept_reports import (
    KEPT_FOR,
    LEASE,
    MOST_TRIES,
    NOTED_EVERY,
    RENEWED_EVERY,
    RENEWED_FOR,
    write_told,
)
from tracker.domain.permissions import can_for_some_job
from tracker.domain.reports import Check, Row
from tracker.models.kept_reports import KeptReport
from tracker.queries.kept_reports import (
    Asked,
    Place,
    find_kept,
    is_claimable,
    is_to_be_counted,
)
from tracker.services.leases import in_hand, let_go, take_next


def needs_note(kept: KeptReport | None, asked: Asked) -> bool:
    """Whether there is anything to note of somebody's asking: most of the time they only read."""
    now = clock.now()
    if kept is None or kept.asked_at + NOTED_EVERY <= now:
        return True
    return is_to_be_counted(kept, asked.place, now)


def note_asked(session: Session, asked: Asked, *, is_pressed: bool = False, actor: Actor) -> KeptReport:
    """Note that somebody asks for an answer, and have it counted where there is none or it is out of date.

    Pressed for, it is counted anew in any case. What is waited for already is not counted twice. Raises
    NotPermitted, and ValueError for a report whose answers are never kept.
    """
    outline = asked.outline
    if not can_for_some_job(actor, outline.permission):
        raise NotPermitted("You may not read this report.")
    if not outline.is_kept or outline.is_sensitive:
        raise ValueError(f"answers of {outline.name} are never kept")
    now = clock.now()
    kept = find_kept(session, asked) or _begun(session, asked, now)
    kept.asked_at = now
    if is_to_be_counted(kept, asked.place, now) or (is_pressed and kept.wanted_at is None):
        kept.wanted_at, kept.attempts, kept.has_failed = now, 0, False
    session.flush()
    return kept


def _begun(session: Session, asked: Asked, now: datetime) -> KeptReport:
    kept = KeptReport(key=asked.key, report=asked.outline.name.value, counts=asked.counts, asked_at=now)
    try:
        with session.begin_nested():
            session.add(kept)
    except IntegrityError:
        # Somebody else asked for the same at the same moment.
        return session.scalars(select(KeptReport).where(KeptReport.key == asked.key)).one()
    return kept


def claim_kept(session: Session, worker: str) -> KeptReport | None:
    """Take the answer that was waited for first into this worker's hand for a minute; none if none is.

    One that was left three times is given up.
    """
    waiting = select(KeptReport).where(is_claimable(clock.now())).order_by(KeptReport.wanted_at)
    kept = take_next(session, waiting, worker, LEASE)
    if kept is None:
        return None
    if kept.attempts > MOST_TRIES:
        _give_up(kept)
        session.flush()
        return None
    kept.begun_at = clock.now()
    session.flush()
    return kept


def stay_counting(session: Session, kept_id: int, worker: str) -> bool:
    """Stay in charge of an answer that is being counted; false where it is no longer this worker's."""
    held = KeptReport.id == kept_id, KeptReport.claim == worker
    going_on = update(KeptReport).where(*held).values(lease_ends_at=clock.now() + LEASE)
    return session.scalar(going_on.returning(KeptReport.id)) is not None


def keep_answer(
    session: Session,
    kept_id: int,
    worker: str,
    *,
    outcome: tuple[list[Row], tuple[Check, ...]],
    place: Place,
    as_of: datetime,
    took: float,
) -> bool:
    """Keep what was counted; false where it is in another hand by now, and this is let go of.

    `place` is how far the history was before the first row was read; `took` seconds.
    """
    kept = in_hand(session, KeptReport, kept_id, worker)
    if kept is None:
        return False
    kept.told = write_told(*outcome)
    kept.told_at, kept.counted_at, kept.took = as_of, clock.now(), took
    kept.moves, kept.basis = place.moves, place.basis
    _is_over(kept)
    session.flush()
    return True


def fail_kept(session: Session, kept_id: int, worker: str) -> None:
    """Note that an answer cannot be counted."""
    if (kept := in_hand(session, KeptReport, kept_id, worker)) is not None:
        _give_up(kept)
        session.flush()


def want_anew(session: Session, kept_id: int) -> None:
    """Have an answer counted anew that somebody asked for in the last days."""
    row = KeptReport.id == kept_id, KeptReport.wanted_at.is_(None)
    session.execute(update(KeptReport).where(*row).values(wanted_at=clock.now(), attempts=0))


def renewable(session: Session) -> list[KeptReport]:
    """The answers that are kept up to date: asked for in the last days, and counted more than an hour ago."""
    now = clock.now()
    query = select(KeptReport).where(
        KeptReport.asked_at > now - RENEWED_FOR,
        KeptReport.counted_at <= now - RENEWED_EVERY,
        KeptReport.wanted_at.is_(None),
        KeptReport.has_failed.is_(False),
    )
    return [*session.scalars(query.order_by(KeptReport.id))]


def has_unasked(session: Session) -> bool:
    """Whether there are answers that nobody asked for in two weeks."""
    return session.scalar(select(KeptReport.id).where(_is_unasked()).limit(1)) is not None


def drop_unasked(session: Session) -> int:
    """Remove the answers that nobody asked for in two weeks; how many."""
    gone = session.scalars(delete(KeptReport).where(_is_unasked()).returning(KeptReport.id)).all()
    return len(gone)


def _is_unasked() -> ColumnElement[bool]:
    return KeptReport.asked_at <= clock.now() - KEPT_FOR


def _give_up(kept: KeptReport) -> None:
    kept.has_failed = True
    _is_over(kept)


def _is_over(kept: KeptReport) -> None:
    kept.wanted_at = kept.begun_at = None
    kept.attempts = 0
    let_go(kept)
