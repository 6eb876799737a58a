"""Mail that the tracker writes: on what events, from which words, and how plain text becomes a message."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tracker.domain.calendars import CalendarEntry
from tracker.domain.names import clean_line, clean_text
from tracker.domain.rules import RuleBroken

LONGEST_SUBJECT = 200  # characters
LONGEST_MAIL = 10_000  # characters
HIDDEN = "…"
"""What is kept in place of a link's token."""


class MailEvent(StrEnum):
    """What somebody is written about; each has one template."""

    APPLICATION_RECEIVED = "application_received"
    APPLICATION_REPEATED = "application_repeated"
    TRANSFERRED = "application_transferred"
    LINK_REQUESTED = "link_requested"
    ADDRESS_TO_CONFIRM = "address_to_confirm"
    ADDRESS_CHANGED = "address_changed"
    MOVED_ON = "moved_on"
    REJECTED = "rejected"
    CANDIDATE_INVITED = "candidate_invited"
    CANDIDATE_TIME_CHANGED = "candidate_time_changed"
    CANDIDATE_SESSION_CANCELLED = "candidate_session_cancelled"
    PANEL_INVITED = "panel_invited"
    PANEL_TIME_CHANGED = "panel_time_changed"
    PANEL_SESSION_CANCELLED = "panel_session_cancelled"
    SCORECARD_DUE = "scorecard_due"
    DISCLOSURE_DUE = "disclosure_due"
    PRE_ADVERSE = "pre_adverse"
    REFERENCE_REQUESTED = "reference_requested"
    REFERENCE_REMINDER = "reference_reminder"
    OFFER_SENT = "offer_sent"
    OFFER_WITHDRAWN = "offer_withdrawn"
    ONBOARDING_STARTED = "onboarding_started"
    TASKS_DUE = "tasks_due"
    SAVED_REPORT = "saved_report"
    MENTIONED = "mentioned"
    DIGEST = "digest"
    MESSAGE = "message"


MAIL_EVENT_LABELS = {
    MailEvent.APPLICATION_RECEIVED: "Application received",
    MailEvent.APPLICATION_REPEATED: "Applied a second time",
    MailEvent.TRANSFERRED: "Goes on for another job",
    MailEvent.LINK_REQUESTED: "Link to the candidate’s own page",
    MailEvent.ADDRESS_TO_CONFIRM: "Confirming a new address",
    MailEvent.ADDRESS_CHANGED: "The address was changed, to the old one",
    MailEvent.MOVED_ON: "Moved on to the next stage",
    MailEvent.REJECTED: "Rejection",
    MailEvent.CANDIDATE_INVITED: "Interview invitation to the candidate",
    MailEvent.CANDIDATE_TIME_CHANGED: "Interview change to the candidate",
    MailEvent.CANDIDATE_SESSION_CANCELLED: "Interview cancellation to the candidate",
    MailEvent.PANEL_INVITED: "Interview invitation to the panel",
    MailEvent.PANEL_TIME_CHANGED: "Interview change to the panel",
    MailEvent.PANEL_SESSION_CANCELLED: "Interview cancellation to the panel",
    MailEvent.SCORECARD_DUE: "Reminder of a due scorecard",
    MailEvent.DISCLOSURE_DUE: "Asking for consent to a background check",
    MailEvent.PRE_ADVERSE: "Notice before a background report counts",
    MailEvent.REFERENCE_REQUESTED: "Reference request",
    MailEvent.REFERENCE_REMINDER: "Reminder to a referee",
    MailEvent.OFFER_SENT: "Offer sent",
    MailEvent.OFFER_WITHDRAWN: "Offer taken back",
    MailEvent.ONBOARDING_STARTED: "Welcome to onboarding",
    MailEvent.TASKS_DUE: "Reminder of steps before the first day",
    MailEvent.SAVED_REPORT: "Link to a saved report",
    MailEvent.MENTIONED: "Mentioned in a note",
    MailEvent.DIGEST: "Daily digest",
    MailEvent.MESSAGE: "Message written by hand",
}

_EVERYWHERE = ("candidate", "job", "organisation")
_SESSION = ("session", "when", "minutes", "place")
VARIABLES: dict[MailEvent, tuple[str, ...]] = {
    MailEvent.APPLICATION_RECEIVED: (*_EVERYWHERE, "link"),
    MailEvent.APPLICATION_REPEATED: (*_EVERYWHERE, "link"),
    MailEvent.TRANSFERRED: (*_EVERYWHERE, "link"),
    MailEvent.LINK_REQUESTED: (*_EVERYWHERE, "link"),
    MailEvent.ADDRESS_TO_CONFIRM: (*_EVERYWHERE, "link"),
    MailEvent.ADDRESS_CHANGED: _EVERYWHERE,
    MailEvent.MOVED_ON: (*_EVERYWHERE, "stage", "link"),
    MailEvent.REJECTED: _EVERYWHERE,
    MailEvent.CANDIDATE_INVITED: (*_EVERYWHERE, *_SESSION, "link"),
    MailEvent.CANDIDATE_TIME_CHANGED: (*_EVERYWHERE, *_SESSION, "link"),
    MailEvent.CANDIDATE_SESSION_CANCELLED: (*_EVERYWHERE, *_SESSION),
    MailEvent.PANEL_INVITED: (*_EVERYWHERE, *_SESSION, "interviewer", "link"),
    MailEvent.PANEL_TIME_CHANGED: (*_EVERYWHERE, *_SESSION, "interviewer", "link"),
    MailEvent.PANEL_SESSION_CANCELLED: (*_EVERYWHERE, *_SESSION, "interviewer"),
    MailEvent.SCORECARD_DUE: (*_EVERYWHERE, *_SESSION, "interviewer", "link"),
    MailEvent.DISCLOSURE_DUE: (*_EVERYWHERE, "link"),
    MailEvent.PRE_ADVERSE: (*_EVERYWHERE, "until", "link"),
    MailEvent.REFERENCE_REQUESTED: (*_EVERYWHERE, "referee", "link"),
    MailEvent.REFERENCE_REMINDER: (*_EVERYWHERE, "referee", "link"),
    MailEvent.OFFER_SENT: (*_EVERYWHERE, "link"),
    MailEvent.OFFER_WITHDRAWN: (*_EVERYWHERE, "link"),
    MailEvent.ONBOARDING_STARTED: (*_EVERYWHERE, "link"),
    MailEvent.TASKS_DUE: (*_EVERYWHERE, "link"),
    MailEvent.SAVED_REPORT: ("organisation", "reader", "report", "every", "link", "stop_link"),
    MailEvent.MENTIONED: ("organisation", "reader", "writer", "job", "link"),
    MailEvent.DIGEST: ("organisation", "reader", "waiting", "link", "stop_link"),
    MailEvent.MESSAGE: (*_EVERYWHERE, "link"),
}
"""What a template of each event may name in double braces."""
WITH_OWN_LINK = frozenset(
    event
    for event, names in VARIABLES.items()
    if "link" in names and not {"interviewer", "referee", "reader"} & set(names)
)
"""Mail to candidates, whose link opens the page of one person only, once."""
TO_REFEREES = frozenset(event for event, names in VARIABLES.items() if "referee" in names)
"""Mail to referees, whose link opens their form only, once."""

SAMPLES = {
    "candidate": "Amina Yusuf",
    "job": "Order clerk, Leeds",
    "organisation": "Our organisation",
    "stage": "Interview",
    "session": "Round 1",
    "when": "Tuesday 24 November 2026, 09:30 to 10:15 GMT",
    "minutes": "45",
    "until": "Tuesday 1 December 2026",
    "place": "Room 2",
    "interviewer": "Ines",
    "referee": "Jonas Berg",
    "reader": "Rita",
    "writer": "Hank",
    "waiting": "Your scorecards: 2\nhttps://tracker.example.org/my-work?show=scorecard",
    "report": "Time in stage, Leeds",
    "every": "every Monday",
    "stop_link": "https://tracker.example.org/saved-reports/7/stop",
    "link": "https://tracker.example.org/interviews/7",
}
"""What stands for each variable in a preview."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the organisation, where people reach the tracker (no slash at the end), and its zone."""

    organisation: str
    base_url: str
    time_zone: str
    reply_to: str = ""
    """The pattern of addresses under which answers come in, empty where none does."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One message as it is sent: to whom, its subject and plain text, and the entry for a calendar if any."""

    to_name: str
    to_email: str
    subject: str
    text: str
    entry: CalendarEntry | None = None
    secret: str = ""
    """The token of a link that only its reader may have: it travels, and is kept nowhere."""
    reply_to: str = ""
    """The address to which it is answered, where answers come in; it travels, and is kept nowhere."""

    def kept(self, text: str) -> str:
        """Subject or text as it is kept once it went out."""
        return text.replace(self.secret, HIDDEN) if self.secret else text


class MailState(StrEnum):
    """Where a message of the outbox stands."""

    WAITING = "waiting"
    DUE = "due"
    SENDING = "sending"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    SENT = "sent"
    DROPPED = "dropped"


MAIL_STATE_LABELS = {
    MailState.WAITING: "Waits for its time",
    MailState.DUE: "To be sent",
    MailState.SENDING: "Being sent",
    MailState.UNCERTAIN: "Perhaps sent",
    MailState.FAILED: "Given up",
    MailState.SENT: "Sent",
    MailState.DROPPED: "Dropped",
}
MAIL_STATE_BADGES = {
    MailState.WAITING: "plain",
    MailState.DUE: "accent",
    MailState.SENDING: "accent",
    MailState.UNCERTAIN: "warn",
    MailState.FAILED: "bad",
    MailState.SENT: "good",
    MailState.DROPPED: "plain",
}

BRACES = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
"""What stands in double braces."""


def check_template(event: MailEvent, subject: str, text: str) -> tuple[str, str]:
    """Subject and text of a template, trimmed. Raises RuleBroken at `subject` or `text`: missing, too long,
    a variable that this event does not have, or braces that do not close.
    """
    subject = clean_line(subject, "The subject", "subject", longest=LONGEST_SUBJECT, needed=True)
    text = clean_text(text, "The text", "text", longest=LONGEST_MAIL, needed=True)
    for field, value in (("subject", subject), ("text", text)):
        _check_variables(event, value, field)
    return subject, text


def _check_variables(event: MailEvent, value: str, field: str) -> None:
    known = VARIABLES[event]
    for name in BRACES.findall(value):
        if name.strip() not in known:
            listed = ", ".join(f"{{{{{one}}}}}" for one in known)
            raise RuleBroken(
                f"This mail has no {{{{{name.strip()[:40]}}}}}. What it has: {listed}.", field=field
            )
    rest = BRACES.sub("", value)
    if "{{" in rest or "}}" in rest:
        raise RuleBroken("Braces stand here that do not close.", field=field)


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with each variable replaced by its value; braces within a value stay as they are."""
    return BRACES.sub(lambda found: values[found[1].strip()], template)


def as_html(mail: Mail, base_url: str) -> str:
    """The plain text as a page of paragraphs, everything escaped; addresses of the tracker are links."""
    paragraphs = [one.strip("\n") for one in re.split(r"\n\s*\n", mail.text) if one.strip()]
    body = "\n".join(f"<p>{_lines(one, base_url)}</p>" for one in paragraphs)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{html.escape(mail.subject)}</title></head>\n<body>\n{body}\n</body></html>\n"
    )


def _lines(text: str, base_url: str) -> str:
    address = re.compile(re.escape(html.escape(base_url)) + r"/[\w/.?=&;%#-]*(?<![.?;])")
    escaped = html.escape(text).replace("\n", "<br>\n")
    return address.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', escaped)


def long_day(day: date) -> str:
    """A day with the day of its week: `Tuesday 24 November 2026`."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def session_time(starts_at: datetime, ends_at: datetime) -> str:
    """When a session is, both in the reader's zone: `Tuesday 24 November 2026, 09:30 to 10:15 GMT`."""
    last = f"{ends_at:%H:%M %Z}" if starts_at.date() == ends_at.date() else f"{ends_at:%A %H:%M %Z}"
    return f"{starts_at:%A} {starts_at.day} {starts_at:%B %Y, %H:%M} to {last}"
