"""Mail that comes back: whose application its address names, what is no answer of a person, and its text.

The headers that machines mark their answers with: RFC 3834, section 5, and what is common besides.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.domain.mail_quotes import without_quote
from tracker.domain.names import clean_email
from tracker.domain.rules import RuleBroken
from tracker.domain.texts import plain_text

TOKEN = "{token}"  # noqa: S105 - the place of one
TOKEN_LENGTH = 32  # hexadecimal digits, 128 bits; mail servers do not keep the case of letters
LONGEST_TEXT = 20_000  # characters
LONGEST_SUBJECT = 300  # characters
LARGEST_MAIL = 25 * 1024 * 1024  # bytes as they travel
MOST_ATTACHMENTS = 10
HIDDEN = "…"
CUT = "\n\n[The mail is longer; its end is not kept.]"
_SLASH = r"(?:/|[%-](?:25)*2f|&#(?:47|x2f);|_|=2f)"
# The token may stand on the next line, or end there, where a long link was broken.
_OUR_LINK = re.compile(
    rf"((?:{_SLASH}(?:my|reference){_SLASH}link|{_SLASH}mail{_SLASH}stop){_SLASH})"
    r"(?:[\w%~.-]+|=?[ \t]{0,9}\n[\s>]{0,9}[\w-]{20,})+",
    re.IGNORECASE,
)
_MACHINES = ("mailer-daemon@", "postmaster@", "no-reply@", "noreply@", "do-not-reply@", "donotreply@")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a mail: its name and bytes, as the sender gave them."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class IncomingMail:
    """One mail as it was read: who wrote, what about, its text, what came with it, and its own id if any."""

    from_name: str
    from_email: str
    subject: str
    text: str
    message_id: str
    recipients: tuple[str, ...]
    is_of_machine: bool = False
    attachments: tuple[Attachment, ...] = ()
    left_out: tuple[str, ...] = ()
    """Names of what came with it and is not taken in."""


def check_reply_pattern(pattern: str) -> str:
    """The address under which answers come in, with `{token}` before its @. Raises RuleBroken."""
    local, _, _ = pattern.partition("@")
    if pattern.count(TOKEN) != 1 or TOKEN not in local:
        raise RuleBroken("It must be an address with {token} before its @, such as reply+{token}@example.org")
    address = clean_email(reply_address(pattern, "0" * TOKEN_LENGTH))
    if len(address.partition("@")[0]) > 64 or not address.isascii():
        raise RuleBroken("With its token the address is longer than one may be")
    return pattern.lower()


def reply_address(pattern: str, token: str) -> str:
    """The address to which one mail is answered."""
    return pattern.replace(TOKEN, token)


def tokens_in(pattern: str, addresses: Iterable[str]) -> tuple[str, ...]:
    """The tokens of those addresses that have the shape of the pattern, each once."""
    before, _, after = pattern.partition(TOKEN)
    shape = re.compile(f"{re.escape(before)}([0-9a-f]{{{TOKEN_LENGTH}}}){re.escape(after)}", re.IGNORECASE)
    found = (shape.fullmatch(address.strip()) for address in addresses)
    return tuple(dict.fromkeys(match[1].lower() for match in found if match))


def is_of_machine(headers: Mapping[str, str], from_email: str) -> bool:
    """Whether no person wrote a mail: an automatic answer, a bounce, a list, or our own mail come back.

    `headers` by name in lower case.
    """
    if headers.get("auto-submitted", "no").strip().lower().partition(";")[0].strip() != "no":
        return True
    if headers.get("precedence", "").strip().lower() in ("bulk", "junk", "list", "auto_reply"):
        return True
    if any(name in headers for name in ("x-autoreply", "x-autorespond", "list-id")):
        return True
    if headers.get("return-path", "x").strip() in ("<>", ""):
        return True
    if headers.get("content-type", "").lower().startswith("multipart/report"):
        return True
    return from_email.lower().startswith(_MACHINES)


def kept_text(text: str, pattern: str) -> str:
    """The text of a mail as it is kept: no control characters, what it quotes of ours at its end left out,
    and no token, neither of a link nor of an address to answer to: whoever reads it here must not use one.
    """
    lines = without_quote(plain_text(text)).strip()
    lines = without_tokens(re.sub(r"\n{3,}", "\n\n", lines), pattern)
    return lines if len(lines) <= LONGEST_TEXT else lines[:LONGEST_TEXT] + CUT


def without_tokens(text: str, pattern: str) -> str:
    """The text with a sign in the place of each token of ours, also where whoever checks mail on its way has
    put our link into one of theirs, encoded once, twice or in their own manner.
    """
    text = _OUR_LINK.sub(lambda found: f"{found[1]}{HIDDEN}", text)
    if not pattern:
        return text
    before, _, after = (_as_encoded(part) for part in pattern.partition(TOKEN))
    token = f"[0-9a-f]{{{TOKEN_LENGTH}}}"
    ends = (rf"(?P<before>{before}){token}" if before else "", rf"{token}(?P<after>{after})")
    shape = re.compile("|".join(filter(None, ends)), re.IGNORECASE)
    return shape.sub(
        lambda found: f"{found.groupdict().get('before') or ''}{HIDDEN}{found['after'] or ''}", text
    )


def _as_encoded(text: str) -> str:
    """A pattern for a text whose signs may be written as percent and number, as in a link."""
    return "".join(
        letter if letter.isalnum() else f"(?:{re.escape(letter)}|[%-](?:25)*{ord(letter):02x})"
        for letter in text
    )
