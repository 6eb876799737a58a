"""Receipts of erasures: that a person's data went, when, why and how much, with nothing personal in them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, UtcDateTime, enum_column


class ErasureCause(StrEnum):
    """Why a person was erased."""

    DUE = "due"
    REQUEST = "request"


ERASURE_CAUSE_LABELS = {ErasureCause.DUE: "The time was over", ErasureCause.REQUEST: "On request"}


class Erasure(Base):
    """One person's erasure: how many rows were cleared or deleted, by table, and how many files."""

    __tablename__ = "erasures"

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id"), unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(40))
    cause: Mapped[ErasureCause] = mapped_column(enum_column(ErasureCause))
    rules: Mapped[list[str]]
    counts: Mapped[dict[str, Any]]
    scrubbed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When what the cleared rows left behind was overwritten."""
