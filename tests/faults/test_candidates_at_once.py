"""Candidates at the same moment: one application, one signature for one opening, one session for one link."""

import hashlib
from pathlib import Path

from sqlalchemy import func, select

from tests.candidates import sent_offer
from tests.careers import RESUME, post
from tests.factories import make_application, make_candidate, make_job
from tests.faults.test_races import at_once
from tracker import clock
from tracker.db import Database
from tracker.domain.file_formats import HandedIn
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.files import FileStore
from tracker.models.applications import Application
from tracker.models.candidate_access import CandidateSession
from tracker.models.candidates import Candidate
from tracker.models.files import FileKind, StoredFile
from tracker.models.offers import Offer
from tracker.models.outbox import OutboxMessage
from tracker.models.postings import Posting
from tracker.models.signatures import OfferSignature
from tracker.services.candidate_access import candidate_actor, issue_link, open_session
from tracker.services.candidates import CandidateDetails
from tracker.services.careers import Sheet, apply_by_careers_page
from tracker.services.own_files import MOST_OWN_FILES, hand_in_own_file
from tracker.services.signatures import sign_offer

LETTER = b"%PDF-1.7 the letter"


def count(database: Database, table: type) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_one_sheet_and_one_person_at_once_are_one_application(database: Database, tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    with database.writing() as session:
        job_id = post(session, make_job(session)).id

    def deed(number: int) -> str:
        # Half of them send the very same sheet, the others fill in a new one.
        key = "a" * 32 if number % 2 else f"{number:032d}"
        person = CandidateDetails("Amina Yusuf", "amina@example.net")
        sheet = Sheet(person, HandedIn("resume.txt", RESUME), "privacy-0", key)
        with database.writing() as session:
            posting = session.get_one(Posting, job_id)
            apply_by_careers_page(session, store, posting, sheet, today=clock.today())
        return "done"

    assert at_once(16, deed) == {"done": 16}
    assert count(database, Application) == count(database, Candidate) == count(database, StoredFile) == 1
    assert len(list(store.stored())) == 1
    with database.reading() as session:
        kinds = session.scalars(select(OutboxMessage.kind)).all()
    assert sorted(kinds) == ["application_received", "application_repeated"]


def test_of_many_files_handed_in_at_once_no_more_are_kept_than_are_taken(
    database: Database, tmp_path: Path
) -> None:
    store, given = FileStore(tmp_path), HandedIn("letter.txt", b"Dear all")
    with database.writing() as session:
        application_id = make_application(session).id

    def deed(_: int) -> str:
        try:
            with database.writing() as session:
                application = session.get_one(Application, application_id)
                candidate = session.get_one(Candidate, application.candidate_id)
                actor, kind = candidate_actor(candidate, application.id), FileKind.OTHER
                hand_in_own_file(
                    session, store, candidate, given, application=application, kind=kind, actor=actor
                )
        except RuleBroken as broken:
            return broken.field or ""
        return "kept"

    assert [deed(number) for number in range(MOST_OWN_FILES - 1)] == ["kept"] * (MOST_OWN_FILES - 1)
    assert at_once(8, deed) == {"kept": 1, "file": 7}
    assert count(database, StoredFile) == MOST_OWN_FILES


def test_many_sign_for_one_opening_and_one_gets_it(database: Database) -> None:
    people = 8
    with database.writing() as session:
        job = make_job(session, openings=1)
        applications = [make_application(session, job, stage=Stage.OFFER) for _ in range(people)]
        offers = [(sent_offer(session, one).id, one.id, one.version) for one in applications]

    def deed(number: int) -> str:
        offer_id, application_id, version = offers[number]
        try:
            with database.writing() as session:
                application = session.get_one(Application, application_id)
                candidate = session.get_one(Candidate, application.candidate_id)
                sign_offer(
                    session,
                    session.get_one(Offer, offer_id),
                    typed_name=candidate.name,
                    document=LETTER,
                    seen_sha256=hashlib.sha256(LETTER).hexdigest(),
                    seen_notice="offer-0",
                    seen_version=version,
                    address=None,
                    agent=None,
                    actor=candidate_actor(candidate, application_id),
                )
        except RuleBroken:
            return "refused"
        return "signed"

    assert at_once(people, deed) == {"signed": 1, "refused": people - 1}
    assert count(database, OfferSignature) == 1
    with database.reading() as session:
        accepted = select(func.count()).select_from(Offer).where(Offer.accepted_at.is_not(None))
        assert session.scalar(accepted) == 1


def test_of_many_who_use_one_link_one_comes_in(database: Database) -> None:
    with database.writing() as session:
        token = issue_link(session, make_candidate(session).id)

    def deed(_: int) -> str:
        try:
            with database.writing() as session:
                open_session(session, token, address=None)
        except RuleBroken:
            return "refused"
        return "in"

    assert at_once(12, deed) == {"in": 1, "refused": 11}
    assert count(database, CandidateSession) == 1
