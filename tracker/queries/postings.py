"""Reads about postings: what strangers may read, a job's links, and who refers by which link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select, tuple_
from sqlalchemy.orm import Session, defer, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from tracker.domain.postings import PostingDetails, PostingState
from tracker.domain.stages import JobStatus
from tracker.models.jobs import Job, JobQuestion
from tracker.models.postings import Posting, SourceLink
from tracker.models.users import User
from tracker.queries.cursors import read_cursor, write_cursor
from tracker.queries.objects import fetch, objects_of, table_of
from tracker.queries.prepared import prepared

PAGE = 50


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


@dataclass(frozen=True, slots=True)
class PostingPage:
    """One page of open postings without their texts, and the place from which the next one goes on."""

    rows: Sequence[Posting]
    next_after: str | None


def list_open_postings(
    session: Session, today: date, *, is_staff: bool = False, after: str | None = None
) -> PostingPage:
    """The postings that may be read today, latest published first, at most fifty, each with its department.

    Raises RuleBroken for an `after` that is no place in the list.
    """
    rows = without_text(open_postings(today, is_staff=is_staff))
    if after:
        place = read_cursor(after, is_instant=True)
        rows = rows.where(tuple_(Posting.published_at, Posting.job_id) < place)
    found = session.scalars(rows.limit(PAGE + 1)).all()
    shown = found[:PAGE]
    last = shown[-1] if len(found) > PAGE else None
    next_after = write_cursor(last.published_at, last.job_id) if last and last.published_at else None
    return PostingPage(shown, next_after)


def without_text(rows: Select[Posting]) -> Select[Posting]:
    """Postings as a list needs them: a text is read on its own page, and of a job the department alone."""
    return rows.options(
        defer(Posting.text, raiseload=True), joinedload(Posting.job).load_only(Job.department, Job.status)
    )


def posting_of(session: Session, job_id: int) -> Posting | None:
    """The posting of a job with its job, whoever may read it."""
    posting = fetch(session, Posting, job_id)
    if posting is not None:
        set_committed_value(posting, "job", fetch(session, Job, job_id))
    return posting


def state_of(posting: Posting) -> PostingState:
    """What decides who may read a posting that is kept."""
    return PostingState(posting.job.status, posting.published_at, posting.closes_on, posting.is_internal)


def details_of(posting: Posting) -> PostingDetails:
    """What a posting says now."""
    values = {name: getattr(posting, name) for name in PostingDetails.__slots__}
    return PostingDetails(**values)


def line_of(posting: Posting) -> PostingDetails:
    """What a list says of a posting: the same, without the text."""
    names = (name for name in PostingDetails.__slots__ if name != "text")
    return PostingDetails(**{name: getattr(posting, name) for name in names}, text="")


def asked_questions(session: Session, job_id: int) -> Sequence[JobQuestion]:
    """The questions that every applicant of a job is asked now, in their order."""
    return objects_of(session, JobQuestion, _asked_of, job=job_id)


@prepared
def _asked_of() -> Select[*tuple[Any, ...]]:
    columns = table_of(JobQuestion).columns
    asked = select(*columns).where(columns.job_id == bindparam("job"), columns.retired_at.is_(None))
    return asked.order_by(columns.position)


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
