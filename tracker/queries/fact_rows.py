"""One row of an application's records, turned into the facts of offer, background check and debrief."""

from datetime import datetime
from typing import Any

from tracker.domain.offers import OPEN_STATUSES, OfferDates, OfferStatus, offer_status
from tracker.models.debriefs import DebriefDecision
from tracker.models.references import AssessmentResult, BackgroundResult


def offer_facts(row: Any, now: datetime) -> dict[str, Any]:
    """Where the latest offer stands; an acceptance older than a return no longer counts."""
    if row.offer_expires_at is None:
        return {}
    dates = OfferDates(
        row.offer_approved_at, row.offer_sent_at, row.offer_accepted_at, row.offer_declined_at,
        row.offer_withdrawn_at, row.offer_voided_at, row.offer_expires_at,
    )  # fmt: skip
    status = offer_status(dates, now)
    is_stale = row.returned is not None and (row.offer_accepted_version or 0) < row.returned
    stands = status in OPEN_STATUSES or (status is OfferStatus.ACCEPTED and not is_stale)
    return {
        "has_open_offer": status in OPEN_STATUSES,
        "is_offer_approved": stands and row.offer_approved_at is not None,
        "is_offer_sent": stands and row.offer_sent_at is not None,
        "is_offer_accepted": status is OfferStatus.ACCEPTED and not is_stale,
        "offer_expires_at": row.offer_expires_at,
        "offer_step": row.offer_step,
        "starts_on": row.offer_starts_on if status is OfferStatus.ACCEPTED else None,
    }


def background_facts(row: Any) -> dict[str, Any]:
    """How far the background check came; a report to consider is cleared only by an assessment."""
    is_cleared = None
    if row.report is BackgroundResult.CLEAR:
        is_cleared = True
    elif row.report is BackgroundResult.CONSIDER:
        is_cleared = row.assessment is AssessmentResult.ACCEPTABLE
    return {
        "is_disclosure_sent": row.disclosed_at is not None,
        "has_background_consent": row.has_consent,
        "is_background_cleared": is_cleared,
        "is_report_adverse": row.assessment is AssessmentResult.ADVERSE,
        "pre_adverse_wait_until": row.wait_until,
    }


def debrief_facts(row: Any) -> dict[str, Any]:
    """What the debrief decided; a decision older than a return no longer counts."""
    is_stale = row.returned is not None and (row.debrief_version or 0) < row.returned
    if row.debrief is None or is_stale:
        return {"debrief_advances": None}
    return {"debrief_advances": row.debrief is DebriefDecision.ADVANCE}
