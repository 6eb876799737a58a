"""What each requirement says is missing, to whom, and in the few words of a card."""

from datetime import timedelta

import pytest

from tests.deciding import NOW, OLGA, facts
from tracker.domain.actors import Role
from tracker.domain.deciding import brief, next_option
from tracker.domain.requirements import CHECKS, Owner, Requirement
from tracker.domain.stages import Outcome, Stage

R = Requirement
FOUR = ("A", "B", "C", "D")
CASES: list[tuple[Requirement, dict[str, object], str, Owner, str]] = [
    (R.REQUIRED_ANSWERS, {"unanswered": ("Can you start?",)}, "an answer to: Can you start?", Owner.CANDIDATE,
     "answer to: Can you start?"),
    (R.RESUME_REVIEW, {"resume_review_passed": None}, "the résumé review", Owner.RECRUITER, "résumé review"),
    (R.RESUME_REVIEW, {"resume_review_passed": False},
     "the résumé review was not passed; reject, or review again", Owner.RECRUITER,
     "résumé review was not passed"),
    (R.SCREENING_CALL, {"is_screening_call_done": False}, "the screening call, or a reason to waive it",
     Owner.RECRUITER, "screening call"),
    (R.ROUNDS_HELD, {"rounds_planned": 0}, "an interview plan with at least one round", Owner.HIRING_MANAGER,
     "interview plan with at least one round"),
    (R.ROUNDS_HELD, {"rounds_held": 0}, "no interview held yet", Owner.RECRUITER, "no interview held yet"),
    (R.ROUNDS_HELD, {"rounds_held": 1}, "1 of 2 interviews held", Owner.RECRUITER, "1 of 2 interviews held"),
    (R.SCORECARDS, {"cards_expected": 0}, "an interview with a panel", Owner.RECRUITER,
     "interview with a panel"),
    (R.SCORECARDS, {"cards_due": ((9, "Panel by Ines"),)}, "1 of 2 scorecards; waiting for Panel by Ines",
     Owner.INTERVIEWERS, "1 of 2 scorecards"),
    (R.COMPETENCIES_RATED, {"has_rubric": False}, "a published rubric on the job", Owner.HIRING_MANAGER,
     "published rubric on the job"),
    (R.COMPETENCIES_RATED, {"under_rated": ("Orders",)}, "more independent ratings of Orders",
     Owner.INTERVIEWERS, "more independent ratings of Orders"),
    (R.DEBRIEF, {"debrief_advances": None}, "the debrief decision", Owner.HIRING_MANAGER, "debrief decision"),
    (R.DEBRIEF, {"debrief_advances": False}, "the debrief decided to stop", Owner.HIRING_MANAGER,
     "debrief decided to stop"),
    (R.REFERENCES, {"references_received": 1}, "1 of 2 references received", Owner.REFEREES,
     "1 of 2 references received"),
    (R.OFFER_APPROVED, {"is_offer_approved": False}, "an offer", Owner.RECRUITER, "offer"),
    (R.OFFER_APPROVED, {"is_offer_approved": False, "has_open_offer": True}, "approval of the offer",
     Owner.HIRING_MANAGER, "approval of the offer"),
    (R.OFFER_APPROVED, {"is_offer_approved": False, "has_open_offer": True, "offer_step": Role.HR},
     "approval of the offer", Owner.HR, "approval of the offer"),
    (R.OFFER_APPROVED, {"is_offer_sent": False}, "sending the approved offer", Owner.RECRUITER,
     "sending the approved offer"),
    (R.OPENING_FREE, {"openings_free": 0}, "a free opening: all are taken", Owner.HR,
     "free opening: all are taken"),
    (R.ONBOARDING_TASKS, {"open_tasks": FOUR}, "4 required onboarding tasks", Owner.RECRUITER,
     "onboarding tasks"),
    (R.START_DATE, {"starts_on": None}, "a start date", Owner.RECRUITER, "start date"),
    (R.START_DATE, {"starts_on": NOW.date() + timedelta(days=1)}, "the start date, 3 Mar 2026",
     Owner.RECRUITER, "start date, 3 Mar 2026"),
    (R.NO_OPEN_OFFER, {"has_open_offer": True}, "withdrawing the open offer first", Owner.RECRUITER,
     "withdrawing the open offer first"),
    (R.PRE_ADVERSE_WAIT, {"pre_adverse_wait_until": NOW.date() + timedelta(days=1)},
     "waiting until 3 Mar 2026", Owner.CANDIDATE, "waiting time before an adverse decision"),
    (R.PRE_ADVERSE_WAIT, {"is_report_adverse": True}, "the pre-adverse notice to the candidate", Owner.HR,
     "waiting time before an adverse decision"),
    (R.PRE_ADVERSE_WAIT, {"is_background_cleared": False}, "an individual assessment of the", Owner.HR,
     "waiting time before an adverse decision"),
]  # fmt: skip


@pytest.mark.parametrize(("need", "known", "detail", "owner", "short"), CASES)
def test_what_is_missing_is_said_to_who_owes_it(
    need: Requirement, known: dict[str, object], detail: str, owner: Owner, short: str
) -> None:
    missing = CHECKS[need](facts(Stage.SCREENING, **known), NOW.date())
    assert missing is not None
    assert missing.detail.startswith(detail)
    assert (missing.requirement, missing.owner) == (need, owner)
    assert brief(missing) == short
    assert len(brief(missing)) <= 40


@pytest.mark.parametrize("need", Requirement)
def test_nothing_is_missing_where_all_is_there(need: Requirement) -> None:
    assert CHECKS[need](facts(Stage.SCREENING), NOW.date()) is None


@pytest.mark.parametrize(
    "known",
    [
        {"needs_resume_review": False, "resume_review_passed": None},
        {"needs_screening_call": False, "is_screening_call_done": False},
    ],
)
def test_a_job_that_asks_for_none_lacks_none(known: dict[str, object]) -> None:
    for need in (R.RESUME_REVIEW, R.SCREENING_CALL):
        assert CHECKS[need](facts(Stage.SCREENING, **known), NOW.date()) is None


def test_a_closed_application_has_no_next_move() -> None:
    assert next_option(facts(Stage.OFFER, Outcome.REJECTED), OLGA, NOW) is None
    option = next_option(facts(Stage.OFFER), OLGA, NOW)
    assert option is not None
    assert option.edge.to_stage is Stage.ONBOARDING


def test_a_report_that_was_cleared_keeps_nobody_waiting() -> None:
    known = {"pre_adverse_wait_until": NOW.date() + timedelta(days=1), "is_background_cleared": True}
    assert CHECKS[R.PRE_ADVERSE_WAIT](facts(Stage.OFFER, **known), NOW.date()) is None
