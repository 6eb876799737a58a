"""Colleagues who are called upon in a note by `@name`: found in its text, and only those who may read it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.names import fold, search_words
from tracker.domain.rules import RuleBroken

MOST_MENTIONED = 20
_MOST_CALLED = 200
"""How many different words after an @ are looked up; with more the note is refused."""
_AT = re.compile(r"(?<![\w@.+-])@([\w.+-]+@[\w.-]+|\w[^@,;:!?()\[\]\"\n]{0,200})")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may sign in; `may_read` says whether they may read the notes of the application, now or
    once their own scorecards are in.
    """

    id: int
    name: str
    email: str
    may_read: bool


def mentioned_in(text: str, colleagues: Sequence[Colleague]) -> tuple[Colleague, ...]:
    """Whom a note mentions, each once, in order: by whole name, address, or a given name that only one has.

    An `@` before anything else is text. Raises RuleBroken on `text` for somebody who may not read the note,
    a given name of several, or more than twenty people.
    """
    found: dict[int, Colleague] = {}
    called = list(dict.fromkeys(match[1] for match in _AT.finditer(text)))
    if len(called) > _MOST_CALLED:
        raise RuleBroken(f"A note mentions at most {MOST_MENTIONED} people.", field="text")
    words = {one.id: tuple(search_words(one.name)) for one in colleagues} if called else {}
    for told in called:
        one = _meant(told, colleagues, words)
        if one is not None:
            found[one.id] = one
    if len(found) > MOST_MENTIONED:
        raise RuleBroken(f"A note mentions at most {MOST_MENTIONED} people.", field="text")
    return tuple(found.values())


def _meant(
    told: str, colleagues: Sequence[Colleague], words: Mapping[int, tuple[str, ...]]
) -> Colleague | None:
    address = _ADDRESS.match(told)
    if address:
        return _one_of((one for one in colleagues if one.email == address[0].lower().rstrip(".")), address[0])
    spoken = search_words(told)
    whole = [one for one in colleagues if _begins(spoken, words[one.id])]
    longest = max((len(words[one.id]) for one in whole), default=0)
    if whole:
        return _one_of((one for one in whole if len(words[one.id]) == longest), whole[0].name)
    given = [one for one in colleagues if _begins(spoken, words[one.id][:1])]
    return _one_of(given, told.split(maxsplit=1)[0])


def _begins(spoken: Sequence[str], name: Sequence[str]) -> bool:
    return bool(name) and tuple(spoken[: len(name)]) == tuple(name)


def _one_of(found: Iterable[Colleague], called: str) -> Colleague | None:
    everybody = list(found)
    may = [one for one in everybody if one.may_read]
    if len(may) > 1:
        raise RuleBroken(
            f"Several colleagues are called {called}: write the whole name, or @ and their e-mail address.",
            field="text",
        )
    if everybody and not may:
        raise RuleBroken(
            f"{everybody[0].name} may not read the notes of this application, so they cannot be mentioned.",
            field="text",
        )
    return may[0] if may else None


def sorted_by_name(colleagues: Iterable[Colleague]) -> tuple[Colleague, ...]:
    """Colleagues as a list shows them."""
    return tuple(sorted(colleagues, key=lambda one: (fold(one.name), one.id)))
