"""The posting of a job: what strangers read of it, and when they may."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from tracker.domain.amounts import MOST_CENTS, check_minor_unit, money
from tracker.domain.countries import COUNTRIES, OFTEN_MEANT
from tracker.domain.names import clean_line, clean_text
from tracker.domain.offers import CURRENCIES, SalaryPeriod
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import JobStatus

LONGEST_POSTING = 20_000  # characters


class EmploymentType(StrEnum):
    """How somebody is employed; the values are those of schema.org in lower case."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    CONTRACTOR = "contractor"
    TEMPORARY = "temporary"
    INTERN = "intern"
    VOLUNTEER = "volunteer"
    PER_DIEM = "per_diem"
    OTHER = "other"


EMPLOYMENT_TYPE_LABELS = {
    EmploymentType.FULL_TIME: "Full time",
    EmploymentType.PART_TIME: "Part time",
    EmploymentType.CONTRACTOR: "Contractor",
    EmploymentType.TEMPORARY: "Temporary",
    EmploymentType.INTERN: "Internship",
    EmploymentType.VOLUNTEER: "Voluntary work",
    EmploymentType.PER_DIEM: "By the day",
    EmploymentType.OTHER: "Another kind",
}


@dataclass(frozen=True, slots=True)
class PostingDetails:
    """What a posting says; salary in cents per period, `closes_on` the last day on which one may apply."""

    title: str
    text: str
    employment_type: EmploymentType = EmploymentType.FULL_TIME
    place: str | None = None
    country: str | None = None
    """Two letters as ISO 3166 writes them; for remote work, where one has to live."""
    is_remote: bool = False
    salary_low_cents: int | None = None
    salary_high_cents: int | None = None
    currency: str | None = None
    period: SalaryPeriod | None = None
    is_salary_shown: bool = True
    closes_on: date | None = None
    is_internal: bool = False


def checked_posting(details: PostingDetails) -> PostingDetails:
    """The details cleaned. Raises RuleBroken at the first field that cannot stand."""
    _check_salary(details)
    place = clean_line(details.place or "", "The place", "place", longest=200) or None
    if not details.is_remote and place is None:
        raise RuleBroken("Say where the work is done, or that it is done from anywhere.", field="place")
    _check_letters(details)
    has_salary = details.salary_low_cents is not None or details.salary_high_cents is not None
    return replace(
        details,
        title=clean_line(details.title, "The title", "title", longest=200, needed=True),
        text=clean_text(details.text, "The text", "text", longest=LONGEST_POSTING, needed=True),
        place=place,
        country=_country(details.country),
        currency=details.currency if has_salary else None,
        period=details.period if has_salary else None,
    )


def _check_letters(details: PostingDetails) -> None:
    """Refuse what no feed may hold (XML 1.0, 2.2, of the characters that other texts may)."""
    for field, text in (("title", details.title), ("text", details.text), ("place", details.place or "")):
        if any(ord(letter) & 0xFFFE == 0xFFFE for letter in text):
            raise RuleBroken("This holds a character that is no text.", field=field)


def _country(text: str | None) -> str:
    country = clean_line(text or "", "The country", "country", longest=40, needed=True).upper()
    if country in OFTEN_MEANT:
        raise RuleBroken(f"Write {OFTEN_MEANT[country]} for this country.", field="country")
    if country not in COUNTRIES:
        raise RuleBroken("Write the country in two letters, such as US, GB or DE.", field="country")
    return country


def _check_salary(details: PostingDetails) -> None:
    low, high = details.salary_low_cents, details.salary_high_cents
    if low is None and high is None:
        return
    for field, value in (("salary_low", low), ("salary_high", high)):
        if value is not None and not 0 < value <= MOST_CENTS:
            raise RuleBroken("The salary must be above zero.", field=field)
    if low is not None and high is not None and low > high:
        raise RuleBroken("The range ends below where it begins.", field="salary_high")
    if details.currency not in CURRENCIES:
        raise RuleBroken("Choose a currency of the list.", field="currency")
    for field, value in (("salary_low", low), ("salary_high", high)):
        if value is not None:
            check_minor_unit(value, details.currency, field=field)
    if details.period is None:
        raise RuleBroken("Say what the salary is paid for.", field="period")


def check_last_day(closes_on: date | None, today: date) -> None:
    """That a posting which is to be published can be answered. Raises RuleBroken at `closes_on`."""
    if closes_on is not None and closes_on < today:
        raise RuleBroken("This day is over: choose a later one, or none.", field="closes_on")


@dataclass(frozen=True, slots=True)
class PostingState:
    """What decides who may read a posting."""

    status: JobStatus
    published_at: datetime | None
    closes_on: date | None
    is_internal: bool


def is_open_to(state: PostingState, *, is_staff: bool, today: date) -> bool:
    """Whether a stranger, or somebody of the house, may read a posting today and apply."""
    is_running = state.status is JobStatus.OPEN and state.published_at is not None
    is_in_time = state.closes_on is None or today <= state.closes_on
    return is_running and is_in_time and (is_staff or not state.is_internal)


def takes_no_more(state: PostingState, *, is_staff: bool, today: date) -> bool:
    """Whether a posting that a stranger, or somebody of the house, could read takes no applications any more.

    Of a draft, of what is not published and, for strangers, of what is internal there is nothing to say.
    """
    was_open = state.status is not JobStatus.DRAFT and state.published_at is not None
    may_know = is_staff or not state.is_internal
    return was_open and may_know and not is_open_to(state, is_staff=is_staff, today=today)


def why_not_public(state: PostingState, today: date) -> str:
    """Why nobody outside reads a posting now, in one sentence; empty where everybody does."""
    if state.published_at is None:
        return "It is not published yet."
    if state.status is not JobStatus.OPEN:
        return "The job is not open."
    if state.closes_on is not None and today > state.closes_on:
        return "Its last day is over."
    return "It is for people of the house only." if state.is_internal else ""


def salary_range(details: PostingDetails) -> str:
    """The salary as candidates read it; empty where none is set or it is not shown."""
    low, high, currency = details.salary_low_cents, details.salary_high_cents, details.currency
    if not details.is_salary_shown or currency is None or details.period is None:
        return ""
    unit = f" per {details.period.value}"
    if low is not None and high is not None and low != high:
        first = money(low, currency).removesuffix(f" {currency}")
        return f"{first} to {money(high, currency)}{unit}"
    amount = money(low if low is not None else high or 0, currency)
    word = "up to " if low is None else "from " if high is None else ""
    return f"{word}{amount}{unit}"
