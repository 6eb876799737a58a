"""Signing in, at a phone and at a desk: the first page that everybody sees."""

import pytest

from tests.browser.axe import axe_findings, overflows


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_people_sign_in_and_find_their_jobs(visit, width, scheme):
    rita = visit("rita", width=width, scheme=scheme)
    rita.open("/jobs")
    assert axe_findings(rita.page) == []
    assert not overflows(rita.page)
