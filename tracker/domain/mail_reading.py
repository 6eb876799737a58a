"""Reading one mail as it travels (RFC 5322 and MIME): a pure function of bytes, none of them trusted."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parseaddr
from typing import TYPE_CHECKING

from tracker.domain.html_texts import text_of_html
from tracker.domain.incoming_mails import (
    LARGEST_MAIL,
    LONGEST_SUBJECT,
    MOST_ATTACHMENTS,
    Attachment,
    IncomingMail,
    is_of_machine,
)
from tracker.domain.rules import RuleBroken
from tracker.domain.texts import one_line

MOST_PARTS = 200
MOST_LETTERS = 400_000
LONGEST_HEADER = 2_000  # characters
LONGEST_HEADERS = 256 * 1024  # bytes of all of them
_END = re.compile(rb"\r?\n\r?\n")
_ANGLED = re.compile(r"<([^<>@\s]{1,64}@[^<>@\s]{1,253})>")
_TO = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")
NO_MAIL = RuleBroken("This is no mail that can be read.")

# The class takes no parameters while it runs.
if TYPE_CHECKING:
    Part = Message[str, str]
else:
    Part = Message


def read_envelope(data: bytes, recipients: Sequence[str] = ()) -> IncomingMail:
    """Who wrote a mail, to whom and what about, from its headers alone; `recipients` are those that the mail
    server named. Raises RuleBroken for what is too large or no mail.
    """
    if len(data) > LARGEST_MAIL:
        raise RuleBroken(f"The mail is larger than {LARGEST_MAIL // 1024 // 1024} MB.")
    end = _END.search(data, 0, LONGEST_HEADERS)
    with _only_broken_rules():
        return _envelope(
            BytesHeaderParser().parsebytes(data[: end.end() if end else LONGEST_HEADERS]), recipients
        )


def read_mail(data: bytes, recipients: Sequence[str] = ()) -> IncomingMail:
    """All of a mail, with its text taken from HTML where it has no other. Raises RuleBroken as
    `read_envelope` does, and for a mail with nothing in it.
    """
    envelope = read_envelope(data, recipients)
    with _only_broken_rules():
        return _opened(message_from_bytes(data), envelope)


@contextmanager
def _only_broken_rules() -> Iterator[None]:
    try:
        yield
    except RuleBroken:
        raise
    except Exception:
        # Whatever a mail makes the parser stumble over, it is that mail which cannot be read.
        raise NO_MAIL from None


def _envelope(message: Part, recipients: Sequence[str]) -> IncomingMail:
    headers = dict(reversed(_headers(message)))
    if not headers:
        raise NO_MAIL
    name, email = _sender(headers.get("from", ""))
    named = [value for key in _TO for name_of, value in _headers(message) if name_of == key]
    return IncomingMail(
        from_name=name,
        from_email=email,
        subject=_words(headers.get("subject", ""))[:LONGEST_SUBJECT],
        text="",
        message_id=one_line(headers.get("message-id", ""))[:500],
        recipients=tuple(dict.fromkeys([*recipients, *_addresses(named)])),
        is_of_machine=is_of_machine(headers, email),
    )


def _opened(message: Part, envelope: IncomingMail) -> IncomingMail:
    texts: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    files: list[Attachment] = []
    for part in _parts(message):
        kind, filename = part.get_content_type(), _file_name(part)
        if kind in texts and not filename and part.get_content_disposition() != "attachment":
            texts[kind].append(_letters(part))
        else:
            payload = part.get_payload(decode=True)
            files.append(Attachment(filename or kind, payload if isinstance(payload, bytes) else b""))
    if not (texts["text/plain"] or texts["text/html"] or files):
        raise NO_MAIL
    return replace(
        envelope,
        text=_text(texts),
        attachments=tuple(files[:MOST_ATTACHMENTS]),
        left_out=tuple(one.name for one in files[MOST_ATTACHMENTS:]),
    )


def _headers(message: Part) -> list[tuple[str, str]]:
    """The headers by name in lower case, in order, as they travel; bare UTF-8 among them too."""
    return [
        (
            name.lower(),
            re.sub(r"[\r\n]+", " ", str(value)[:LONGEST_HEADER])
            .encode("utf-8", "surrogateescape")
            .decode("utf-8", "replace"),
        )
        for name, value in message.raw_items()
    ]


def _sender(header: str) -> tuple[str, str]:
    """Name and address of who wrote; no address where there is none.

    The address is looked for before words are decoded (RFC 2047, section 6.2): a name that is written in them
    may hold a comma, and would then end the address.
    """
    name, email = parseaddr(header)
    if "@" not in email:
        found = _ANGLED.search(header)
        name, email = (header[: found.start()], found[1]) if found else (header, "")
    return _words(name.strip(' "'))[:200], one_line(email)[:254]


def _addresses(headers: Iterable[str]) -> Iterator[str]:
    # One by one: a single header that is not well formed would take those of the others with it.
    for header in headers:
        yield from (address for _, address in getaddresses([header]))


def _text(texts: dict[str, list[str]]) -> str:
    plain = "\n\n".join(filter(str.strip, texts["text/plain"]))
    return plain[:MOST_LETTERS] or text_of_html("<p>".join(texts["text/html"]))


def _parts(message: Part) -> Iterator[Part]:
    """The parts that hold something, in order; a mail within the mail is one of them, and is not opened."""
    waiting, number = [message], 0
    while waiting:
        part = waiting.pop()
        number += 1
        if number > MOST_PARTS:
            raise RuleBroken("The mail has more parts than are read.")
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting += [one for one in reversed(inner) if isinstance(one, Message)]
        else:
            yield part


def _letters(part: Part) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        return data.decode(part.get_content_charset() or "utf-8", "replace")[:MOST_LETTERS]
    except (LookupError, OSError):
        # Where mail is read there is no file to load a rare table of letters from.
        return data.decode("utf-8", "replace")[:MOST_LETTERS]


def _file_name(part: Part) -> str:
    name = part.get_filename()
    return _words(name)[:200] if name else ""


def _words(header: str) -> str:
    """A header as people read it, on one line."""
    try:
        return one_line(str(make_header(decode_header(re.sub(r"[\r\n]+", " ", header)))))
    except (HeaderParseError, LookupError, ValueError, OSError):
        return one_line(header)
