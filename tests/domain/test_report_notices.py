"""What a forecast and a comparison of groups say where there is nothing to say."""

import pytest

from tracker.domain.outlines.outline import ReportName
from tracker.domain.report_notices import nothing_to_say


def chance(job_id=1, probability=0.5, expected=1.0):
    return {"job_id": job_id, "probability": probability, "expected_filled": expected}


def group(*, suppressed=False, ratio=1.0, selected=9):
    return {"suppressed": suppressed, "ratio": ratio, "selected": selected}


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "No open job has a free opening"),
        ([chance(probability=None, expected=None)], "Nothing can be forecast yet"),
        ([chance(), chance(2, None, None)], "for 1 of 2 jobs"),
        ([chance(probability=0.0, expected=0.0)], "nobody was ever hired"),
        ([chance()], ""),
    ],
)
def test_a_forecast_says_why_it_says_nothing(rows, sentence):
    said = nothing_to_say(ReportName.FORECAST, rows)
    assert sentence in said
    assert bool(said) is bool(sentence)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "Nobody has answered"),
        ([group(suppressed=True, selected=None)], "too small to be told"),
        ([group(ratio=None)], "No two groups can be compared"),
        ([group(selected=1), group(ratio=0.0, selected=0)], "At most 1 of a group"),
        ([group(), group(suppressed=True, selected=None, ratio=None)], ""),
    ],
)
def test_adverse_impact_says_why_it_says_nothing(rows, sentence):
    said = nothing_to_say(ReportName.ADVERSE_IMPACT, rows)
    assert sentence in said
    assert bool(said) is bool(sentence)


def test_other_reports_speak_for_themselves():
    assert nothing_to_say(ReportName.PIPELINE, []) == ""
