"""The days of a demonstration: stories that wait and go on in the order of their times, and free hours."""

import heapq
import random
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime, timedelta

from tracker import clock

Story = Iterator[datetime]
"""What happens to one application; it answers each time with the instant at which it goes on."""

_SATURDAY = 5
_OPENS, _SHUTS = 8, 17  # hours of a working day


def live(
    stories: Iterable[tuple[datetime, Story]], until: datetime, *, told: Callable[[], None] = lambda: None
) -> None:
    """Let all stories go on together, each at its own times; what would come later is left untold."""
    waiting = [(at, number, story) for number, (at, story) in enumerate(stories)]
    heapq.heapify(waiting)
    while waiting:
        at, number, story = heapq.heappop(waiting)
        goes_on_at = None
        if at <= until:
            with clock.standing_at(at):
                goes_on_at = next(story, None)
        if goes_on_at is None:
            told()
        else:
            heapq.heappush(waiting, (max(goes_on_at, at), number, story))


def after(days: float, chance: random.Random) -> datetime:
    """A moment at work about so many days from now."""
    return at_work(clock.now() + timedelta(days=days), chance)


def at_work(at: datetime, chance: random.Random) -> datetime:
    """The instant itself if people are at work then, else some time in the next working morning."""
    if at.weekday() < _SATURDAY and _OPENS <= at.hour < _SHUTS:
        return at
    day = at + timedelta(days=at.hour >= _SHUTS)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return day.replace(hour=_OPENS, minute=0) + timedelta(minutes=chance.randrange(5, 150))


class Diary:
    """Who is busy at which hour, so that nobody sits in two interviews at once."""

    def __init__(self) -> None:
        self._taken: set[tuple[int, datetime]] = set()

    def book(self, people: Collection[int], not_before: datetime) -> datetime:
        """The first full hour of a working day from then on at which all of them are free."""
        hour = not_before.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        while not self._suits(people, hour):
            hour += timedelta(hours=1)
        self._taken.update((person, hour) for person in people)
        return hour

    def _suits(self, people: Collection[int], hour: datetime) -> bool:
        is_work = hour.weekday() < _SATURDAY and _OPENS < hour.hour < _SHUTS
        return is_work and not any((person, hour) in self._taken for person in people)
