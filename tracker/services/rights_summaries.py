"""Filing the summary of rights of a jurisdiction, which goes with each notice from then on."""

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.adverse_notices import ADVERSE_NOTICES
from tracker.domain.file_formats import MEDIA_TYPES, HandedIn
from tracker.domain.permissions import Permission
from tracker.domain.rules import RuleBroken
from tracker.models.adverse_notices import RightsSummary
from tracker.services.audit import record
from tracker.services.permits import require

LARGEST_SUMMARY = 4 * 1024 * 1024  # bytes


def file_rights_summary(
    session: Session, given: HandedIn, *, jurisdiction: str, actor: Actor
) -> RightsSummary:
    """Put a document in use as the summary of rights of a jurisdiction; what went out with another stays.

    Raises NotPermitted, or RuleBroken at `file` or `jurisdiction`.
    """
    require(actor, Permission.NOTICE_EDIT)
    if jurisdiction not in {row.jurisdiction for row in ADVERSE_NOTICES}:
        raise RuleBroken("Choose one of the jurisdictions.", field="jurisdiction")
    name, file_format = given.look_at()
    if len(given.data) > LARGEST_SUMMARY:
        raise RuleBroken(f"The file is larger than {LARGEST_SUMMARY // 1024 // 1024} MB.", field="file")
    summary = RightsSummary(
        jurisdiction=jurisdiction,
        name=name,
        media_type=MEDIA_TYPES[file_format],
        document=given.data,
        created_at=clock.now(),
        created_by=actor.key,
    )
    session.add(summary)
    session.flush()
    record(session, "notice:file_summary", summary, actor=actor, jurisdiction=jurisdiction)
    return summary
