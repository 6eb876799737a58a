"""Postings: writing a job's public text, publishing it, taking it down, and links that carry a source."""

import secrets

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.deciding import NotPermitted
from tracker.domain.names import clean_line
from tracker.domain.permissions import Permission, Subject
from tracker.domain.postings import PostingDetails, check_last_day, checked_posting
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.domain.sources import INTERNAL, REFERRAL, SOURCES
from tracker.models.jobs import Job
from tracker.models.postings import Posting, SourceLink
from tracker.queries.postings import count_links, details_of, referral_link
from tracker.services.audit import record
from tracker.services.jobs import lock_job
from tracker.services.permits import require

NOT_WRITTEN = 0
"""The version of a posting that nobody has written yet."""
MOST_LINKS = 100


def write_posting(
    session: Session, job: Job, details: PostingDetails, *, version: int, actor: Actor
) -> Posting:
    """Write what strangers read of a job; `version` is that of the posting which the actor saw.

    Raises RuleBroken at a field that cannot stand, ChangedMeanwhile for an older version.
    """
    require(actor, Permission.POSTING_EDIT, Subject(job_id=job.id))
    checked = checked_posting(details)
    lock_job(session, job)
    posting = session.get(Posting, job.id, populate_existing=True)
    if version != (posting.version if posting else NOT_WRITTEN):
        raise ChangedMeanwhile("Somebody else changed this posting meanwhile. Look at it, then save again.")
    if posting is None:
        posting = Posting(job_id=job.id, version=NOT_WRITTEN, country="")
        session.add(posting)
    elif details_of(posting) == checked:
        return posting
    for name in PostingDetails.__slots__:
        setattr(posting, name, getattr(checked, name))
    posting.version += 1
    posting.changed_at = clock.now()
    session.flush()
    record(session, "posting:write", job, actor=actor, version=posting.version)
    return posting


def publish_posting(session: Session, job: Job, *, actor: Actor) -> Posting:
    """Let strangers read the posting as long as the job is open.

    Raises RuleBroken before it is written, and at `closes_on` where that day is over.
    """
    posting = _lock(session, job, actor)
    if posting.published_at is None:
        check_last_day(posting.closes_on, clock.today())
        posting.published_at = posting.changed_at = clock.now()
        session.flush()
        record(session, "posting:publish", job, actor=actor)
    return posting


def take_down_posting(session: Session, job: Job, *, actor: Actor) -> Posting:
    """Let nobody outside read the posting any more; applications go on. Raises RuleBroken unwritten."""
    posting = _lock(session, job, actor)
    if posting.published_at is not None:
        posting.published_at, posting.changed_at = None, clock.now()
        session.flush()
        record(session, "posting:take_down", job, actor=actor)
    return posting


def add_source_link(session: Session, job: Job, *, source: str, label: str, actor: Actor) -> SourceLink:
    """Make a link to a job that tells by which channel people came. Raises RuleBroken."""
    require(actor, Permission.POSTING_EDIT, Subject(job_id=job.id))
    if source not in SOURCES or source in (REFERRAL, INTERNAL):
        raise RuleBroken("Choose a channel of the list.", field="source")
    label = clean_line(label, "The name", "label", longest=120, needed=True)
    lock_job(session, job)
    if count_links(session, job.id) >= MOST_LINKS:
        raise RuleBroken(f"A job has at most {MOST_LINKS} links.", field="label")
    link = _new_link(source, actor)
    link.job_id, link.label = job.id, label
    return _keep(session, link, actor)


def give_referral_link(session: Session, *, actor: Actor) -> SourceLink:
    """The link by which the actor refers people to any job; the same every time."""
    if actor.id is None:
        raise NotPermitted("Only people of the house refer others.")
    link = referral_link(session, actor.id)
    if link is None:
        link = _new_link(REFERRAL, actor)
        link.user_id = actor.id
        _keep(session, link, actor)
    return link


def _new_link(source: str, actor: Actor) -> SourceLink:
    code = secrets.token_urlsafe(9)
    return SourceLink(code=code, source=source, created_at=clock.now(), created_by=actor.key)


def _keep(session: Session, link: SourceLink, actor: Actor) -> SourceLink:
    session.add(link)
    session.flush()
    record(session, "source_link:add", link, actor=actor)
    return link


def _lock(session: Session, job: Job, actor: Actor) -> Posting:
    require(actor, Permission.POSTING_EDIT, Subject(job_id=job.id))
    lock_job(session, job)
    posting = session.get(Posting, job.id, populate_existing=True)
    if posting is None:
        raise RuleBroken("Write the posting first.")
    return posting
