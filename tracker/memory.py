"""What a process keeps of people in memory so as to draw their lines sooner, and for how long at most."""

from collections.abc import Callable
from datetime import datetime, timedelta

LONGEST = timedelta(minutes=10)
"""No process that answers requests keeps an erased person's words in memory for longer than this."""


class Memories:
    """All that is kept, forgotten together once it is old; it is only read or drawn anew."""

    def __init__(self) -> None:
        self._forget: list[Callable[[], object]] = []
        self._until: datetime | None = None

    def keep(self, forget: Callable[[], object]) -> None:
        """Let this be called when what is kept has become old."""
        self._forget.append(forget)

    def grow_old(self, now: datetime) -> None:
        """Forget everything if it may have been kept for `LONGEST`, or if the clock was put back."""
        if self._until is not None and self._until - LONGEST <= now < self._until:
            return
        self._until = now + LONGEST
        for forget in self._forget:
            forget()


MEMORIES = Memories()
