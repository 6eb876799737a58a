"""What stands in a calendar about an interview session, for one person; nothing of scores."""

from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One session in one person's calendar: begin and end in the zone of that person, `stamp` in UTC.

    `sequence` grows with every change; a cancelled session takes the entry away again.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    title: str
    description: str
    place: str | None
    url: str | None
    attendee_name: str
    attendee_email: str
    stamp: datetime
    is_cancelled: bool = False


def session_uid(interview_id: int, created_at: datetime) -> str:
    """What calendars know a session by: the same for its whole life and for everyone in it."""
    return str(uuid5(NAMESPACE_URL, f"tracker:interview:{interview_id}:{created_at.isoformat()}"))
