"""What candidates ask for about their data, and what HR answered."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, UtcDateTime, enum_column
from tracker.models.candidates import Candidate


class DataRequestState(StrEnum):
    """Where a request stands."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


DATA_REQUEST_STATE_LABELS = {
    DataRequestState.WAITING: "Waits for HR",
    DataRequestState.DONE: "Done",
    DataRequestState.REFUSED: "Refused",
}
DATA_REQUEST_STATE_BADGES = {
    DataRequestState.WAITING: "warn",
    DataRequestState.DONE: "good",
    DataRequestState.REFUSED: "plain",
}


class ErasureRequest(Base):
    """That a candidate asks for their data to be erased, and how HR settled it."""

    __tablename__ = "erasure_requests"
    __table_args__ = (
        CheckConstraint("(state = 'waiting') = (settled_at IS NULL)", name="settled_is_dated"),
        CheckConstraint("state <> 'refused' OR answer IS NOT NULL", name="refusal_has_reason"),
        Index("ix_erasure_requests_candidate_id", "candidate_id"),
        Index("ix_erasure_requests_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id"))
    note: Mapped[str | None] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[DataRequestState] = mapped_column(
        enum_column(DataRequestState), default=DataRequestState.WAITING
    )
    answer: Mapped[str | None] = mapped_column(Text)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[str | None] = mapped_column(String(40))

    candidate: Mapped[Candidate] = relationship()
