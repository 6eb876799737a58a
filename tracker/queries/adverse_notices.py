"""What goes with a notice before an adverse decision: copies of the report, and the summary of rights."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from tracker.domain.actors import ActorKind
from tracker.domain.jurisdictions import holds_in
from tracker.models.adverse_notices import PreAdverseNotice, RightsSummary
from tracker.models.files import FileKind, StoredFile


def reports_of(session: Session, application_id: int) -> Sequence[StoredFile]:
    """The background reports, and what belongs to them, that staff filed with an application."""
    return session.scalars(
        select(StoredFile)
        .where(
            StoredFile.application_id == application_id,
            StoredFile.kind == FileKind.BACKGROUND_REPORT,
            StoredFile.uploaded_by != ActorKind.CANDIDATE.value,
        )
        .order_by(StoredFile.id)
    ).all()


def summaries_in_use(session: Session) -> list[RightsSummary]:
    """The latest summary of rights of each jurisdiction, by jurisdiction; without their documents."""
    rows = session.scalars(
        select(RightsSummary).options(defer(RightsSummary.document)).order_by(RightsSummary.id)
    )
    latest = {row.jurisdiction: row for row in rows}
    return [latest[place] for place in sorted(latest)]


def summary_for(session: Session, jurisdiction: str | None) -> RightsSummary | None:
    """The summary of the nearest jurisdiction that holds; none where HR filed none."""
    fitting = [row for row in summaries_in_use(session) if holds_in(row.jurisdiction, jurisdiction)]
    return max(fitting, key=lambda row: len(row.jurisdiction), default=None)


def notice_sent(session: Session, application_id: int) -> PreAdverseNotice | None:
    """The notice that a candidate was sent about their report; none while none was."""
    return session.get(PreAdverseNotice, application_id)
