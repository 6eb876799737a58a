"""What somebody took the columns of a list of candidates as, for the next list with the same ones."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, UtcDateTime


class ListColumns(Base):
    """One person's choice for one header, known by its SHA-256 alone; an empty text is a column left out."""

    __tablename__ = "list_columns"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    header_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    columns: Mapped[list[str]]
    chosen_at: Mapped[datetime] = mapped_column(UtcDateTime)
