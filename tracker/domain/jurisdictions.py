"""Where a rule holds: jurisdictions are written "US", "US-CA", "US-NY-NYC", "EU-DE"; "*" is everywhere."""

EVERYWHERE = "*"


def holds_in(rule: str, asked: str | None) -> bool:
    """Whether a rule of one jurisdiction holds in another: in itself and all that lies within it."""
    place = (asked or EVERYWHERE).upper()
    return rule in (EVERYWHERE, place) or place.startswith(f"{rule}-")
