"""Reads about postings: what strangers may read, a job's links, and who refers by which link."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.postings import PostingDetails, PostingState
from tracker.domain.stages import JobStatus
from tracker.models.jobs import Job, JobQuestion
from tracker.models.postings import Posting, SourceLink
from tracker.models.users import User


def open_postings(today: date, *, is_staff: bool = False) -> Select[Posting]:
    """The postings that a stranger, or somebody of the house, may read today; latest published first.

    It agrees with `domain/postings.is_open_to`.
    """
    rows = (
        select(Posting)
        .join(Job, Job.id == Posting.job_id)
        .where(
            Job.status == JobStatus.OPEN,
            Posting.published_at.is_not(None),
            or_(Posting.closes_on.is_(None), Posting.closes_on >= today),
        )
        .order_by(Posting.published_at.desc(), Posting.job_id.desc())
        .options(joinedload(Posting.job))
    )
    return rows if is_staff else rows.where(Posting.is_internal.is_(False))


def state_of(posting: Posting) -> PostingState:
    """What decides who may read a posting that is kept."""
    return PostingState(posting.job.status, posting.published_at, posting.closes_on, posting.is_internal)


def details_of(posting: Posting) -> PostingDetails:
    """What a posting says now."""
    values = {name: getattr(posting, name) for name in PostingDetails.__slots__}
    return PostingDetails(**values)


def asked_questions(session: Session, job_id: int) -> Sequence[JobQuestion]:
    """The questions that every applicant of a job is asked now, in their order."""
    return session.scalars(
        select(JobQuestion)
        .where(JobQuestion.job_id == job_id, JobQuestion.retired_at.is_(None))
        .order_by(JobQuestion.position)
    ).all()


def links_of(session: Session, job_id: int) -> Sequence[SourceLink]:
    """The links of a job by which people come from a channel, first made first."""
    return session.scalars(
        select(SourceLink).where(SourceLink.job_id == job_id).order_by(SourceLink.id)
    ).all()


def count_links(session: Session, job_id: int) -> int:
    """How many such links a job has."""
    found = session.scalar(select(func.count()).select_from(SourceLink).where(SourceLink.job_id == job_id))
    return found or 0


def link_with_code(session: Session, code: str, job_id: int) -> SourceLink | None:
    """The link behind a code, if it leads to this job: one of the job's own, or of an active employee."""
    return session.scalar(
        select(SourceLink)
        .outerjoin(User, User.id == SourceLink.user_id)
        .where(SourceLink.code == code, or_(SourceLink.job_id == job_id, User.is_active))
    )


def referral_link(session: Session, user_id: int) -> SourceLink | None:
    """The link by which this employee refers people, once they have one."""
    return session.scalar(select(SourceLink).where(SourceLink.user_id == user_id))
