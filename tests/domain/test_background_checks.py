from datetime import date

import pytest

from tracker.domain.background_checks import wait_until, waiting_period

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("sent_on", "jurisdiction", "first_day"),
    [
        (MONDAY, "US", date(2026, 3, 10)),
        (MONDAY, None, date(2026, 3, 10)),
        (date(2026, 3, 6), "US-CA", date(2026, 3, 14)),
        (date(2026, 3, 7), "US-NY-NYC", date(2026, 3, 14)),
        (MONDAY, "US-PA-PHL", date(2026, 3, 17)),
        (MONDAY, "us-pa-phl", date(2026, 3, 17)),
    ],
)
def test_candidate_has_full_business_days_to_answer(sent_on, jurisdiction, first_day):
    assert wait_until(sent_on, jurisdiction) == first_day


def test_longest_period_in_force_wins_from_its_day_on():
    assert waiting_period("US-PA-PHL", on=date(2016, 3, 13)).business_days == 5
    assert waiting_period("US-PA-PHL", on=date(2016, 3, 14)).business_days == 10
    assert waiting_period("US-PA", on=MONDAY).jurisdiction == "US"
    assert waiting_period("US-PAX", on=MONDAY).jurisdiction == "US"
    assert waiting_period("GB", on=MONDAY).jurisdiction == "*"
