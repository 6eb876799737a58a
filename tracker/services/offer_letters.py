"""What the letter of an offer says, in the words of the organisation that sends it."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tracker.domain.amounts import money
from tracker.domain.offers import SALARY_PERIOD_LABELS
from tracker.models.applications import Application
from tracker.models.offers import Offer


def letter_words(offer: Offer, *, organisation: str, zone: ZoneInfo) -> dict[str, Any]:
    """What the document of a letter is given: the same for all who read it, in the organisation's zone."""
    application: Application = offer.application
    title = application.job.title
    approved_at = offer.approved_at or offer.created_at
    until = _instant(offer.expires_at, zone)
    facts = [
        ("Job", title),
        *([("Department", application.job.department)] if application.job.department else []),
        *([("Place", application.job.location)] if application.job.location else []),
        ("Salary", f"{money(offer.salary_cents, offer.currency)} {SALARY_PERIOD_LABELS[offer.period]}"),
        ("First day of work", _day(offer.starts_on)),
        ("Answer until", until),
    ]
    return {
        "title": f"Our offer: {title}",
        "facts": facts,
        "organisation": organisation,
        "to": application.candidate.name or "",
        "dated": _day(approved_at.astimezone(zone).date()),
        "opening": f"We are happy to offer you a place with us as {title}. These are the terms:",
        "parts": [("Benefits", offer.benefits or ""), ("Conditions", offer.conditions or "")],
        "answer": "Accept or decline this offer on your own page, by the link that we mailed to you, until "
        f"{until}. You accept it by typing your name.",
    }


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _instant(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{local.day} {local:%B %Y, %H:%M %Z}"
