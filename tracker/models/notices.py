"""Notices as HR wrote them, and what candidates agreed to or refused, each with the version they read."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.notices import NoticeKind
from tracker.models.base import Base, UtcDateTime, enum_column


class Notice(Base):
    """One version of a notice; the highest number of its kind is in use."""

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("kind", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[NoticeKind] = mapped_column(enum_column(NoticeKind))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(40))


class Consent(Base):
    """That a candidate read a notice and agreed to it or refused, on one application or in general."""

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_candidate_id_kind", "candidate_id", "kind", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id"))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id"))
    kind: Mapped[NoticeKind] = mapped_column(enum_column(NoticeKind))
    version: Mapped[str] = mapped_column(String(40))
    is_given: Mapped[bool]
    typed_name: Mapped[str | None] = mapped_column(String(200))
    address: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_on: Mapped[date | None]
