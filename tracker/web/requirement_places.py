"""Where each requirement of a move is seen to: the page behind a line of the list of what is missing."""

from typing import Any

from flask import current_app, url_for

from tracker.domain.deciding import MoveOption
from tracker.domain.permissions import Permission, Subject, can
from tracker.domain.requirements import OWNER_LABELS, REQUIREMENT_LABELS, Owner, Requirement
from tracker.models.applications import Application
from tracker.web.access import current_actor

# Endpoints that take the id of the application; a line has its link once the page exists.
PLACES: dict[Requirement, tuple[str, str]] = {
    Requirement.CONSENT_NOTICE: ("applications.consent_notice", "Record"),
    Requirement.REQUIRED_ANSWERS: ("applications.answers", "Answer"),
    Requirement.RESUME_OR_PROFILE: ("files.create", "Add"),
    Requirement.RESUME_REVIEW: ("screenings.review", "Review"),
    Requirement.SCREENING_CALL: ("screenings.call", "Record"),
    Requirement.ROUNDS_HELD: ("interviews.new", "Schedule"),
    Requirement.SCORECARDS: ("debriefs.show", "See"),
    Requirement.COMPETENCIES_RATED: ("debriefs.show", "See"),
    Requirement.DEBRIEF: ("debriefs.show", "Decide"),
    Requirement.REFERENCES: ("references.index", "Open"),
    Requirement.BACKGROUND_CHECK: ("background_checks.show", "Open"),
    Requirement.OFFER_APPROVED: ("offers.index", "Open"),
    Requirement.OFFER_ACCEPTED: ("offers.index", "Open"),
    Requirement.NO_OPEN_OFFER: ("offers.index", "Open"),
    Requirement.ONBOARDING_TASKS: ("onboarding.index", "Open"),
    Requirement.START_DATE: ("offers.index", "Open"),
}


def requirement_items(application: Application, option: MoveOption) -> list[dict[str, Any]]:
    """What a move needs, what is missing first, as the list shows it."""
    missing = [
        {
            "sentence": m.detail[0].upper() + m.detail[1:],
            "owner": "" if m.owner is Owner.YOU else f"owed by {OWNER_LABELS[m.owner]}",
            "is_met": False,
            **_place(application, m.requirement),
        }
        for m in option.unmet
    ]
    if any(m.owner is Owner.YOU for m in option.unmet):
        # Whoever still owes a scorecard learns nothing of the others, not even that they are done.
        return missing
    unmet = {m.requirement for m in option.unmet}
    met = [need for need in option.edge.needs if need not in unmet]
    return missing + [{"sentence": _sentence(need), "owner": "", "is_met": True, "href": ""} for need in met]


def _sentence(need: Requirement) -> str:
    label = REQUIREMENT_LABELS[need]
    return label[0].upper() + label[1:]


def _place(application: Application, requirement: Requirement) -> dict[str, str]:
    endpoint, action = PLACES.get(requirement, ("", ""))
    if not _may_open(application, endpoint):
        return {"href": ""}
    return {"href": url_for(endpoint, application_id=application.id), "action": action}


def _may_open(application: Application, endpoint: str) -> bool:
    view = current_app.view_functions.get(endpoint)
    if view is None:
        return False
    # Every view carries its mark: the app refuses to start with one that does not.
    permission: Permission | None = getattr(view, "access").permission  # noqa: B009
    return permission is None or can(current_actor(), permission, Subject(job_id=application.job_id))
