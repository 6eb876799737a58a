"""Answers that come in by mail, and the addresses that lead them to their application."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, UtcDateTime


class ReplyToken(Base):
    """The address to which one mail to a candidate is answered, known by the hash of its token."""

    __tablename__ = "reply_tokens"
    __table_args__ = (Index("ix_reply_tokens_application_id", "application_id"),)

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    until_at: Mapped[datetime] = mapped_column(UtcDateTime)


class IncomingMail(Base):
    """One answer as it was filed: who wrote, its text, and what came with it and was not taken in."""

    __tablename__ = "incoming_mails"
    __table_args__ = (UniqueConstraint("application_id", "message_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    message_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the mail's own id, else of all of it, so that one delivered twice is filed once."""
    from_name: Mapped[str] = mapped_column(String(200))
    from_email: Mapped[str] = mapped_column(String(254))
    is_from_candidate: Mapped[bool]
    """Whether it says that it comes from the candidate's own address, which nobody has proved."""
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    left_out: Mapped[list[Any]]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class IncomingMailFile(Base):
    """A file that was taken in with a mail."""

    __tablename__ = "incoming_mail_files"
    __table_args__ = (Index("ix_incoming_mail_files_mail_id", "mail_id"),)

    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), primary_key=True)
    mail_id: Mapped[int] = mapped_column(ForeignKey("incoming_mails.id"))
