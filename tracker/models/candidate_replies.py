"""What candidates say to their sessions at the present time: they come, or ask for another time."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, UtcDateTime, enum_column


class CandidateAnswer(StrEnum):
    """What a candidate says to a session."""

    CONFIRMED = "confirmed"
    OTHER_TIME = "other_time"


CANDIDATE_ANSWER_LABELS = {
    CandidateAnswer.CONFIRMED: "Confirmed by the candidate",
    CandidateAnswer.OTHER_TIME: "The candidate asks for another time",
}
CANDIDATE_ANSWER_BADGES = {CandidateAnswer.CONFIRMED: "good", CandidateAnswer.OTHER_TIME: "warn"}


class CandidateReply(Base):
    """A candidate's latest word on a session; it is gone once the session has another time."""

    __tablename__ = "candidate_replies"
    __table_args__ = (
        CheckConstraint("(answer = 'other_time') = (wish IS NOT NULL)", name="other_time_has_a_wish"),
    )

    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), primary_key=True)
    answer: Mapped[CandidateAnswer] = mapped_column(enum_column(CandidateAnswer))
    wish: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
