"""Mail is opened in a process of its own: what it answers, and what it is not believed."""

import json
import sys
import time
from email.message import EmailMessage

import pytest

from tracker.domain.incoming_mails import LARGEST_MAIL, MOST_ATTACHMENTS
from tracker.domain.mail_reading import read_envelope, read_mail
from tracker.domain.rules import RuleBroken
from tracker.extraction.parent import extract_mail, understood_mail

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nothing is read there")
FROM = b"From: =?utf-8?Q?M=C3=BCller=2C_J=C3=B6rg?= <jm@x.example>\n"
ENVELOPE = read_envelope(FROM + b"\n")


def with_file(data, text="Grüße"):
    message = EmailMessage()
    message["From"], message["Subject"] = "Amina <amina@example.net>", "Über Montag"
    message.set_content(text)
    message.add_attachment(data, maintype="application", subtype="pdf", filename="Zeugnis – Łódź.pdf")
    return message.as_bytes()


@pytest.mark.parametrize(
    "raw",
    [
        FROM + b"Content-Type: text/plain; charset=koi8-r\n\n\xd0\xd2\xc9\xd7\xc5\xd4",
        FROM + b"Content-Type: text/plain; charset=iso-2022-jp\n\n\x1b$B$O$$\x1b(B",
        FROM + b"Content-Type: text/plain; charset=hz\n\nYes",
        FROM + b"Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>a=3Db &euro;",
        with_file(b"%PDF-1.7"),
        with_file(bytes(range(256)) * 4 * 1024 * 15),
    ],
    ids=["russian", "japanese", "rare", "html", "file", "large file"],
)
def test_a_mail_is_read_as_it_would_be_here(raw):
    assert len(raw) <= LARGEST_MAIL
    assert extract_mail(raw, read_envelope(raw)) == read_mail(raw)


@pytest.mark.parametrize(
    "raw",
    [
        FROM + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 1_000_000,
        FROM
        + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(150))
        + b"\n" * 3_000_000,
    ],
    ids=["parts", "depth"],
)
def test_what_takes_more_than_a_mail_may_is_given_up(raw):
    begun = time.monotonic()
    with pytest.raises(RuleBroken):
        extract_mail(raw, ENVELOPE)
    assert time.monotonic() - begun < 60


@pytest.mark.parametrize(
    "said",
    [
        *(b"", b"[]", b"{}", b"null", b'{"text": 1, "files": [], "left_out": []}', b"[" * 100_000),
        *(b'{"text": "a", "files": [["a", "b", "c"]], "left_out": []}', b'{"text": "a"}'),
        *(b'{"text": "a", "files": [["a", "!"]], "left_out": []}', b'{"reason": 7}'),
        *(b'{"text": "a", "files": 7, "left_out": []}', b'{"text": "a", "files": [7], "left_out": []}'),
    ],
)
def test_a_process_that_answers_anything_else_is_not_believed(said):
    with pytest.raises(RuleBroken):
        understood_mail(said, ENVELOPE)


def test_what_a_process_answers_is_cut_and_made_plain():
    answer = {"text": "a\x00\ud800b", "files": [["n" * 300, ""]] * 99, "left_out": ["\x07x"] * 999}
    mail = understood_mail(json.dumps(answer).encode(), ENVELOPE)
    assert (mail.text, mail.from_email) == ("a  b", "jm@x.example")
    assert (len(mail.attachments), len(mail.attachments[0].name)) == (MOST_ATTACHMENTS, 200)
    assert (len(mail.left_out), mail.left_out[0]) == (200, " x")
