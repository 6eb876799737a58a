"""Releases for adverse impact: the counts that were told last, so that no difference tells of one person."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, UtcDateTime
from tracker.models.self_identification import SelfIdentificationField


class ImpactRelease(Base):
    """The counts of one field as they are told; read by the report on adverse impact alone.

    `counts` holds lists of job id, group, goals got to as bits, and how many. `told` holds the margins last
    told of each job, `unsettled` the jobs that moved by too few people since.
    """

    __tablename__ = "impact_releases"

    field_id: Mapped[int] = mapped_column(ForeignKey("self_identification_fields.id"), primary_key=True)
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    counts: Mapped[list[Any]]
    told: Mapped[dict[str, Any]]
    unsettled: Mapped[list[Any]]
    applicants: Mapped[int]
    erased: Mapped[int]
    """How many of the applicants gave an answer that was erased since."""

    field: Mapped[SelfIdentificationField] = relationship()
