"""Reads for comparing the candidates of one job: their latest cards by version of the rubric."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.comparisons import ComparedCandidate, compare
from tracker.domain.competencies import Competency
from tracker.domain.permissions import Permission
from tracker.domain.rubric_documents import rubric_from_document
from tracker.domain.scorecards import Card
from tracker.domain.scorecards import Rating as RatingValue
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.interviews import Interview, InterviewStatus
from tracker.models.jobs import Job
from tracker.models.rubrics import Rubric
from tracker.models.scorecards import Rating, Scorecard
from tracker.queries import visible
from tracker.queries.interviews import owed_by


@dataclass(frozen=True, slots=True)
class ComparedApplication:
    """Whom a comparison speaks of; the name is none once the candidate was erased."""

    id: int
    name: str | None
    stage: Stage
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class VersionComparison:
    """The candidates who were interviewed on one version of the rubric, and its rows."""

    number: int
    is_in_use: bool
    rows: tuple[Competency, ...]
    candidates: tuple[ComparedCandidate[ComparedApplication], ...]


@dataclass(frozen=True, slots=True)
class CountedCard:
    """A card that went into a comparison: whose, and on which application."""

    id: int
    application_id: int
    interviewer_id: int


@dataclass(frozen=True, slots=True)
class JobComparison:
    """The versions, the one in use first, and the applications on which the reader's own card is due.

    Of those nothing else is told, and nothing of theirs is in the scores or ranks.
    """

    versions: tuple[VersionComparison, ...]
    due: tuple[ComparedApplication, ...]
    cards: tuple[CountedCard, ...]


def job_comparison(session: Session, job: Job, *, is_active_only: bool, actor: Actor) -> JobComparison:
    """The interviewed candidates of a job whose debrief the actor may read, in a constant number of queries.

    Each person's latest card of a session counts, as in the debrief. Says nothing of who may open it:
    `read_comparison` does.
    """
    ids = _ids(job, is_active_only=is_active_only, actor=actor)
    owed = set(session.scalars(owed_by(actor.id or 0)))
    people = [ComparedApplication(*row) for row in session.execute(_people(ids))]
    rows = session.execute(_cards(ids)).all()
    interviewed = {row.application_id for row in rows}
    open_rows = [row for row in rows if row.application_id not in owed]
    decks = _decks(open_rows)
    return JobComparison(
        versions=_versions(session, job, people, decks),
        due=tuple(one for one in people if one.id in owed & interviewed),
        cards=_counted(open_rows),
    )


def _ids(job: Job, *, is_active_only: bool, actor: Actor) -> Select[int]:
    found = visible.applications(actor, Permission.DEBRIEF_READ).where(Application.job_id == job.id)
    if is_active_only:
        found = found.where(Application.outcome == Outcome.ACTIVE)
    return found.with_only_columns(Application.id)


def _people(ids: Select[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(Application.id, Candidate.name, Application.stage, Application.outcome)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(Application.id.in_(ids))
        .order_by(Candidate.sort_name, Application.id)
    )


def _cards(ids: Select[int]) -> Select[*tuple[Any, ...]]:
    """A line for each rating that was handed in, and one for a session without any."""
    return (
        select(
            Interview.application_id,
            Interview.rubric_id,
            Interview.id.label("interview_id"),
            Scorecard.id.label("card_id"),
            Scorecard.interviewer_id,
            Rating.competency,
            Rating.value,
        )
        .outerjoin(
            Scorecard, and_(Scorecard.interview_id == Interview.id, Scorecard.submitted_at.is_not(None))
        )
        .outerjoin(Rating, Rating.scorecard_id == Scorecard.id)
        .where(Interview.application_id.in_(ids), Interview.status != InterviewStatus.CANCELLED)
        .order_by(Interview.id, Scorecard.id, Rating.competency)
    )


Decks = Mapping[int, Mapping[int, Sequence[Card]]]
"""The latest cards by rubric version and application; an application without cards yet has an empty deck."""


def _decks(rows: Iterable[Any]) -> Decks:
    found: dict[int, dict[int, dict[tuple[int, int], dict[int, list[RatingValue]]]]] = defaultdict(dict)
    for row in rows:
        deck = found[row.rubric_id].setdefault(row.application_id, {})
        if row.card_id is not None:
            cards = deck.setdefault((row.interviewer_id, row.interview_id), {})
            ratings = cards.setdefault(row.card_id, [])
            if row.competency is not None:
                ratings.append(RatingValue(row.competency, row.value))
    return {
        rubric_id: {
            application_id: [Card(*who, tuple(cards[max(cards)])) for who, cards in deck.items()]
            for application_id, deck in decks.items()
        }
        for rubric_id, decks in found.items()
    }


def _counted(rows: Iterable[Any]) -> tuple[CountedCard, ...]:
    cards = {
        CountedCard(row.card_id, row.application_id, row.interviewer_id): None
        for row in rows
        if row.card_id is not None
    }
    return tuple(cards)


def _versions(
    session: Session, job: Job, people: Collection[ComparedApplication], decks: Decks
) -> tuple[VersionComparison, ...]:
    rubrics = session.execute(
        select(Rubric.id, Rubric.number, Rubric.content).where(Rubric.id.in_(decks))
    ).all()
    found = []
    for rubric in sorted(rubrics, key=lambda one: (one.id != job.rubric_id, -one.number)):
        rows = rubric_from_document(rubric.content).competencies
        on_it = decks[rubric.id]
        cards = {one: on_it[one.id] for one in people if one.id in on_it}
        compared = compare(cards, rows, ratings_needed=job.ratings_required)
        found.append(VersionComparison(rubric.number, rubric.id == job.rubric_id, rows, compared))
    return tuple(found)
