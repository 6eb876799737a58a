"""What panels answered to their sessions."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models.interviews import PanelReply


def replies_to(session: Session, interview_id: int) -> dict[int, PanelReply]:
    """The latest answer of each member of a session's panel who gave one, by user id."""
    rows = session.scalars(select(PanelReply).where(PanelReply.interview_id == interview_id))
    return {reply.user_id: reply for reply in rows}
