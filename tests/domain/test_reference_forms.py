"""What referees are asked, and which answers can stand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.interviewing import RUBRIC
from tracker.domain.reference_forms import (
    MOST_ASKED,
    SEEN_LABELS,
    RefereeAnswers,
    Seen,
    asked_of_referees,
    checked_answers,
)
from tracker.domain.rules import RuleBroken

TODAY = date(2026, 11, 23)
KEYS = ("orders", "calm")
GOOD = RefereeAnswers(
    seen={"orders": Seen.MOSTLY, "calm": Seen.NOT_SEEN, "else": Seen.ALWAYS},
    examples={"orders": " Corrected slips. ", "calm": "", "else": "x"},
    role=" Clerk ",
    worked_from_on=date(2020, 1, 1),
)


def test_every_answer_has_its_label():
    assert set(SEEN_LABELS) == set(Seen)


def test_answers_are_cleaned_and_only_what_was_asked_is_kept():
    kept = checked_answers(GOOD, KEYS, TODAY)
    assert kept.seen == {"orders": Seen.MOSTLY, "calm": Seen.NOT_SEEN}
    assert kept.examples == {"orders": "Corrected slips."}
    assert kept.role == "Clerk"


def test_work_together_may_end_today():
    assert checked_answers(replace(GOOD, worked_until_on=TODAY), KEYS, TODAY).worked_until_on == TODAY


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"seen": {"orders": Seen.MOSTLY}}, "seen_calm"),
        ({"worked_from_on": None}, "worked_from_on"),
        ({"worked_from_on": date(2026, 11, 24)}, "worked_from_on"),
        ({"worked_from_on": date(1850, 1, 1)}, "worked_from_on"),
        ({"worked_until_on": date(2019, 1, 1)}, "worked_until_on"),
        ({"worked_until_on": date(9999, 1, 1)}, "worked_until_on"),
        ({"worked_until_on": TODAY + timedelta(days=1)}, "worked_until_on"),
        ({"role": " "}, "role"),
        ({"examples": {"orders": "x" * 2001}}, "example_orders"),
        ({"comment": "x" * 2001}, "comment"),
    ],
)
def test_what_cannot_stand_is_named_at_its_field(change, field):
    with pytest.raises(RuleBroken) as broken:
        checked_answers(replace(GOOD, **change), KEYS, TODAY)
    assert broken.value.field == field


def test_few_competencies_are_asked_about_the_required_and_heavy_ones_in_their_order():
    rows = [
        replace(RUBRIC.competencies[0], key=f"k{n}", is_required=n % 2 == 0, weight=float(n))
        for n in range(12)
    ]
    asked = asked_of_referees(rows)
    assert len(asked) == MOST_ASKED
    assert [row.key for row in asked] == ["k0", "k2", "k4", "k6", "k8", "k10"]
