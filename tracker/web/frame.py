"""What every page has around it: places to go, who is signed in, and the questions templates may ask."""

from typing import Any

from flask import current_app, g, request, url_for
from flask_login import current_user

from tracker.domain.actors import ROLE_LABELS, Actor, Role
from tracker.domain.permissions import Permission, can
from tracker.web.access import Person, may_open
from tracker.web.running import config

# The rail, from top to bottom: a place shows once its page exists and the person may open it.
PLACES: tuple[tuple[str, str, Permission | None], ...] = (
    ("My work", "my_work.index", None),
    ("Jobs", "jobs.index", Permission.JOB_READ),
    ("Candidates", "candidates.index", Permission.CANDIDATE_READ),
    ("Interviews", "interviews.index", Permission.INTERVIEW_READ),
    ("Rubrics", "rubrics.index", Permission.RUBRIC_READ),
    ("Reports", "reports.index", Permission.REPORT_READ),
    ("Settings", "settings.show", None),
)


def navigation(actor: Actor) -> list[dict[str, Any]]:
    """The places this person may go to, the present one marked."""
    return [
        {"label": label, "href": url_for(endpoint), "current": _is_within(endpoint), "count": 0}
        for label, endpoint, permission in PLACES
        if endpoint in current_app.view_functions and (permission is None or may_open(actor, permission))
    ]


def _is_within(endpoint: str) -> bool:
    here = (request.endpoint or "").partition(".")[0]
    parts = [one for one in current_app.blueprints if one.startswith(("job_", "rubric_"))]
    settled = {
        "users": "settings",
        "frameworks": "rubrics",
        "comparisons": "jobs",
        "agreement": "reports",
        "practices": "interviews",
    }
    settled |= {one: f"{one.partition('_')[0]}s" for one in parts}
    return settled.get(here, here) == endpoint.partition(".")[0]


def _search_href() -> str:
    return url_for("candidates.index") if "candidates.index" in current_app.view_functions else ""


def frame() -> dict[str, Any]:
    """What the layouts read of every request."""
    known: dict[str, Any] = {
        "organisation": config().organisation,
        "is_demo": config().is_demo,
        "can": can,
        "Permission": Permission,
        "actor": None,
        "navigation": [],
        "signed_in": None,
        "theme": "auto",
        "theme_href": "",
        "search_href": "",
    }
    if g.get("has_failed") or not current_user or not current_user.is_authenticated:
        return known
    person: Person = current_user
    roles = [ROLE_LABELS[role] for role in Role if role in person.actor.roles]
    return known | {
        "actor": person.actor,
        "navigation": navigation(person.actor),
        "signed_in": {
            "name": person.actor.name,
            "detail": ", ".join(roles) or person.email,
            "href": url_for("settings.show"),
            "sign_out_href": url_for("sign_ins.end"),
        },
        "theme": person.theme or "auto",
        "theme_href": url_for("settings.theme"),
        "search_href": _search_href(),
    }
