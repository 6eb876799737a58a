"""The log of who opened others' scorecards: what each card's independence is told from."""

from sqlalchemy import ColumnElement, exists, insert, literal, select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.models.base import UtcDateTime
from tracker.models.interviews import Interview
from tracker.models.scorecards import Scorecard, ScorecardRead


def note_first_reads(session: Session, which: ColumnElement[bool], *, place: str, actor: Actor) -> None:
    """Note that the actor opened the cards of others, each the first time at a place.

    `which` picks them, of scorecards joined to their sessions. A card that the actor hands in later on one of
    these applications is no longer independent.
    """
    if actor.id is None:
        return
    noted = exists().where(
        ScorecardRead.scorecard_id == Scorecard.id,
        ScorecardRead.reader_id == actor.id,
        ScorecardRead.place == place,
    )
    opened = (
        select(
            Scorecard.id,
            Interview.application_id,
            literal(actor.id),
            literal(clock.now(), UtcDateTime),
            literal(place),
        )
        .join(Interview, Interview.id == Scorecard.interview_id)
        .where(which, Scorecard.interviewer_id != actor.id, Scorecard.submitted_at.is_not(None), ~noted)
        .order_by(Scorecard.id)
    )
    columns = ["scorecard_id", "application_id", "reader_id", "at", "place"]
    session.flush()
    session.execute(insert(ScorecardRead).from_select(columns, opened))
