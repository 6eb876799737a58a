"""Which job is meant by what somebody typed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.cli.refusals import Refused
from tracker.models.jobs import Job

_LARGEST_ID = 2**31 - 1


def find_job(session: Session, named: str) -> Job:
    """The job with this id or exactly this title."""
    if named.isascii() and named.isdigit() and int(named) <= _LARGEST_ID:
        job = session.get(Job, int(named))
        if job is not None:
            return job
    found = session.scalars(select(Job).where(Job.title == named).order_by(Job.id)).all()
    if not found:
        raise Refused(f"There is no job “{named}”.")
    if len(found) > 1:
        ids = ", ".join(str(job.id) for job in found)
        raise Refused(f"There are {len(found)} jobs “{named}”: name one by its id ({ids}).")
    return found[0]
