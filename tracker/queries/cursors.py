"""Places in a long list: the last row seen as a short text, from which the next page goes on."""

from datetime import datetime

from tracker.domain.history import instant_from, microseconds
from tracker.domain.rules import RuleBroken


def write_cursor(value: datetime | str, row_id: int) -> str:
    """The place after a row that is sorted by this value and then its id."""
    sorted_by = str(microseconds(value)) if isinstance(value, datetime) else value
    return f"{row_id}-{sorted_by}"


def read_cursor(text: str, *, is_instant: bool) -> tuple[datetime | str, int]:
    """The value and id of the last row seen. Raises RuleBroken for a text that is no such place."""
    row_id, mark, value = text.partition("-")
    try:
        if not mark:
            raise ValueError
        number = int(row_id)
        place: datetime | str = instant_from(int(value)) if is_instant else value
    except (ValueError, OverflowError):
        raise RuleBroken("This address of a next page is not complete: begin at the first one.") from None
    if not 0 <= number < 2**63:
        raise RuleBroken("This address of a next page is not complete: begin at the first one.")
    return place, number
