"""Web addresses that people give of themselves: a profile, a portfolio; kept only where they are plain."""

import re

from tracker.domain.rules import RuleBroken

MOST_LINKS = 5
LONGEST_LINK = 300  # characters
LONGEST_LINKS = 2_000  # characters of all of them as they are typed
_HOST = r"[a-z0-9-]+(?:\.[a-z0-9-]+)+"
_LINK = re.compile(rf"https?://{_HOST}(?::[1-9]\d{{0,4}})?(?:[/?#].*)?", re.IGNORECASE)
_BARE = re.compile(rf"{_HOST}(?::[1-9]\d{{0,4}})?(?:[/?#].*)?", re.IGNORECASE)
_NEVER = frozenset(' "<>\\^`{|}')


def clean_link(text: str) -> str | None:
    """The address with its scheme, `https` where it has none; none for what is no address of the web."""
    link = text.strip()
    if _BARE.fullmatch(link):
        link = f"https://{link}"
    is_plain = len(link) <= LONGEST_LINK and link.isprintable() and not _NEVER & set(link)
    return link if is_plain and _LINK.fullmatch(link) else None


def checked_links(text: str) -> tuple[str, ...]:
    """The addresses of a field, one a line, each once. Raises RuleBroken on `links` for what is none."""
    found: dict[str, None] = {}
    for line in text.split("\n"):
        if not line.strip():
            continue
        link = clean_link(line)
        if link is None:
            raise RuleBroken(
                "One of these is no web address: give one a line, such as https://example.org/me.",
                field="links",
            )
        found[link] = None
    if len(found) > MOST_LINKS:
        raise RuleBroken(f"Give at most {MOST_LINKS} web addresses.", field="links")
    return tuple(found)
