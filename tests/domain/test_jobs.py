"""The table of status changes, and what details and rounds of a job must look like."""

from dataclasses import replace

import pytest

from tracker.domain.interview_plans import InterviewKind
from tracker.domain.jobs import (
    JOB_STATUS_CHANGES,
    STATUS_CHANGE_LABELS,
    JobDetails,
    RoundDetails,
    checked_details,
    checked_rounds,
    find_status_change,
    status_changes_from,
)
from tracker.domain.permissions import Permission
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import JobStatus

DRAFT, OPEN, HELD, FILLED, CLOSED = JobStatus
ALLOWED = {
    ("open", DRAFT): OPEN,
    ("hold", OPEN): HELD,
    ("resume", HELD): OPEN,
    ("fill", OPEN): FILLED,
    ("fill", HELD): FILLED,
    ("close", OPEN): CLOSED,
    ("close", HELD): CLOSED,
    ("reopen", FILLED): OPEN,
    ("reopen", CLOSED): OPEN,
}
A_JOB = JobDetails(title="Order clerk")
A_ROUND = RoundDetails("Desk visit", InterviewKind.IN_PERSON, 45, ("orders",))


@pytest.mark.parametrize("status", JobStatus)
@pytest.mark.parametrize("name", STATUS_CHANGE_LABELS)
def test_each_status_takes_only_the_changes_of_the_table(name, status):
    if (name, status) in ALLOWED:
        assert find_status_change(name, status).to_status is ALLOWED[name, status]
    else:
        with pytest.raises(RuleBroken, match="not possible for a job that is"):
            find_status_change(name, status)


def test_only_reopening_needs_a_reason():
    assert {change.name for change in JOB_STATUS_CHANGES if change.needs_reason} == {"reopen"}


def test_only_opening_is_for_hr():
    for change in JOB_STATUS_CHANGES:
        assert (change.permission is Permission.JOB_OPEN) == (change.name == "open")


def test_no_status_leads_nowhere_and_none_leads_back_to_draft():
    assert all(status_changes_from(status) for status in JobStatus)
    assert DRAFT not in {change.to_status for change in JOB_STATUS_CHANGES}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "  "),
        ("title", "x" * 201),
        ("title", "Clerk\x00"),
        ("openings", 0),
        ("openings", 10_001),
        ("references_required", 11),
        ("references_required", -1),
        ("ratings_required", 0),
        ("ratings_required", 6),
        ("seniority", "boss"),
        ("soc", "4" * 21),
        ("jurisdiction", "u" * 41),
        ("description", "x" * 50_001),
        ("minimum_qualifications", ("x" * 501,)),
    ],
)
def test_details_that_cannot_stand_are_refused_at_their_field(field, value):
    with pytest.raises(RuleBroken) as refused:
        checked_details(replace(A_JOB, **{field: value}))
    assert refused.value.field == field


def test_details_are_cleaned():
    given = replace(
        A_JOB, title="  Order \n clerk ", department=" ", minimum_qualifications=(" Typing ", " ")
    )
    cleaned = checked_details(given)
    assert (cleaned.title, cleaned.department) == ("Order clerk", None)
    assert cleaned.minimum_qualifications == ("Typing",)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(A_ROUND, title=" "),
        replace(A_ROUND, minutes=4),
        replace(A_ROUND, minutes=481),
        replace(A_ROUND, competencies=("unheard-of",)),
    ],
)
def test_a_round_that_cannot_stand_is_refused_by_its_number(wrong):
    with pytest.raises(RuleBroken, match=r"[Rr]ound 2"):
        checked_rounds([A_ROUND, wrong], {"orders"})


def test_before_a_rubric_is_pinned_rounds_may_name_any_competency():
    assert checked_rounds([A_ROUND], None) == (A_ROUND,)


def test_a_round_rates_a_competency_once():
    (checked,) = checked_rounds([replace(A_ROUND, competencies=("orders", "orders"))], None)
    assert checked.competencies == ("orders",)


def test_a_plan_has_an_end():
    with pytest.raises(RuleBroken, match="at most 20"):
        checked_rounds([A_ROUND] * 21, None)
