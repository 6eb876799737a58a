"""Offers: what an offer must say, and where one stands."""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.amounts import cents_paid
from tracker.domain.keys import Key
from tracker.domain.rules import RuleBroken


class SalaryPeriod(Key):
    """What a salary is paid for."""

    YEAR = "year"
    MONTH = "month"
    HOUR = "hour"


class OfferStatus(Key):
    """Where an offer stands; derived from its dates, never stored."""

    DRAFT = "draft"
    APPROVED = "approved"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    VOID = "void"


class OfferAnswer(Key):
    """What came of an application's offer, all its versions taken together."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    PENDING = "pending"
    TAKEN_BACK = "taken_back"


OFFER_ANSWER_LABELS = {
    OfferAnswer.ACCEPTED: "Accepted",
    OfferAnswer.DECLINED: "Declined",
    OfferAnswer.EXPIRED: "Expired",
    OfferAnswer.PENDING: "Pending",
    OfferAnswer.TAKEN_BACK: "Taken back",
}

SALARY_PERIOD_LABELS = {
    SalaryPeriod.YEAR: "per year",
    SalaryPeriod.MONTH: "per month",
    SalaryPeriod.HOUR: "per hour",
}

OFFER_STATUS_LABELS = {
    OfferStatus.DRAFT: "Waiting for approval",
    OfferStatus.APPROVED: "Approved",
    OfferStatus.SENT: "Sent",
    OfferStatus.ACCEPTED: "Accepted",
    OfferStatus.DECLINED: "Declined",
    OfferStatus.EXPIRED: "Expired",
    OfferStatus.WITHDRAWN: "Withdrawn",
    OfferStatus.VOID: "Void",
}

OFFER_STATUS_BADGES = {
    OfferStatus.DRAFT: "warn",
    OfferStatus.APPROVED: "accent",
    OfferStatus.SENT: "accent",
    OfferStatus.ACCEPTED: "good",
    OfferStatus.DECLINED: "bad",
    OfferStatus.EXPIRED: "bad",
    OfferStatus.WITHDRAWN: "plain",
    OfferStatus.VOID: "plain",
}

OPEN_STATUSES = frozenset({OfferStatus.DRAFT, OfferStatus.APPROVED, OfferStatus.SENT})
CURRENCIES = ("USD", "EUR", "GBP", "CAD", "AUD", "CHF", "SEK", "NOK", "DKK", "PLN", "INR", "JPY")


@dataclass(frozen=True, slots=True)
class OfferDates:
    """The instants that say where an offer stands."""

    approved_at: datetime | None
    sent_at: datetime | None
    accepted_at: datetime | None
    declined_at: datetime | None
    withdrawn_at: datetime | None
    voided_at: datetime | None
    expires_at: datetime


def offer_status(dates: OfferDates, now: datetime) -> OfferStatus:
    """Where an offer stands now; an answer outlasts the expiry, everything else ends with it."""
    if dates.voided_at:
        return OfferStatus.VOID
    if dates.accepted_at:
        return OfferStatus.ACCEPTED
    if dates.declined_at:
        return OfferStatus.DECLINED
    if dates.withdrawn_at:
        return OfferStatus.WITHDRAWN
    if now > dates.expires_at:
        return OfferStatus.EXPIRED
    if dates.sent_at:
        return OfferStatus.SENT
    return OfferStatus.APPROVED if dates.approved_at else OfferStatus.DRAFT


def parse_salary(text: str, *, field: str = "salary") -> int:
    """A salary as people write it, in cents. Raises RuleBroken for what is no positive amount."""
    return cents_paid(text, "salary", field=field)


def check_terms(*, currency: str, starts_on: date, expires_at: datetime, now: datetime) -> None:
    """That an offer's terms make sense today; days are those of the zone of `now`. Raises RuleBroken at the
    field.
    """
    if currency not in CURRENCIES:
        raise RuleBroken("Choose a currency of the list.", field="currency")
    if expires_at <= now:
        raise RuleBroken("The offer must expire in the future.", field="expires_at")
    if starts_on < now.date():
        raise RuleBroken("The start date must not lie in the past.", field="starts_on")
    if starts_on < expires_at.astimezone(now.tzinfo).date():
        raise RuleBroken(
            "The first day of work must not lie before the last day to answer.", field="starts_on"
        )
