"""Notices in use, and what a candidate agreed to last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, bindparam, exists, literal_column, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.notices import DEFAULT_NOTICES, NoticeKind, notice_version
from tracker.models.candidates import Candidate
from tracker.models.notices import Consent, Notice
from tracker.queries.prepared import prepared


@dataclass(frozen=True, slots=True)
class NoticeInUse:
    """The words that candidates are given now, their number, and the name that is kept with a consent."""

    kind: NoticeKind
    number: int
    text: str

    @property
    def version(self) -> str:
        """The name of this version, as `privacy-3`."""
        return notice_version(self.kind, self.number)


def notice_in_use(session: Session, kind: NoticeKind) -> NoticeInUse:
    """HR's latest words, else our own as number 0."""
    for number, text in _latest.tuples(session, kind=kind):
        return NoticeInUse(kind, number, text)
    return NoticeInUse(kind, 0, DEFAULT_NOTICES[kind])


@prepared
def _latest() -> Select[int, str]:
    of_kind = select(Notice.number, Notice.text).where(Notice.kind == bindparam("kind"))
    return of_kind.order_by(Notice.number.desc()).limit(literal_column("1"))


def notice_versions(session: Session, kind: NoticeKind, *, most: int = 50) -> Sequence[Notice]:
    """The versions that HR wrote, latest first."""
    return session.scalars(
        select(Notice).where(Notice.kind == kind).order_by(Notice.number.desc()).limit(most)
    ).all()


def pool_end(session: Session, candidate_id: int, today: date) -> date | None:
    """Until when a candidate lets the organisation keep their data for other jobs; none where they do not."""
    said = latest_consent(session, candidate_id, NoticeKind.TALENT_POOL)
    if said is None or not said.is_given or said.expires_on is None:
        return None
    return said.expires_on if said.expires_on >= today else None


def in_pool(day: date) -> ColumnElement[bool]:
    """Whether a candidate agreed to be kept for other jobs and still does on this day."""
    later = aliased(Consent)
    same = later.candidate_id == Consent.candidate_id, later.kind == Consent.kind
    standing = select(Consent.candidate_id).where(
        Consent.kind == NoticeKind.TALENT_POOL,
        Consent.is_given,
        Consent.expires_on >= day,
        ~exists().where(*same, later.id > Consent.id),
    )
    return Candidate.id.in_(standing)


def latest_consent(
    session: Session, candidate_id: int, kind: NoticeKind, application_id: int | None = None
) -> Consent | None:
    """What a candidate last said to notices of this kind; on one application, where one is named."""
    said = select(Consent).where(Consent.candidate_id == candidate_id, Consent.kind == kind)
    if application_id is not None:
        said = said.where(Consent.application_id == application_id)
    return session.scalar(said.order_by(Consent.id.desc()).limit(1))
