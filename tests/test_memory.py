"""What is kept of people in memory is forgotten in time."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.memory import LONGEST, Memories

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("later", "is_forgotten"),
    [
        (timedelta(0), False),
        (LONGEST - timedelta(seconds=1), False),
        (LONGEST, True),
        (timedelta(days=400), True),
        (-timedelta(seconds=1), True),
    ],
)
def test_all_that_is_kept_is_forgotten_together(later: timedelta, is_forgotten: bool) -> None:
    memories, lines, judged = Memories(), {"Ada": 1}, {"Ada": 2}
    memories.keep(lines.clear)
    memories.keep(judged.clear)
    memories.grow_old(NOON)
    lines["Ada"], judged["Ada"] = 1, 2
    memories.grow_old(NOON + later)
    assert (not lines, not judged) == (is_forgotten, is_forgotten)
