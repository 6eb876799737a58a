"""What a résumé review may say of each qualification, and what it takes to pass."""

import pytest

from tracker.domain.qualifications import Asked, Judged, Verdict, asked_of, check_judged, verdict_of
from tracker.domain.rules import RuleBroken

HANDLING = Asked("One year of order handling")
LICENCE = Asked("Forklift licence")
GERMAN = Asked("Some German", is_preferred=True)
ASKED = (HANDLING, LICENCE, GERMAN)
MET, NOT_MET, UNCLEAR = Verdict.MET, Verdict.NOT_MET, Verdict.UNCLEAR


def judged(*verdicts, reason=""):
    return [
        Judged(asked, verdict, reason) for asked, verdict in zip(ASKED, verdicts, strict=False) if verdict
    ]


@pytest.mark.parametrize(
    ("verdicts", "reason", "sentence", "at"),
    [
        ((MET, MET), "", None, None),
        ((MET, MET, NOT_MET), "", None, None),
        ((MET, UNCLEAR, None), "Asked on the call", None, None),
        ((MET, UNCLEAR, None), " ", "found out", LICENCE),
        ((MET, NOT_MET, MET), "Expired", "does not pass", LICENCE),
        ((None, MET, MET), "", "Say whether", HANDLING),
        ((), "", "Say whether", HANDLING),
    ],
)
def test_resume_passes_with_every_minimum_met_or_to_be_found_out(verdicts, reason, sentence, at):
    given = judged(*verdicts, reason=reason)
    if sentence is None:
        assert len(check_judged(given, ASKED, passes=True)) == len(given)
        return
    with pytest.raises(RuleBroken, match=sentence) as refused:
        check_judged(given, ASKED, passes=True)
    assert refused.value.field == at.key


@pytest.mark.parametrize("verdicts", [(), (NOT_MET,), (None, UNCLEAR), (MET, MET, NOT_MET)])
def test_rejection_may_leave_things_unsaid(verdicts):
    assert len(check_judged(judged(*verdicts), ASKED, passes=False)) == len([v for v in verdicts if v])


def test_what_is_kept_names_the_words_the_verdict_and_what_else_was_said():
    kept = check_judged([Judged(GERMAN, UNCLEAR), Judged(HANDLING, MET, " Two  years ")], ASKED, passes=False)
    assert kept == [
        {"qualification": HANDLING.text, "is_met": True, "reason": "Two years"},
        {"qualification": GERMAN.text, "is_met": None, "is_preferred": True},
    ]
    assert [verdict_of(row) for row in kept] == [MET, UNCLEAR]


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_is_read_as_it_was_kept(verdict):
    (row,) = check_judged([Judged(GERMAN, verdict)], ASKED, passes=False)
    assert verdict_of(row) is verdict


@pytest.mark.parametrize("passes", [True, False])
def test_only_what_the_job_asks_is_judged(passes):
    stranger = Asked("Height")
    with pytest.raises(RuleBroken, match="does not ask") as refused:
        check_judged([Judged(stranger, MET)], ASKED, passes=passes)
    assert refused.value.field == stranger.key


def test_reason_that_is_too_long_is_refused_at_its_qualification():
    with pytest.raises(RuleBroken, match="more than") as refused:
        check_judged([Judged(HANDLING, MET, "x" * 501)], ASKED, passes=False)
    assert refused.value.field == HANDLING.key


def test_same_words_are_asked_once_as_minimum_and_once_as_preferred():
    asked = asked_of(["Licence", "Licence"], ["Licence"])
    assert [(one.text, one.is_preferred) for one in asked] == [("Licence", False), ("Licence", True)]
    assert len({one.key for one in asked}) == 2
