"""Reports: what one states beside its numbers, and the filters that say whom and when it counts."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tracker.domain.rules import RuleBroken

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Imported histories may go back to the first; a window that ends after the last is mistyped."""

CALENDAR, BUSINESS = "calendar", "business"
"""The days that a report may count in, as they are asked for."""

Cell = str | int | float | datetime | None
"""What stands in a cell; what is undefined is None, never 0."""


class CellKind(StrEnum):
    """How the values of a column are to be read and written."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    """From 0 to 1."""
    DAYS = "days"
    """Decimal days."""
    NUMBER = "number"
    """Any other decimal, in the unit that its column names."""
    INSTANT = "instant"
    MONEY = "money"
    """Amounts with their currencies, beside each other where there are several: `1200.00 EUR; 80.50 GBP`."""


CELL_KIND_LABELS = {
    CellKind.TEXT: "Text",
    CellKind.COUNT: "Count",
    CellKind.SHARE: "Share",
    CellKind.DAYS: "Days",
    CellKind.NUMBER: "Number",
    CellKind.INSTANT: "Instant",
    CellKind.MONEY: "Money",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a report: its key for scripts, its label for people, and what its cells hold."""

    key: str
    label: str
    kind: CellKind = CellKind.COUNT


@dataclass(frozen=True, slots=True)
class Check:
    """A sum that must come out the same when counted another way, and whether it did."""

    key: str
    sentence: str
    holds: bool


Row = Mapping[str, Cell]


class RowBlocks(ABC):
    """Rows that can also be had a column at a time, for whoever writes very many; read once, either way."""

    @abstractmethod
    def __iter__(self) -> Iterator[Row]:
        """The rows, one after the other."""

    @abstractmethod
    def blocks(self) -> Iterator[Mapping[str, Sequence[Cell]]]:
        """The cells of each column, so many rows at a time.

        Choices stand there as their words; instants may be texts of UTC, as in `2026-03-02 08:30:00.000000`.
        """


@dataclass(frozen=True, slots=True)
class JobSums:
    """The sum of all jobs, a row for each stage, and how many jobs have no rows of their own in a report."""

    rows: tuple[Row, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Report:
    """A report, or the rows behind one: cells by the keys of its columns, what they mean, as of an instant.

    The rows of a counted report are a list; those behind it may be a stream, which is read once.
    """

    name: str
    title: str
    as_of: datetime
    zone: str
    cohort: str
    definitions: Mapping[str, str]
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    checks: tuple[Check, ...] = ()
    sums: JobSums | None = None
    """Where the rows are of some jobs alone, as on a page: what all come to."""

    @property
    def holds(self) -> bool:
        """Whether every check came out."""
        return all(check.holds for check in self.checks)


@dataclass(frozen=True, slots=True)
class ReportFilters:
    """Whom and when a report counts: one job, those of a department, place or recruiter, or all; one source
    or all; a half-open window of instants, as of an instant.

    Raises RuleBroken for a window that is reversed, or begins after the as-of.
    """

    as_of: datetime
    zone: ZoneInfo
    job_id: int | None = None
    from_: datetime | None = None
    to: datetime | None = None
    department: str | None = None
    location: str | None = None
    recruiter_id: int | None = None
    """A recruiter of the job's team."""
    source: str | None = None
    """The first-touch source."""
    leaves_out_filled: bool = False
    """Whether those that closed because the position was filled do not count."""
    is_business: bool = False
    """Whether days are business days, and not calendar days."""
    holidays: str | None = None
    """The name of the calendar whose holidays are no business days."""
    is_as_it_was: bool = False
    """Whether an instant of the past was asked for, and not now."""

    def __post_init__(self) -> None:
        if self.from_ is not None and self.to is not None and self.from_ >= self.to:
            raise RuleBroken("The window must end after it begins.", field="to")
        if self.from_ is not None and self.from_ > self.as_of:
            raise RuleBroken("The window begins after the instant the report is as of.", field="from")
        if self.holidays is not None and not self.is_business:
            raise RuleBroken("Holidays matter to business days alone: choose those too.", field="holidays")

    @property
    def until(self) -> datetime:
        """The first instant that no longer counts: the end of the window or just after the as-of."""
        after = self.as_of + timedelta(microseconds=1)
        return after if self.to is None else min(self.to, after)

    @property
    def window(self) -> str:
        """The window in words, in the report's zone."""
        if self.from_ is None and self.to is None:
            return "at any time"
        begin = f"from {in_words(self.from_, self.zone)}" if self.from_ is not None else ""
        end = f"before {in_words(self.to, self.zone)}" if self.to is not None else ""
        return " and ".join(part for part in (begin, end) if part)


def in_words(at: datetime, zone: tzinfo) -> str:
    """A day where the instant begins one in the zone (`1 Aug 2026`), else with the time of day."""
    local = at.astimezone(zone)
    day = f"{local.day} {local:%b %Y}"
    return day if start_of_day(local.date(), zone) == at else f"{day}, {local:%H:%M}"


def start_of_day(day: date, zone: tzinfo) -> datetime:
    """The first instant of a day in a zone, in UTC, also where clocks skip or repeat midnight."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def read_zone(text: str | None, default: str) -> ZoneInfo:
    """The time zone with this IANA name. Raises RuleBroken for an unknown one."""
    name = (text or "").strip() or default
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        problem = f"“{name[:60]}” is no time zone; write one such as Europe/London."
        raise RuleBroken(problem, field="zone") from None


def read_edge(text: str | None, zone: tzinfo, *, field: str) -> datetime | None:
    """An edge of a window: a day, which begins in the zone, or an instant. Raises RuleBroken."""
    read = _read(text, zone, field)
    return start_of_day(read, zone) if isinstance(read, date) and not isinstance(read, datetime) else read


def read_as_of(text: str | None, zone: tzinfo, now: datetime) -> datetime:
    """The instant a report is as of: now, an instant, or the end of a day in the zone. Raises RuleBroken."""
    read = _read(text, zone, "as_of")
    if read is None:
        return now
    if not isinstance(read, datetime):
        if read == now.astimezone(zone).date():
            return now
        read = start_of_day(read + timedelta(days=1), zone) - timedelta(microseconds=1)
    if read > now:
        raise RuleBroken("A report cannot be as of an instant that is still to come.", field="as_of")
    return read


def read_filters(
    *,
    now: datetime,
    default_zone: str,
    job_id: int | None = None,
    from_: str | None = None,
    to: str | None = None,
    as_of: str | None = None,
    zone: str | None = None,
    department: str | None = None,
    location: str | None = None,
    recruiter_id: int | None = None,
    source: str | None = None,
    leaves_out_filled: bool = False,
    days: str | None = None,
    holidays: str | None = None,
) -> ReportFilters:
    """The filters as people write them: days or ISO instants, bare ones in the zone.

    Raises RuleBroken with the field `from`, `to`, `as_of`, `zone`, `days` or `holidays`.
    """
    read = read_zone(zone, default_zone)
    at = read_as_of(as_of, read, now)
    return ReportFilters(
        job_id=job_id,
        from_=read_edge(from_, read, field="from"),
        to=read_edge(to, read, field="to"),
        as_of=at,
        is_as_it_was=at != now,
        zone=read,
        department=(department or "").strip() or None,
        location=(location or "").strip() or None,
        recruiter_id=recruiter_id,
        source=(source or "").strip() or None,
        leaves_out_filled=leaves_out_filled,
        is_business=_read_days(days),
        holidays=(holidays or "").strip() or None,
    )


def _read_days(text: str | None) -> bool:
    """Whether these are business days. Raises RuleBroken for what is neither these nor calendar days."""
    asked = (text or "").strip() or CALENDAR
    if asked not in (CALENDAR, BUSINESS):
        raise RuleBroken(f"Days are {CALENDAR} or {BUSINESS}.", field="days")
    return asked == BUSINESS


def _read(text: str | None, zone: tzinfo, field: str) -> date | datetime | None:
    text = (text or "").strip()
    if not text:
        return None
    try:
        read = date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
    except ValueError:
        raise RuleBroken(
            f"“{text[:40]}” is no day such as 2026-08-01, nor an instant such as 2026-08-01T09:30+01:00.",
            field=field,
        ) from None
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise RuleBroken(f"The year must lie between {FIRST_YEAR} and {LAST_YEAR}.", field=field)
    if isinstance(read, datetime):
        return (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(UTC)
    return read
