"""`tracker mail receive`: what a mail server hands over is filed, passed over, or answered by a code."""

from email.message import EmailMessage

import pytest
from sqlalchemy import select, text, update

from tests.factories import make_application, make_candidate
from tests.mail_servers import Inbox, running
from tracker import clock
from tracker.config import load_config
from tracker.domain.incoming_mails import LARGEST_MAIL, reply_address
from tracker.domain.mail_reading import MOST_PARTS
from tracker.domain.mails import MailEvent
from tracker.files import FileStore
from tracker.models.candidates import Candidate
from tracker.models.files import StoredFile
from tracker.models.incoming_mails import IncomingMail
from tracker.services.incoming_mails import MOST_A_WINDOW, issue_reply_token
from tracker.services.outbox import queue_message

PATTERN = "reply+{token}@example.org"


@pytest.fixture
def token(sqlite_database, monkeypatch):
    monkeypatch.setenv("TRACKER_REPLY_TO", PATTERN)
    with sqlite_database.writing() as session:
        candidate = make_candidate(session, "Amina Yusuf", email="amina@example.net")
        return issue_reply_token(session, make_application(session, candidate=candidate).id)


def mail(token, number=1, **headers):
    message = EmailMessage()
    usual = {
        "From": "Amina <amina@example.net>",
        "To": reply_address(PATTERN, token),
        "Subject": "Re: your mail",
        "Message-ID": f"<{number}@example.net>",
    }
    for name, value in (usual | headers).items():
        message[name] = value
    message.set_content("I can come.")
    message.add_attachment(
        b"%PDF-1.7\ntrailer\n%%EOF\n", maintype="application", subtype="pdf", filename="a.pdf"
    )
    return message.as_bytes()


def stored():
    return list(FileStore(load_config().files_folder).stored())


def kept(database):
    with database.reading() as session:
        mails = session.scalars(select(IncomingMail.text)).all()
        return list(mails), len(session.scalars(select(StoredFile.id)).all())


def test_an_answer_is_filed_once(call, sqlite_database, token):
    for said in ("Filed.\n", "It was filed before.\n"):
        result = call("mail", "receive", input=mail(token))
        assert (result.exit_code, result.stdout) == (0, said)
    assert kept(sqlite_database) == (["I can come."], 1)
    assert len(stored()) == 1


def test_a_mail_goes_out_and_its_answer_comes_back(call, sqlite_database, monkeypatch):
    monkeypatch.setenv("TRACKER_REPLY_TO", PATTERN)
    with sqlite_database.writing() as session:
        application = make_application(session)
        values = {"application_id": application.id, "not_before": clock.now()}
        queue_message(session, MailEvent.REJECTED, key="planted", **values)
    inbox = Inbox()
    with running(inbox) as server:
        monkeypatch.setenv("TRACKER_MAIL_URL", f"smtp://127.0.0.1:{server.port}?from=hiring@example.org")
        assert call("worker", "--once").stdout == "Sent 1 message.\n"
    (sent,) = inbox.taken
    address = sent["Reply-To"].addresses[0].addr_spec
    assert call("mail", "receive", input=sent.as_bytes()).stdout.startswith("Nobody wrote this")
    assert call("mail", "receive", input=mail("", To=address)).stdout == "Filed.\n"
    assert len(kept(sqlite_database)[0]) == 1


def test_the_recipient_may_be_named_by_the_mail_server(call, sqlite_database, token):
    data = mail(token, To="undisclosed-recipients:;")
    assert call("mail", "receive", input=data).exit_code == 67
    address = reply_address(PATTERN, token)
    assert call("mail", "receive", "--recipient", address, input=data).exit_code == 0
    assert len(kept(sqlite_database)[0]) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"To": reply_address(PATTERN, "0" * 32)}, 67),
        ({"To": "reply@example.org"}, 67),
        ({"Auto-Submitted": "auto-replied"}, 0),
        ({"Return-Path": "<>"}, 0),
        ({"From": "MAILER-DAEMON@example.net"}, 0),
        ({"Precedence": "list"}, 0),
    ],
)
def test_what_is_unknown_or_of_a_machine_leaves_nothing(call, sqlite_database, token, changes, code):
    result = call("mail", "receive", input=mail(token, **changes))
    assert result.exit_code == code
    assert bool(result.stderr) == bool(code)
    assert kept(sqlite_database) == ([], 0)


@pytest.mark.parametrize(
    "data", [b"", b"no mail", b"From: a@b.example\n\n" + b"x" * LARGEST_MAIL], ids=["none", "text", "large"]
)
def test_what_is_no_mail_goes_back(call, sqlite_database, token, data):
    assert call("mail", "receive", input=data).exit_code == 65
    assert kept(sqlite_database) == ([], 0)


def test_a_mail_is_opened_only_where_its_address_leads_somewhere(call, sqlite_database, token):
    for known, code in ((token, 65), ("0" * 32, 67)):
        head = f"From: a@b.example\nTo: {reply_address(PATTERN, known)}\n"
        parts = "Content-Type: multipart/mixed; boundary=x\n\n" + "--x\n\na\n" * (MOST_PARTS + 1)
        assert call("mail", "receive", input=(head + parts).encode()).exit_code == code
    assert kept(sqlite_database) == ([], 0)


def test_an_erased_person_gets_no_mail_any_more(call, sqlite_database, token):
    with sqlite_database.writing() as session:
        session.execute(update(Candidate).values(erased_at=clock.now()))
    assert call("mail", "receive", input=mail(token)).exit_code == 67
    assert kept(sqlite_database) == ([], 0)


def test_an_unforeseen_failure_keeps_the_mail_at_the_server(call, sqlite_database, token):
    with sqlite_database.writing() as session:
        session.execute(text("DROP TABLE incoming_mail_files"))
    result = call("mail", "receive", input=mail(token))
    assert (result.exit_code, result.stderr) == (75, "The database cannot be used: OperationalError\n")
    with sqlite_database.writing() as session:
        session.execute(text("UPDATE reply_tokens SET until_at = 'no instant'"))
    result = call("mail", "receive", input=mail(token))
    assert (result.exit_code, result.stderr) == (75, "It failed unforeseen: ValueError\n")
    assert stored() == []


def test_where_answers_cannot_be_taken_now_they_come_again(call, sqlite_database, token, monkeypatch):
    for number in range(MOST_A_WINDOW + 1):
        result = call("mail", "receive", input=mail(token, number))
        assert result.exit_code == (0 if number < MOST_A_WINDOW else 75)
    monkeypatch.setenv("TRACKER_REPLY_TO", "")
    result = call("mail", "receive", input=mail(token, 99))
    assert (result.exit_code, "TRACKER_REPLY_TO is not set" in result.stderr) == (75, True)
    monkeypatch.setenv("TRACKER_REPLY_TO", "no pattern")
    assert call("mail", "receive", input=mail(token, 99)).exit_code == 75
    monkeypatch.setenv("TRACKER_DATABASE_URL", "sqlite:////nowhere/at/all.db")
    assert call("mail", "receive", input=mail(token, 99)).exit_code == 75
