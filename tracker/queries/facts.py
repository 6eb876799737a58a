"""The facts that the rules ask about applications, gathered in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.facts import Facts, LastMove
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application, ApplicationAnswer
from tracker.models.candidates import Candidate
from tracker.models.debriefs import Debrief
from tracker.models.files import FileKind, StoredFile
from tracker.models.jobs import InterviewRound, Job, JobQuestion
from tracker.models.moves import Move
from tracker.models.offers import Offer
from tracker.models.onboarding import OnboardingTask
from tracker.models.references import (
    BackgroundCheck,
    Reference,
    ReferenceResult,
)
from tracker.models.screenings import CallResult, ResumeReview, ScreeningCall
from tracker.queries.by_ids import IDS, named_rows
from tracker.queries.fact_rows import background_facts, debrief_facts, offer_facts
from tracker.queries.interview_facts import independent, interview_sums, rated_rows
from tracker.queries.rubrics import required_rows

_DONE_CALLS = (CallResult.STRONG, CallResult.SUFFICIENT, CallResult.WEAK, CallResult.WAIVED)


def taken_openings(job_id: ColumnElement[int]) -> ColumnElement[int]:
    """How many openings of the job are taken, counted from its applications."""
    other = aliased(Application)
    return (
        select(func.count())
        .select_from(other)
        .where(
            other.job_id == job_id,
            or_(
                other.outcome == Outcome.HIRED,
                and_(other.outcome == Outcome.ACTIVE, other.stage == Stage.ONBOARDING),
            ),
        )
        .scalar_subquery()
    )


def last_return() -> ColumnElement[int]:
    """The version of the application's latest return that was not undone, none if it never returned."""
    undo = aliased(Move)
    undone = exists().where(
        undo.application_id == Move.application_id, undo.version == Move.version + 1, undo.kind == "undo"
    )
    return (
        select(func.max(Move.version))
        .where(Move.application_id == Application.id, Move.kind == "return", ~undone)
        .correlate(Application)
        .scalar_subquery()
    )


def _at(stage: Stage, value: Any) -> ColumnElement[Any]:
    """A value looked up only for applications at this stage; the rest cost nothing."""
    return case((Application.stage == stage, value), else_=None)


def _latest(column: Any, table: Any) -> Any:
    return (
        select(column)
        .where(table.application_id == Application.id)
        .order_by(table.id.desc())
        .limit(1)
        .correlate(Application)
        .scalar_subquery()
    )


def _count(table: Any, *where: Any) -> Any:
    return (
        select(func.count())
        .select_from(table)
        .where(table.application_id == Application.id, *where)
        .correlate(Application)
        .scalar_subquery()
    )


@cache
def _base() -> Select[*tuple[Any, ...]]:
    resume = exists().where(StoredFile.application_id == Application.id, StoredFile.kind == FileKind.RESUME)
    debrief_version = _latest(Debrief.at_version, Debrief)
    offer_number = (
        select(func.max(Offer.number))
        .where(Offer.application_id == Application.id)
        .correlate(Application)
        .scalar_subquery()
    )
    late = Application.stage.in_([Stage.OFFER, Stage.ONBOARDING])
    checked = Application.stage.in_([Stage.REFERENCES, Stage.OFFER, Stage.ONBOARDING])
    return (
        select(
            Application.id,
            Application.job_id,
            Application.stage,
            Application.outcome,
            Application.version,
            Application.consent_notice,
            Job.status.label("job_status"),
            Job.openings,
            Job.references_required,
            Job.ratings_required,
            Job.needs_background_check,
            Job.rubric_id,
            or_(Candidate.email.is_not(None), Candidate.phone.is_not(None)).label("has_contact"),
            _at(Stage.APPLICATION, or_(resume, Candidate.profile.is_not(None))).label("has_resume"),
            _at(Stage.SCREENING, _latest(ResumeReview.passed, ResumeReview)).label("review_passed"),
            _at(Stage.SCREENING, _count(ScreeningCall, ScreeningCall.result.in_(_DONE_CALLS))).label("calls"),
            _at(Stage.INTERVIEW, _latest(Debrief.decision, Debrief)).label("debrief"),
            _at(Stage.INTERVIEW, debrief_version).label("debrief_version"),
            case((late | (Application.stage == Stage.INTERVIEW), last_return()), else_=None).label(
                "returned"
            ),
            _at(Stage.REFERENCES, _count(Reference, Reference.result == ReferenceResult.RECEIVED)).label(
                "references"
            ),
            BackgroundCheck.disclosed_at,
            BackgroundCheck.has_consent,
            BackgroundCheck.result.label("report"),
            BackgroundCheck.assessment,
            BackgroundCheck.wait_until,
            *(column.label(f"offer_{column.key}") for column in _OFFER_COLUMNS),
        )
        .join(Job, Job.id == Application.job_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .outerjoin(BackgroundCheck, and_(checked, BackgroundCheck.application_id == Application.id))
        .outerjoin(Offer, and_(late, Offer.application_id == Application.id, Offer.number == offer_number))
        .where(Application.id.in_(IDS))
    )


_OFFER_COLUMNS = (
    Offer.approved_at,
    Offer.sent_at,
    Offer.accepted_at,
    Offer.accepted_version,
    Offer.declined_at,
    Offer.withdrawn_at,
    Offer.voided_at,
    Offer.expires_at,
    Offer.starts_on,
)


@cache
def _unanswered() -> Select[int, str]:
    answered = exists().where(
        ApplicationAnswer.application_id == Application.id,
        ApplicationAnswer.question_id == JobQuestion.id,
        func.length(func.trim(func.coalesce(ApplicationAnswer.answer, ""))) > 0,
    )
    return (
        select(Application.id, JobQuestion.text)
        .join(JobQuestion, JobQuestion.job_id == Application.job_id)
        .where(Application.id.in_(IDS), JobQuestion.is_required, JobQuestion.retired_at.is_(None), ~answered)
        .order_by(JobQuestion.position)
    )


def _grouped(session: Session, texts: Select[int, str], ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The texts of each application; without ids nothing is asked."""
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for application_id, text in session.execute(texts, {"ids": ids}) if ids else ():
        found[application_id] += (text,)
    return found


@cache
def _open_tasks() -> Select[int, str]:
    return (
        select(OnboardingTask.application_id, OnboardingTask.title)
        .where(
            OnboardingTask.application_id.in_(IDS),
            OnboardingTask.is_required,
            OnboardingTask.done_at.is_(None),
        )
        .order_by(OnboardingTask.position, OnboardingTask.id)
    )


@cache
def _rounds_and_taken() -> Select[*tuple[Any, ...]]:
    planned = (
        select(func.count())
        .select_from(InterviewRound)
        .where(InterviewRound.job_id == Job.id)
        .scalar_subquery()
    )
    return select(Job.id, planned, taken_openings(Job.id)).where(Job.id.in_(IDS))  # type: ignore[arg-type]


@cache
def _last_moves() -> Select[Move]:
    return (
        select(Move)
        .join(Application, and_(Application.id == Move.application_id, Application.version == Move.version))
        .where(Application.id.in_(IDS))
    )


def last_moves(session: Session, ids: Collection[int]) -> dict[int, LastMove]:
    """The latest move of each application, as undo needs it."""
    rows = session.scalars(_last_moves(), {"ids": list(ids)})
    return {
        m.application_id: LastMove(m.kind.value, m.actor, m.recorded_at, m.from_stage, m.from_outcome)
        for m in rows
    }


def gather_facts(
    session: Session, ids: Collection[int], *, now: datetime, with_last_move: bool = True
) -> dict[int, Facts]:
    """The facts of these applications by id; at most nine queries, however many there are.

    Facts of a stage are looked up only for applications that stand in it.
    """
    rows = named_rows(session.execute(_base(), {"ids": list(ids)}))
    at: dict[Stage, list[int]] = defaultdict(list)
    for row in rows:
        at[row.stage].append(row.id)
    job_ids = {row.job_id for row in rows}
    jobs = {job.id: job[1:] for job in session.execute(_rounds_and_taken(), {"ids": list(job_ids)})}
    unanswered = _grouped(session, _unanswered(), at[Stage.APPLICATION])
    interviewed = at[Stage.INTERVIEW]
    interviews = interview_sums(session, interviewed, now) if interviewed else {}
    rated = rated_rows(session, interviewed) if interviewed else {}
    rubric_ids = {row.rubric_id for row in rows if row.stage is Stage.INTERVIEW and row.rubric_id}
    required = required_rows(session, rubric_ids) if rubric_ids else {}
    tasks = _grouped(session, _open_tasks(), at[Stage.ONBOARDING])
    last = last_moves(session, ids) if with_last_move else {}

    def facts(row: Any) -> Facts:
        planned, taken = jobs[row.job_id]
        sums = interviews.get(row.id)
        ratings = rated.get(row.id, {})
        return Facts(
            application_id=row.id,
            job_id=row.job_id,
            stage=row.stage,
            outcome=row.outcome,
            version=row.version,
            job_status=row.job_status,
            openings_free=row.openings - taken,
            last_move=last.get(row.id),
            has_contact_data=bool(row.has_contact),
            has_consent_notice=row.consent_notice is not None,
            has_resume_or_profile=bool(row.has_resume),
            unanswered=unanswered.get(row.id, ()),
            resume_review_passed=row.review_passed,
            is_screening_call_done=bool(row.calls),
            rounds_planned=planned,
            rounds_held=len(sums.rounds) if sums else 0,
            cards_due=sums.due if sums else (),
            cards_expected=sums.expected if sums else 0,
            has_rubric=row.rubric_id is not None,
            under_rated=tuple(
                name
                for key, name in (required.get(row.rubric_id, ()) if row.stage is Stage.INTERVIEW else ())
                if independent(ratings.get(key, set())) < row.ratings_required
            ),
            references_required=row.references_required,
            references_received=row.references or 0,
            open_tasks=tasks.get(row.id, ()),
            **debrief_facts(row),
            **background_facts(row),
            **offer_facts(row, now),
        )

    return {row.id: facts(row) for row in rows}
