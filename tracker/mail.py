"""Sending mail: the one door to the mail server."""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from tracker.config import BadSetting
from tracker.domain.mails import Mail, Sender, as_html
from tracker.domain.names import clean_email
from tracker.domain.rules import RuleBroken
from tracker.domain.texts import one_line

TIMEOUT = 30  # seconds that the server may take over one answer
_PORTS = {"smtp": 25, "smtps": 465}
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class MailFailed(Exception):
    """A message that did not go out, in one sentence.

    `is_final`: the server will never take it. `is_uncertain`: it may have taken it before the line broke.
    """

    def __init__(self, sentence: str, *, is_final: bool = False, is_uncertain: bool = False) -> None:
        super().__init__(sentence)
        self.is_final, self.is_uncertain = is_final, is_uncertain


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over, and from which address."""

    host: str
    port: int
    is_tls: bool
    needs_starttls: bool
    user: str | None
    password: str | None
    address: str


def mail_server(url: str, base_url: str) -> MailServer:
    """The server of TRACKER_MAIL_URL, such as `smtp://user:password@host:587?from=hiring@example.org`.

    A password travels by TLS only, but to this machine. Raises BadSetting for what names no server.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        asked = parse_qs(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        raise BadSetting("TRACKER_MAIL_URL is no address of a mail server") from None
    if (
        parts.scheme not in _PORTS
        or not host
        or parts.path not in ("", "/")
        or set(asked) - {"from", "starttls"}
    ):
        raise BadSetting(
            "TRACKER_MAIL_URL must look like smtp://user:password@host:587?from=name@example.org"
            " (smtps:// for TLS from the start, &starttls=required to insist on it)"
        )
    user = unquote(parts.username) if parts.username else None
    own = urlsplit(base_url).hostname or "localhost"
    sender = asked.get("from", [user if user and "@" in user else f"tracker@{_domain(own)}"])[0]
    try:
        address = clean_email(sender)
        address.encode("ascii")
    except (RuleBroken, UnicodeEncodeError):
        raise BadSetting("TRACKER_MAIL_URL: `from` is no e-mail address") from None
    return MailServer(
        host=host,
        port=port or _PORTS[parts.scheme],
        is_tls=parts.scheme == "smtps",
        needs_starttls=asked.get("starttls") == ["required"] or (user is not None and host not in _LOOPBACK),
        user=user,
        password=unquote(parts.password) if parts.password else None,
        address=address,
    )


def _domain(host: str) -> str:
    is_name = "." in host and not host.replace(".", "").isdigit() and ":" not in host
    return host if is_name else "localhost.localdomain"


def write_message(
    mail: Mail, sender: Sender, address: str, *, key: str, at: datetime, calendar: bytes | None = None
) -> EmailMessage:
    """The message as it travels: plain text, the same as HTML, and its calendar file.

    `key` makes its Message-ID, the same at every try. Raises MailFailed for a recipient without an address.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(one_line(sender.organisation), addr_spec=address)
    message["To"] = _recipient(mail)
    if mail.reply_to:
        message["Reply-To"] = Address(one_line(sender.organisation), addr_spec=mail.reply_to)
    message["Subject"] = one_line(mail.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{key}@{address.partition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(as_html(mail, sender.base_url), subtype="html")
    if calendar is not None and mail.entry is not None:
        method = "CANCEL" if mail.entry.is_cancelled else "REQUEST"
        text = calendar.decode()
        message.add_alternative(text, subtype="calendar", params={"method": method})
        message.add_attachment(text, subtype="calendar", filename="session.ics", params={"method": method})
    return message


def _recipient(mail: Mail) -> Address:
    try:
        address = clean_email(mail.to_email)
        address.encode("ascii")
        return Address(one_line(mail.to_name), addr_spec=address)
    except (RuleBroken, ValueError):
        raise MailFailed("This is no address that mail can be sent to.", is_final=True) from None


class MailLine:
    """A line to the mail server, opened with the first message and used until the block ends."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._line: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def send(self, message: EmailMessage, before_handing_over: Callable[[], None]) -> None:
        """Hand one message over; the callback is asked right before its text goes out, when nothing else can
        refuse it any more. Raises MailFailed; whatever the callback raises, nothing was sent.
        """
        recipient = message["To"].addresses[0].addr_spec
        try:
            line = self._open()
            self._begin(line, recipient)
        except (OSError, smtplib.SMTPException) as failure:
            self._hang_up()
            raise _failed(failure, self._server) from failure
        try:
            before_handing_over()
        except BaseException:
            self._hang_up()
            raise
        try:
            code, answer = line.data(message.as_bytes())
        except smtplib.SMTPDataError as refusal:
            self._hang_up()
            raise _refused(refusal.smtp_code, refusal.smtp_error) from refusal
        except (OSError, smtplib.SMTPException) as failure:
            self._hang_up()
            raise MailFailed(
                "The line broke while the message went out: it may have arrived.", is_uncertain=True
            ) from failure
        if code != 250:
            self._hang_up()
            raise _refused(code, answer)

    def _begin(self, line: smtplib.SMTP, recipient: str) -> None:
        for code, answer in (line.mail(self._server.address), line.rcpt(recipient)):
            if code not in (250, 251):
                raise smtplib.SMTPResponseException(code, answer)

    def _open(self) -> smtplib.SMTP:
        if self._line is not None:
            try:
                if self._line.noop()[0] == 250:
                    return self._line
            except (OSError, smtplib.SMTPException):
                pass
            self._hang_up()
        server, trusted = self._server, ssl.create_default_context()
        if server.is_tls:
            line: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=trusted)
        else:
            line = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
        self._line = line
        line.ehlo_or_helo_if_needed()
        if not server.is_tls and (server.needs_starttls or line.has_extn("starttls")):
            line.starttls(context=trusted)
            line.ehlo_or_helo_if_needed()
        if server.user is not None:
            line.login(server.user, server.password or "")
        return line

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()


def _failed(failure: Exception, server: MailServer) -> MailFailed:
    if isinstance(failure, smtplib.SMTPAuthenticationError):
        return MailFailed("The mail server did not take the name and password of TRACKER_MAIL_URL.")
    if isinstance(failure, smtplib.SMTPNotSupportedError):
        return MailFailed(f"The mail server cannot do what it is asked for: {one_line(str(failure))}")
    if isinstance(failure, smtplib.SMTPResponseException):
        return _refused(failure.smtp_code, failure.smtp_error)
    reason = getattr(failure, "strerror", None) or type(failure).__name__
    return MailFailed(
        f"No mail server answers at {server.host}, port {server.port}: {one_line(str(reason))}."
    )


def _refused(code: int, answer: bytes | str) -> MailFailed:
    said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    # 5xx is for ever (RFC 5321, 4.2.1), but those that speak of the whole line may be mended at either end.
    is_final = code in (550, 551, 552, 553, 554)
    return MailFailed(f"The mail server refused it: {code} {one_line(said)[:300]}", is_final=is_final)
