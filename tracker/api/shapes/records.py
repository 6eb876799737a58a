"""Shapes of what is kept on an application: screening, references, background check, onboarding."""

from datetime import date, datetime

from pydantic import Field, model_validator

from tracker.api.shapes.base import Answer, Body, Line, Text, left_out
from tracker.domain.onboarding import TaskOwner
from tracker.models.references import AssessmentResult, BackgroundResult, ReferenceResult
from tracker.models.screenings import CallResult


class ResumeReviewBody(Body):
    passed: bool
    reason: Text | None = Field(None, description="Needed where the résumé does not pass.")
    qualifications: dict[Line, bool] | None = Field(
        None, description="Whether each minimum qualification of the job is met."
    )


class ScreeningCallBody(Body):
    """Either a result, or a waiver with its reason."""

    result: CallResult | None = None
    notes: Text | None = None
    waived: bool = False
    reason: Text | None = Field(None, description="Of a waiver.")

    @model_validator(mode="after")
    def _is_held_or_waived(self) -> "ScreeningCallBody":
        if self.waived == (self.result is not None):
            raise ValueError("Give a result, or waive the call with a reason.")
        return self


class ScreeningBody(Body):
    resume_review: ResumeReviewBody | None = None
    call: ScreeningCallBody | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "ScreeningBody":
        if self.resume_review is None and self.call is None:
            raise ValueError("Give resume_review, call, or both.")
        return self


class ResumeReviewShape(Answer):
    passed: bool
    reason: str | None
    qualifications: dict[str, bool]
    at: datetime


class ScreeningCallShape(Answer):
    result: CallResult
    waived: bool
    notes: str | None
    reason: str | None
    at: datetime


class ScreeningShape(Answer):
    resume_review: ResumeReviewShape | None = Field(description="The latest, which counts.")
    call: ScreeningCallShape | None = Field(description="The latest.")


class RefereeBody(Body):
    name: Line
    relationship: Line | None = None
    email: Line | None = None
    phone: Line | None = None


class ReferenceBody(Body):
    referee: RefereeBody
    consent: bool = Field(False, description="The candidate agrees that this referee is asked.")
    requested: bool = Field(False, description="The referee was asked.")
    result: ReferenceResult | None = None
    summary: Text | None = None
    has_confirmed_employment: bool | None = None
    would_rehire: bool | None = None


class RefereeShape(Answer):
    name: str | None
    relationship: str | None
    email: str | None
    phone: str | None


class ReferenceShape(Answer):
    id: int
    application_id: int
    referee: RefereeShape
    consented_at: datetime | None
    requested_at: datetime | None
    result: ReferenceResult | None
    result_at: datetime | None
    summary: str | None
    has_confirmed_employment: bool | None
    would_rehire: bool | None


class AssessmentBody(Body):
    result: AssessmentResult
    reason: Text


class BackgroundCheckBody(Body):
    """How far the check has come; steps already on record are not taken again."""

    disclosure: bool = Field(False, description="The candidate was told of the check.")
    consent: bool | None = Field(None, description="Whether the candidate agreed.")
    ordered: bool = False
    result: BackgroundResult | None = None
    assessment: AssessmentBody | None = Field(None, description="By HR, on a report to consider.")
    pre_adverse_notice: bool = Field(
        False,
        description="By HR, after an adverse assessment: gives the candidate the notice, the report that is "
        "attached and the summary of rights on file, and tells them by mail.",
    )
    notice_text: Text | None = Field(None, description="The words of the notice where others are to go out.")
    adverse_notice: bool = Field(False, description="By HR, after the waiting time.")


class BackgroundCheckShape(Answer):
    application_id: int
    disclosed_at: datetime | None
    consent: bool | None
    consent_at: datetime | None
    ordered_at: datetime | None
    result: BackgroundResult | None
    result_at: datetime | None
    assessment: AssessmentResult | None
    assessment_reason: str | None
    assessed_at: datetime | None
    pre_adverse_sent_at: datetime | None
    wait_until: date | None
    adverse_sent_at: datetime | None


class TaskShape(Answer):
    id: int
    application_id: int
    title: str
    owner: TaskOwner
    due_on: date
    required: bool
    needs_file: bool
    note: str | None
    done_at: datetime | None
    done_by: str | None
    done_reason: str | None


class TaskChange(Body):
    """What is left out stays as it is."""

    title: Line = left_out()
    owner: TaskOwner = left_out()
    due_on: date = left_out()
    required: bool = left_out()
    needs_file: bool = left_out()
    note: Text | None = None
    done_at: datetime | None = Field(
        None, description="Any instant ticks the task off now; null opens it again."
    )
    reason: Text | None = Field(None, description="Why it is done without the paper that it asks for.")
