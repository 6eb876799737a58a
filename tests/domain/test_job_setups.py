"""What the set-up of a job lacks, part by part."""

from dataclasses import replace

import pytest

from tracker.domain.job_setups import (
    NEEDED_FOR,
    SETUP_NEED_LABELS,
    SETUP_PART_LABELS,
    SetupFacts,
    SetupNeed,
    SetupPart,
    missing_for,
    setup_lines,
)

READY = SetupFacts(
    has_description=True,
    minimum_qualifications=2,
    hiring_managers=("Hank",),
    recruiters=("Rita",),
    rubric_version=1,
    rounds=2,
)


def line_of(facts, part):
    return next(line for line in setup_lines(facts) if line.part is part)


def test_every_part_has_its_line_its_label_and_its_need():
    assert [line.part for line in setup_lines(SetupFacts())] == list(SetupPart)
    assert set(SETUP_PART_LABELS) == set(NEEDED_FOR) == set(SetupPart)
    assert set(SETUP_NEED_LABELS) == set(SetupNeed)


def test_nothing_is_missing_of_a_job_that_is_set_up():
    assert all(line.missing == () for line in setup_lines(READY))


@pytest.mark.parametrize(
    ("change", "part", "said"),
    [
        ({"has_description": False}, SetupPart.DETAILS, "a description"),
        ({"minimum_qualifications": 0}, SetupPart.DETAILS, "minimum qualifications"),
        ({"hiring_managers": ()}, SetupPart.TEAM, "a hiring manager"),
        ({"recruiters": ()}, SetupPart.TEAM, "a recruiter"),
        ({"rubric_version": None}, SetupPart.RUBRIC, "a published rubric"),
        ({"rubric_version": None, "has_rubric_draft": True}, SetupPart.RUBRIC, "publish the draft"),
        ({"rounds": 0}, SetupPart.PLAN, "at least one round"),
        ({"without_cover": ("Pricing",)}, SetupPart.PLAN, "2 rounds for Pricing"),
        ({"without_cover": ("Pricing",), "ratings_required": 1}, SetupPart.PLAN, "1 round for Pricing"),
    ],
)
def test_each_thing_that_is_missing_is_named_at_its_part_alone(change, part, said):
    lines = setup_lines(replace(READY, **change))
    assert [line.part for line in lines if line.missing] == [part]
    (missing,) = line_of(replace(READY, **change), part).missing
    assert said in missing
    assert missing_for(lines, NEEDED_FOR[part]) == (missing,)


@pytest.mark.parametrize(
    ("change", "part", "said"),
    [
        ({}, SetupPart.TEAM, "Hank, Rita"),
        ({"interviewers": ("Hank", "Ines")}, SetupPart.TEAM, "Hank, Rita, Ines"),
        ({}, SetupPart.QUESTIONS, "None"),
        ({"questions": 1, "questions_required": 1}, SetupPart.QUESTIONS, "1 question, 1 required"),
        ({}, SetupPart.TARGETS, "60 days"),
        ({"own_targets": 2}, SetupPart.TARGETS, "2 stages of 6"),
        ({"needs_resume_review": False}, SetupPart.SCREENING, "no résumé review needed"),
        ({"needs_resume_review": False, "minimum_qualifications": 0}, SetupPart.DETAILS, "minimum"),
        ({"needs_screening_call": False}, SetupPart.SCREENING, "no call needed"),
        ({"references_required": 0}, SetupPart.REFERENCES, "None asked"),
        ({"references_required": 1}, SetupPart.REFERENCES, "1 reference"),
        ({"needs_background_check": True}, SetupPart.BACKGROUND_CHECK, "Asked"),
        ({"needs_background_check": False}, SetupPart.BACKGROUND_CHECK, "Not asked"),
    ],
)
def test_what_is_there_is_said_and_lacks_nothing(change, part, said):
    line = line_of(replace(READY, **change), part)
    assert said in line.detail
    assert line.missing == ()
