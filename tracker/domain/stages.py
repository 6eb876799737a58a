"""Where an application stands: six stages in one order, four outcomes, and a job's status."""

from datetime import datetime, timedelta

from tracker.domain.keys import Key


class Stage(Key):
    """One of the six stages that every active application is in."""

    APPLICATION = "application"
    SCREENING = "screening"
    INTERVIEW = "interview"
    REFERENCES = "references"
    OFFER = "offer"
    ONBOARDING = "onboarding"

    @property
    def place(self) -> int:
        """Place in the order of stages, 0 for application to 5 for onboarding."""
        return STAGES.index(self)

    @property
    def following(self) -> "Stage | None":
        """The stage after this one, none after onboarding."""
        return STAGES[self.place + 1] if self.place + 1 < len(STAGES) else None


class Outcome(Key):
    """Whether an application still runs, or how it closed; a closed one keeps its last stage."""

    ACTIVE = "active"
    HIRED = "hired"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class JobStatus(Key):
    """A job is drafted, opened by HR, perhaps held, and ends filled or closed."""

    DRAFT = "draft"
    OPEN = "open"
    ON_HOLD = "on_hold"
    FILLED = "filled"
    CLOSED = "closed"


STAGES: tuple[Stage, ...] = tuple(Stage)

STAGE_LABELS = {
    Stage.APPLICATION: "Application",
    Stage.SCREENING: "Screening",
    Stage.INTERVIEW: "Interview",
    Stage.REFERENCES: "References",
    Stage.OFFER: "Offer",
    Stage.ONBOARDING: "Onboarding",
}

OUTCOME_LABELS = {
    Outcome.ACTIVE: "Active",
    Outcome.HIRED: "Hired",
    Outcome.REJECTED: "Rejected",
    Outcome.WITHDRAWN: "Withdrawn",
}

OUTCOME_BADGES = {
    Outcome.ACTIVE: "accent",
    Outcome.HIRED: "good",
    Outcome.REJECTED: "bad",
    Outcome.WITHDRAWN: "plain",
}

JOB_STATUS_LABELS = {
    JobStatus.DRAFT: "Draft",
    JobStatus.OPEN: "Open",
    JobStatus.ON_HOLD: "On hold",
    JobStatus.FILLED: "Filled",
    JobStatus.CLOSED: "Closed",
}

JOB_STATUS_BADGES = {
    JobStatus.DRAFT: "plain",
    JobStatus.OPEN: "good",
    JobStatus.ON_HOLD: "warn",
    JobStatus.FILLED: "accent",
    JobStatus.CLOSED: "plain",
}

TARGET_DAYS = {
    Stage.APPLICATION: 3,
    Stage.SCREENING: 5,
    Stage.INTERVIEW: 10,
    Stage.REFERENCES: 7,
    Stage.OFFER: 5,
    Stage.ONBOARDING: 30,
}
"""Days an application should spend in each stage, unless the job sets its own."""


def over_since(target: int, now: datetime) -> datetime:
    """The instant at which, or before which, an application came into its stage if it is over target days.

    The last of the target days still counts as in time: "3 of 3 days" is not over, "4 of 3 days" is.
    """
    return now - timedelta(days=target + 1)
