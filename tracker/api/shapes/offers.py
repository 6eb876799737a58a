"""Shapes of offers."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import AwareDatetime, Field

from tracker.api.shapes.base import Answer, Body, Text, Version
from tracker.domain.actors import Role
from tracker.domain.offers import OfferStatus, SalaryPeriod

Amount = Annotated[Decimal, Field(gt=0, max_digits=13, decimal_places=2)]


class SalaryBody(Body):
    amount: Amount
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$", description="Such as USD or EUR.")]
    period: SalaryPeriod


class NewOffer(Body):
    salary: SalaryBody
    starts_on: date
    expires_at: AwareDatetime
    benefits: Text | None = None
    conditions: Text | None = None


class NoBody(Body):
    """Nothing need be sent."""


class AcceptanceBody(Body):
    version: Version | None = Field(
        None, description="The version of the application that was seen; 409 if it moved since."
    )


class ReasonBody(Body):
    reason: Text


class Salary(Answer):
    amount: float
    currency: str
    period: SalaryPeriod


class ApprovalStep(Answer):
    role: Role
    approved_by_id: int | None
    approved_at: datetime | None


class OfferShape(Answer):
    id: int
    application_id: int
    number: int
    status: OfferStatus
    salary: Salary
    starts_on: date
    expires_at: datetime
    benefits: str | None
    conditions: str | None
    drafted_by_id: int | None
    approved_by_id: int | None
    approved_at: datetime | None
    approval_steps: list[ApprovalStep]
    sent_at: datetime | None
    accepted_at: datetime | None
    declined_at: datetime | None
    decline_reason: str | None
    withdrawn_at: datetime | None
    withdrawn_reason: str | None
