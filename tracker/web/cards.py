"""The cards of a board as they are shown: prepared and drawn here, for 150 stand on a page."""

from functools import lru_cache
from typing import Any, NamedTuple

from flask import current_app
from markupsafe import Markup

from tracker.memory import MEMORIES
from tracker.queries.board import Card, Column
from tracker.web.filters import initials
from tracker.web.hrefs import href_before

_SHOWN_TAGS = 2


class CardLine(NamedTuple):
    """What `components/card.html` shows of one application."""

    application_id: int
    version: int
    name: str
    href: str
    moves_href: str
    facts: str
    state: str
    state_kind: str
    is_over: bool
    face: str


def draw_cards(column: Column, *, is_movable: bool) -> Markup:
    """The cards of a column, each with where it leads and what it says in few words."""
    addresses = href_before("applications.show", "application_id")
    return Markup("".join([_drawn(card, addresses, is_movable) for card in column.cards]))  # noqa: S704


@lru_cache(maxsize=4096)
def _drawn(card: Card, addresses: str, is_movable: bool) -> Markup:
    # The same facts make the same card: most cards of a board are drawn as they were a moment ago.
    module: Any = current_app.jinja_env.get_template("components/card.html").module
    drawn: Markup = module.cards((card_line(card, addresses),), is_movable)
    return drawn


MEMORIES.keep(_drawn.cache_clear)


def card_line(card: Card, addresses: str) -> CardLine:
    """What a card says, below the address of all applications."""
    href = f"{addresses}{card.id}"
    return CardLine(
        application_id=card.id,
        version=card.version,
        name=card.name,
        href=href,
        moves_href=f"{href}/moves?back=board",
        facts=_facts(card),
        state=card.missing or "ready to move",
        state_kind="good" if card.is_ready else "",
        is_over=card.is_over,
        face=initials(card.recruiter) if card.recruiter else "",
    )


def _facts(card: Card) -> str:
    """Such as `3 days · website #forklift`; past the target `9 days, over · website`."""
    noun = "day" if card.days == 1 else "days"
    over = ", over" if card.is_over else ""
    tags = "".join(f" #{tag}" for tag in card.tags[:_SHOWN_TAGS])
    more = len(card.tags) - _SHOWN_TAGS
    return f"{card.days} {noun}{over} · {card.source}{tags}{f' +{more}' if more > 0 else ''}"
