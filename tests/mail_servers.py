"""A real mail server for tests, which keeps what it takes."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from tracker.mail import MailServer, mail_server


class Inbox:
    """What a mail server was handed, and what it answers to the text of a message."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.answer: Callable[[Any], str] = lambda envelope: "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        said = self.answer(envelope)
        if said.startswith("250"):
            message = message_from_bytes(envelope.content, policy=default)
            assert isinstance(message, EmailMessage)
            message["X-Given-To"] = ", ".join(envelope.rcpt_tos)
            self.taken.append(message)
        return said


@contextmanager
def running(inbox: Inbox, port: int = 0) -> Iterator[MailServer]:
    """The server on a free port of this machine while the block lasts."""
    controller = Controller(inbox, hostname="127.0.0.1", port=port or free_port())
    controller.start()
    try:
        yield mail_server(f"smtp://127.0.0.1:{controller.port}?from=hiring@example.org", "http://x.test")
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
