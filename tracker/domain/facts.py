"""What the rules know of one application: plain values gathered by the queries."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from tracker.domain.actors import Role
from tracker.domain.stages import JobStatus, Outcome, Stage


@dataclass(frozen=True, slots=True)
class LastMove:
    """The latest move of an application, as undo needs it: kind, actor key, when, and the move it would
    reverse.
    """

    kind: str
    actor_key: str
    recorded_at: datetime
    from_stage: Stage | None
    from_outcome: Outcome | None


# No dataclass: a board makes 150 of them, and a frozen one takes thrice as long to make.
class Facts(NamedTuple):
    """Everything the rules ask about one application, as plain values; missing records are empty, never
    errors.
    """

    application_id: int
    job_id: int
    stage: Stage
    outcome: Outcome
    version: int
    job_status: JobStatus = JobStatus.OPEN
    openings_free: int = 1
    has_other_active: bool = False
    """Whether the person has another active application on the job."""
    last_move: LastMove | None = None
    # kept of the application
    has_contact_data: bool = False
    has_consent_notice: bool = False
    has_resume_or_profile: bool = False
    unanswered: tuple[str, ...] = ()
    # screening
    needs_resume_review: bool = True
    needs_screening_call: bool = True
    resume_review_passed: bool | None = None
    is_screening_call_done: bool = False
    # interview
    rounds_planned: int = 0
    rounds_held: int = 0
    cards_due: tuple[tuple[int, str], ...] = ()
    """Submitted cards still missing: (user id, "Session title by Name")."""
    cards_expected: int = 0
    under_rated: tuple[str, ...] = ()
    has_rubric: bool = True
    debrief_advances: bool | None = None
    # references
    references_required: int = 2
    references_received: int = 0
    needs_background_check: bool = False
    is_disclosure_sent: bool = False
    has_background_consent: bool | None = None
    is_background_cleared: bool | None = None
    is_report_adverse: bool = False
    """Whether the background report was assessed individually, against the candidate."""
    pre_adverse_wait_until: date | None = None
    # offer
    has_open_offer: bool = False
    is_offer_approved: bool = False
    is_offer_sent: bool = False
    is_offer_accepted: bool = False
    offer_expires_at: datetime | None = None
    offer_step: Role | None = None
    """Who the next step of the offer's approval asks for, where it goes by steps."""
    # onboarding
    open_tasks: tuple[str, ...] = ()
    starts_on: date | None = None
