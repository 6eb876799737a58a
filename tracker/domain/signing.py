"""The name that signs: typed by the candidate, held against the one that is kept of them."""

from itertools import permutations

from tracker.domain.names import clean_line, search_words
from tracker.domain.rules import RuleBroken

_MOST_TURNED = 6
"""Of how many words of a name every order is tried."""


def is_same_name(typed: str, kept: str) -> bool:
    """Whether two writings are one name: case, accents, blanks, hyphens and order say nothing."""
    one, other = search_words(typed), search_words(kept)
    if not one or not other:
        return " ".join(typed.split()) == " ".join(kept.split())
    if sorted(one) == sorted(other):
        return True
    whole = "".join(other)
    if len("".join(one)) != len(whole):
        return False
    orders = permutations(one) if len(one) <= _MOST_TURNED else iter((one,))
    turned = permutations(other) if len(other) <= _MOST_TURNED else iter((other,))
    return not {"".join(words) for words in orders}.isdisjoint("".join(words) for words in turned)


def checked_signature(typed: str, kept: str) -> str:
    """The typed name as it signs. Raises RuleBroken at `typed_name` where it is another than the kept one."""
    name = clean_line(typed, "Your name", "typed_name", longest=200, needed=True)
    if not is_same_name(name, kept):
        raise RuleBroken(
            f"We have your name as {kept}. Type it so, or correct it under Your data first.",
            field="typed_name",
        )
    return name
