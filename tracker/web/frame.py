"""What every page has around it: places to go, who is signed in, and the questions templates may ask."""

from functools import lru_cache
from typing import Any

from flask import current_app, g, request, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from tracker.domain.actors import ROLE_LABELS, Actor, ActorKind, Role
from tracker.domain.permissions import Permission, can
from tracker.memory import MEMORIES
from tracker.models.applications import Application
from tracker.queries.veils import name_for
from tracker.web.access import Person, current_actor, may_open
from tracker.web.hrefs import href
from tracker.web.running import config
from tracker.web.transaction import db_session

_TOKEN = "the-token-of-this-request"  # noqa: S105
# The rail, from top to bottom: a place shows once its page exists and the person may open it.
PLACES: tuple[tuple[str, str, Permission | None], ...] = (
    ("My work", "my_work.index", None),
    ("Dashboard", "dashboards.index", Permission.REPORT_READ),
    ("Jobs", "jobs.index", Permission.JOB_READ),
    ("Candidates", "candidates.index", Permission.CANDIDATE_READ),
    ("Interviews", "interviews.index", Permission.INTERVIEW_READ),
    ("Rubrics", "rubrics.index", Permission.RUBRIC_READ),
    ("Reports", "reports.index", Permission.REPORT_READ),
    ("Settings", "settings.show", None),
)


# Pages whose place has another name; those of a job or a rubric say so themselves: job_plans, rubric_edits.
_PLACE_OF = {
    "users": "settings",
    "audit": "settings",
    "retention": "settings",
    "erasure_requests": "settings",
    "notices": "settings",
    "offer_settings": "settings",
    "onboarding_templates": "settings",
    "holidays": "settings",
    "history_uploads": "settings",
    "spending": "settings",
    "postings": "jobs",
    "frameworks": "rubrics",
    "comparisons": "jobs",
    "decision_files": "jobs",
    "agreement": "reports",
    "saved_reports": "reports",
    "report_exports": "reports",
    "practices": "interviews",
    "merges": "candidates",
}


def navigation(actor: Actor) -> tuple[dict[str, Any], ...]:
    """The places this person may go to, the present one marked."""
    here = (request.endpoint or "").partition(".")[0]
    return _places(actor.kind, actor.roles, here, request.script_root)


@lru_cache(maxsize=1024)
def _places(kind: ActorKind, roles: frozenset[Role], here: str, root: str) -> tuple[dict[str, Any], ...]:
    # What opens a page at all depends on roles alone, so the rail is put together once for each set of them.
    del root  # url_for begins with it
    actor = Actor(kind, id=0, roles=roles)
    return tuple(
        {"label": label, "href": url_for(endpoint), "current": _is_within(here, endpoint), "count": 0}
        for label, endpoint, permission in PLACES
        if permission is None or may_open(actor, permission)
    )


def _is_within(here: str, endpoint: str) -> bool:
    part, _, more = here.partition("_")
    place = f"{part}s" if more and part in ("job", "rubric") else _PLACE_OF.get(here, here)
    return place == endpoint.partition(".")[0]


def whose(application: Application) -> str:
    """Whose application it is, or its number where that is hidden from whoever looks."""
    return name_for(db_session(), current_actor(), application) or "Erased"


def frame() -> dict[str, Any]:
    """What the layouts read of every request."""
    known: dict[str, Any] = {
        "organisation": config().organisation,
        "is_demo": config().is_demo,
        "is_without_mail": config().is_demo and not config().mail_url,
        "can": can,
        "whose": whose,
        "Permission": Permission,
        "actor": None,
        "navigation": (),
        "signed_in": None,
        "theme": "auto",
        "theme_href": "",
        "search_href": "",
    }
    if g.get("has_failed") or not current_user or not current_user.is_authenticated:
        return known
    person: Person = current_user._get_current_object()
    roles = [ROLE_LABELS[role] for role in Role if role in person.actor.roles]
    return known | {
        "actor": person.actor,
        "navigation": navigation(person.actor),
        "signed_in": {
            "name": person.actor.name,
            "detail": ", ".join(roles) or person.email,
            "href": href("settings.show"),
            "sign_out_href": href("sign_ins.end"),
        },
        "theme": person.theme or "auto",
        "theme_href": href("settings.theme"),
        "search_href": href("candidates.index"),
        "drawn_rail": _rail(person, ", ".join(roles) or person.email),
    }


def _rail(person: Person, detail: str) -> Markup:
    here = (request.endpoint or "").partition(".")[0]
    actor = person.actor
    parts = _rail_parts(
        actor.kind, actor.roles, here, request.script_root, person.theme or "auto", actor.name, detail
    )
    # Two forms stand in it, and their token is of this request alone.
    return Markup(generate_csrf().join(parts))  # noqa: S704


@lru_cache(maxsize=1024)
def _rail_parts(
    kind: ActorKind, roles: frozenset[Role], here: str, root: str, theme: str, name: str, detail: str
) -> tuple[str, ...]:
    # A tenth of a page's time went into drawing the same rail again.
    module: Any = current_app.jinja_env.get_template("components/rail.html").module
    signed_in = {
        "name": name,
        "detail": detail,
        "href": href("settings.show"),
        "sign_out_href": href("sign_ins.end"),
    }
    places = _places(kind, roles, here, root)
    drawn = module.rail(places, href("candidates.index"), href("settings.theme"), theme, signed_in, _TOKEN)
    return tuple(str(drawn).split(_TOKEN))


MEMORIES.keep(_rail_parts.cache_clear)
