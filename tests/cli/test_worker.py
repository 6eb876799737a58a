"""`tracker worker`: what waits for the end of an undo waits, what was undone never goes."""

import threading
import time
from datetime import timedelta

import pytest

from tests.factories import actor_of, make_application, make_candidate, make_user
from tests.mail_servers import Inbox, running
from tests.moving import move
from tracker import clock
from tracker.cli.home import Home
from tracker.cli.worker import keep_delivering, read_files
from tracker.config import load_config
from tracker.domain.actors import SYSTEM, Role
from tracker.domain.deciding import MoveRequest
from tracker.domain.mails import MailEvent
from tracker.domain.moves import UNDO_WINDOW, MoveKind
from tracker.domain.requirements import Requirement
from tracker.domain.stages import Stage
from tracker.files import FileStore
from tracker.models.applications import Application
from tracker.models.file_texts import FileText, TextState
from tracker.models.files import StoredFile
from tracker.services.files import attach_file
from tracker.services.moves import make_move
from tracker.services.outbox import queue_message

REJECT = MoveRequest(MoveKind.REJECT, disposition="less_qualified")
UNDO = MoveRequest(MoveKind.UNDO)


@pytest.fixture
def mails(monkeypatch):
    inbox = Inbox()
    with running(inbox) as server:
        monkeypatch.setenv("TRACKER_MAIL_URL", f"smtp://127.0.0.1:{server.port}?from=hiring@example.org")
        yield inbox


def reject(database, *then):
    """A candidate is rejected, and the same person makes what comes then."""
    with database.writing() as session:
        application = make_application(session)
        rita = actor_of(session, make_user(session, "Rita", Role.RECRUITER))
        for request in (REJECT, *then):
            seen = {"seen_stage": application.stage, "seen_version": application.version}
            make_move(session, application.id, request, actor=rita, **seen)


def test_a_rejection_goes_out_once_it_can_no_longer_be_undone(call, sqlite_database, mails):
    reject(sqlite_database)
    assert call("worker", "--once").stdout == "Sent 0 messages.\n"
    with clock.standing_at(clock.now() + UNDO_WINDOW):
        assert call("worker", "--once").stdout == "Sent 0 messages.\n"
    with clock.standing_at(clock.now() + UNDO_WINDOW + timedelta(minutes=1)):
        assert call("worker", "--once").stdout == "Sent 1 message.\n"
        assert call("worker", "--once").stdout == "Sent 0 messages.\n"
    message = mails.taken[0]
    assert message["X-Given-To"].startswith("candidate")
    assert "We have decided not to go on" in message.get_body(("plain",)).get_content()


def test_an_undone_rejection_is_never_sent_and_a_second_one_is(call, sqlite_database, mails):
    reject(sqlite_database, UNDO)
    with clock.standing_at(clock.now() + timedelta(days=1)):
        assert call("worker", "--once").stdout == "Sent 0 messages.\n"
    reject(sqlite_database, UNDO, REJECT)
    with clock.standing_at(clock.now() + timedelta(days=1)):
        assert call("worker", "--once").stdout == "Sent 1 message.\n"


ONWARD = MoveRequest(MoveKind.ADVANCE, override=frozenset(Requirement), override_reason="Known to us")
WITHDRAW = MoveRequest(MoveKind.WITHDRAW, disposition="personal")
REOPEN = MoveRequest(MoveKind.REOPEN, text="Mixed up with somebody else")


@pytest.mark.parametrize(
    ("moves", "sent"),
    [
        ((ONWARD,), "The next stage is: Screening"),
        ((ONWARD, ONWARD), "The next stage is: Interview"),
        ((ONWARD, ONWARD, ONWARD), "The next stage is: References"),
        ((ONWARD, WITHDRAW), None),
        ((REJECT, REOPEN), None),
        ((ONWARD, REJECT), "We have decided not to go on"),
    ],
)
def test_news_that_later_moves_overtook_is_not_sent(call, sqlite_database, mails, moves, sent):
    with sqlite_database.writing() as session:
        application = make_application(session)
        olga = actor_of(session, make_user(session, "Olga", Role.HR))
        rita = actor_of(session, make_user(session, "Rita", Role.RECRUITER))
        for request in moves:
            seen = {"seen_stage": application.stage, "seen_version": application.version}
            actor = rita if request is WITHDRAW else olga
            make_move(session, application.id, request, actor=actor, **seen)
    with clock.standing_at(clock.now() + timedelta(days=1)):
        call("worker", "--once")
    texts = [message.get_body(("plain",)).get_content() for message in mails.taken]
    assert len(texts) == (sent is not None)
    assert all(str(sent) in text for text in texts)


def test_who_comes_into_a_stage_again_reads_of_it_once(call, sqlite_database, mails):
    with sqlite_database.writing() as session:
        number = make_application(session).id
        olga = actor_of(session, make_user(session, "Olga", Role.HR))
    back = MoveRequest(MoveKind.RETURN, to=Stage.APPLICATION, text="To be called again")
    for request in (ONWARD, back, ONWARD):
        with sqlite_database.writing() as session:
            move(session, session.get_one(Application, number), request, olga)
        with clock.standing_at(clock.now() + timedelta(days=1)):
            call("worker", "--once")
    texts = [message.get_body(("plain",)).get_content() for message in mails.taken]
    assert len(texts) == 1
    assert "The next stage is: Screening" in texts[0]


def test_without_a_mail_server_the_worker_says_where_mail_is(call, monkeypatch):
    monkeypatch.delenv("TRACKER_MAIL_URL", raising=False)
    result = call("worker", "--once")
    assert result.exit_code == 1
    assert "TRACKER_MAIL_URL is not set" in result.stderr


def test_a_mail_server_that_is_none_is_a_bad_setting(call, monkeypatch):
    monkeypatch.setenv("TRACKER_MAIL_URL", "http://mail.example.org")
    assert call("worker", "--once").exit_code == 1


def test_what_runs_beside_the_pages_sends_until_it_is_stopped(sqlite_database, tmp_path):
    with sqlite_database.writing() as session:
        application = make_application(session)
        now = clock.now()
        queue_message(
            session, MailEvent.REJECTED, key="planted", application_id=application.id, not_before=now
        )
    home = Home(load_config({"TRACKER_HOME": str(tmp_path)}), sqlite_database)
    inbox, stopped = Inbox(), threading.Event()
    with running(inbox) as server:
        thread = threading.Thread(target=keep_delivering, args=(home, server, stopped))
        thread.start()
        for _ in range(100):
            if inbox.taken:
                break
            time.sleep(0.1)
        stopped.set()
        thread.join(10)
    assert len(inbox.taken) == 1
    assert not thread.is_alive()


def test_one_file_that_nobody_can_read_keeps_no_other_from_being_read(database, tmp_path):
    store = FileStore(tmp_path / "files")
    with database.writing() as session:
        candidate = make_candidate(session)
        ids = [
            attach_file(session, store, candidate, "cv.txt", b"Order clerk", actor=SYSTEM).id
            for _ in range(3)
        ]
        # Of a format that nothing here reads, as after a step back to an older version.
        session.get_one(StoredFile, ids[0]).media_type = "application/x-other"
        key = session.get_one(StoredFile, ids[1]).key
    path = store.path_of(key)
    path.unlink()
    path.mkdir()
    assert read_files(database, store) == 3
    with database.reading() as session:
        states = [session.get_one(FileText, number).state for number in ids]
    assert states == [TextState.UNREADABLE, TextState.UNREADABLE, TextState.READ]
    assert read_files(database, store) == 0
