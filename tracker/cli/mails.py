"""`tracker mail receive`: takes one mail from a mail server, as its pipe gives it, and files the answer."""

import sys

import click
from sqlalchemy.exc import DBAPIError

from tracker.cli.home import Home, open_home
from tracker.cli.refusals import Refused
from tracker.config import BadSetting
from tracker.domain.incoming_mails import LARGEST_MAIL, IncomingMail
from tracker.domain.mail_reading import read_envelope
from tracker.domain.rules import RuleBroken
from tracker.extraction.parent import extract_mail
from tracker.files import FileStore
from tracker.services.incoming_mails import (
    MOST_A_WINDOW,
    UnknownAddress,
    application_answered,
    file_mail,
    mail_made_ready,
)
from tracker.services.rate_limits import count_asked

# What mail servers understand (sysexits.h): 65 and 67 send the mail back, 75 keeps it for another try.
NO_MAIL, NO_SUCH_ADDRESS, LATER = 65, 67, 75
NOT_SET = "TRACKER_REPLY_TO is not set, so no answer is taken."


class Unreadable(RuleBroken):
    """What came under an address of ours, and is no mail that can be read."""


@click.group()
def mail() -> None:
    """Take answers to our mail in."""


@mail.command()
@click.option("--recipient", multiple=True, metavar="ADDRESS", help="Whom the mail server has it for.")
def receive(recipient: tuple[str, ...]) -> None:
    """File one mail, read from the standard input, on the application that its address names.

    Ends with 0 where it was filed or is no answer of a person, 67 for an unknown or expired address, 65 for
    what is no mail or too large, 75 where it should be tried again later.
    """
    try:
        _receive(recipient)
    except Unreadable as broken:
        _end(broken.message, NO_MAIL)
    except UnknownAddress as unknown:
        _end(unknown.message, NO_SUCH_ADDRESS)
    except Exception as failure:
        # Foreseen or not: the mail server keeps the mail, and nobody's answer is lost or sent back.
        _end(_told(failure), LATER)


def _receive(recipient: tuple[str, ...]) -> None:
    data = sys.stdin.buffer.read(LARGEST_MAIL + 1)
    try:
        envelope = read_envelope(data, recipient)
    except RuleBroken as broken:
        raise Unreadable(broken.message) from None
    if envelope.is_of_machine:
        click.echo("Nobody wrote this: it is not kept.")
        return
    with open_home() as home:
        _file(home, data, envelope)


def _file(home: Home, data: bytes, envelope: IncomingMail) -> None:
    pattern = home.config.reply_to
    if not pattern:
        raise Refused(NOT_SET)
    # A mail to no address of ours is not opened.
    with home.database.reading() as session:
        number = application_answered(session, envelope, pattern=pattern)
    with home.database.writing() as session:
        is_over = count_asked(session, [(f"mail:application:{number}", MOST_A_WINDOW)])
    if is_over:
        raise Refused("Too much mail came about this application.")
    try:
        read = extract_mail(data, envelope)
    except RuleBroken as broken:
        raise Unreadable(broken.message) from None
    store = FileStore(home.config.files_folder)
    with mail_made_ready(store, read, pattern=pattern) as ready, home.database.writing() as session:
        number = application_answered(session, read, pattern=pattern)
        row = file_mail(session, store, ready, number)
    click.echo("Filed." if row else "It was filed before.")


def _told(failure: Exception) -> str:
    """A failure in a line that whoever wrote the mail may read: no value of a statement stands in it."""
    if isinstance(failure, Refused | RuleBroken):
        return failure.message
    if isinstance(failure, BadSetting):
        return str(failure)
    if isinstance(failure, OSError):
        return f"The system refused this: {failure.strerror or type(failure).__name__}"
    if isinstance(failure, DBAPIError):
        return f"The database cannot be used: {type(failure).__name__}"
    return f"It failed unforeseen: {type(failure).__name__}"


def _end(sentence: str, code: int) -> None:
    click.echo(" ".join(sentence.split()), err=True)
    sys.exit(code)
