"""Bringing another system's history in: what each event becomes, and what the database says to it."""

import io
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from tests.factories import make_candidate, make_job
from tracker.domain.actors import SYSTEM
from tracker.domain.event_logs import default_mapping, read_mapping
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application, ApplicationNote
from tracker.models.candidates import Candidate
from tracker.models.moves import Move
from tracker.models.self_identification import SelfIdentificationAnswer
from tracker.queries.history import verify_history
from tracker.services.event_log_files import read_csv, read_xes
from tracker.services.history_import import ImportedFile, import_batch
from tracker.services.history_plans import batches, plan_import

FILE = ImportedFile("log.csv", "0" * 64)
HEADER = "application,email,at,activity,actor,reason\n"


def csv_log(lines: str, header: str = HEADER):
    return read_csv(io.BytesIO((header + lines).encode()), name="log.csv", zone=UTC)


def bring_in(session, log, job=None, mapping=None):
    job = job or make_job(session)
    plan = plan_import(session, job, log, mapping or default_mapping())
    assert plan.bad == ()
    for batch in batches(plan):
        import_batch(session, job, batch, FILE, actor=SYSTEM)
    session.expire_all()
    rows = select(Application).where(Application.job_id == job.id)
    applications = session.scalars(rows.order_by(Application.applied_at, Application.id)).all()
    assert verify_history(session)[2] is None
    return job, applications


def moves_of(session, application):
    moves = session.scalars(
        select(Move).where(Move.application_id == application.id).order_by(Move.version)
    ).all()
    return [(move.to_stage, move.to_outcome) for move in moves]


def notes_of(session, application):
    return session.scalars(
        select(ApplicationNote.text).where(ApplicationNote.application_id == application.id)
    ).all()


def test_events_of_one_instant_keep_their_order_in_the_file(session):
    log = csv_log(
        "a,,2026-01-02T09:00:00Z,interview,,\n"
        "a,,2026-01-01T09:00:00Z,application,,\n"
        "a,,2026-01-02T09:00:00Z,offer,,\n"
    )
    _, (application,) = bring_in(session, log)
    assert [stage for stage, _ in moves_of(session, application)] == ["application", "interview", "offer"]
    assert application.applied_at == datetime(2026, 1, 1, 9, tzinfo=UTC)
    assert application.stage_entered_at == datetime(2026, 1, 2, 9, tzinfo=UTC)


def test_stages_out_of_order_come_in_as_they_were(session):
    log = csv_log(
        "a,,2026-01-01T09:00Z,references,,\na,,2026-01-02T09:00Z,screening,,\na,,2026-01-03T09:00Z,references,,\n"
    )
    _, (application,) = bring_in(session, log)
    assert [stage for stage, _ in moves_of(session, application)] == ["references", "screening", "references"]


def test_the_present_stage_again_is_a_note_and_no_move(session):
    log = csv_log("a,,2026-01-01T09:00Z,screening,,\na,,2026-01-02T09:00Z,Screening,Kim,\n")
    _, (application,) = bring_in(session, log)
    assert application.version == 1
    assert notes_of(session, application) == ["Screening (Kim)"]


def test_a_stage_after_a_rejection_reopens(session):
    log = csv_log(
        "a,,2026-01-01T09:00Z,screening,,\na,,2026-01-02T09:00Z,rejected,,\na,,2026-01-03T09:00Z,screening,,\n"
    )
    _, (application,) = bring_in(session, log)
    assert moves_of(session, application)[1:] == [("screening", "rejected"), ("screening", "active")]
    assert application.disposition_reason is None


def test_a_missing_reason_is_not_recorded_and_others_are_mapped(session):
    mapping = read_mapping(
        '[outcomes]\nNo = "rejected"\n[reasons]\n"too few years" = "minimum_qualifications"'
    )
    log = csv_log(
        "a,,2026-01-01T09:00Z,No,,\nb,,2026-01-02T09:00Z,No,,too few years\nc,,2026-01-03T09:00Z,No,,odd\n"
    )
    _, applications = bring_in(session, log, mapping=mapping)
    reasons = [application.disposition_reason for application in applications]
    assert reasons == ["not_recorded", "minimum_qualifications", "not_recorded"]
    assert [notes_of(session, application) for application in applications] == [[], [], ["No: odd"]]


def test_an_activity_in_both_tables_leads_to_its_stage_and_then_to_its_outcome(session):
    mapping = read_mapping('[stages]\nGo = "onboarding"\n[outcomes]\nGo = "hired"')
    _, (application,) = bring_in(session, csv_log("a,,2026-01-01T09:00Z,Go,,\n"), mapping=mapping)
    assert moves_of(session, application) == [("onboarding", "active"), ("onboarding", "hired")]


def test_an_accepted_offer_is_in_onboarding_and_a_declined_one_withdrawn(session):
    log = csv_log(
        "a,,2026-01-01T09:00Z,offer_extended,,\na,,2026-01-02T09:00Z,offer_accepted,,\n"
        "b,,2026-01-03T09:00Z,offer,,\nb,,2026-01-04T09:00Z,offer_declined,,\n"
    )
    _, (accepted, declined) = bring_in(session, log)
    assert moves_of(session, accepted) == [("offer", "active"), ("onboarding", "active")]
    assert (declined.stage, declined.outcome) == (Stage.OFFER, Outcome.WITHDRAWN)
    assert declined.disposition_reason == "offer_declined"


def test_openings_are_raised_to_those_who_take_one_at_last(session):
    lines = "".join(f"c{n},,2026-01-0{n}T09:00Z,onboarding,,\n" for n in range(1, 6))
    lines += "c1,,2026-01-08T09:00Z,rejected,,\n"
    job, _ = bring_in(session, csv_log(lines), job=make_job(session, openings=2))
    assert job.openings == 4


def test_unmapped_activities_are_notes_and_counted(session):
    log = csv_log(
        "a,,2026-01-01T09:00Z,application,,\na,,2026-01-02T09:00Z,Tea,,\nb,,2026-01-03T09:00Z,Tea,,\n"
    )
    plan = plan_import(session, make_job(session), log, default_mapping())
    assert plan.unmapped == {"Tea": 2}
    assert plan.unplaced == 1
    _, (first, second) = bring_in(session, log)
    assert notes_of(session, first) == ["Tea"]
    assert moves_of(session, second) == [("application", "active")]


def test_a_mapping_that_knows_nothing_of_the_file_is_refused(session):
    with pytest.raises(RuleBroken, match="none of the activities"):
        plan_import(session, make_job(session), csv_log("a,,2026-01-01T09:00Z,Tea,,\n"), default_mapping())


def test_a_second_import_changes_nothing(session):
    log = csv_log("a,,2026-01-01T09:00Z,application,,\nb,,2026-01-02T09:00Z,hired,,\n")
    job, _ = bring_in(session, log)
    counts = [session.scalar(select(func.count()).select_from(table)) for table in (Move, Candidate)]
    plan = plan_import(session, job, log, default_mapping())
    assert (len(plan.applications), list(plan.applications), plan.known) == (0, [], 2)
    bring_in(session, log, job=job)
    assert counts == [session.scalar(select(func.count()).select_from(table)) for table in (Move, Candidate)]


def test_one_person_has_applications_one_after_the_other_and_never_two_at_once(session):
    once = "a,kim@example.org,2026-01-01T09:00Z,application,,\n"
    closed = "a,kim@example.org,2026-01-02T09:00Z,rejected,,\n"
    again = "b,kim@example.org,2026-02-01T09:00Z,application,,\n"
    plan = plan_import(session, make_job(session), csv_log(once + again), default_mapping())
    assert [(bad.case, bad.line) for bad in plan.bad] == [("b", 3)]
    _, (first, second) = bring_in(session, csv_log(once + closed + again))
    assert first.candidate_id == second.candidate_id


def test_a_person_who_was_made_one_with_another_is_the_one_who_stayed(session):
    stayed, gone = make_candidate(session), make_candidate(session, email="kim@example.org")
    gone.merged_into_id = stayed.id
    session.flush()
    kept, merged = stayed.id, gone.id
    _, (application, other) = bring_in(
        session,
        csv_log(
            "a,kim@example.org,2026-01-01T09:00Z,application,,\nb,new@example.org,2026-01-02T09:00Z,offer,,\n"
        ),
    )
    assert application.candidate_id == kept
    assert other.candidate_id not in (kept, merged)


def test_mapped_attributes_become_self_identification_answers(session):
    mapping = read_mapping('[stages]\nIn = "application"\n[attributes]\nlanguage = "German speaking"')
    log = csv_log("a,2026-01-01T09:00Z,In,yes\n", header="application,at,activity,language\n")
    _, (application,) = bring_in(session, log, mapping=mapping)
    answers = select(SelfIdentificationAnswer.value).where(
        SelfIdentificationAnswer.application_id == application.id
    )
    assert session.scalars(answers).all() == ["yes"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("a,,yesterday,application,,", "no instant"),
        ("a,,2999-01-01T00:00Z,application,,", "future"),
        ("a,,2026-01-01T09:00Z,,,", "activity is missing"),
        ("a,nobody,2026-01-01T09:00Z,application,,", "no e-mail"),
        ("a,,2026-01-01T09:00Z", "3 cells"),
        (",,2026-01-01T09:00Z,application,,", "key is missing"),
    ],
)
def test_a_bad_line_is_named_with_its_number(line, problem):
    log = csv_log(f"b,,2026-01-01T09:00Z,application,,\n{line}\n")
    assert [bad.line for bad in log.bad] == [3]
    assert problem in log.bad[0].problem
    assert list(log.without(log.bad).cases) == ["b"]


def xes(traces: str, before: str = "") -> bytes:
    return f'<?xml version="1.0"?>{before}<log xmlns="http://www.xes-standard.org/">{traces}</log>'.encode()


def event(activity: str, at: str) -> str:
    return (
        f'<event><string key="concept:name" value="{activity}"><string key="concept:name" value="inner"/>'
        f'</string><date key="time:timestamp" value="{at}"/></event>'
    )


def test_xes_takes_what_stands_directly_in_trace_and_event(session):
    trace = '<trace><string key="concept:name" value="7"/>' + event("Offer", "2026-01-01T09:00:00.000+02:00")
    log = read_xes(io.BytesIO(xes(trace + "</trace>")), name="log.xes", zone=UTC)
    _, (application,) = bring_in(session, log)
    assert application.stage is Stage.OFFER
    assert application.applied_at == datetime(2026, 1, 1, 7, tzinfo=UTC)


def test_a_trace_that_stands_twice_is_bad():
    trace = (
        '<trace>\n<string key="concept:name" value="7"/>' + event("Offer", "2026-01-01T09:00Z") + "</trace>"
    )
    log = read_xes(io.BytesIO(xes(trace + trace)), name="log.xes", zone=UTC)
    assert [(bad.line, bad.case) for bad in log.bad] == [(2, "7")]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (xes("", '<!DOCTYPE log [<!ENTITY a "b">]>'), "document type"),
        (xes("<trace>")[:-3], "is no XML"),
        (b"<html></html>", "no XES log"),
    ],
)
def test_what_is_no_plain_xes_is_refused(content, problem):
    with pytest.raises(RuleBroken, match=problem):
        read_xes(io.BytesIO(content), name="log.xes", zone=UTC)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[stages", "not TOML"),
        ('[stages]\nA = "tea"', "none of application"),
        ('[places]\nA = "offer"', "means nothing"),
        ('[reasons]\nA = "tea"', "no disposition reason"),
        ("[stages]\nA = 1", "must be a text"),
    ],
)
def test_a_mapping_is_read_strictly(text, problem):
    with pytest.raises(RuleBroken, match=problem):
        read_mapping(text)
