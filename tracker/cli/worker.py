"""`tracker worker`: sends what waits in the outbox, reads what was uploaded, counts reports that people wait
for and makes the files of those that were asked for; `tracker serve` runs the same beside the pages.
"""

import logging
import secrets
import threading
from collections.abc import Callable
from hashlib import sha256
from zoneinfo import ZoneInfo

import click
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound, OperationalError, SQLAlchemyError

from tracker import clock
from tracker.cli.history_uploads import look_at_uploads
from tracker.cli.home import Home, open_home
from tracker.cli.kept_reports import count_awaited, renew_kept
from tracker.cli.refusals import Refused
from tracker.cli.report_exports import keep_making_exports, make_exports, sweep_left_behind
from tracker.config import Config
from tracker.db import Database
from tracker.domain.file_formats import MEDIA_TYPES
from tracker.domain.mails import Mail, Sender
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.exports.ics import write_invitation
from tracker.extraction.parent import UNREADABLE, Extracted, extract_text
from tracker.files import FileStore, NoSuchFile
from tracker.logs import kind_of, write_log
from tracker.mail import MailFailed, MailLine, MailServer, mail_server, write_message
from tracker.models.outbox import OutboxMessage
from tracker.services import file_texts, outbox
from tracker.services.digests import due_digests, has_work, queue_digest
from tracker.services.held_files import is_held_too_long, sweep_held
from tracker.services.mails import write_mail
from tracker.services.outbox import NotToBeSent
from tracker.services.reminders import queue_referee_reminders, queue_reminders, queue_task_reminders
from tracker.services.saved_reports import queue_report_links

_log = logging.getLogger(__name__)

LOOK_EVERY = 5  # seconds
NO_SERVER = "TRACKER_MAIL_URL is not set: mail stays in the outbox, where HR sees it."
REMIND_EVERY = 300  # seconds
FORMATS = {media_type: file_format for file_format, media_type in MEDIA_TYPES.items()}


@click.command()
@click.option("--once", is_flag=True, help="Send what is due now, then end.")
def worker(once: bool) -> None:
    """Send mail, read what was uploaded, make exports and count reports, until it is stopped."""
    write_log()
    with open_home() as home:
        server = server_of(home.config)
        if once:
            _look_once(home, server)
        else:
            told = (
                f"Sending mail by {server.host}, port {server.port}."
                if server
                else f"Reading files. {NO_SERVER}"
            )
            click.echo(told)
            making = (home.config, home.database, threading.Event())
            threading.Thread(target=keep_making_exports, args=making, name="exports", daemon=True).start()
            keep_delivering(home, server, threading.Event())


def _look_once(home: Home, server: MailServer | None) -> None:
    forget_held(home.database, FileStore(home.config.files_folder))
    read = read_files(home.database, FileStore(home.config.files_folder))
    if read:
        click.echo(f"Read {read:,} {'file' if read == 1 else 'files'}.")
    look_at_uploads(home.config, home.database)
    renew_kept(home.database)
    if counted := count_awaited(home.database):
        click.echo(f"Counted {counted:,} {'report' if counted == 1 else 'reports'}.")
    made = make_exports(home.config, home.database)
    sweep_left_behind(home.database, FileStore(home.config.files_folder))
    if made:
        click.echo(f"Made {made:,} {'export' if made == 1 else 'exports'}.")
    if server is None:
        raise Refused(NO_SERVER)
    queue_due_reminders(home.database, home.config.time_zone)
    number = deliver(home.database, home.config, server)
    click.echo(f"Sent {number:,} {'message' if number == 1 else 'messages'}.")


def server_of(config: Config) -> MailServer | None:
    """The mail server of the settings, none where none is set. Raises BadSetting."""
    return mail_server(config.mail_url, config.base_url) if config.mail_url else None


def sender_of(config: Config) -> Sender:
    """Who writes the mail of this tracker."""
    return Sender(config.organisation, config.base_url, config.time_zone, config.reply_to)


def keep_delivering(home: Home, server: MailServer | None, stopped: threading.Event) -> None:
    """Queue reminders and send what is due until stopped; a failure of the database waits for the next look.

    Without a server reminders are queued all the same, for HR to see.
    """
    clock.keep_days_of(ZoneInfo(home.config.time_zone))
    looks = 0
    while not stopped.is_set():
        try:
            if looks % (REMIND_EVERY // LOOK_EVERY) == 0:
                queue_due_reminders(home.database, home.config.time_zone)
            if server is not None and (number := deliver(home.database, home.config, server)):
                _log.info("sent %s messages", number)
            store = FileStore(home.config.files_folder)
            read_files(home.database, store)
            forget_held(home.database, store)
        except (RuleBroken, SQLAlchemyError, OSError) as failure:
            _log.warning("the outbox was not looked after: %s", kind_of(failure))
        except Exception:
            # Whatever it is, mail and files of everybody else must not wait until somebody notices.
            _log.exception("the outbox was not looked after")
        looks += 1
        stopped.wait(LOOK_EVERY)


def forget_held(database: Database, store: FileStore) -> int:
    """Let go of files that applicants chose more than an hour ago and never sent; how many."""
    with database.reading() as session:
        if not is_held_too_long(session):
            return 0
    with database.writing() as session:
        return sweep_held(session, store)


def read_files(database: Database, store: FileStore) -> int:
    """Take the text out of uploaded files, each in a process of its own; how many were looked at.

    The file stays in any case; one that cannot be read is marked so, and not tried again.
    """
    with database.reading() as session:
        waiting = [(row.id, row.bytes_key, row.media_type) for row in file_texts.waiting_files(session)]
    for file_id, key, media_type in waiting:
        try:
            _keep_text(database, file_id, _text_of(store, key, media_type))
        except (OperationalError, OSError):
            # Of the database or the machine, not of this file: it is read at the next look.
            raise
        except Exception:
            _log.exception("file %s cannot be read", file_id)
            _keep_text(database, file_id, Extracted(None, UNREADABLE))
    return len(waiting)


def _text_of(store: FileStore, key: str, media_type: str) -> Extracted:
    try:
        with store.open(key) as content:
            data = content.read()
    except NoSuchFile:
        return Extracted(None, "Its content is missing from the store.")
    except OSError:
        _log.exception("the store cannot read a file")
        return Extracted(None, "The store could not read it.")
    return extract_text(data, FORMATS[media_type])


def _keep_text(database: Database, file_id: int, found: Extracted) -> None:
    with database.writing() as session:
        file_texts.keep_text(session, file_id, text=found.text, reason=found.reason)


def queue_due_reminders(database: Database, time_zone: str) -> None:
    """Queue reminders of scorecards, references, steps of new hires and saved reports."""
    with database.writing() as session:
        queue_reminders(session)
        queue_referee_reminders(session)
        queue_task_reminders(session, clock.now().astimezone(ZoneInfo(time_zone)).date())
        queue_report_links(session, time_zone)
    queue_due_digests(database, time_zone)


def queue_due_digests(database: Database, time_zone: str) -> int:
    """Queue the digests of everybody whose morning it is and for whom something waits; how many.

    Each in a transaction of its own, and looked at before it begins: nobody waits for all of them.
    """
    number = 0
    with database.reading() as session:
        due = due_digests(session, time_zone)
    for user_id, day in due:
        with database.reading() as session:
            is_needed = has_work(session, user_id)
        with database.writing() as session:
            number += queue_digest(session, user_id, day, is_needed=is_needed)
    return number


def deliver(
    database: Database, config: Config, server: MailServer, line: Callable[[MailServer], MailLine] = MailLine
) -> int:
    """Send everything that is due, one message after the other; how many went out."""
    name, sent = secrets.token_hex(8), 0
    with line(server) as open_line:
        while (claimed := _claim(database, config, name)) is not None:
            message, mail = claimed
            if mail is not None:
                sent += _send(database, config, server, open_line, name, message, mail)
    return sent


def _claim(database: Database, config: Config, name: str) -> tuple[OutboxMessage, Mail | None] | None:
    # On SQLite a write lock only to find nothing would hold others up every few seconds.
    with database.reading() as session:
        due = select(OutboxMessage.id).where(outbox.is_claimable(clock.now())).limit(1)
        if session.scalar(due) is None:
            return None
    with database.writing() as session:
        message = outbox.claim_message(session, name)
        if message is None:
            return None
        try:
            return message, write_mail(session, message, sender_of(config), is_going_out=True)
        except NotToBeSent as reason:
            outbox.drop_claimed(session, message.id, name, f"{reason}.")
            return message, None
        except (LookupError, ValueError, NoResultFound) as fault:
            # One that cannot be written must not keep the others from going out.
            _log.exception("message %s cannot be written", message.id)
            outbox.note_failed(session, message.id, name, f"It cannot be written: {fault}", is_final=True)
            return message, None


def _send(
    database: Database,
    config: Config,
    server: MailServer,
    line: MailLine,
    name: str,
    message: OutboxMessage,
    mail: Mail,
) -> int:
    def hand_over() -> None:
        with database.writing() as session:
            outbox.hand_over(session, message.id, name, mail)

    # The same at every try, so that whoever receives it twice can tell.
    told = f"{message.id} {message.created_at.isoformat()} {config.secret_key}"
    key = sha256(told.encode()).hexdigest()[:32]
    try:
        entry = mail.entry
        calendar = write_invitation(entry, config.organisation, server.address) if entry else None
        written = write_message(
            mail, sender_of(config), server.address, key=key, at=clock.now(), calendar=calendar
        )
        line.send(written, hand_over)
    except ChangedMeanwhile as changed:
        _log.info("message %s stays: %s", message.id, changed)
        return 0
    except MailFailed as failure:
        # Why stands in the outbox, which an erasure reaches: a server's answer may name whom it was for.
        _log.warning("message %s was not sent", message.id)
        with database.writing() as session:
            outbox.note_failed(
                session,
                message.id,
                name,
                str(failure),
                is_final=failure.is_final,
                is_uncertain=failure.is_uncertain,
            )
        return 0
    with database.writing() as session:
        outbox.note_sent(session, message.id, name)
    return 1
