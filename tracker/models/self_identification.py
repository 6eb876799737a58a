"""Voluntary self-identification: kept apart, read only in aggregate under its own permission."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base


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
