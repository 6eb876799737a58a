from datetime import UTC, date, datetime

import pytest

from tracker.domain.days import check_day
from tracker.domain.rules import RuleBroken


@pytest.mark.parametrize("day", [date(1999, 12, 31), date.max, date.min, datetime(2101, 1, 1, tzinfo=UTC)])
def test_mistyped_year_is_refused_at_its_field(day):
    with pytest.raises(RuleBroken, match="between 2000 and 2100") as refused:
        check_day(day, field="starts_on")
    assert refused.value.field == "starts_on"


@pytest.mark.parametrize("day", [date(2000, 1, 1), date(2100, 12, 31), datetime(2026, 3, 2, tzinfo=UTC)])
def test_days_of_working_lives_are_taken(day):
    check_day(day, field="starts_on")
