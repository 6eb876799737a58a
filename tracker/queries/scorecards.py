"""Reads about scorecards: which cards a person may see, and what the cards of a candidate add up to."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from tracker.domain.actors import Actor
from tracker.domain.competencies import Competency
from tracker.domain.permissions import Permission, can
from tracker.domain.rubric_documents import rubric_from_document
from tracker.domain.scorecards import CandidateScore, Card, Rating, aggregate
from tracker.models.applications import Application
from tracker.models.interviews import Interview, InterviewStatus, PanelMember
from tracker.models.jobs import Job
from tracker.models.rubrics import Rubric
from tracker.models.scorecards import Scorecard, ScorecardRead
from tracker.queries.interviews import subject_of


def own_card(session: Session, interview_id: int, user_id: int) -> Scorecard | None:
    """The person's original card for a session, draft or handed in; none if they have not begun."""
    return session.scalar(
        select(Scorecard).where(
            Scorecard.interview_id == interview_id,
            Scorecard.interviewer_id == user_id,
            Scorecard.amends_id.is_(None),
        )
    )


def submitted_cards(session: Session, application_id: int) -> Sequence[Scorecard]:
    """Every card handed in on an application, amendments as cards of their own, in the order of handing in.

    Says nothing of who may see them: `visible_cards` does.
    """
    return session.scalars(
        select(Scorecard)
        .join(Interview, Interview.id == Scorecard.interview_id)
        .options(joinedload(Scorecard.interviewer), contains_eager(Scorecard.interview))
        .where(
            Interview.application_id == application_id,
            Interview.status != InterviewStatus.CANCELLED,
            Scorecard.submitted_at.is_not(None),
        )
        .order_by(Scorecard.submitted_at, Scorecard.id)
    ).all()


def visible_cards(session: Session, application: Application, *, actor: Actor) -> list[Scorecard]:
    """The cards handed in that a person may see: their own, and others' once they owe none themselves.

    Recruiters, HR and the hiring manager of the job see all; other interviewers those of their own sessions.
    """
    cards = submitted_cards(session, application.id)
    subject = subject_of(session, application)
    if can(actor, Permission.DEBRIEF_READ, subject):
        return list(cards)
    sat = set[int]()
    if can(actor, Permission.SCORECARD_READ_OTHERS, subject):
        sat = set(session.scalars(select(PanelMember.interview_id).where(PanelMember.user_id == actor.id)))
    return [card for card in cards if card.interviewer_id == actor.id or card.interview_id in sat]


def latest_cards(cards: Iterable[Scorecard]) -> list[Scorecard]:
    """The latest card of each person and session, as the debrief reads them: amended where amended."""
    latest = {(card.interview_id, card.interviewer_id): card for card in sorted(cards, key=lambda c: c.id)}
    return list(latest.values())


def card_values(card: Scorecard) -> Card:
    """A card as the rules of scoring read it."""
    ratings = tuple(Rating(row.competency, row.value, row.evidence or "") for row in card.ratings)
    return Card(card.interviewer_id, card.interview_id, ratings, card.recommendation)


def session_rows(interview: Interview) -> tuple[Competency, ...]:
    """The competencies that a session rates, in the order of its rubric version."""
    rubric = rubric_from_document(interview.rubric.content)
    return tuple(row for row in rubric.competencies if row.key in interview.competencies)


def debrief_score(session: Session, application: Application) -> CandidateScore | None:
    """What the latest cards of a candidate add up to on the job's rubric, none while the job has no rubric.

    For people who may read the debrief; everyone else's eyes are kept off by DEBRIEF_READ.
    """
    job = session.get_one(Job, application.job_id)
    rubric = session.get(Rubric, job.rubric_id) if job.rubric_id is not None else None
    if rubric is None:
        return None
    cards = [card_values(card) for card in latest_cards(submitted_cards(session, application.id))]
    rows = rubric_from_document(rubric.content).competencies
    return aggregate(cards, rows, ratings_needed=job.ratings_required)


def independence(session: Session, application_id: int, cards: Iterable[Scorecard]) -> dict[int, bool]:
    """Of each card, by id, whether it was handed in before its interviewer opened anybody else's there."""
    opened = dict(
        session.execute(
            select(ScorecardRead.reader_id, func.min(ScorecardRead.at))
            .where(ScorecardRead.application_id == application_id)
            .group_by(ScorecardRead.reader_id)
        ).all()
    )
    return {
        card.id: card.interviewer_id not in opened
        or (card.submitted_at is not None and card.submitted_at < opened[card.interviewer_id])
        for card in cards
    }


def own_cards(session: Session, interview_id: int, user_id: int) -> Sequence[Scorecard]:
    """All that the person handed in for a session: the original, then its amendments in their order."""
    return session.scalars(
        select(Scorecard)
        .where(
            Scorecard.interview_id == interview_id,
            Scorecard.interviewer_id == user_id,
            Scorecard.submitted_at.is_not(None),
        )
        .order_by(Scorecard.id)
    ).all()
