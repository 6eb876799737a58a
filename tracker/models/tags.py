"""Tags on applications: short words by which a team finds them again."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.tags import LONGEST_TAG
from tracker.models.base import Base, UtcDateTime


class ApplicationTag(Base):
    """One tag on one application, and who put it there."""

    __tablename__ = "application_tags"
    __table_args__ = (
        CheckConstraint("length(name) > 0", name="name_given"),
        Index("ix_application_tags_name_application_id", "name", "application_id"),
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_TAG), primary_key=True)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by: Mapped[str] = mapped_column(String(40))
