from datetime import UTC, datetime, timedelta

import pytest

from tracker.domain.stages import over_since

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("waited", "is_over"),
    [
        (timedelta(days=3), False),
        (timedelta(days=4) - timedelta(microseconds=1), False),
        (timedelta(days=4), True),
        (timedelta(days=40), True),
    ],
)
def test_an_application_is_over_only_after_the_last_of_its_target_days(
    waited: timedelta, is_over: bool
) -> None:
    assert (NOW - waited <= over_since(3, NOW)) is is_over
