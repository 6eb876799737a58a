"""Why an application closed: one key of this list, never free text alone."""

from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.stages import Outcome, Stage


class DecidedBy(StrEnum):
    """Whose decision a closing was: the employer's or the candidate's."""

    US = "us"
    THEM = "them"


DECIDED_BY_LABELS = {DecidedBy.US: "Employer", DecidedBy.THEM: "Candidate"}


@dataclass(frozen=True, slots=True)
class DispositionReason:
    """A reason for closing: the outcome it belongs to (none: either), who decided, whether it asks for a
    note, and the one stage that it can happen in (none: any).
    """

    key: str
    label: str
    closes_as: Outcome | None
    decided_by: DecidedBy
    needs_note: bool = False
    only_in: Stage | None = None


def _reject(
    key: str, label: str, *, needs_note: bool = False, only_in: Stage | None = None
) -> DispositionReason:
    return DispositionReason(key, label, Outcome.REJECTED, DecidedBy.US, needs_note, only_in)


def _withdraw(
    key: str,
    label: str,
    *,
    needs_note: bool = False,
    by: DecidedBy = DecidedBy.THEM,
    only_in: Stage | None = None,
) -> DispositionReason:
    return DispositionReason(key, label, Outcome.WITHDRAWN, by, needs_note, only_in)


_ALL = (
    _reject("minimum_qualifications", "Does not meet a minimum qualification"),
    _reject("less_qualified", "Others meet the qualifications better"),
    _reject("screening_call", "Screening call below the bar"),
    _reject("interview_score", "Interview evidence below the bar"),
    _reject("skills_assessment", "Skills assessment below the bar"),
    _reject("references", "References did not support the hire", needs_note=True),
    _reject("background_check", "Background check, individually assessed", needs_note=True),
    _reject("not_reachable", "Could not be reached"),
    _reject("no_show", "Did not attend"),
    _reject("position_filled", "Position filled"),
    _reject("job_closed", "Job closed without a hire"),
    _reject("failed_start", "Did not complete onboarding", needs_note=True, only_in=Stage.ONBOARDING),
    _reject("incomplete", "Application incomplete"),
    _reject("duplicate", "Duplicate application"),
    _reject("other_rejected", "Another reason", needs_note=True),
    _withdraw("other_offer", "Took another offer"),
    _withdraw("salary", "Salary or benefits"),
    _withdraw("location_or_hours", "Location, hours or travel"),
    _withdraw("not_interested", "No longer interested"),
    _withdraw("process_too_long", "The process took too long"),
    _withdraw("offer_declined", "Declined the offer"),
    _withdraw("background_consent_refused", "Refused the background check"),
    _withdraw("did_not_start", "Did not start", only_in=Stage.ONBOARDING),
    _withdraw("personal", "Personal reasons"),
    _withdraw("considered_for_another_job", "Considered for another job", by=DecidedBy.US),
    _withdraw("other_withdrawn", "Another reason", needs_note=True),
    DispositionReason("not_recorded", "Not recorded", None, DecidedBy.US),
)

DISPOSITION_REASONS: dict[str, DispositionReason] = {reason.key: reason for reason in _ALL}

TRANSFER_REASON = "considered_for_another_job"
BACKGROUND_REASON = "background_check"
UNRECORDED = "not_recorded"
FILLED_REASON = "position_filled"


def reasons_for(outcome: Outcome, stage: Stage | None = None) -> tuple[DispositionReason, ...]:
    """The reasons a person may choose from when closing with this outcome, in this stage where one is named;
    those kept for imports and transfers left out.
    """
    return tuple(
        r
        for r in _ALL
        if r.closes_as is outcome and r.key != TRANSFER_REASON and stage in (None, r.only_in or stage)
    )
