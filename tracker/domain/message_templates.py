"""Words kept for writing to candidates by hand, and the moves after which each is suggested, never sent."""

from dataclasses import dataclass, replace
from enum import StrEnum

from tracker.domain.mails import MailEvent, check_template
from tracker.domain.moves import MoveKind
from tracker.domain.names import clean_line
from tracker.domain.stages import Stage

MOST_TEMPLATES = 100
LONGEST_NAME = 80  # characters


class Moment(StrEnum):
    """When a template is suggested: an application has just entered a stage, or was closed."""

    APPLICATION = "application"
    SCREENING = "screening"
    INTERVIEW = "interview"
    REFERENCES = "references"
    OFFER = "offer"
    ONBOARDING = "onboarding"
    RETURNED = "returned"
    HIRED = "hired"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


MOMENT_LABELS = {
    Moment.APPLICATION: "Applied",
    Moment.SCREENING: "Moved to Screening",
    Moment.INTERVIEW: "Moved to Interview",
    Moment.REFERENCES: "Moved to References",
    Moment.OFFER: "Moved to Offer",
    Moment.ONBOARDING: "Moved to Onboarding",
    Moment.RETURNED: "Returned to an earlier stage",
    Moment.HIRED: "Onboarding complete",
    Moment.REJECTED: "Rejected",
    Moment.WITHDRAWN: "Withdrawn",
}
_BY_KIND = {
    MoveKind.RETURN: Moment.RETURNED,
    MoveKind.COMPLETE: Moment.HIRED,
    MoveKind.REJECT: Moment.REJECTED,
    MoveKind.WITHDRAW: Moment.WITHDRAWN,
}
_ENTERS = frozenset({MoveKind.APPLY, MoveKind.ADVANCE, MoveKind.REOPEN})


@dataclass(frozen=True, slots=True)
class MessageWords:
    """One template: its name for staff, subject and text, and the moment at which it is suggested, if any."""

    name: str
    subject: str
    text: str
    moment: Moment | None = None


def moment_of(kind: MoveKind, to_stage: Stage) -> Moment | None:
    """The moment that a move is; none for one that brings nobody anywhere new, such as an undo."""
    return Moment(to_stage.value) if kind in _ENTERS else _BY_KIND.get(kind)


def checked_words(words: MessageWords) -> MessageWords:
    """The template as it is kept. Raises RuleBroken at `name`, `subject` or `text`."""
    subject, text = check_template(MailEvent.MESSAGE, words.subject, words.text)
    name = clean_line(words.name, "The name", "name", longest=LONGEST_NAME, needed=True)
    return replace(words, name=name, subject=subject, text=text)
