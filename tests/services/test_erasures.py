"""Erasing people: nothing of them is left anywhere, what law and holds keep stays, the history holds."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select, update

from tests.erasing import US, erase, later, old, rejected, store
from tests.factories import (
    actor_of,
    join_team,
    make_actor,
    make_application,
    make_candidate,
    make_job,
    make_user,
)
from tests.histories import START
from tests.interviewing import hand_in, plan_rounds, publish_rubric, schedule
from tracker import clock, schema
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.deciding import MoveRequest, NotPermitted
from tracker.domain.file_formats import HandedIn
from tracker.domain.moves import MoveKind
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.files import NoSuchFile
from tracker.models import Base
from tracker.models.applications import Application, ApplicationNote
from tracker.models.arrivals import Arrival
from tracker.models.candidates import Candidate
from tracker.models.erasures import Erasure, ErasureCause
from tracker.models.files import StoredFile
from tracker.models.incoming_mails import IncomingMail, IncomingMailFile, ReplyToken
from tracker.models.outbox import OutboxMessage
from tracker.models.personal import CLEARED, DELETED
from tracker.models.scorecards import Rating
from tracker.queries.history import verify_history
from tracker.queries.retention import judge_everyone
from tracker.services import files
from tracker.services.applications import apply
from tracker.services.candidates import CandidateDetails, add_candidate
from tracker.services.erasures import plan_purge
from tracker.services.held_files import hold_file
from tracker.services.incoming_mails import issue_reply_token
from tracker.services.legal_holds import place_hold
from tracker.services.moves import make_move
from tracker.services.tags import add_tags

__all__ = ["later", "old", "store"]

CANARY = "Zyxwvutqanary"
PDF = b"%PDF-1.7\n" + CANARY.encode() + b"\ntrailer\n%%EOF\n"


def everything_said(session):
    """Every word that stands anywhere."""
    for table in Base.metadata.sorted_tables:
        for row in session.execute(select(table)):
            yield table.name, repr(tuple(row))


def fill(session, store, job):
    """Somebody with words of theirs in as many places as a test can reach."""
    rita = make_actor(session, Role.RECRUITER)
    details = CandidateDetails(
        f"{CANARY} Yusuf",
        f"{CANARY}@example.org".lower(),
        phone="+44 20 7946 0958",
        profile={"basics": {"name": CANARY}},
    )
    candidate = add_candidate(session, details, actor=rita)
    application = apply(session, job, candidate, actor=rita)
    files.attach_file(session, store, candidate, f"{CANARY}.pdf", PDF, actor=rita, application=application)
    add_tags(session, application, [CANARY], actor=rita)
    session.add(ApplicationNote(application_id=application.id, text=f"Says {CANARY}", at=clock.now()))
    session.add(
        OutboxMessage(
            key="one",
            kind="moved_on",
            application_id=application.id,
            payload={"name": CANARY},
            created_at=clock.now(),
            not_before=clock.now(),
            to_name=CANARY,
            to_email=f"{CANARY}@example.org",
            subject=CANARY,
            text=CANARY,
        )
    )
    session.add(
        Arrival(
            application_id=application.id,
            typed_location=CANARY,
            links=f"https://{CANARY}.example",
            at=clock.now(),
        )
    )
    session.add(
        IncomingMail(
            application_id=application.id,
            message_hash="x",
            from_name=CANARY,
            from_email=f"{CANARY}@example.org",
            is_from_candidate=True,
            subject=CANARY,
            text=CANARY,
            left_out=[CANARY],
            received_at=clock.now(),
        )
    )
    issue_reply_token(session, application.id)
    session.flush()
    mail, file = (session.scalars(select(table.id)).one() for table in (IncomingMail, StoredFile))
    session.add(IncomingMailFile(file_id=file, mail_id=mail))
    hold_file(session, store, HandedIn(f"{CANARY}.pdf", PDF), job_id=job.id)
    session.flush()
    return candidate, application


def close(session, application):
    session.refresh(application)
    request = MoveRequest(MoveKind.REJECT, disposition="other_rejected", note=f"Because {CANARY}")
    make_move(
        session, application.id, request, actor=make_actor(session, Role.RECRUITER),
        seen_stage=application.stage, seen_version=application.version,
    )  # fmt: skip


def test_nothing_of_an_erased_person_is_left_in_any_table(session, store, monkeypatch):
    job = make_job(session, jurisdiction="US")
    candidate, application = fill(session, store, job)
    close(session, application)
    now = clock.now() + timedelta(days=3 * 366)
    monkeypatch.setattr(clock, "now", lambda: now)
    assert any(CANARY.lower() in words.lower() for _, words in everything_said(session))
    receipt = erase(session, store, candidate)
    left = [(table, words) for table, words in everything_said(session) if CANARY.lower() in words.lower()]
    assert left == []
    assert receipt.counts["candidates"] == 1
    assert receipt.counts["files_removed"] == 2, "the résumé, and one that was held and never sent"
    assert CANARY.lower() not in repr(receipt.__dict__).lower()
    assert verify_history(session)[2] is None
    assert session.scalars(select(ReplyToken)).all() == [], "answers of an erased person are not taken in"


def test_cards_of_an_erased_person_lose_their_words_and_keep_their_levels(session, store, monkeypatch):
    job = make_job(session, jurisdiction="US")
    hank = make_user(session, "Hank", Role.HIRING_MANAGER)
    join_team(session, job, hank, TeamRole.HIRING_MANAGER)
    publish_rubric(session, job)
    plan_rounds(session, job)
    application = make_application(session, job, stage=Stage.INTERVIEW)
    at = clock.now() - timedelta(hours=2)
    interview = schedule(session, application, actor_of(session, hank), actor=SYSTEM, starts_at=at)
    hand_in(session, interview, actor_of(session, hank), 3)
    close(session, application)
    values = select(Rating.competency, Rating.value).order_by(Rating.competency)
    before = session.execute(values).all()
    assert any(session.scalars(select(Rating.evidence)))
    now = clock.now() + timedelta(days=3 * 366)
    monkeypatch.setattr(clock, "now", lambda: now)
    erase(session, store, session.get_one(Candidate, application.candidate_id))
    assert not any(session.scalars(select(Rating.evidence)))
    assert (
        session.execute(select(Rating.competency, Rating.value).order_by(Rating.competency)).all() == before
    )


def test_files_go_once_the_transaction_is_kept(database, store, monkeypatch):
    with database.writing() as session:
        candidate, application = fill(session, store, make_job(session, jurisdiction="US"))
        close(session, application)
        key = session.scalars(select(StoredFile.key)).one()
    now = clock.now() + timedelta(days=3 * 366)
    monkeypatch.setattr(clock, "now", lambda: now)

    with database.session(may_write=True) as session:
        erase(session, store, session.get_one(Candidate, candidate.id))
        session.rollback()
    store.open(key).close()
    with database.writing() as session:
        erase(session, store, session.get_one(Candidate, candidate.id))
    with pytest.raises(NoSuchFile):
        store.open(key)


def test_the_bytes_are_gone_from_the_database_after_the_scrub(sqlite_database, store, monkeypatch, tmp_path):
    with sqlite_database.writing() as session:
        candidate, application = fill(session, store, make_job(session, jurisdiction="US"))
        close(session, application)
    now = clock.now() + timedelta(days=3 * 366)
    monkeypatch.setattr(clock, "now", lambda: now)
    with sqlite_database.writing() as session:
        erase(session, store, session.get_one(Candidate, candidate.id))
    schema.scrub(sqlite_database, {*CLEARED, *DELETED})
    path = sqlite_database.engine.url.database
    held = b"".join(
        file.read_bytes() for file in tmp_path.rglob("*") if file.is_file() and str(path) in str(file)
    )
    assert held
    for spelled in (CANARY, CANARY.lower()):
        assert spelled.encode() not in held
    assert schema.differences(sqlite_database) == []


def test_the_scrub_leaves_a_database_as_it_should_be(database):
    schema.scrub(database, {*CLEARED, *DELETED})
    assert schema.differences(database) == []


@pytest.mark.parametrize("cause", ErasureCause)
def test_who_is_active_stays_even_if_they_ask(session, store, later, cause):
    application = make_application(session)
    with pytest.raises(RuleBroken, match="still open"):
        erase(session, store, application.candidate, cause=cause)
    assert session.get_one(Candidate, application.candidate_id).erased_at is None


def test_a_period_gives_way_to_a_wish_and_the_law_does_not(session, store, old, monkeypatch):
    def at(days):
        monkeypatch.setattr(clock, "now", lambda: START + timedelta(days=days))

    at(200)
    with pytest.raises(RuleBroken, match="law wants"):
        erase(session, store, old, cause=ErasureCause.REQUEST)
    at(500)
    with pytest.raises(RuleBroken, match="period is not over"):
        erase(session, store, old)
    assert erase(session, store, old, cause=ErasureCause.REQUEST).cause is ErasureCause.REQUEST


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.HIRING_MANAGER, Role.INTERVIEWER])
def test_only_hr_decides_on_retention(session, store, old, later, role):
    actor = make_actor(session, role)
    with pytest.raises(NotPermitted):
        erase(session, store, old, actor=actor)
    with pytest.raises(NotPermitted):
        place_hold(session, "Audit", candidate=old, actor=actor)
    with pytest.raises(NotPermitted):
        plan_purge(session, policy=US, actor=actor)


def test_whoever_was_merged_into_a_person_goes_with_them(session, store, old, later):
    other = rejected(session, name=CANARY)
    session.execute(update(Candidate).where(Candidate.id == other.id).values(merged_into_id=old.id))
    with pytest.raises(RuleBroken, match="merged into another"):
        erase(session, store, other)
    erase(session, store, old)
    assert session.get_one(Candidate, other.id).name == "Erased"
    assert session.scalar(select(Erasure.candidate_id)) == old.id
    with pytest.raises(RuleBroken, match="erased already"):
        erase(session, store, old)


def test_mail_to_an_erased_person_that_waits_is_called_off(session, store, old, later):
    application = session.scalars(select(Application).where(Application.candidate_id == old.id)).one()
    message = OutboxMessage(
        key="waits", kind="rejected", application_id=application.id, payload={},
        created_at=later, not_before=later,
    )  # fmt: skip
    session.add(message)
    session.flush()
    erase(session, store, old)
    assert message.cancelled_at is not None


def test_judging_takes_the_same_number_of_queries_for_three_as_for_thirty(session, later):
    def count():
        seen = []
        connection = session.connection()

        def note(*args):
            seen.append(args[2])

        event.listen(connection, "before_cursor_execute", note)
        list(judge_everyone(session, later, policy=US))
        event.remove(connection, "before_cursor_execute", note)
        return len(seen)

    for _ in range(3):
        make_candidate(session)
    few = count()
    for _ in range(27):
        make_candidate(session)
    assert count() == few
