"""The applicant flow log: each application once, and answers of one person for the command line alone."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_job
from tests.histories import day, write_history
from tests.queries.test_hires import ACCEPT, BEGIN, MEET, OFFER, behind, count, filters
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.deciding import NotPermitted
from tracker.domain.stages import Outcome, Stage
from tracker.models.jobs import Job
from tracker.models.screenings import ResumeReview
from tracker.models.self_identification import SelfIdentificationAnswer, SelfIdentificationField
from tracker.queries.reports import rows_behind, run_report

NAME = "applicant-flow"
REJECT = (3, Stage.INTERVIEW, Outcome.REJECTED)


@pytest.fixture
def job(session: Session) -> Job:
    return make_job(session, title="Clerk", openings=9, eeo1_category="administrative_support")


@pytest.fixture
def fields(session: Session) -> dict[str, int]:
    found = {name: SelfIdentificationField(name=name, label=name) for name in ("sex", "race_ethnicity")}
    session.add_all(found.values())
    session.flush()
    return {name: field.id for name, field in found.items()}


def say(session, application, field_id, value, codes=None):
    session.add(
        SelfIdentificationAnswer(application_id=application.id, field_id=field_id, value=value, codes=codes)
    )
    session.flush()


def lines(session, given, actor=SYSTEM):
    return list(rows_behind(session, NAME, given, actor=actor).rows)


def test_each_job_is_counted_and_every_number_opens(session, job):
    write_history(session, job, BEGIN, MEET, OFFER, ACCEPT)
    write_history(session, job, BEGIN, MEET, REJECT)
    write_history(session, job, BEGIN, (1, Stage.APPLICATION, Outcome.WITHDRAWN))
    write_history(session, job, BEGIN)
    (row,) = count(session, NAME, filters(job))
    assert row == {
        "job": "Clerk", "job_id": job.id, "eeo1_category": "administrative_support", "applicants": 4,
        "interviewed": 2, "offered": 1, "hired": 1, "rejected": 1, "withdrawn": 1, "open": 1,
    }  # fmt: skip
    for column in ("applicants", "interviewed", "offered", "hired", "rejected", "withdrawn", "open"):
        assert len(behind(session, NAME, filters(job), column)) == row[column]


def test_a_line_says_what_became_of_the_application(session, job):
    write_history(session, job, BEGIN, MEET, REJECT, reason="not_qualified", source="referral")
    (line,) = lines(session, filters(job))
    assert line["applied_on"] == "2026-03-01"
    assert (line["source"], line["furthest_stage"]) == ("referral", "interview")
    assert (line["disposition"], line["reason"]) == ("rejected", "not_qualified")
    assert line["disposed_on"] == "2026-03-04"
    assert line["basic_qualifications_met"] is None
    assert "candidate" not in line


def test_a_hire_is_disposed_of_on_the_day_of_the_acceptance(session, job):
    write_history(session, job, BEGIN, MEET, OFFER, ACCEPT)
    (line,) = lines(session, filters(job))
    assert (line["disposition"], line["furthest_stage"], line["reason"]) == ("hired", "onboarding", None)
    assert line["disposed_on"] == day(6).date().isoformat()


def test_windows_and_sources_choose_lines(session, job):
    write_history(session, job, BEGIN, source="referral")
    write_history(session, job, (3, Stage.APPLICATION, Outcome.ACTIVE), source="agency")
    assert len(lines(session, filters(job, from_=day(2)))) == 1
    assert [line["source"] for line in lines(session, filters(job, source="referral"))] == ["referral"]
    assert lines(session, filters(job, as_of=day(1)))[0]["disposition"] == "active"


@pytest.mark.parametrize(
    ("passed", "qualifications", "met"),
    [
        (True, [], True),
        (False, [], False),
        (True, [{"is_met": True}, {"is_met": False, "is_preferred": True}], True),
        (True, [{"is_met": True}, {"is_met": None}], None),
        (True, [{"is_met": None}, {"is_met": False}], False),
    ],
)
def test_basic_qualifications_are_those_of_the_latest_review(session, job, passed, qualifications, met):
    one = write_history(session, job, BEGIN).application
    at = datetime(2026, 3, 2, tzinfo=UTC)
    for number, (verdict, judged) in enumerate([(not passed, []), (passed, qualifications)]):
        session.add(
            ResumeReview(
                application_id=one.id, passed=verdict, qualifications=judged, at=at + timedelta(hours=number)
            )
        )
        session.flush()
    (line,) = lines(session, filters(job))
    assert line["basic_qualifications_met"] is met


@pytest.mark.parametrize(
    ("codes", "value", "of_1997"),
    [
        (["asian"], "Asian", "Asian"),
        (["mena"], "Middle Eastern or North African", "White"),
        (["mena", "white"], "Multiracial or multiethnic", "White"),
        (["hispanic", "white"], "Multiracial or multiethnic", "Hispanic or Latino"),
        (["asian", "black"], "Multiracial or multiethnic", "Two or more races"),
        (["declined"], "I do not wish to answer", "I do not wish to answer"),
        (None, "Imported group", None),
    ],
)
def test_race_is_told_by_the_categories_of_2024_and_of_1997(session, job, fields, codes, value, of_1997):
    one = write_history(session, job, BEGIN).application
    say(session, one, fields["race_ethnicity"], value, codes)
    (line,) = lines(session, filters(job))
    assert (line["race_ethnicity"], line["race_ethnicity_1997"], line["sex"]) == (value, of_1997, None)


def test_what_one_person_said_is_told_to_nobody_who_is_signed_in(session, job, fields):
    one = write_history(session, job, BEGIN).application
    say(session, one, fields["sex"], "Female", ["female"])
    say(session, one, fields["race_ethnicity"], "Asian", ["asian"])
    assert [line["sex"] for line in lines(session, filters(job))] == ["Female"]
    olga = make_actor(session, Role.HR, name="Olga")
    (line,) = lines(session, filters(job), olga)
    told = {line[key] for key in ("sex", "race_ethnicity", "race_ethnicity_1997")}
    assert told == {None}
    assert not {"Female", "Asian"} & {str(cell) for cell in line.values()}


def test_an_erased_answer_is_counted_and_not_guessed(session, job, fields):
    gone, silent = (write_history(session, job, BEGIN).application for _ in range(2))
    say(session, gone, fields["sex"], "Female", ["female"])
    say(session, gone, fields["race_ethnicity"], "Asian", ["asian"])
    session.execute(update(SelfIdentificationAnswer).values(value=None, codes=None))
    found = {line["application"]: line for line in lines(session, filters(job))}
    assert found[gone.id]["sex"] == found[gone.id]["race_ethnicity_1997"] == "erased"
    assert found[silent.id]["sex"] is None
    report = run_report(session, NAME, filters(job), actor=SYSTEM)
    assert any("answers of 1 of them were erased" in check.sentence for check in report.checks)
    olga = make_actor(session, Role.HR, name="Olga")
    told = run_report(session, NAME, filters(job), actor=olga).checks
    assert not any("erased" in check.sentence for check in told)


def test_a_transfer_stands_on_both_jobs_with_what_was_said_at_first(session, job, fields):
    other = make_job(session, title="Porter", openings=9)
    first = write_history(session, job, BEGIN, (1, Stage.APPLICATION, Outcome.WITHDRAWN), source="referral")
    say(session, first.application, fields["sex"], "Male", ["male"])
    write_history(session, other, (1, Stage.SCREENING, Outcome.ACTIVE), transferred_from=first.application)
    found = lines(session, filters())
    assert [(line["job"], line["source"], line["sex"]) for line in found] == [
        ("Clerk", "referral", "Male"), ("Porter", "referral", "Male"),
    ]  # fmt: skip
    assert [row["applicants"] for row in count(session, NAME, filters())] == [1, 1]


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.HIRING_MANAGER, Role.INTERVIEWER])
def test_hr_alone_reads_the_log(session, job, role):
    actor = make_actor(session, role, job, [TeamRole.HIRING_MANAGER], name="Hank")
    with pytest.raises(NotPermitted):
        run_report(session, NAME, filters(job), actor=actor)
    with pytest.raises(NotPermitted):
        lines(session, filters(job), actor)
