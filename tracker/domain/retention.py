"""How long records of applicants are kept, and when they must go: rules by jurisdiction as dated rows.

A floor is how long the law wants records kept, a ceiling how long it lets them be kept. Where only a floor is
known, the organisation's own period says when they go. The rows guide; they are no legal advice and are to be
confirmed by counsel. Design: trust, "Law, a line each" and decision 8.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.jurisdictions import EVERYWHERE, holds_in
from tracker.domain.stages import Outcome

OWN_MONTHS = 24
"""The organisation's own period, in months after the closing, unless it sets another."""
SHORTEST_OWN, LONGEST_OWN = 1, 120


class Employer(StrEnum):
    """What kind of employer the organisation is, where the law treats them differently."""

    PRIVATE = "private"
    PUBLIC = "public"
    CONTRACTOR = "contractor"


EMPLOYER_LABELS = {
    Employer.PRIVATE: "Private employer",
    Employer.PUBLIC: "State or local government, school or college",
    Employer.CONTRACTOR: "Private employer with contracts of the federal government",
}


@dataclass(frozen=True, slots=True)
class RetentionPolicy:
    """What the organisation says itself: whose law holds where nothing names one, its own period where no
    law sets a ceiling, in months after the closing, and what kind of employer it is.
    """

    jurisdiction: str = EVERYWHERE
    months: int = OWN_MONTHS
    employer: Employer = Employer.PRIVATE


_EVERY_EMPLOYER = frozenset(Employer)


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """One row: from `since` until `until`, records are kept at least and at most so many months."""

    jurisdiction: str
    label: str
    source: str
    floor_months: int = 0
    ceiling_months: int | None = None
    since: date = date.min
    until: date | None = None
    employers: frozenset[Employer] = _EVERY_EMPLOYER

    def is_in_force(self, on: date) -> bool:
        """Whether the row holds on a day; the day it ends is not one of its days."""
        return self.since <= on and (self.until is None or on < self.until)


RETENTION_RULES: tuple[RetentionRule, ...] = (
    RetentionRule(
        "US", "Private employers", "29 CFR 1602.14", floor_months=12,
        employers=frozenset({Employer.PRIVATE, Employer.CONTRACTOR}),
    ),
    RetentionRule(
        "US", "State and local governments, schools and colleges", "29 CFR 1602.31, 1602.40 and 1602.49",
        floor_months=24, employers=frozenset({Employer.PUBLIC}),
    ),
    RetentionRule(
        "US", "Federal contractors", "41 CFR 60-1.12, with Executive Order 11246", floor_months=24,
        until=date(2025, 1, 21), employers=frozenset({Employer.CONTRACTOR}),
    ),
    RetentionRule(
        "US", "Federal contractors", "41 CFR 60-300.80 and 60-741.80", floor_months=24,
        employers=frozenset({Employer.CONTRACTOR}),
    ),
    RetentionRule(
        "US-CA", "California", "2 CCR 11013(c)", floor_months=48, since=date(2025, 10, 1)
    ),
    RetentionRule("EU", "European Union", "GDPR 5(1)(e)", ceiling_months=12, since=date(2018, 5, 25)),
    RetentionRule(
        "EU-DE", "Germany", "AGG 15(4), with GDPR 5(1)(e)", floor_months=2, ceiling_months=6,
        since=date(2018, 5, 25),
    ),
    RetentionRule(
        "GB", "United Kingdom", "Equality Act 2010 s. 123, with UK GDPR 5(1)(e)", floor_months=3,
        ceiling_months=12, since=date(2018, 5, 25),
    ),
)  # fmt: skip


class Keep(StrEnum):
    """Why somebody's records stay."""

    ACTIVE = "active"
    HIRED = "hired"
    HELD = "held"
    CONSENT = "consent"
    FLOOR = "floor"
    PERIOD = "period"


KEEP_LABELS = {
    Keep.ACTIVE: "An application is still open",
    Keep.HIRED: "Was hired: the records belong to the personnel file",
    Keep.HELD: "Held for a legal reason",
    Keep.CONSENT: "Agreed to stay in the talent pool",
    Keep.FLOOR: "The law wants the records kept",
    Keep.PERIOD: "The period is not over",
}

_NEVER_ASIDE = frozenset({Keep.ACTIVE, Keep.HIRED, Keep.HELD, Keep.FLOOR})
"""What stands against erasing somebody who asks for it: a conflict for a person to decide."""


@dataclass(frozen=True, slots=True)
class ClosedRecord:
    """One application as retention sees it; `closed_on` is none while it is active."""

    jurisdiction: str | None
    outcome: Outcome
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class PersonRecords:
    """What stands on file of one person: applications, since when, any hold, consent to the talent pool."""

    applications: tuple[ClosedRecord, ...]
    since: date
    is_held: bool = False
    pool_until: date | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """How long one record stays: the law wants it until `floor_on`, and it is due on `due_on`."""

    floor_on: date
    due_on: date
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a person's records are due, from which day, by which rules, or why they stay and until when."""

    due_on: date | None
    keep: Keep | None
    sources: tuple[str, ...] = ()
    until: date | None = None

    @property
    def is_due(self) -> bool:
        """Whether nothing keeps them any longer."""
        return self.keep is None

    @property
    def stands_against_request(self) -> bool:
        """Whether what keeps them also stands against a wish to be erased."""
        return self.keep in _NEVER_ASIDE


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or the month's last where it has no such day."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def period_of(
    jurisdiction: str | None, began_on: date, today: date, policy: RetentionPolicy = RetentionPolicy()
) -> Period:
    """How long a record closed on a day stays, by the rules in force then or now.

    The longest floor holds, and the shortest ceiling, which is never under the floor; without a ceiling, the
    organisation's own period.
    """
    rules = _rules(jurisdiction, began_on, today, policy)
    floor, months = _months(rules, policy)
    return Period(
        months_after(began_on, floor), months_after(began_on, months), tuple(rule.source for rule in rules)
    )


def months_kept(jurisdiction: str | None, on: date, policy: RetentionPolicy) -> int:
    """For how many months a record closed on a day stays, to be told to whom it is of."""
    return _months(_rules(jurisdiction, on, on, policy), policy)[1]


def _rules(
    jurisdiction: str | None, began_on: date, today: date, policy: RetentionPolicy
) -> list[RetentionRule]:
    return [
        rule
        for rule in RETENTION_RULES
        if holds_in(rule.jurisdiction, jurisdiction)
        and policy.employer in rule.employers
        and (rule.is_in_force(began_on) or rule.is_in_force(today))
    ]


def _months(rules: Sequence[RetentionRule], policy: RetentionPolicy) -> tuple[int, int]:
    """How many months the law wants a record kept, and how many it is kept."""
    floor = max((rule.floor_months for rule in rules), default=0)
    ceilings = [rule.ceiling_months for rule in rules if rule.ceiling_months is not None]
    return floor, max(floor, min(ceilings) if ceilings else policy.months)


def judge(person: PersonRecords, today: date, policy: RetentionPolicy = RetentionPolicy()) -> Verdict:
    """Whether a person's records are due on a day; every application must have run its time.

    Of whoever never applied the law of the organisation says it.
    """
    outcomes = {record.outcome for record in person.applications}
    if Outcome.ACTIVE in outcomes:
        return Verdict(None, Keep.ACTIVE)
    periods = [
        period_of(record.jurisdiction, record.closed_on, today, policy)
        for record in person.applications
        if record.closed_on is not None
    ] or [period_of(policy.jurisdiction, person.since, today, policy)]
    due_on = max(period.due_on for period in periods)
    sources = tuple(dict.fromkeys(source for period in periods for source in period.sources))
    if person.is_held:
        return Verdict(due_on, Keep.HELD, sources)
    if Outcome.HIRED in outcomes:
        return Verdict(due_on, Keep.HIRED, sources)
    floor_on = max(period.floor_on for period in periods)
    reasons = ((Keep.FLOOR, floor_on), (Keep.CONSENT, person.pool_until), (Keep.PERIOD, due_on))
    for keep, until in reasons:
        if until is not None and today < until:
            return Verdict(due_on, keep, sources, until)
    return Verdict(due_on, None, sources)
