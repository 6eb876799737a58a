"""Where a rule holds: jurisdictions are written "US", "US-CA", "US-NY-NYC", "EU-DE"; "*" is everywhere."""

import re

from tracker.domain.names import clean_line
from tracker.domain.rules import RuleBroken

EVERYWHERE = "*"
_WRITTEN = re.compile(r"[A-Z]{2}(-[A-Z0-9]{2,4}){0,2}")
"""As the tables of rules write them: US, US-CA, US-NY-NYC, EU-DE, GB."""


def holds_in(rule: str, asked: str | None) -> bool:
    """Whether a rule of one jurisdiction holds in another: in itself and all that lies within it."""
    place = (asked or EVERYWHERE).upper()
    return rule in (EVERYWHERE, place) or place.startswith(f"{rule}-")


def jurisdiction_written(text: str | None) -> str | None:
    """A jurisdiction as people write it, in capitals; none where it is left out. Raises RuleBroken at
    `jurisdiction`.
    """
    written = clean_line(text or "", "The jurisdiction", "jurisdiction", longest=40).upper()
    if not written:
        return None
    if not _WRITTEN.fullmatch(written):
        raise RuleBroken("Write a jurisdiction as US, US-CA, EU-DE or GB.", field="jurisdiction")
    return written
