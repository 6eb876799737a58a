"""The notice before an adverse decision: the nearest words in force, whole, each with its source."""

from datetime import date

import pytest

from tracker.domain.adverse_notices import ADVERSE_NOTICES, notice_in_force, notice_words, rules_in_words
from tracker.domain.background_checks import WAITING_PERIODS

TODAY = date(2026, 11, 27)
VALUES = {"candidate": "Amina", "job": "Order clerk", "organisation": "Holt", "until": "4 Dec 2026"}


@pytest.mark.parametrize(
    ("jurisdiction", "on", "row"),
    [
        (None, TODAY, "*"),
        ("GB", TODAY, "*"),
        ("US", TODAY, "US"),
        ("us-tx", TODAY, "US"),
        ("US-CA", TODAY, "US-CA"),
        ("US-CA-LA", TODAY, "US-CA"),
        ("US-NY", TODAY, "US"),
        ("US-NY-NYC", TODAY, "US-NY-NYC"),
        ("US-NY-NYC", date(2021, 7, 28), "US"),
        ("US-NY-NYC", date(2021, 7, 29), "US-NY-NYC"),
        ("US-PA-PHL", date(2016, 3, 13), "US"),
        ("US", date(1997, 9, 29), "*"),
    ],
)
def test_the_nearest_words_in_force_hold(jurisdiction, on, row):
    assert notice_in_force(jurisdiction, on=on).jurisdiction == row


@pytest.mark.parametrize("notice", ADVERSE_NOTICES, ids=lambda notice: notice.jurisdiction)
def test_every_notice_is_whole(notice):
    told = notice_words(notice, **VALUES)
    assert told.startswith("Dear Amina,\n\nyou applied to Holt for Order clerk.")
    assert told.endswith("Kind regards\nHolt")
    assert "Please answer by 4 Dec 2026" in told
    assert "{" not in told
    assert "  " not in told
    assert notice.encloses
    assert notice.source


def test_words_and_waiting_times_are_of_the_same_places_and_days():
    assert {(row.jurisdiction, row.since) for row in ADVERSE_NOTICES} == {
        (row.jurisdiction, row.since) for row in WAITING_PERIODS
    }


def test_a_name_that_looks_like_a_variable_stays_a_name():
    told = notice_words(ADVERSE_NOTICES[0], **VALUES | {"candidate": "{{job}}"})
    assert told.startswith("Dear {{job}},")


def test_the_table_tells_each_row_with_the_longest_time():
    rows = {place: (since, days, source) for place, since, days, source, _ in rules_in_words(TODAY)}
    assert rows["US-PA-PHL"] == ("14 Mar 2016", 10, "Philadelphia Code 9-3504")
    assert rows["*"][:2] == ("", 5)
