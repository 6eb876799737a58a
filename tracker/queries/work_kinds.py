"""The kinds of what waits for somebody, and how what waits is told."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tracker.domain.requirements import Requirement

SHOWN = 8
"""How many of a kind stand on the page before it offers to show all."""
MOST = 100
"""How many of a kind are counted and shown at most; nobody does more in a day."""


class Work(StrEnum):
    """A kind of thing that waits for somebody, the most pressing first."""

    SCORECARD = "scorecard"
    DEBRIEF = "debrief"
    APPROVE_OFFER = "approve_offer"
    MENTION = "mention"
    READY = "ready"
    STEP = "step"
    REVIEW = "review"
    SCREEN = "screen"
    NO_OPENING = "no_opening"
    SEND_OFFER = "send_offer"
    OFFER_ENDING = "offer_ending"
    OFFER_DECLINED = "offer_declined"
    OFFER_ACCEPTED = "offer_accepted"
    MAIL = "mail"
    CHASE_CARD = "chase_card"
    HANDED_OVER = "handed_over"
    OTHER_TIME = "other_time"
    CHASE_REFERENCE = "chase_reference"
    ASSESS = "assess"
    OPEN_JOB = "open_job"
    ERASURE = "erasure"
    TASK = "task"
    NEW_COLLEAGUE = "new_colleague"
    SESSION = "session"


WORK_LABELS = {
    Work.SCORECARD: "Your scorecards",
    Work.DEBRIEF: "Debriefs to decide",
    Work.APPROVE_OFFER: "Offers to approve",
    Work.MENTION: "Notes that mention you",
    Work.READY: "Ready to move",
    Work.STEP: "Steps to take",
    Work.REVIEW: "New applications",
    Work.SCREEN: "Résumés to screen",
    Work.NO_OPENING: "Accepted, but no opening left",
    Work.SEND_OFFER: "Offers to send",
    Work.OFFER_ENDING: "Offers about to end",
    Work.OFFER_DECLINED: "Offers declined",
    Work.OFFER_ACCEPTED: "Offers just accepted",
    Work.MAIL: "Mails that nobody has answered",
    Work.CHASE_CARD: "Late scorecards to ask for",
    Work.HANDED_OVER: "Sessions that need another interviewer",
    Work.OTHER_TIME: "Candidates who ask for another time",
    Work.CHASE_REFERENCE: "Referees who have not answered",
    Work.ASSESS: "Background reports to see to",
    Work.OPEN_JOB: "Jobs to approve",
    Work.ERASURE: "Requests for erasure",
    Work.TASK: "Onboarding tasks",
    Work.NEW_COLLEAGUE: "New colleagues you are buddy of",
    Work.SESSION: "Interviews in the next seven days",
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for somebody: whose application, on which job, since or until when."""

    id: int
    """Of what waits: an application, session, offer or job."""
    application_id: int | None
    name: str
    job: str
    at: Any
    detail: str = ""
    need: Requirement | None = None
    """What a step is for."""


@dataclass(frozen=True, slots=True)
class Group:
    """What waits of one kind, the oldest first, at most a hundred."""

    work: Work
    label: str
    rows: tuple[Waiting, ...]

    @property
    def number(self) -> str:
        """How many they are, `100+` where there may be more."""
        return f"{MOST}+" if len(self.rows) >= MOST else str(len(self.rows))
