"""Scorecards: drafting one's own card, handing it in, amending it, and opening others' cards."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.deciding import NotPermitted
from tracker.domain.permissions import Permission, can
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.domain.scorecards import (
    HIGHEST_RATING,
    LONGEST_EVIDENCE,
    LOWEST_RATING,
    Rating,
    Recommendation,
    check_scorecard,
)
from tracker.domain.stages import Stage
from tracker.domain.texts import written, written_or_none
from tracker.models.applications import Application
from tracker.models.interviews import Interview, InterviewStatus
from tracker.models.scorecards import Rating as RatingRow
from tracker.models.scorecards import Scorecard, ScorecardRead
from tracker.queries.interviews import interview_subject, subject_of
from tracker.queries.scorecards import own_card, session_rows, visible_cards
from tracker.services.audit import record
from tracker.services.permits import require
from tracker.services.practices import check_practised
from tracker.services.standing import lock_in_stage, lock_known


class DraftChanged(ChangedMeanwhile):
    """The draft was saved elsewhere since this person opened it; `card` is the draft as it stands."""

    def __init__(self, card: Scorecard) -> None:
        super().__init__("Your draft was saved somewhere else since you opened it here.")
        self.card = card


def save_draft(
    session: Session,
    interview: Interview,
    *,
    ratings: Sequence[Rating],
    recommendation: Recommendation | None = None,
    summary: str | None = None,
    seen_version: int | None = None,
    actor: Actor,
) -> Scorecard:
    """Keep the actor's own card as far as written; `seen_version` is the draft version seen, 0 for none.

    Raises DraftChanged where another version was saved meanwhile, RuleBroken at `ratings.KEY.value` and
    `.evidence`, and for a card already handed in.
    """
    interviewer_id = _lock_own(session, interview, actor)
    card = own_card(session, interview.id, interviewer_id)
    if card is None:
        card = _new_card(session, interview, interviewer_id)
    else:
        session.refresh(card)
        _refuse_submitted(card)
        if seen_version is not None and seen_version != card.draft_version:
            raise DraftChanged(card)
        card.draft_version += 1
    _write(session, card, interview, ratings, recommendation, summary)
    record(session, "scorecard:draft", card, actor=actor, application_id=interview.application_id)
    return card


def submit_scorecard(
    session: Session,
    interview: Interview,
    *,
    ratings: Sequence[Rating],
    recommendation: Recommendation | None,
    summary: str | None = None,
    seen_version: int | None = None,
    actor: Actor,
) -> Scorecard:
    """Hand in the actor's own card once the session has begun; from here on it never changes.

    Every competency of the session is rated or marked not assessed, with evidence for each rating. Nothing
    else changes with it, so nobody who still owes a card can tell from the session that this one is in.
    Raises DraftChanged, NotPermitted, and RuleBroken at `ratings.KEY.value`, `.evidence` or `recommendation`.
    """
    card = save_draft(
        session,
        interview,
        ratings=ratings,
        recommendation=recommendation,
        summary=summary,
        seen_version=seen_version,
        actor=actor,
    )
    check_scorecard(ratings, recommendation, session_rows(interview))
    check_practised(session, interview, actor=actor)
    if not interview.has_begun(clock.now()):
        raise RuleBroken(
            "The session is still to come: the card stays a draft until it begins, or is marked as held."
        )
    card.submitted_at = clock.now()
    session.flush()
    record(session, "scorecard:submit", card, actor=actor, application_id=interview.application_id)
    return card


def amend_scorecard(
    session: Session,
    original: Scorecard,
    *,
    ratings: Sequence[Rating],
    recommendation: Recommendation | None,
    summary: str | None = None,
    reason: str,
    actor: Actor,
) -> Scorecard:
    """Put a corrected card beside the actor's own original, with the reason; the original stays as it was.

    Raises NotPermitted for another person's card, RuleBroken as handing in does, or at `reason`.
    """
    interview = original.interview
    interviewer_id = _lock_own(session, interview, actor)
    if original.interviewer_id != interviewer_id:
        raise NotPermitted("Only the person who wrote a scorecard amends it.")
    if original.submitted_at is None or original.amends_id is not None:
        raise RuleBroken("Amend the card that was handed in; a draft is simply changed.")
    kept = written(reason, "Say why the scorecard is amended.")
    check_scorecard(ratings, recommendation, session_rows(interview))
    card = _new_card(session, interview, interviewer_id)
    card.amends_id, card.amendment_reason = original.id, kept
    _write(session, card, interview, ratings, recommendation, summary)
    card.submitted_at = clock.now()
    session.flush()
    record(session, "scorecard:amend", card, actor=actor, application_id=interview.application_id)
    return card


def read_others_cards(
    session: Session, application: Application, *, actor: Actor, place: str
) -> list[Scorecard]:
    """Open the cards that the actor may see; each of somebody else's leaves a row: who read it, and where.

    Raises NotPermitted before the actor's own cards are in, saying no more than that.
    """
    subject = subject_of(session, application)
    if actor.id in subject.owes_card:
        raise NotPermitted("Your scorecard is due: hand it in first.")
    require(actor, Permission.SCORECARD_READ_OTHERS, subject)
    cards = visible_cards(session, application, actor=actor)
    others = [card for card in cards if card.interviewer_id != actor.id]
    now = clock.now()
    session.add_all(
        ScorecardRead(
            scorecard_id=card.id, application_id=application.id, reader_id=actor.id, at=now, place=place
        )
        for card in others
    )
    if others:
        record(session, "scorecard:read_others", application, actor=actor, application_id=application.id)
    session.flush()
    return cards


def _lock_own(session: Session, interview: Interview, actor: Actor) -> int:
    """The actor's user id, if they sit on the panel of a session that was not cancelled, and it is locked."""
    if not can(actor, Permission.SCORECARD_SUBMIT, interview_subject(session, interview)) or actor.id is None:
        raise NotPermitted("Only the panel of a session writes scorecards for it.")
    if interview.status is InterviewStatus.CANCELLED or interview.has_begun(clock.now()):
        # A session that was held may be written up late, wherever the application has gone since.
        lock_known(session, interview.application_id)
    else:
        lock_in_stage(session, interview.application_id, {Stage.INTERVIEW}, "A scorecard")
    session.refresh(interview)
    if interview.status is InterviewStatus.CANCELLED:
        raise RuleBroken("This session was cancelled; it has no scorecards.")
    return actor.id


def _refuse_submitted(card: Scorecard) -> None:
    if card.submitted_at is not None:
        raise RuleBroken("This scorecard was handed in and no longer changes; amend it with a reason.")


def _new_card(session: Session, interview: Interview, interviewer_id: int) -> Scorecard:
    now = clock.now()
    card = Scorecard(
        interview_id=interview.id,
        interviewer_id=interviewer_id,
        created_at=now,
        saved_at=now,
        draft_version=1,
        ratings=[],
    )
    session.add(card)
    return card


def _write(
    session: Session,
    card: Scorecard,
    interview: Interview,
    ratings: Sequence[Rating],
    recommendation: Recommendation | None,
    summary: str | None,
) -> None:
    kept = {row.competency: row for row in card.ratings}
    seen = set[str]()
    with session.no_autoflush:
        for rating in ratings:
            evidence = _checked_rating(rating, interview, seen)
            seen.add(rating.competency)
            row = kept.get(rating.competency)
            if row is None:
                row = RatingRow(competency=rating.competency)
                card.ratings.append(row)
            row.value, row.evidence = rating.value, evidence
        card.ratings = [row for row in card.ratings if row.competency in seen]
        card.recommendation = recommendation
        card.summary = written_or_none(summary, field="summary")
        card.saved_at = clock.now()
    session.flush()


def _checked_rating(rating: Rating, interview: Interview, seen: set[str]) -> str | None:
    field = f"ratings.{rating.competency}.value"
    value = rating.value
    if rating.competency not in interview.competencies:
        raise RuleBroken("This row is not part of the session.", field=field)
    if rating.competency in seen:
        raise RuleBroken("A competency is rated once per card.", field=field)
    if value is not None and (type(value) is not int or not LOWEST_RATING <= value <= HIGHEST_RATING):
        raise RuleBroken("A rating is 0 to 4, or not assessed.", field=field)
    evidence = f"ratings.{rating.competency}.evidence"
    return written_or_none(rating.evidence, field=evidence, longest=LONGEST_EVIDENCE)
