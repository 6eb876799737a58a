"""Interview sessions as iCalendar files (RFC 5545, RFC 5546)."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from tracker.domain.calendars import CalendarEntry
from tracker.domain.texts import one_line, plain_text
from tracker.late import Late

# Every page would wait for it at the start of the server; only files of sessions need it.
if TYPE_CHECKING:
    import icalendar
else:
    icalendar = Late("icalendar")

_PRODUCT = "-//tracker//interview sessions//EN"


def write_invitation(entry: CalendarEntry, organiser: str, organiser_email: str) -> bytes:
    """The entry as an invitation (method REQUEST), or as what takes it away again (CANCEL); UTF-8."""
    calendar = _calendar(entry, method="CANCEL" if entry.is_cancelled else "REQUEST")
    event = calendar.events[0]
    event.organizer = icalendar.vCalAddress.new(organiser_email, cn=_name(organiser))
    event.attendees = [
        icalendar.vCalAddress.new(
            entry.attendee_email,
            cn=_name(entry.attendee_name),
            role="REQ-PARTICIPANT",
            partstat="NEEDS-ACTION",
            rsvp=False,
        )
    ]
    written: bytes = calendar.to_ical()
    return written


def write_entry(entry: CalendarEntry) -> bytes:
    """The entry as a file to put into one's calendar (method PUBLISH); UTF-8."""
    written: bytes = _calendar(entry, method="PUBLISH").to_ical()
    return written


def _calendar(entry: CalendarEntry, *, method: str) -> "icalendar.Calendar":
    event = icalendar.Event.new(
        uid=entry.uid,
        sequence=entry.sequence,
        stamp=entry.stamp,
        start=entry.starts_at,
        end=entry.ends_at,
        url=entry.url,
    )
    texts = {"summary": entry.title, "description": entry.description, "location": entry.place}
    for name, text in texts.items():
        if text is not None:
            event.add(name, _text(text))
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    calendar = icalendar.Calendar.new(method=method, prodid=_PRODUCT, uid=entry.uid, subcomponents=[event])
    year = timedelta(days=366)
    calendar.add_missing_timezones(
        first_date=(entry.starts_at - year).date(), last_date=(entry.ends_at + year).date()
    )
    return calendar


def _name(text: str) -> str:
    """A name as a parameter (RFC 5545, 3.2): no escapes, yet some readers take a backslash for one."""
    return one_line(text).replace("\\", "/")


def _text(text: str) -> "icalendar.vUnknown":
    """A text as RFC 5545 (3.3.11) writes it; the library's own way takes C:\\New for a line break."""
    escaped = re.sub(r"([\\;,])", r"\\\1", plain_text(text)).replace("\n", "\\n")
    return icalendar.vUnknown(escaped)
