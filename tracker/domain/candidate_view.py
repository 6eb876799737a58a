"""What candidates are told of where they stand: a mapping of its own in plain words, not the stored stage."""

from datetime import datetime
from enum import StrEnum

from tracker.domain.moves import UNDO_WINDOW
from tracker.domain.offers import OfferStatus
from tracker.domain.stages import Outcome, Stage


class Standing(StrEnum):
    """Where an application stands as its candidate reads it."""

    RECEIVED = "received"
    BEING_READ = "being_read"
    TALKING = "talking"
    CHECKING = "checking"
    OFFER_IN_WORK = "offer_in_work"
    OFFER_WAITS = "offer_waits"
    OFFER_DECLINED = "offer_declined"
    OFFER_EXPIRED = "offer_expired"
    OFFER_TAKEN_BACK = "offer_taken_back"
    JOINING = "joining"
    JOINED = "joined"
    CLOSED = "closed"
    GOES_ON = "goes_on"
    WITHDRAWN = "withdrawn"


STANDING_LABELS = {
    Standing.RECEIVED: "Received",
    Standing.BEING_READ: "Being read",
    Standing.TALKING: "Interviews",
    Standing.CHECKING: "References",
    Standing.OFFER_IN_WORK: "We are writing you an offer",
    Standing.OFFER_WAITS: "Our offer waits for your answer",
    Standing.OFFER_DECLINED: "You declined our offer",
    Standing.OFFER_EXPIRED: "The time to answer our offer is over",
    Standing.OFFER_TAKEN_BACK: "We took our offer back",
    Standing.JOINING: "On your way to us",
    Standing.JOINED: "You are with us",
    Standing.CLOSED: "Closed",
    Standing.GOES_ON: "Goes on for another job",
    Standing.WITHDRAWN: "Withdrawn",
}
STANDING_BADGES = {
    Standing.RECEIVED: "accent",
    Standing.BEING_READ: "accent",
    Standing.TALKING: "accent",
    Standing.CHECKING: "accent",
    Standing.OFFER_IN_WORK: "good",
    Standing.OFFER_WAITS: "warn",
    Standing.OFFER_DECLINED: "plain",
    Standing.OFFER_EXPIRED: "warn",
    Standing.OFFER_TAKEN_BACK: "plain",
    Standing.JOINING: "good",
    Standing.JOINED: "good",
    Standing.CLOSED: "plain",
    Standing.GOES_ON: "accent",
    Standing.WITHDRAWN: "plain",
}
STANDING_SENTENCES = {
    Standing.RECEIVED: "We have your application and will read it soon.",
    Standing.BEING_READ: "Somebody reads your application, and we may call you to get to know you.",
    Standing.TALKING: "We would like to talk with you. Every candidate is asked the same questions.",
    Standing.CHECKING: "Our talks went well. Now we ask people who have worked with you.",
    Standing.OFFER_IN_WORK: "We would like to work with you, and are preparing an offer.",
    Standing.OFFER_WAITS: "Read our offer, and accept or decline it in time.",
    Standing.OFFER_DECLINED: "We have your answer. Thank you for telling us why.",
    Standing.OFFER_EXPIRED: "We have no answer from you. Please write to us if you would like to give one.",
    Standing.OFFER_TAKEN_BACK: "There is no offer that you could answer now. We will write to you.",
    Standing.JOINING: "You accepted our offer. These are the steps before and around your first day.",
    Standing.JOINED: "Welcome, and thank you.",
    Standing.CLOSED: "We have decided not to go on with this application. Thank you for your time.",
    Standing.GOES_ON: "We think that another job may suit you better. Your application goes on for that one.",
    Standing.WITHDRAWN: "You are not considered for this job any more.",
}
JUDGED_NEXT = {
    Standing.RECEIVED: "Whether your application is complete and brings what the job needs at least:",
    Standing.BEING_READ: "Whether you bring what the job needs at least:",
    Standing.TALKING: "What you have done and would do in the work of this job. We ask about:",
    Standing.CHECKING: "What your referees can tell of your work. We ask them about:",
}
"""What the next decision looks at, by standing; where nothing more is judged there is nothing to say."""

_BY_STAGE = {
    Stage.APPLICATION: Standing.RECEIVED,
    Stage.SCREENING: Standing.BEING_READ,
    Stage.INTERVIEW: Standing.TALKING,
    Stage.REFERENCES: Standing.CHECKING,
    Stage.OFFER: Standing.OFFER_IN_WORK,
    Stage.ONBOARDING: Standing.JOINING,
}
_BY_OFFER = {
    OfferStatus.SENT: Standing.OFFER_WAITS,
    OfferStatus.DECLINED: Standing.OFFER_DECLINED,
    OfferStatus.EXPIRED: Standing.OFFER_EXPIRED,
    OfferStatus.WITHDRAWN: Standing.OFFER_TAKEN_BACK,
}
"""What an offer that was sent says of where they stand; one that a move made void says nothing any more."""


def standing_of(
    stage: Stage,
    outcome: Outcome,
    *,
    offer: OfferStatus | None,
    moved_at: datetime,
    now: datetime,
    is_transferred: bool = False,
) -> Standing:
    """Where a candidate reads that they stand; a rejection shows once it can no longer be undone.

    `offer` is where the latest offer stands that was sent to them, `moved_at` when the last move was made.
    """
    if outcome is Outcome.HIRED:
        return Standing.JOINED
    if is_transferred:
        return Standing.GOES_ON
    if outcome is Outcome.WITHDRAWN:
        return Standing.WITHDRAWN
    if outcome is Outcome.REJECTED and now - moved_at > UNDO_WINDOW:
        return Standing.CLOSED
    if stage is Stage.OFFER and offer in _BY_OFFER:
        return _BY_OFFER[offer]
    return _BY_STAGE[stage]
