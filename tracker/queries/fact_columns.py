"""What the facts of applications are read from: columns of one row each, and what is asked of a job.

Constants stand in the text of a statement: it is sent at every board, and nothing is bound again and again.
"""

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    and_,
    case,
    cast,
    exists,
    func,
    literal_column,
    not_,
    null,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from tracker.domain.moves import MoveKind
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.debriefs import Debrief
from tracker.models.files import FileKind, StoredFile
from tracker.models.jobs import InterviewRound, Job, JobQuestion
from tracker.models.moves import Move
from tracker.models.offer_approvals import OfferApprovalStep
from tracker.models.offers import Offer
from tracker.models.references import BackgroundCheck, Reference, ReferenceResult
from tracker.models.screenings import CallResult, ResumeReview, ScreeningCall
from tracker.queries.by_ids import among
from tracker.queries.prepared import prepared

_DONE_CALLS = (CallResult.STRONG, CallResult.SUFFICIENT, CallResult.WEAK, CallResult.WAIVED)


def one_of(column: Any, *values: StrEnum) -> ColumnElement[bool]:
    """Whether a column of ours holds one of these values of its enum, written into the statement."""
    return or_(*(column == literal_column(f"'{value.value}'", column.type) for value in values))


def taken_openings(job_id: ColumnElement[int]) -> ColumnElement[int]:
    """How many openings of the job are taken, counted from its applications."""
    other = aliased(Application)
    return (
        select(func.count())
        .select_from(other)
        .where(
            other.job_id == job_id,
            or_(
                one_of(other.outcome, Outcome.HIRED),
                and_(one_of(other.outcome, Outcome.ACTIVE), one_of(other.stage, Stage.ONBOARDING)),
            ),
        )
        .scalar_subquery()
    )


def _has_other_active(stage: Stage | None) -> ColumnElement[bool]:
    """Whether the person of a closed application has an active one on its job."""
    if stage is not None:
        return cast(null(), Boolean())
    other = aliased(Application)
    found = exists().where(
        other.candidate_id == Application.candidate_id,
        other.job_id == Application.job_id,
        one_of(other.outcome, Outcome.ACTIVE),
    )
    return and_(not_(one_of(Application.outcome, Outcome.ACTIVE)), found)


def last_return() -> ColumnElement[int]:
    """The version of the application's latest return that was not undone, none if it never returned."""
    undo = aliased(Move)
    undone = exists().where(
        undo.application_id == Move.application_id,
        undo.version == Move.version + literal_column("1"),
        one_of(undo.kind, MoveKind.UNDO),
    )
    return (
        select(func.max(Move.version))
        .where(Move.application_id == Application.id, one_of(Move.kind, MoveKind.RETURN), ~undone)
        .correlate(Application)
        .scalar_subquery()
    )


def _at(stages: tuple[Stage, ...], value: Any, known: Stage | None) -> Any:
    """A value looked up only for applications at these stages; the rest cost nothing."""
    if known is None:
        return case((one_of(Application.stage, *stages), value))
    # Typed, for a board is one union and reads all rows as the first part says.
    return value if known in stages else cast(null(), value.type)


def _latest(column: Any, table: Any) -> Any:
    return (
        select(column)
        .where(table.application_id == Application.id)
        .order_by(table.id.desc())
        .limit(literal_column("1"))
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


def _next_step() -> Any:
    """Whom the next step of the latest offer's approval asks for."""
    step = OfferApprovalStep
    return (
        select(step.role)
        .where(step.offer_id == Offer.id, step.approved_at.is_(None))
        .order_by(step.position)
        .limit(literal_column("1"))
        .correlate(Offer)
        .scalar_subquery()
    )


_LATE = (Stage.OFFER, Stage.ONBOARDING)
_CHECKED = (Stage.REFERENCES, *_LATE)
_CHECK_COLUMNS = (
    BackgroundCheck.disclosed_at,
    BackgroundCheck.has_consent,
    BackgroundCheck.result,
    BackgroundCheck.assessment,
    BackgroundCheck.wait_until,
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


def fact_columns(stage: Stage | None = None) -> tuple[Any, ...]:
    """The facts of one application that stand in one row each, those of a stage only where it is there.

    With a stage, for a selection of active applications that all stand in it.
    """
    resume = exists().where(
        StoredFile.application_id == Application.id, one_of(StoredFile.kind, FileKind.RESUME)
    )
    done_calls = _count(ScreeningCall, one_of(ScreeningCall.result, *_DONE_CALLS))
    received = _count(Reference, one_of(Reference.result, ReferenceResult.RECEIVED))
    of_one_stage = {
        "has_resume": (Stage.APPLICATION, or_(resume, Candidate.profile.is_not(None))),
        "review_passed": (Stage.SCREENING, _latest(ResumeReview.passed, ResumeReview)),
        "calls": (Stage.SCREENING, done_calls),
        "debrief": (Stage.INTERVIEW, _latest(Debrief.decision, Debrief)),
        "debrief_version": (Stage.INTERVIEW, _latest(Debrief.at_version, Debrief)),
        "references": (Stage.REFERENCES, received),
        "offer_step": (Stage.OFFER, _next_step()),
    }
    has_check, has_offer = (stage is None or stage in stages for stages in (_CHECKED, _LATE))
    return (
        Application.id,
        Application.job_id,
        Application.stage,
        Application.outcome,
        Application.version,
        Application.consent_notice,
        or_(Candidate.email.is_not(None), Candidate.phone.is_not(None)).label("has_contact"),
        _has_other_active(stage).label("has_other_active"),
        *(_at((one,), value, stage).label(name) for name, (one, value) in of_one_stage.items()),
        _at((Stage.INTERVIEW, *_LATE), last_return(), stage).label("returned"),
        *(_joined(column, has_check).label(_CHECK_NAMES[column.key]) for column in _CHECK_COLUMNS),
        *(_joined(column, has_offer).label(f"offer_{column.key}") for column in _OFFER_COLUMNS),
    )


def _joined(column: Any, is_joined: bool) -> Any:
    return column if is_joined else cast(null(), column.type)


_CHECK_NAMES = {column.key: column.key for column in _CHECK_COLUMNS} | {"result": "report"}


def with_facts(
    applications: Select[*tuple[Any, ...]], stage: Stage | None = None
) -> Select[*tuple[Any, ...]]:
    """A selection of applications joined with what its fact columns are read from.

    With a stage, for a selection of applications that all stand in it.
    """
    joined = applications.join(Candidate, Candidate.id == Application.candidate_id)
    of_check = BackgroundCheck.application_id == Application.id
    # Who went back to an earlier stage still waits for the end of a notice: asked wherever one stands.
    if stage is None or stage in _CHECKED:
        joined = joined.outerjoin(BackgroundCheck, of_check)
    offer_number = (
        select(func.max(Offer.number))
        .where(Offer.application_id == Application.id)
        .correlate(Application)
        .scalar_subquery()
    )
    of_offer = and_(Offer.application_id == Application.id, Offer.number == offer_number)
    if stage is None:
        joined = joined.outerjoin(Offer, and_(one_of(Application.stage, *_LATE), of_offer))
    elif stage in _LATE:
        joined = joined.outerjoin(Offer, of_offer)
    return joined


@prepared
def fact_rows_of() -> Select[*tuple[Any, ...]]:
    """The fact columns of applications by id."""
    return with_facts(select(*fact_columns())).where(among(Application.id))


@prepared
def job_facts() -> Select[*tuple[Any, ...]]:
    """What the rules ask about a job: settings, rounds planned, questions required, openings taken."""
    planned = (
        select(func.count())
        .select_from(InterviewRound)
        .where(InterviewRound.job_id == Job.id)
        .scalar_subquery()
    )
    asked = (
        select(func.count())
        .select_from(JobQuestion)
        .where(JobQuestion.job_id == Job.id, JobQuestion.is_required, JobQuestion.retired_at.is_(None))
        .scalar_subquery()
    )
    return select(
        Job.id,
        Job.status,
        Job.openings,
        Job.references_required,
        Job.ratings_required,
        Job.needs_background_check,
        Job.needs_resume_review,
        Job.needs_screening_call,
        Job.rubric_id,
        planned.label("rounds_planned"),
        asked.label("questions_required"),
        taken_openings(Job.id).label("openings_taken"),  # type: ignore[arg-type]
    ).where(among(Job.id))
