"""Voluntary self-identification: kept apart, read only in aggregate under its own permission."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, UtcDateTime


class SelfIdentificationField(Base):
    """Something an applicant may say of themselves, or that an import brought: its name and label."""

    __tablename__ = "self_identification_fields"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    label: Mapped[str] = mapped_column(String(120))
    is_imported: Mapped[bool] = mapped_column(default=False)


class SelfIdentificationAnswer(Base):
    """One applicant's answer to one field."""

    __tablename__ = "self_identification_answers"

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    field_id: Mapped[int] = mapped_column(ForeignKey("self_identification_fields.id"), primary_key=True)
    value: Mapped[str | None] = mapped_column(String(120))
    codes: Mapped[list[str] | None]
    """What was chosen, as the form's version names it; `value` is the group that reports count."""
    form_version: Mapped[str | None] = mapped_column(String(40))


class SelfIdentificationInvitation(Base):
    """That an applicant may answer once, right after applying; without an application nothing is kept.

    Who applied a second time is asked like everybody else, so that nobody learns who applied before.
    """

    __tablename__ = "self_identification_invitations"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id"))
    form_version: Mapped[str] = mapped_column(String(40))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
