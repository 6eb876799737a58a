"""Reading mail that comes back: its text, who it is for, what no person wrote, and nothing hostile."""

from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.incoming_mails import (
    LARGEST_MAIL,
    MOST_ATTACHMENTS,
    check_reply_pattern,
    is_of_machine,
    reply_address,
    tokens_in,
)
from tracker.domain.mail_reading import MOST_PARTS, read_mail
from tracker.domain.rules import RuleBroken

PATTERN = "reply+{token}@example.org"
TOKEN = "0123456789abcdef" * 2


HTML = (
    b"From: a@b.example\nContent-Type: text/html\n\n<head><title>T</title><style>p{}</style></head>"
    b"<p>One&nbsp;&amp; two<br>three<script>x</script>"
)
BASE64 = (
    b"From: a@b.example\nContent-Transfer-Encoding: base64\nContent-Type: text/plain; charset=utf-8\n\n"
    b"R3LDvMOfZQ=="
)


def mail(text="I can come on Monday.", html=None, **headers):
    message = EmailMessage()
    given_headers = {"From": "Amina Yusuf <amina@example.net>", "To": reply_address(PATTERN, TOKEN)}
    for name, value in (
        given_headers | {"Subject": "Re: Interview", "Message-ID": "<a@b>"} | headers
    ).items():
        message[name] = value
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    return message


def test_a_mail_is_read():
    read = read_mail(mail("Grüße aus Łódź.\n", Subject="Über Montag").as_bytes(), ("x@example.org",))
    assert (read.from_name, read.from_email) == ("Amina Yusuf", "amina@example.net")
    assert (read.subject, read.text.strip(), read.message_id) == ("Über Montag", "Grüße aus Łódź.", "<a@b>")
    assert read.recipients == ("x@example.org", reply_address(PATTERN, TOKEN))
    assert not read.is_of_machine


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"From: a@b.example\nContent-Type: text/plain; charset=iso-8859-1\n\nCaf\xe9", "Café"),
        (b"From: a@b.example\nContent-Type: text/plain; charset=nonsense\n\nx\xff", "x\ufffd"),
        (b"From: a@b.example\n\nno type", "no type"),
        (
            HTML,
            "One & two\nthree",
        ),
        (
            BASE64,
            "Grüße",
        ),
    ],
)
def test_text_is_taken_from_whatever_it_is_packed_in(raw, text):
    assert read_mail(raw).text.strip() == text


@pytest.mark.parametrize(
    ("header", "name", "email"),
    [
        (b"=?utf-8?Q?M=C3=BCller=2C_J=C3=B6rg?= <jm@x.example>", "Müller, Jörg", "jm@x.example"),
        (b"=?iso-8859-1?B?TfxsbGVyLCBK9nJn?=\n <jm@x.example>", "Müller, Jörg", "jm@x.example"),
        (b'"M\xc3\xbcller, J\xc3\xb6rg" <jm@x.example>', "Müller, Jörg", "jm@x.example"),
        (b"M\xc3\xbcller, J\xc3\xb6rg <jm@x.example>", "Müller, Jörg", "jm@x.example"),
        (b"=?utf-8?Q?=3Ca=40evil.example=3E?= <jm@x.example>", "<a@evil.example>", "jm@x.example"),
        (b"jm@x.example (J. M.)", "J. M.", "jm@x.example"),
        (b"jm@x.example", "", "jm@x.example"),
        (b"=?nonsense?Q?x?= <jm@x.example>", "=?nonsense?Q?x?=", "jm@x.example"),
        (b"Amina", "Amina", ""),
        (b"<>", "<>", ""),
        (b"", "", ""),
    ],
)
def test_who_wrote_is_read_before_words_are_decoded(header, name, email):
    read = read_mail(b"From: " + header + b"\n\nYes.")
    assert (read.from_name, read.from_email, read.is_of_machine) == (name, email, False)


def test_a_mail_that_names_no_sender_is_read_as_one():
    read = read_mail(b"To: x@y.example\n\nYes.")
    assert (read.from_email, read.text, read.is_of_machine) == ("", "Yes.", False)


def test_one_broken_header_takes_no_other_address_along():
    read = read_mail(b"From: a@b.example\nDelivered-To: x@y.example\nTo: a, <b, c <d>\n\nYes.")
    assert "x@y.example" in read.recipients


def test_plain_text_goes_before_html_and_files_are_told_apart():
    message = mail("Plain.", html="<p>Rich</p>")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="../../a.pdf")
    message.add_attachment("note", filename="note.txt")
    read = read_mail(message.as_bytes())
    assert read.text.strip() == "Plain."
    assert [(one.name, one.data[:4]) for one in read.attachments] == [
        ("../../a.pdf", b"%PDF"),
        ("note.txt", b"note"),
    ]


def test_a_mail_within_the_mail_is_not_opened():
    outer = mail("Look.")
    outer.add_attachment(mail("CANARY"))
    read = read_mail(outer.as_bytes())
    assert "CANARY" not in read.text
    assert [one.name for one in read.attachments] == ["message/rfc822"]


def test_what_is_beyond_measure_is_refused_or_left_out():
    with pytest.raises(RuleBroken):
        read_mail(b"From: a@b.example\n\n" + b"x" * LARGEST_MAIL)
    message = mail()
    for number in range(MOST_ATTACHMENTS + 2):
        message.add_attachment(b"x", maintype="image", subtype="png", filename=f"{number}.png")
    read = read_mail(message.as_bytes())
    assert (len(read.attachments), read.left_out) == (MOST_ATTACHMENTS, ("10.png", "11.png"))
    for number in range(MOST_PARTS):
        message.add_attachment(b"x", maintype="image", subtype="png", filename=f"{number}.png")
    with pytest.raises(RuleBroken):
        read_mail(message.as_bytes())


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0" * 100,
        b"not a mail at all",
        b"From: a@b.example\n"
        + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000)),
    ],
)
def test_what_is_no_mail_is_refused(raw):
    with pytest.raises(RuleBroken):
        read_mail(raw)


@given(st.binary(max_size=600))
@settings(max_examples=200)
def test_any_bytes_are_read_or_refused(data):
    for raw in (data, b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n" + data):
        try:
            read = read_mail(raw)
        except RuleBroken:
            continue
        assert "\n" not in read.subject + read.from_name + read.from_email + read.message_id


@pytest.mark.parametrize(
    ("headers", "sender", "is_machine"),
    [
        ({}, "amina@example.net", False),
        ({"auto-submitted": "no"}, "amina@example.net", False),
        ({"auto-submitted": "auto-replied"}, "amina@example.net", True),
        ({"auto-submitted": "auto-generated; owner-email=x"}, "amina@example.net", True),
        ({"precedence": "Bulk"}, "amina@example.net", True),
        ({"precedence": "first-class"}, "amina@example.net", False),
        ({"x-autoreply": "yes"}, "amina@example.net", True),
        ({"list-id": "<a.b>"}, "amina@example.net", True),
        ({"return-path": "<>"}, "amina@example.net", True),
        ({"return-path": "<amina@example.net>"}, "amina@example.net", False),
        ({"content-type": "multipart/report; report-type=delivery-status"}, "a@example.net", True),
        ({}, "MAILER-DAEMON@example.net", True),
        ({}, "", False),
    ],
)
def test_what_no_person_wrote_is_known(headers, sender, is_machine):
    assert is_of_machine(headers, sender) is is_machine


@pytest.mark.parametrize(
    ("addresses", "tokens"),
    [
        ([reply_address(PATTERN, TOKEN)], (TOKEN,)),
        ([f"Reply+{TOKEN.upper()}@EXAMPLE.org", reply_address(PATTERN, TOKEN)], (TOKEN,)),
        (["reply@example.org", f"reply+{TOKEN}@example.com", f"reply+{TOKEN}0@example.org"], ()),
        ([f"reply+{'g' * 32}@example.org", f"xreply+{TOKEN}@example.org"], ()),
    ],
)
def test_an_address_is_known_by_its_shape(addresses, tokens):
    assert tokens_in(PATTERN, addresses) == tokens


@pytest.mark.parametrize(
    "pattern",
    [
        *("reply@example.org", "reply@{token}.example.org", "{token}{token}@example.org", "{token}", "x"),
        *("a b{token}@example.org", f"{'x' * 40}{{token}}@example.org", "{token}@localhost"),
    ],
)
def test_a_pattern_that_is_no_address_is_refused(pattern):
    with pytest.raises(RuleBroken):
        check_reply_pattern(pattern)


def test_a_pattern_is_kept_in_lower_case():
    assert check_reply_pattern("Reply+{token}@Example.org") == PATTERN
