"""How templates write instants, days and names; instants in the zone of whoever reads."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask, g
from flask_login import current_user

from tracker import clock
from tracker.domain.days import day_in_words
from tracker.web.running import config


def reader_zone() -> ZoneInfo:
    """The zone of the person who reads, or the organisation's."""
    if g.get("has_failed"):
        return ZoneInfo(config().time_zone)
    # Asked for every instant of a page.
    zone: ZoneInfo | None = g.get("reader_zone")
    if zone is None:
        own = current_user.time_zone if current_user and current_user.is_authenticated else None
        zone = g.reader_zone = ZoneInfo(own or config().time_zone)
    return zone


def ago(at: datetime | None) -> str:
    """How long ago, in the largest whole unit: `just now`, `5 minutes ago`, `3 days ago`."""
    if at is None:
        return "never"
    seconds = int((clock.now() - at).total_seconds())
    if seconds < 60:
        return "just now"
    if seconds < 3600:
        return _many(seconds // 60, "minute") + " ago"
    if seconds < 86400:
        return _many(seconds // 3600, "hour") + " ago"
    return _many(seconds // 86400, "day") + " ago"


def due(on: date | datetime | None) -> str:
    """When something is due, from today: `today`, `tomorrow`, `in 3 days`, `2 days late`."""
    if on is None:
        return ""
    today = clock.now().astimezone(reader_zone()).date()
    day_due = on.astimezone(reader_zone()).date() if isinstance(on, datetime) else on
    days = (day_due - today).days
    if days < 0:
        return _many(-days, "day") + " late"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def day(on: date | datetime | None) -> str:
    """A day as people write it: `23 Nov 2026`."""
    if on is None:
        return ""
    if isinstance(on, datetime):
        on = on.astimezone(reader_zone()).date()
    return day_in_words(on)


def instant(at: datetime | None, zone: ZoneInfo | None = None) -> str:
    """A day and a time of day in the reader's zone, which is named: `23 Nov 2026, 14:05 GMT`."""
    if at is None:
        return ""
    local = at.astimezone(zone or reader_zone())
    return f"{local.day} {local:%b %Y, %H:%M %Z}"


def initials(name: str) -> str:
    """The first letters of a name's first and last word."""
    words = name.split()
    return "".join(word[0].upper() for word in dict.fromkeys([words[0], words[-1]])) if words else "?"


def iso(at: date | datetime | None) -> str:
    """A day or instant for machines."""
    return at.isoformat() if at is not None else ""


def _many(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def add_filters(app: Flask) -> None:
    """Teach templates these filters."""
    for filter_ in (ago, due, day, instant, initials, iso):
        app.add_template_filter(filter_)
