"""Small sets of words that stand for one concern at work, so that "audit" can meet "inspect".

Written by hand for work in general, area by area. A word may stand in several families; words joined by a
hyphen are one only where two of them follow each other. Each line of an area is one family; a line that is
set in goes on with the one above.
"""

from collections.abc import Iterator

from tracker.domain.statement_words import stem, words
from tracker.domain.word_families import (
    computing,
    engineering,
    everyday,
    health,
    offices,
    people,
    services,
    strands,
    trades,
    transport,
    workplaces,
)

_AREAS = (
    everyday,
    workplaces,
    offices,
    computing,
    engineering,
    people,
    health,
    services,
    trades,
    transport,
    strands,
)


def _lines() -> Iterator[str]:
    """The families of all areas, each in one line."""
    for area in _AREAS:
        yield from area.FAMILIES.strip().replace("\n  ", " ").splitlines()


def _families_by_stem() -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for number, line in enumerate(_lines()):
        for entry in line.split():
            numbers = found.setdefault(" ".join(stem(word) for word in words(entry)), [])
            if number not in numbers:
                numbers.append(number)
    return {word: tuple(numbers) for word, numbers in found.items()}


FAMILIES_BY_STEM = _families_by_stem()
"""The numbers of the families that a stem, or two stems with a space between, belongs to."""
