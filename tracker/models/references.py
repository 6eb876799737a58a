"""References from referees, and the background check with its disclosure, consent and result."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, UtcDateTime, enum_column


class ReferenceResult(StrEnum):
    """What came of asking a referee."""

    RECEIVED = "received"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"


class BackgroundResult(StrEnum):
    """What a background report says."""

    CLEAR = "clear"
    CONSIDER = "consider"


class AssessmentResult(StrEnum):
    """What an individual assessment of a background report decided."""

    ACCEPTABLE = "acceptable"
    ADVERSE = "adverse"


REFERENCE_RESULT_LABELS = {
    ReferenceResult.RECEIVED: "Received",
    ReferenceResult.REFUSED: "Refused",
    ReferenceResult.UNREACHABLE: "Unreachable",
}
REFERENCE_RESULT_BADGES = {
    ReferenceResult.RECEIVED: "good",
    ReferenceResult.REFUSED: "warn",
    ReferenceResult.UNREACHABLE: "warn",
}
BACKGROUND_RESULT_LABELS = {
    BackgroundResult.CLEAR: "Clear",
    BackgroundResult.CONSIDER: "Needs an individual assessment",
}
ASSESSMENT_RESULT_LABELS = {
    AssessmentResult.ACCEPTABLE: "Acceptable for this job",
    AssessmentResult.ADVERSE: "Adverse",
}


class Reference(Base):
    """One referee of one application, and what they said; asked only with the candidate's consent."""

    __tablename__ = "references_given"
    __table_args__ = (
        CheckConstraint("result IS NULL OR consented_at IS NOT NULL", name="result_needs_consent"),
        CheckConstraint("(result IS NULL) = (result_at IS NULL)", name="result_is_dated"),
        Index("ix_references_given_application_id", "application_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    referee_name: Mapped[str | None] = mapped_column(String(200))
    relationship: Mapped[str | None] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(60))
    consented_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    requested_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    result: Mapped[ReferenceResult | None] = mapped_column(enum_column(ReferenceResult))
    result_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    has_confirmed_employment: Mapped[bool | None]
    would_rehire: Mapped[bool | None]
    summary: Mapped[str | None] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(String(40))
    taken_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the candidate took the referee back, who had not answered."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class BackgroundCheck(Base):
    """The one background check of an application, step by step; each step needs the one before."""

    __tablename__ = "background_checks"
    __table_args__ = (
        CheckConstraint("consent_at IS NULL OR disclosed_at IS NOT NULL", name="consent_needs_disclosure"),
        CheckConstraint("(consent_at IS NULL) = (has_consent IS NULL)", name="consent_is_dated"),
        CheckConstraint("result IS NULL OR coalesce(has_consent, FALSE)", name="result_needs_consent"),
        CheckConstraint("assessment IS NULL OR result = 'consider'", name="assessment_needs_report"),
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    disclosed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    has_consent: Mapped[bool | None]
    consent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ordered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    result: Mapped[BackgroundResult | None] = mapped_column(enum_column(BackgroundResult))
    result_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    assessment: Mapped[AssessmentResult | None] = mapped_column(enum_column(AssessmentResult))
    assessment_reason: Mapped[str | None] = mapped_column(Text)
    assessed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    assessed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    pre_adverse_sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    wait_until: Mapped[date | None]
    adverse_sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    updated_by: Mapped[str] = mapped_column(String(40))
