"""Notices: HR writes their words in versions; what candidates say to them is kept with the version."""

from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.notices import NoticeKind, checked_notice
from tracker.domain.permissions import Permission
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.models.notices import Consent, Notice
from tracker.queries.notices import notice_in_use
from tracker.services.audit import record
from tracker.services.permits import require
from tracker.services.rows import write_new

CHANGED = "These words were changed since you opened the page. Please read them again."


def write_notice(
    session: Session, kind: NoticeKind, *, text: str, seen_number: int, actor: Actor
) -> Notice | None:
    """Put these words in use; none where they are in use already. Raises RuleBroken, ChangedMeanwhile."""
    require(actor, Permission.NOTICE_EDIT)
    text, latest = checked_notice(text), notice_in_use(session, kind)
    if latest.number != seen_number:
        raise ChangedMeanwhile("Somebody else saved this notice meanwhile. Look at theirs, then save again.")
    if latest.text == text:
        return None
    notice = Notice(
        kind=kind, number=latest.number + 1, text=text, created_at=clock.now(), created_by=actor.key
    )
    try:
        with session.begin_nested():
            session.add(notice)
    except IntegrityError:
        raise ChangedMeanwhile("Somebody else saved this notice meanwhile. Save yours again.") from None
    record(session, "notice:write", notice, actor=actor, kind=kind.value, number=notice.number)
    return notice


def check_notice(session: Session, kind: NoticeKind, seen_version: str) -> None:
    """Refuse an older version than the one in use. Raises RuleBroken at `notice`."""
    if notice_in_use(session, kind).version != seen_version:
        raise RuleBroken(CHANGED, field="notice")


def keep_consent(
    session: Session,
    kind: NoticeKind,
    *,
    candidate_id: int,
    application_id: int | None,
    seen_version: str,
    is_given: bool,
    typed_name: str | None = None,
    address: str | None = None,
    expires_on: date | None = None,
    actor: Actor,
) -> Consent:
    """Keep what a candidate said to a notice. Raises RuleBroken at `notice` if they read an older version."""
    check_notice(session, kind, seen_version)
    said = {
        "candidate_id": candidate_id,
        "application_id": application_id,
        "kind": kind,
        "version": seen_version,
        "is_given": is_given,
        "typed_name": typed_name,
        "address": (address or "")[:64] or None,
        "at": clock.now(),
        "expires_on": expires_on,
    }
    consent = write_new(session, Consent, said)
    record(session, f"consent:{'give' if is_given else 'refuse'}", consent, actor=actor, kind=kind.value)
    return consent
