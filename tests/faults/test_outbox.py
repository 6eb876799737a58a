"""Mail goes out once: with many workers, a dead server, and workers killed at the worst moment."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import func, select

from tests.factories import make_application
from tests.mail_servers import Inbox, free_port, running
from tracker import clock
from tracker.cli.worker import deliver
from tracker.config import Config, load_config
from tracker.db import Database
from tracker.domain.mails import MailEvent
from tracker.mail import mail_server
from tracker.models.outbox import OutboxMessage
from tracker.services.outbox import LEASE, queue_message


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return load_config({"TRACKER_HOME": str(tmp_path), "TRACKER_SECRET_KEY": "a key for tests only"})


def queue(database: Database, number: int) -> None:
    with database.writing() as session:
        application = make_application(session)
        for one in range(number):
            queue_message(
                session,
                MailEvent.REJECTED,
                key=f"planted:{one}",
                application_id=application.id,
                not_before=clock.now(),
            )


def subjects(database: Database) -> list[OutboxMessage]:
    with database.reading() as session:
        return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def test_four_workers_send_each_message_once(database: Database, config: Config) -> None:
    queue(database, 60)
    inbox = Inbox()
    with running(inbox) as server, ThreadPoolExecutor(4) as pool:
        sent = sum(pool.map(lambda _: deliver(database, config, server), range(4)))
    assert sent == 60
    ids = Counter(message["Message-ID"] for message in inbox.taken)
    assert (len(ids), set(ids.values())) == (60, {1})


def test_a_server_down_for_an_hour_loses_and_doubles_nothing(database: Database, config: Config) -> None:
    queue(database, 5)
    inbox, port, began = Inbox(), free_port(), clock.now()
    gone = mail_server(f"smtp://127.0.0.1:{port}?from=hiring@example.org", "http://x.test")
    for minute in range(0, 60, 5):
        with clock.standing_at(began + timedelta(minutes=minute)):
            assert deliver(database, config, gone) == 0
    assert all("No mail server answers" in (row.last_error or "") for row in subjects(database))
    assert {row.failed_at for row in subjects(database)} == {None}
    with running(inbox, port) as server:
        for hour in (2, 5, 9):
            with clock.standing_at(began + timedelta(hours=hour)):
                deliver(database, config, server)
    assert len(inbox.taken) == len({m["Message-ID"] for m in inbox.taken}) == 5


def test_a_message_that_is_refused_for_ever_is_given_up_where_everybody_sees_it(
    database: Database, config: Config
) -> None:
    queue(database, 2)
    inbox = Inbox()
    inbox.answer = lambda envelope: "550 No such person"
    with running(inbox) as server:
        assert deliver(database, config, server) == 0
    for row in subjects(database):
        assert row.failed_at is not None
        assert "No such person" in (row.last_error or "")


def start_worker(database: Database, config: Config, url: str) -> subprocess.Popen[bytes]:
    values = {
        "TRACKER_HOME": str(config.home),
        "TRACKER_DATABASE_URL": database.engine.url.render_as_string(hide_password=False),
        "TRACKER_SECRET_KEY": config.secret_key,
        "TRACKER_MAIL_URL": url,
    }
    command = [sys.executable, "-m", "tracker", "worker", "--once"]
    return subprocess.Popen(command, env=os.environ | values, stdout=subprocess.DEVNULL)


class Slow(Inbox):
    """A server that takes its time at one point, so that a worker can be killed there."""

    def __init__(self, point: str) -> None:
        super().__init__()
        self.reached = Event()
        self.point = point

    async def handle_RCPT(self, server, session, envelope, address, options):  # type: ignore[no-untyped-def]
        envelope.rcpt_tos.append(address)
        if self.point == "recipient":
            self.reached.set()
            time.sleep(2)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # type: ignore[no-untyped-def]
        answer = await super().handle_DATA(server, session, envelope)
        if self.point == "text":
            self.reached.set()
            time.sleep(2)
        return answer


@pytest.mark.parametrize(("point", "is_taken"), [("recipient", False), ("text", True)])
def test_killed_worker_neither_loses_nor_doubles(
    database: Database, config: Config, point: str, is_taken: bool
) -> None:
    queue(database, 1)
    slow = Slow(point)
    with running(slow) as server:
        worker = start_worker(database, config, f"smtp://127.0.0.1:{server.port}?from=hiring@example.org")
        assert slow.reached.wait(30)
        worker.send_signal(signal.SIGKILL)
        worker.wait(30)
    inbox, now = Inbox(), clock.now()
    with running(inbox) as server:
        assert deliver(database, config, server) == 0, "its lease still holds"
        with clock.standing_at(now + LEASE + timedelta(minutes=1)):
            deliver(database, config, server)
            deliver(database, config, server)
    assert len(slow.taken) + len(inbox.taken) == 1
    assert len(slow.taken) == int(is_taken)
    with database.reading() as session:
        row = session.scalars(select(OutboxMessage)).one()
        assert (row.sent_at is None) is is_taken, "whether it arrived is for HR to find out"
        assert session.scalar(select(func.count()).select_from(OutboxMessage)) == 1
