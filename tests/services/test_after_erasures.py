"""After an erasure: nothing is added to the person again, and what was left behind is overwritten once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.careers import post
from tests.erasing import US, erase, later, old, rejected, store
from tests.factories import make_actor, make_job, make_user
from tests.histories import START
from tracker import clock
from tracker.cli.scrubbing import scrub_erased
from tracker.domain.actors import SYSTEM, Role
from tracker.domain.deciding import MoveRequest
from tracker.domain.file_formats import HandedIn
from tracker.domain.moves import MoveKind
from tracker.domain.outlines.outline import ReportName
from tracker.domain.reports import ReportFilters, read_zone
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.erasures import ErasureCause
from tracker.models.jobs import Job
from tracker.models.postings import Posting
from tracker.models.screenings import ResumeReview
from tracker.models.submissions import Submission
from tracker.queries.reports import rows_behind, run_report
from tracker.services import files
from tracker.services.applications import add_note, answer_questions, apply, record_consent_notice
from tracker.services.candidates import CandidateDetails
from tracker.services.careers import Sheet, apply_by_careers_page
from tracker.services.erasure_requests import ask_for_erasure, settle_request
from tracker.services.erasures import erase_person, needs_scrub
from tracker.services.moves import make_move
from tracker.services.screenings import record_resume_review

__all__ = ["later", "old", "store"]

WORDS = "Her letter does not tell"
PDF = b"%PDF-1.7\ntrailer\n%%EOF\n"


def test_nobody_is_erased_at_a_wish_that_nobody_had(session, store, old, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: START + timedelta(days=500))
    olga = make_actor(session, Role.HR)
    with pytest.raises(RuleBroken, match="Nobody asked"):
        erase_person(session, store, old, cause=ErasureCause.REQUEST, policy=US, actor=olga)


def test_nothing_is_added_to_an_erased_person(session, store, old, later):
    application = session.scalars(select(Application).where(Application.candidate_id == old.id)).one()
    job = session.get_one(Job, application.job_id)
    olga = make_actor(session, Role.HR)
    erase(session, store, old, actor=olga)
    session.refresh(application)
    reopen = MoveRequest(MoveKind.REOPEN, text="Again")
    deeds = (
        lambda: files.attach_file(session, store, old, "cv.pdf", PDF, actor=olga),
        lambda: files.attach_file(session, store, old, "cv.pdf", PDF, actor=olga, application=application),
        lambda: add_note(session, application, "A note", actor=olga),
        lambda: answer_questions(session, application, {}, actor=olga),
        lambda: record_consent_notice(session, application, "2026-01", actor=olga),
        lambda: apply(session, job, old, actor=olga),
        lambda: make_move(
            session, application.id, reopen, actor=olga, seen_stage=application.stage,
            seen_version=application.version,
        ),
        lambda: record_resume_review(session, application, passed=True, reason="x", actor=olga),
    )  # fmt: skip
    for deed in deeds:
        with pytest.raises(RuleBroken, match="erased"):
            deed()
    assert [key for key, _ in store.stored()] == []


def test_a_wish_is_settled_as_done_by_the_erasure_alone(session, old):
    olga = make_actor(session, Role.HR)
    asked = ask_for_erasure(session, old, note=None, actor=olga)
    with pytest.raises(RuleBroken, match="Erase the person"):
        settle_request(session, asked, is_done=True, answer=None, actor=olga)
    assert settle_request(session, asked, is_done=False, answer="The law", actor=olga).answer == "The law"


def test_what_was_erased_is_scrubbed_once(sqlite_database, store, monkeypatch):
    assert scrub_erased(sqlite_database)
    with sqlite_database.writing() as session:
        candidate = rejected(session)
    now = clock.now() + timedelta(days=3 * 366)
    monkeypatch.setattr(clock, "now", lambda: now)
    with sqlite_database.writing() as session:
        erase(session, store, session.get_one(Candidate, candidate.id))
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=1))
    with sqlite_database.reading() as session:
        assert needs_scrub(session)
        # Somebody reads what stood there before.
        assert not scrub_erased(sqlite_database)
    assert scrub_erased(sqlite_database)
    with sqlite_database.reading() as session:
        assert not needs_scrub(session)


def test_what_an_applicant_sent_is_forgotten_with_them(session, store, monkeypatch):
    posting = session.get_one(Posting, post(session, make_job(session, jurisdiction="US")).id)
    for number, name in enumerate(["amina", "zora"]):
        person = CandidateDetails(name.title(), f"{name}@example.net")
        sheet = Sheet(person, HandedIn("cv.pdf", PDF), "privacy-0", f"{number}" * 32)
        application = apply_by_careers_page(session, store, posting, sheet, today=clock.today())
        # Sent while the first one is active: not taken, and forgotten all the same.
        again = replace(sheet, key="9" * 32)
        assert apply_by_careers_page(session, store, posting, again, today=clock.today()) is None
    withdraw = MoveRequest(MoveKind.WITHDRAW, disposition="salary")
    make_move(
        session, application.id, withdraw, actor=SYSTEM, seen_stage=Stage.APPLICATION, seen_version=1,
        idempotency_key="k" * 32,
    )  # fmt: skip
    now = clock.now() + timedelta(days=3 * 366)
    monkeypatch.setattr(clock, "now", lambda: now)
    erase(session, store, session.get_one(Candidate, application.candidate_id))
    left = {(one.actor, one.result["application_id"]) for one in session.scalars(select(Submission))}
    assert left == {("candidate", application.id - 1), ("candidate", None), ("system", application.id)}
    assert len(session.scalars(select(Submission)).all()) == 3


def test_past_reports_say_the_same_after_an_erasure(session, store, old, later):
    filters = ReportFilters(as_of=later, zone=read_zone(None, "UTC"))

    # Of selection by groups the answers go with the person; that report says how many are gone.
    names = [name for name in ReportName if name is not ReportName.ADVERSE_IMPACT]
    own = select(Application.id).where(Application.candidate_id == old.id)
    review = ResumeReview(
        application_id=session.scalars(own).one(),
        passed=True,
        reason=WORDS,
        qualifications=[
            {"qualification": "Two years in sales", "is_met": None, "reason": WORDS},
            {"qualification": "Spanish", "is_met": True, "is_preferred": True},
        ],
        reviewer_id=make_user(session, "Rita").id,
        at=clock.now(),
    )
    session.add(review)
    session.flush()

    def told():
        flow = rows_behind(session, ReportName.APPLICANT_FLOW, filters, actor=SYSTEM).rows
        met = sorted(str(row["basic_qualifications_met"]) for row in flow)
        return [*(list(run_report(session, name, filters, actor=SYSTEM).rows) for name in names), met]

    before = told()
    erase(session, store, old)
    assert told() == before
    session.refresh(review)
    assert WORDS not in str(review.qualifications)
