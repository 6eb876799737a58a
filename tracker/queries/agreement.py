"""Reads about agreement: the original ratings of the applications whose cards the reader may count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.agreement import UNITS, Agreement, Leniency, Mark, Sitting, agreement, leniencies
from tracker.domain.competencies import Competency
from tracker.domain.permissions import Permission, Subject, can
from tracker.domain.rubric_documents import rubric_from_document
from tracker.models.applications import Application
from tracker.models.interviews import Interview, InterviewStatus
from tracker.models.jobs import Job
from tracker.models.rubrics import Rubric
from tracker.models.scorecards import Rating, Scorecard
from tracker.models.users import User
from tracker.queries.interviews import owed_by

MOST_WEAK = 3
BySitting = Mapping[Sitting, Agreement]


@dataclass(frozen=True, slots=True)
class RowAgreement:
    """One row of one rubric version, and how far its raters agree."""

    version: int
    row: Competency
    by_sitting: BySitting

    @property
    def is_low(self) -> bool:
        """Whether panels or separate sessions read it too differently."""
        return any(found.is_low for found in self.by_sitting.values())

    @property
    def worst(self) -> float:
        """The lower alpha of the two sittings, by which weak rows are ordered; undefined ones come last."""
        return min((one.alpha for one in self.by_sitting.values() if one.alpha is not None), default=1.0)


@dataclass(frozen=True, slots=True)
class RaterLeniency:
    """One interviewer beside the others; the list of them is by name, never by size."""

    user_id: int
    name: str
    leniency: Leniency


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """How far the interviewers of some jobs agree, overall, by row of the one job, and by rater."""

    overall: BySitting
    rows: tuple[RowAgreement, ...]
    raters: tuple[RaterLeniency, ...]

    @property
    def weakest(self) -> tuple[RowAgreement, ...]:
        """The rows to look at first, at most three, those with the lowest alpha first."""
        low = sorted((one for one in self.rows if one.is_low), key=lambda one: one.worst)
        return tuple(low[:MOST_WEAK])


def agreement_jobs(session: Session, actor: Actor) -> dict[int, str]:
    """The jobs on whose agreement the actor may read, by title; a job has any once it has a rubric."""
    query = select(Job.id, Job.title).where(_within(actor), Job.rubric_id.is_not(None))
    return {row.id: row.title for row in session.execute(query.order_by(Job.title, Job.id))}


def agreement_report(session: Session, actor: Actor, job_id: int | None = None) -> AgreementReport:
    """How far interviewers agree on the actor's jobs, or on one; rows are told for one job only.

    Counts original cards, never amendments. Applications on which the reader owes a card are left out whole.
    """
    here = _within(actor) if job_id is None else _within(actor) & (Job.id == job_id)
    marks = read_marks(session, original_ratings(actor.id).where(here))
    return AgreementReport(
        overall=_by_sitting(marks),
        rows=() if job_id is None else _rows(session, marks),
        raters=_raters(session, leniencies(marks)),
    )


def own_leniency(session: Session, actor: Actor) -> Leniency | None:
    """How the actor's own ratings lie beside the others', on all jobs; none before anybody shared a row."""
    own = (
        select(Interview.application_id)
        .join(Scorecard, Scorecard.interview_id == Interview.id)
        .where(Scorecard.interviewer_id == actor.id, Scorecard.submitted_at.is_not(None))
    )
    marks = read_marks(session, original_ratings(actor.id).where(Interview.application_id.in_(own)))
    return leniencies(marks).get(actor.id or 0)


def _within(actor: Actor) -> ColumnElement[bool]:
    if can(actor, Permission.AGREEMENT_READ):
        return true()
    own = [id_ for id_ in actor.teams if can(actor, Permission.AGREEMENT_READ, Subject(job_id=id_))]
    found: ColumnElement[bool] = Job.id.in_(sorted(own))
    return found


def original_ratings(reader_id: int | None) -> Select[int, int, int, int, str, int | None]:
    """The ratings of original cards, without applications on which the reader owes a card."""
    return (
        select(
            Interview.application_id,
            Interview.id,
            Scorecard.interviewer_id,
            Interview.rubric_id,
            Rating.competency,
            Rating.value,
        )
        .join(Scorecard, Scorecard.interview_id == Interview.id)
        .join(Rating, Rating.scorecard_id == Scorecard.id)
        .join(Application, Application.id == Interview.application_id)
        .join(Job, Job.id == Application.job_id)
        .where(
            Interview.status != InterviewStatus.CANCELLED,
            Scorecard.submitted_at.is_not(None),
            Scorecard.amends_id.is_(None),
            Rating.value.is_not(None),
            Interview.application_id.not_in(owed_by(reader_id or 0)),
        )
    )


def read_marks(session: Session, query: Select[int, int, int, int, str, int | None]) -> list[Mark]:
    """The marks of such a query; what was not assessed is none."""
    return [
        Mark(application_id, interview_id, rater, (rubric_id, competency), value)
        for application_id, interview_id, rater, rubric_id, competency, value in session.execute(query)
        if value is not None
    ]


def _by_sitting(marks: Sequence[Mark]) -> BySitting:
    return {sitting: agreement(UNITS[sitting](marks)) for sitting in Sitting}


def _rows(session: Session, marks: Iterable[Mark]) -> tuple[RowAgreement, ...]:
    by_row: dict[object, list[Mark]] = {}
    for mark in marks:
        by_row.setdefault(mark.row, []).append(mark)
    versions = {key[0] for key in by_row if isinstance(key, tuple)}
    rubrics = session.execute(
        select(Rubric.id, Rubric.number, Rubric.content)
        .where(Rubric.id.in_(versions))
        .order_by(Rubric.number.desc())
    )
    return tuple(
        RowAgreement(rubric.number, row, _by_sitting(by_row[rubric.id, row.key]))
        for rubric in rubrics
        for row in rubric_from_document(rubric.content).competencies
        if (rubric.id, row.key) in by_row
    )


def _raters(session: Session, found: Mapping[int, Leniency]) -> tuple[RaterLeniency, ...]:
    people = session.execute(
        select(User.id, User.name).where(User.id.in_(found)).order_by(User.name, User.id)
    )
    return tuple(RaterLeniency(user_id, name, found[user_id]) for user_id, name in people)
