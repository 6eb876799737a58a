"""Answers by mail: each mail to a candidate names an address of its own, which files what comes there."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.factories import make_application, make_candidate, make_user
from tracker import clock
from tracker.domain.actors import Role
from tracker.domain.incoming_mails import Attachment, reply_address
from tracker.domain.incoming_mails import IncomingMail as ReadMail
from tracker.domain.mails import MailEvent, Sender
from tracker.domain.rules import RuleBroken
from tracker.files import FileStore
from tracker.models.audit import AuditEntry
from tracker.models.files import FileKind, StoredFile
from tracker.models.incoming_mails import IncomingMail, ReplyToken
from tracker.models.outbox import OutboxMessage
from tracker.queries.incoming_mails import MOST_EVENTS, received_events
from tracker.services.incoming_mails import (
    ANSWERED_FOR,
    UnknownAddress,
    application_answered,
    file_mail,
    issue_reply_token,
    mail_made_ready,
)
from tracker.services.mails import write_mail
from tracker.services.outbox import queue_message
from tracker.services.own_data import gather_own_data, own_files

PATTERN = "reply+{token}@example.org"
SENDER = Sender("Our organisation", "https://tracker.example.org", "UTC", PATTERN)


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path)


@pytest.fixture
def application(session):
    return make_application(
        session, candidate=make_candidate(session, "Amina Yusuf", email="amina@example.net")
    )


def answer(token, **changes):
    given = {
        "from_name": "Amina Yusuf",
        "from_email": "Amina@example.net",
        "subject": "Re: Interview",
        "text": "I can come.",
        "message_id": "<1@example.net>",
        "recipients": (reply_address(PATTERN, token),),
    }
    return ReadMail(**given | changes)


def take(session, store, mail):
    number = application_answered(session, mail, pattern=PATTERN)
    with mail_made_ready(store, mail, pattern=PATTERN) as ready:
        return file_mail(session, store, ready, number)


def queued(session, application, event=MailEvent.REJECTED, **more):
    values = {"application_id": application.id, "not_before": clock.now()} | more
    queue_message(session, event, key=f"planted:{event}:{more.get('user_id')}", **values)
    session.flush()
    rows = select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(1)
    return session.scalars(rows).one()


def test_mail_to_a_candidate_names_an_address_that_leads_back(session, application):
    message = queued(session, application)
    assert write_mail(session, message, SENDER).reply_to == "", "who only looks makes no address"
    mails = [write_mail(session, message, SENDER, is_going_out=True) for _ in range(2)]
    assert len({mail.reply_to for mail in mails}) == 2
    for mail in mails:
        found = application_answered(session, answer("x", recipients=(mail.reply_to,)), pattern=PATTERN)
        assert found == application.id
        token = mail.reply_to.partition("+")[2].partition("@")[0]
        assert token not in repr([row.token_hash for row in session.scalars(select(ReplyToken))])
    assert write_mail(session, message, Sender(*("x", "http://x", "UTC")), is_going_out=True).reply_to == ""


def test_mail_to_colleagues_names_none(session, application):
    user = make_user(session, "Rita", Role.RECRUITER)
    message = queued(session, application, user_id=user.id)
    assert write_mail(session, message, SENDER, is_going_out=True).reply_to == ""


def test_an_answer_is_filed_once_with_what_is_taken_in(session, store, application):
    token = issue_reply_token(session, application.id)
    files = (
        Attachment("../../cv.txt", b"Order clerk"),
        Attachment("run.exe", b"MZ"),
        Attachment("page.html", b"<html>"),
        Attachment("cv.pdf", b"<html>"),
        Attachment("text/html", b"x"),
    )
    mail = answer(token, attachments=files, left_out=("late.png",))
    row = take(session, store, mail)
    assert (row.application_id, row.subject, row.text) == (application.id, "Re: Interview", "I can come.")
    assert row.is_from_candidate
    assert row.left_out == ["late.png", "run.exe", "page.html", "cv.pdf", "html"]
    file = session.scalars(select(StoredFile)).one()
    assert (file.name, file.kind, file.candidate_id) == ("cv.txt", FileKind.OTHER, application.candidate_id)
    assert file.uploaded_by == "candidate"
    assert own_files(session, application.candidate) == [file]
    (event,) = received_events(session, application.id)
    assert "Came with it: cv.txt" in event.texts
    assert take(session, store, mail) is None
    assert session.scalar(select(func.count()).select_from(StoredFile)) == 1
    logged = session.scalars(select(AuditEntry).where(AuditEntry.action == "mail:receive")).all()
    assert [(one.application_id, one.actor) for one in logged] == [(application.id, "candidate")]


def test_files_are_stored_before_anybody_waits_and_removed_if_it_fails(session, store, application):
    token = issue_reply_token(session, application.id)
    files = tuple(Attachment(f"{number}.txt", b"words") for number in range(2))
    counts = []

    def fail():
        with mail_made_ready(store, answer(token, attachments=files), pattern=PATTERN):
            counts.append(len(list(store.stored())))
            raise RuleBroken("It cannot be filed.")

    with pytest.raises(RuleBroken):
        fail()
    assert counts == [2]
    assert list(store.stored()) == []


def test_another_sender_is_filed_and_said_so(session, store, application):
    token = issue_reply_token(session, application.id)
    files = (Attachment("cv.txt", b"Order clerk"),)
    row = take(
        session, store, answer(token, from_email="mallory@example.com", message_id="", attachments=files)
    )
    assert not row.is_from_candidate
    file = session.scalars(select(StoredFile)).one()
    assert (file.uploaded_by, file.application_id) == ("system", application.id)
    assert own_files(session, application.candidate) == []
    logged = select(AuditEntry.actor).where(AuditEntry.action.in_(["mail:receive", "file:create"]))
    assert session.scalars(logged).all() == ["system", "system"]
    (event,) = received_events(session, application.id)
    assert event.texts[-1] == "Came with it: cv.txt"
    assert event.texts[0] == "From Amina Yusuf (mallory@example.com), not the candidate’s address"
    assert take(session, store, answer(token, from_email="mallory@example.com", message_id="")) is None


@pytest.mark.parametrize(("name", "told"), [("Amina", "Amina"), ("", "somebody")])
def test_a_mail_without_an_address_is_nobodys_own(session, store, name, told):
    application = make_application(session, candidate=make_candidate(session, "Amina Yusuf", email=None))
    token = issue_reply_token(session, application.id)
    row = take(session, store, answer(token, from_email="", from_name=name))
    assert not row.is_from_candidate
    (event,) = received_events(session, application.id)
    assert event.texts[0] == f"From {told}, who gives no address"


@pytest.mark.parametrize("case", ["unknown", "late", "other", "none", "erased"])
def test_an_unknown_or_expired_address_files_nothing(session, store, application, monkeypatch, case):
    token = issue_reply_token(session, application.id)
    recipients = (reply_address(PATTERN, token),)
    if case == "late":
        later = clock.now() + ANSWERED_FOR
        monkeypatch.setattr(clock, "now", lambda: later)
    if case == "unknown":
        recipients = (reply_address(PATTERN, "0" * 32),)
    if case == "other":
        recipients = (f"reply+{token}@example.com",)
    if case == "none":
        recipients = ()
    if case == "erased":
        application.candidate.erased_at = clock.now()
        session.flush()
    with pytest.raises(UnknownAddress):
        application_answered(session, answer("x", recipients=recipients), pattern=PATTERN)
    with pytest.raises(UnknownAddress):
        take(session, store, answer("x", recipients=recipients))
    assert session.scalars(select(IncomingMail)).all() == []


def test_who_is_erased_while_a_mail_is_read_gets_it_no_more(session, store, application):
    mail = answer(issue_reply_token(session, application.id))
    with mail_made_ready(store, mail, pattern=PATTERN) as ready:
        application.candidate.erased_at = clock.now()
        session.flush()
        with pytest.raises(UnknownAddress):
            file_mail(session, store, ready, application.id)


def test_the_address_still_known_after_a_while_and_old_ones_are_forgotten(session, application, monkeypatch):
    first = issue_reply_token(session, application.id)
    later = clock.now() + ANSWERED_FOR - timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert application_answered(session, answer(first), pattern=PATTERN) == application.id
    over = later + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: over)
    issue_reply_token(session, application.id)
    assert session.scalar(select(func.count()).select_from(ReplyToken)) == 1


def test_tokens_of_ours_in_what_is_quoted_are_not_kept(session, store, application):
    token = issue_reply_token(session, application.id)
    text = f"Yes\n\nFrom: us <reply+{token}@example.org>\nhttps://tracker.example.org/my/link/SECRET-TOKEN"
    row = take(session, store, answer(token, text=text, subject=f"Re: reply+{token}@example.org"))
    for word in ("SECRET", token):
        assert word not in row.text + row.subject


def test_candidates_take_it_away_with_their_data(session, store, application):
    token = issue_reply_token(session, application.id)
    row = take(session, store, answer(token, left_out=("late.png",)))
    (told,) = gather_own_data(session, application.candidate)["applications"]
    (mail,) = told["mail_received"]
    assert (mail["from_name"], mail["text"], mail["left_out"]) == ("Amina Yusuf", "I can come.", ["late.png"])
    names = {column.name for column in IncomingMail.__table__.columns} - {"id", "message_hash"}
    columns = {name: getattr(row, name) for name in names}
    for number in range(MOST_EVENTS):
        session.add(IncomingMail(message_hash=str(number), **columns))
    session.flush()
    (told,) = gather_own_data(session, application.candidate)["applications"]
    assert len(told["mail_received"]) == MOST_EVENTS + 1
    assert len(received_events(session, application.id)) == MOST_EVENTS
