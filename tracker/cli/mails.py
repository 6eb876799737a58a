"""`tracker mail receive`: takes one mail from a mail server, as its pipe gives it, and files the answer."""

import sys

import click
from sqlalchemy.exc import OperationalError

from tracker.cli.home import Home, open_home
from tracker.cli.refusals import Refused
from tracker.config import BadSetting
from tracker.domain.incoming_mails import LARGEST_MAIL, IncomingMail
from tracker.domain.mail_reading import read_mail
from tracker.domain.rules import RuleBroken
from tracker.files import FileStore
from tracker.services.incoming_mails import MOST_A_WINDOW, UnknownAddress, application_answered, file_mail
from tracker.services.rate_limits import count_asked

# What mail servers understand (sysexits.h): 65 and 67 send the mail back, 75 keeps it for another try.
NO_MAIL, NO_SUCH_ADDRESS, LATER = 65, 67, 75
NOT_SET = "TRACKER_REPLY_TO is not set, so no answer is taken."


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
        read = read_mail(sys.stdin.buffer.read(LARGEST_MAIL + 1), recipient)
    except RuleBroken as broken:
        _end(broken.message, NO_MAIL)
    if read.is_of_machine:
        click.echo("Nobody wrote this: it is not kept.")
        return
    try:
        with open_home() as home:
            _file(home, read)
    except UnknownAddress as unknown:
        _end(unknown.message, NO_SUCH_ADDRESS)
    except (Refused, BadSetting, RuleBroken, OperationalError, OSError) as failure:
        _end(str(getattr(failure, "message", failure)), LATER)


def _file(home: Home, read: IncomingMail) -> None:
    pattern = home.config.reply_to
    if not pattern:
        raise Refused(NOT_SET)
    with home.database.reading() as session:
        number = application_answered(session, read, pattern=pattern)
    with home.database.writing() as session:
        is_over = count_asked(session, [(f"mail:application:{number}", MOST_A_WINDOW)])
    if is_over:
        raise Refused("Too much mail came about this application.")
    with home.database.writing() as session:
        number = application_answered(session, read, pattern=pattern)
        row = file_mail(session, FileStore(home.config.files_folder), read, number, pattern=pattern)
        click.echo("Filed." if row else "It was filed before.")


def _end(sentence: str, code: int) -> None:
    click.echo(" ".join(sentence.split()), err=True)
    sys.exit(code)
