"""Saved reports: a report with its filters that a person keeps under a name, and when they are written to."""

from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from tracker.domain.names import clean_line
from tracker.domain.saved_views import LONGEST_NAME

MOST_REPORTS = 50
"""How many reports one person keeps."""
_FROM = time(7)
"""Nobody is written to earlier in their day."""
_FIRST_OF_MONTH = 1


class MailedEvery(StrEnum):
    """How often a person is sent the link to a report."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


MAILED_EVERY_LABELS = {
    MailedEvery.DAY: "Every day",
    MailedEvery.WEEK: "Every Monday",
    MailedEvery.MONTH: "On the first of every month",
}


def saved_report_name(text: str | None) -> str:
    """The name of a saved report. Raises RuleBroken at `name`."""
    return clean_line(text or "", "The name", "name", longest=LONGEST_NAME, needed=True)


def is_mail_due(every: MailedEvery, mailed_on: date, now: datetime, zone: tzinfo) -> bool:
    """Whether a link is to be sent now, in the reader's zone; times that were missed are made up for once.

    `mailed_on` is the day of the last one, or the day on which they were asked for.
    """
    local = now.astimezone(zone)
    return local.time() >= _FROM and next_mail_on(every, mailed_on) <= local.date()


def next_mail_on(every: MailedEvery, after: date) -> date:
    """The first day after another on which a link is sent."""
    day = after + timedelta(days=1)
    if every is MailedEvery.WEEK:
        return day + timedelta(days=-day.weekday() % 7)
    if every is MailedEvery.MONTH and day.day != _FIRST_OF_MONTH:
        return (day.replace(day=28) + timedelta(days=4)).replace(day=_FIRST_OF_MONTH)
    return day
