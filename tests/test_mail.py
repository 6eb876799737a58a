"""The door to the mail server: what its address may be, and what a message looks like on the line."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.mail_servers import Inbox, running
from tracker.config import BadSetting
from tracker.domain.calendars import CalendarEntry
from tracker.domain.mails import Mail, Sender
from tracker.exports.ics import write_invitation
from tracker.mail import MailFailed, MailLine, mail_server, write_message

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SENDER = Sender("Müller & Söhne", "https://tracker.example.org", "UTC")


def sent(mail: Mail, **values):
    inbox = Inbox()
    with running(inbox) as server, MailLine(server) as line:
        line.send(write_message(mail, SENDER, server.address, key="k", at=AT, **values), lambda: None)
    return inbox.taken[0]


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("Amina\r\nBcc: everyone@example.org", "Hello\r\nBcc: everyone@example.org"),
        ("Amina\nTo: x@example.org", "Hello\n\nBody"),
        ('"Amina" <evil@example.org>, x', "Hello\x00\x0b\x85Bcc: x"),
    ],
)
def test_no_name_and_no_subject_opens_another_header(name: str, subject: str) -> None:
    message = sent(Mail(name, "amina@example.net", subject, "Text"))
    assert message["X-Given-To"] == "amina@example.net"
    assert message["Bcc"] is None
    assert [one.addr_spec for one in message["To"].addresses] == ["amina@example.net"]
    assert message.get_body(("plain",)).get_content().strip() == "Text"


@pytest.mark.parametrize(
    "address", ["", "amina", "a@b.org\r\nRCPT TO:<x@y.org>", "a@b.org, c@d.org", "ämina@example.net"]
)
def test_what_is_no_address_is_refused_for_ever(address: str) -> None:
    with pytest.raises(MailFailed) as refused:
        sent(Mail("Amina", address, "Hello", "Text"))
    assert refused.value.is_final


def test_text_and_html_say_the_same_and_markup_is_text() -> None:
    text = "Dear <b>Amina</b>,\n\nsee https://tracker.example.org/interviews/7.\n\nNot https://evil.example/x"
    html = sent(Mail("Amina", "amina@example.net", "Hello", text)).get_body(("html",)).get_content()
    assert "Dear &lt;b&gt;Amina&lt;/b&gt;," in html
    assert '<a href="https://tracker.example.org/interviews/7">' in html
    assert html.count("<a ") == 1


def test_an_invitation_is_an_alternative_and_a_file() -> None:
    zone = ZoneInfo("Europe/London")
    begin, end = datetime(2026, 11, 24, 9, 30, tzinfo=zone), datetime(2026, 11, 24, 10, 15, tzinfo=zone)
    entry = CalendarEntry("uid", 2, begin, end, "Round 1", "Round 1", None, None, "Ines", "i@example.org", AT)
    calendar = write_invitation(entry, "Org", "hiring@example.org")
    message = sent(Mail("Ines", "i@example.org", "Hello", "Text", entry), calendar=calendar)
    parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert [part.get_param("method") for part in parts] == ["REQUEST", "REQUEST"]
    assert [part.get_filename() for part in parts] == [None, "session.ics"]


@pytest.mark.parametrize(
    "url",
    [
        "http://mail.example.org",
        "smtp://",
        "smtp://mail.example.org:port",
        "smtp://mail.example.org/path",
        "smtp://mail.example.org?form=x@example.org",
        "smtp://mail.example.org?from=nobody",
        "smtp://mail.example.org?from=a@b.org%0d%0aX: y",
        "mail.example.org",
    ],
)
def test_an_address_that_names_no_server_is_a_bad_setting(url: str) -> None:
    with pytest.raises(BadSetting, match="TRACKER_MAIL_URL"):
        mail_server(url, "https://tracker.example.org")


def test_a_password_travels_by_tls_only() -> None:
    read = mail_server("smtp://rita%40example.org:s%3Acret@mail.example.org:587", "https://x.example.org")
    assert (read.user, read.password, read.needs_starttls) == ("rita@example.org", "s:cret", True)
    assert read.address == "rita@example.org"
    with running(Inbox()) as plain:
        insisting = mail_server(
            f"smtp://127.0.0.1:{plain.port}?starttls=required&from=a@example.org", "http://x.test"
        )
        mail = Mail("Amina", "amina@example.net", "Hello", "Text")
        message = write_message(mail, SENDER, insisting.address, key="k", at=AT)
        with MailLine(insisting) as line, pytest.raises(MailFailed):
            line.send(message, lambda: None)


def test_nothing_goes_out_when_handing_over_is_called_off() -> None:
    inbox = Inbox()
    mail = Mail("Amina", "amina@example.net", "Hello", "Text")

    def call_off() -> None:
        raise LookupError

    with running(inbox) as server, MailLine(server) as line:
        message = write_message(mail, SENDER, server.address, key="k", at=AT)
        with pytest.raises(LookupError):
            line.send(message, call_off)
        line.send(message, lambda: None)
    assert len(inbox.taken) == 1
