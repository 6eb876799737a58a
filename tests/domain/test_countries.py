"""Countries are those of ISO 3166-1, and nothing that only looks like one."""

import pytest

from tracker.domain.countries import COUNTRIES, OFTEN_MEANT


def test_there_are_249_of_two_letters_each():
    assert len(COUNTRIES) == 249
    assert all(len(one) == 2 and one.isascii() and one.isupper() for one in COUNTRIES)


@pytest.mark.parametrize("code", ["GB", "US", "DE", "CH", "JP", "ZA", "AX", "SX"])
def test_what_is_assigned_is_a_country(code):
    assert code in COUNTRIES


@pytest.mark.parametrize("code", ["XX", "ZZ", "EU", "UK", "AN", "YU", "gb", ""])
def test_what_is_not_assigned_today_is_none(code):
    assert code not in COUNTRIES


def test_what_is_often_meant_is_a_country():
    assert set(OFTEN_MEANT.values()) <= COUNTRIES
    assert not set(OFTEN_MEANT) & COUNTRIES
