"""Whose rules a job drafted by API follows."""

import pytest

from tests.api.conftest import Program, field_of, said


@pytest.mark.parametrize(
    ("given", "kept"),
    [({}, "US"), ({"jurisdiction": "gb"}, "GB"), ({"jurisdiction": None}, None), ({"jurisdiction": "?"}, "")],
)
def test_a_job_takes_the_jurisdiction_of_the_settings_unless_another_is_given(
    rita: Program, given: dict[str, str | None], kept: str | None
) -> None:
    made = rita.post("/jobs", {"title": "Clerk", **given})
    if kept == "":
        assert "jurisdiction" in field_of(made)
    else:
        assert said(made, 201)["jurisdiction"] == kept
