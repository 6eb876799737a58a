"""Job categories of the EEO-1 report, and what an occupation code suggests."""

from datetime import date

import pytest

from tracker.domain.eeo1 import (
    EEO1_CATEGORY_LABELS,
    SUGGESTIONS,
    Eeo1Category,
    checked_category,
    suggested_category,
)
from tracker.domain.rules import RuleBroken

NOW = date(2026, 11, 27)
MAJOR_GROUPS = {str(number) for number in range(11, 54, 2)}


def test_there_are_ten_each_with_a_label():
    assert len(Eeo1Category) == len(set(EEO1_CATEGORY_LABELS.values())) == 10


@pytest.mark.parametrize(
    ("soc", "category"),
    [
        ("43-4151.00", Eeo1Category.ADMINISTRATIVE_SUPPORT),
        ("11-1021", Eeo1Category.MANAGERS),
        ("15-1252.00", Eeo1Category.PROFESSIONALS),
        ("41-2031", Eeo1Category.SALES),
        ("35-3023", Eeo1Category.SERVICE),
        ("47-2061", Eeo1Category.CRAFT),
        ("51-9061", Eeo1Category.OPERATIVES),
        ("45-2092", Eeo1Category.LABORERS),
        # Military, nothing, and no code at all.
        ("55-1011", None),
        ("", None),
        (None, None),
        ("clerk", None),
    ],
)
def test_the_major_group_suggests_a_category(soc, category):
    assert suggested_category(soc, NOW) is category


def test_every_major_group_but_the_military_says_something_from_its_day_on():
    (newest,) = SUGGESTIONS
    assert set(newest.by_major_group) == MAJOR_GROUPS
    assert suggested_category("43-4151.00", date(2017, 12, 31)) is None


def test_a_category_is_of_the_list_or_left_out():
    assert checked_category("") is checked_category(None) is None
    assert checked_category("sales") == "sales"
    with pytest.raises(RuleBroken) as refused:
        checked_category("kings")
    assert refused.value.field == "eeo1_category"
