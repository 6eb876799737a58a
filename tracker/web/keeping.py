"""How long an application is kept, as its candidate is told."""

from tracker import clock
from tracker.domain.retention import months_kept
from tracker.models.jobs import Job
from tracker.places import law_of
from tracker.web.running import config


def kept_for(job: Job) -> int:
    """For how many months an application for a job is kept once it was turned down, by the law of the job."""
    return months_kept(law_of(job.jurisdiction), clock.today(), config().retention)
