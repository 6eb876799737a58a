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
    permission_needed,
    status_changes_from,
    why_manager_stays,
    why_not_filled,
)
from tracker.domain.permissions import Permission
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import JobStatus

DRAFT, OPEN, HELD, FILLED, CLOSED = JobStatus
ALLOWED = {
    ("open", DRAFT): OPEN,
    ("close", DRAFT): CLOSED,
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


def test_first_opening_takes_hr_whatever_the_change_is_called():
    for change in JOB_STATUS_CHANGES:
        never_approved = permission_needed(change, is_approved=False)
        assert (never_approved is Permission.JOB_OPEN) == (change.to_status is OPEN)
        assert permission_needed(change, is_approved=True) is change.permission


@pytest.mark.parametrize(("free", "said"), [(-1, ""), (0, ""), (1, "1 opening is"), (2, "2 openings are")])
def test_a_job_is_filled_only_without_free_openings(free, said):
    assert why_not_filled(free).startswith(said)
    assert bool(why_not_filled(free)) == bool(said)


@pytest.mark.parametrize("status", JobStatus)
def test_last_hiring_manager_stays_while_the_job_runs(status):
    assert bool(why_manager_stays(status, 0)) == (status in (OPEN, HELD))
    assert why_manager_stays(status, 1) == ""


@pytest.mark.parametrize("written", ["us", "US-CA", "us-ny-nyc", "eu-de", " gb "])
def test_jurisdictions_are_kept_as_the_tables_write_them(written):
    assert checked_details(replace(A_JOB, jurisdiction=written)).jurisdiction == written.strip().upper()


@pytest.mark.parametrize("written", ["USA", "Ohio", "us_ca", "us-", "-us", "us-ny-nyc-x", "u5"])
def test_what_is_no_jurisdiction_is_refused_at_its_field(written):
    with pytest.raises(RuleBroken, match="US-CA") as refused:
        checked_details(replace(A_JOB, jurisdiction=written))
    assert refused.value.field == "jurisdiction"


def test_without_a_jurisdiction_only_what_holds_everywhere_holds():
    assert checked_details(A_JOB).jurisdiction is None


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
