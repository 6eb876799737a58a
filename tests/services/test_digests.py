"""The daily digest: once a morning, only where something waits, with counts and links and no name."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.factories import join_team, make_application, make_candidate, make_job, make_user
from tests.mail_servers import Inbox, running
from tracker import clock
from tracker.cli.worker import deliver, queue_due_digests
from tracker.config import load_config
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.mails import HIDDEN, MailEvent, Sender
from tracker.models.digests import DigestStop
from tracker.models.outbox import OutboxMessage
from tracker.models.users import User
from tracker.services.digests import (
    STOPS_LAST,
    due_digests,
    find_stop,
    has_work,
    queue_digest,
    stop_digest,
    wish_digest,
)
from tracker.services.mails import write_mail
from tracker.services.outbox import NotToBeSent

SENDER = Sender("Our organisation", "https://tracker.example.org", "UTC")
SEVEN = datetime(2026, 11, 27, 7, tzinfo=UTC)
DAY = date(2026, 11, 27)


@pytest.fixture
def at(monkeypatch):
    def set_now(now):
        monkeypatch.setattr(clock, "now", lambda: now)

    set_now(SEVEN - timedelta(hours=12))
    return set_now


def reader(session, *, zone=None, works=True, name="Rita"):
    """A recruiter who wishes for a digest, with a new application waiting if asked for."""
    user = make_user(session, name, Role.RECRUITER)
    user.time_zone = zone
    if works:
        job = make_job(session)
        join_team(session, job, user, TeamRole.RECRUITER)
        make_application(session, job, candidate=make_candidate(session, "Amina CANARY"))
    wish_digest(session, user, is_wished=True, zone="UTC", actor=SYSTEM)
    return user


def look(session):
    """What a worker does, within one session."""
    return sum(
        queue_digest(session, user_id, day, is_needed=has_work(session, user_id))
        for user_id, day in due_digests(session, "UTC")
    )


def queued(session):
    rows = select(OutboxMessage).where(OutboxMessage.kind == MailEvent.DIGEST).order_by(OutboxMessage.id)
    return list(session.scalars(rows))


def test_it_is_queued_at_seven_once_a_day(session, at):
    reader(session)
    assert look(session) == 0
    at(SEVEN)
    assert [look(session), look(session)] == [1, 0]
    at(SEVEN + timedelta(hours=16))
    assert look(session) == 0
    at(SEVEN - timedelta(hours=20))
    assert look(session) == 0, "a clock that goes back repeats nothing"
    at(SEVEN + timedelta(hours=1))
    assert look(session) == 0
    at(SEVEN + timedelta(days=1))
    assert look(session) == 1
    assert [row.payload["day"] for row in queued(session)] == ["2026-11-27", "2026-11-28"]


def test_seven_is_where_the_reader_is(session, at):
    reader(session, zone="Europe/Berlin")
    at(SEVEN - timedelta(hours=1, minutes=1))
    assert look(session) == 0
    at(SEVEN - timedelta(hours=1))
    assert look(session) == 1


def test_nothing_comes_where_nothing_waits_or_nobody_wished(session, at):
    reader(session, works=False, name="Idle")
    other = reader(session, name="Ria")
    wish_digest(session, other, is_wished=False, zone="UTC", actor=SYSTEM)
    gone = reader(session, name="Gone")
    gone.is_active = False
    session.flush()
    at(SEVEN)
    assert look(session) == 0
    assert due_digests(session, "UTC") == [], "who had nothing at seven is not looked at again that day"


def test_it_tells_counts_and_links_and_no_name(session, at):
    user = reader(session)
    at(SEVEN)
    look(session)
    (message,) = queued(session)
    seen = write_mail(session, message, SENDER)
    assert HIDDEN in seen.text
    assert session.scalars(select(DigestStop)).all() == [], "who only looks makes no link"
    mail = write_mail(session, message, SENDER, is_going_out=True)
    assert mail.to_email == user.email
    assert "New applications: 1\nhttps://tracker.example.org/my-work?show=review" in mail.text
    assert "CANARY" not in mail.text + mail.subject
    token = mail.secret
    assert f"https://tracker.example.org/mail/stop/{token}" in mail.text
    assert token not in mail.kept(mail.text)
    assert token not in repr([row.token_hash for row in session.scalars(select(DigestStop))])


def test_a_late_one_or_one_without_need_is_dropped(session, at):
    user = reader(session)
    at(SEVEN)
    look(session)
    (message,) = queued(session)
    at(SEVEN + timedelta(days=1))
    with pytest.raises(NotToBeSent):
        write_mail(session, message, SENDER)
    at(SEVEN)
    user.is_mailed_digest = False
    with pytest.raises(NotToBeSent):
        write_mail(session, message, SENDER)
    user.is_mailed_digest = True
    user.role_rows = []
    session.flush()
    with pytest.raises(NotToBeSent):
        write_mail(session, message, SENDER)


def test_its_link_stops_it_for_sixty_days_and_does_nothing_else(session, at):
    user = reader(session)
    at(SEVEN)
    look(session)
    (message,) = queued(session)
    mails = [write_mail(session, message, SENDER, is_going_out=True) for _ in range(2)]
    tokens = [mail.secret for mail in mails]
    assert find_stop(session, "x" * 32) is None
    assert find_stop(session, user.email) is None
    at(SEVEN + STOPS_LAST - timedelta(days=1))
    stop_digest(session, find_stop(session, tokens[0]))
    assert not user.is_mailed_digest
    stop_digest(session, find_stop(session, tokens[1]))
    at(SEVEN + STOPS_LAST)
    assert find_stop(session, tokens[0]) is None
    assert due_digests(session, "UTC") == []


def test_turned_on_before_seven_it_begins_today_and_after_it_tomorrow(session, at):
    at(SEVEN - timedelta(minutes=5))
    reader(session)
    at(SEVEN)
    assert look(session) == 1
    reader(session, name="Ria")
    assert look(session) == 0
    at(SEVEN + timedelta(days=1))
    assert look(session) == 2


def test_many_workers_queue_and_send_it_once(database, tmp_path):
    with clock.standing_at(SEVEN - timedelta(hours=12)), database.writing() as session:
        for number in range(5):
            reader(session, name=f"Rita{number}")
    config = load_config({"TRACKER_HOME": str(tmp_path), "TRACKER_SECRET_KEY": "a key for tests only"})
    inbox = Inbox()

    def work(_):
        with clock.standing_at(SEVEN):
            queue_due_digests(database, "UTC")
            return deliver(database, config, server)

    with running(inbox) as server, ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(work, range(6))) == 5
    assert len({message["X-Given-To"] for message in inbox.taken}) == len(inbox.taken) == 5
    told = [message.get_body(("plain",)).get_content() for message in inbox.taken]
    assert all("/mail/stop/" in text for text in told)


def test_a_worker_killed_between_two_people_goes_on_with_the_rest(database):
    with clock.standing_at(SEVEN - timedelta(hours=12)), database.writing() as session:
        ids = [reader(session, name=f"Rita{number}").id for number in range(3)]
    with clock.standing_at(SEVEN):
        with database.writing() as session:
            assert queue_digest(session, ids[0], DAY, is_needed=True)
        with database.session(may_write=True) as session:
            queue_digest(session, ids[1], DAY, is_needed=True)
            # Killed before its commit.
            session.rollback()
        assert queue_due_digests(database, "UTC") == 2
    with database.reading() as session:
        assert [row.user_id for row in queued(session)] == ids
        assert {session.get_one(User, number).digest_on for number in ids} == {DAY}
