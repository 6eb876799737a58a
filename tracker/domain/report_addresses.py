"""What the address of a report asks for: its filters by their names there, whoever reads them."""

from collections.abc import Mapping
from datetime import datetime

from tracker.domain.reports import ReportFilters, read_filters
from tracker.domain.rules import RuleBroken

FIELDS = (
    "job",
    "from",
    "to",
    "as_of",
    "zone",
    "department",
    "location",
    "recruiter",
    "source",
    "days",
    "holidays",
    "without_filled",
    "with_before",
)
"""The filters of a report by their names in its address."""
_LARGEST_ID = 2**31 - 1


def filters_of(asked: Mapping[str, str], *, now: datetime, default_zone: str) -> ReportFilters:
    """The filters that an address asks for, as of now unless it says otherwise. Raises RuleBroken."""
    return read_filters(
        now=now,
        default_zone=default_zone,
        job_id=_id_of(asked, "job"),
        from_=asked.get("from"),
        to=asked.get("to"),
        as_of=asked.get("as_of"),
        zone=asked.get("zone"),
        department=asked.get("department"),
        location=asked.get("location"),
        recruiter_id=_id_of(asked, "recruiter"),
        source=asked.get("source"),
        days=asked.get("days"),
        holidays=asked.get("holidays"),
        leaves_out_filled=asked.get("without_filled") == "1",
    )


def named_as(key: str) -> str:
    """The name in an address of a cell that tells its row from others, beside filters of the same name."""
    return f"of_{key}" if key in FIELDS else key


def is_id(text: str) -> bool:
    """Whether a text is the number of a row that a database could hold."""
    return text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= _LARGEST_ID


def _id_of(asked: Mapping[str, str], field: str) -> int | None:
    text = asked.get(field, "").strip()
    if not text:
        return None
    if is_id(text):
        return int(text)
    raise RuleBroken(f"There is no such {field}.", field=field)
