"""Voluntary questions: which are asked where, what may be chosen, and how several categories are counted."""

from datetime import date

import pytest

from tracker.domain.rules import RuleBroken
from tracker.domain.self_identification import (
    DECLINED,
    SELF_FORMS,
    SEVERAL,
    SEVERAL_1997,
    checked_codes,
    group_of,
    group_of_1997,
    self_form,
)

TODAY = date(2026, 11, 23)
RACE, SEX = SELF_FORMS[0].questions[:2]


@pytest.mark.parametrize(
    ("jurisdiction", "version"),
    [("us", "us-2024"), ("US-CA", "us-2024"), ("GB", "gb-2010"), ("DE", None), (None, None)],
)
def test_a_jurisdiction_asks_its_own_questions(jurisdiction, version):
    form = self_form(jurisdiction, TODAY)
    assert (form.version if form else None) == version


def test_questions_are_asked_from_their_day_on_and_versions_differ():
    assert self_form("us", date(2024, 3, 27)) is None
    assert len({form.version for form in SELF_FORMS}) == len(SELF_FORMS)


def test_race_has_the_seven_categories_and_several_may_be_chosen():
    assert len(RACE.options) == 7
    assert checked_codes(RACE, ["white", "asian"]) == ("asian", "white")
    assert checked_codes(RACE, []) == ()


@pytest.mark.parametrize(
    ("question", "codes"),
    [(RACE, ["martian"]), (RACE, ["white", DECLINED]), (SEX, ["female", "male"]), (SEX, ["<script>"])],
)
def test_what_cannot_be_chosen_is_refused_at_its_question(question, codes):
    with pytest.raises(RuleBroken) as broken:
        checked_codes(question, codes)
    assert broken.value.field == question.name


@pytest.mark.parametrize(
    ("codes", "new", "old"),
    [
        (["asian"], "Asian", "Asian"),
        (["mena"], "Middle Eastern or North African", "White"),
        (["mena", "white"], SEVERAL, "White"),
        (["hispanic"], "Hispanic or Latino", "Hispanic or Latino"),
        (["hispanic", "black"], SEVERAL, "Hispanic or Latino"),
        (["asian", "white"], SEVERAL, SEVERAL_1997),
        (["aian", "mena"], SEVERAL, SEVERAL_1997),
        ([DECLINED], "I do not wish to answer", "I do not wish to answer"),
    ],
)
def test_groups_by_the_categories_of_2024_and_of_1997(codes, new, old):
    assert group_of(RACE, codes) == new
    assert group_of_1997(codes) == old
