"""What several calls load: what one may not know of is 404, what one may not do is 403."""

from collections.abc import Iterator
from contextlib import contextmanager

from tracker.domain.permissions import Permission, Subject
from tracker.domain.rules import RuleBroken
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.queries import visible
from tracker.queries.cursors import read_cursor
from tracker.web.access import allow, current_actor, load_or_404
from tracker.web.transaction import db_session


def load_job(job_id: int) -> Job:
    """The job, if the person may know of it."""
    return load_or_404(db_session(), visible.jobs(current_actor()).where(Job.id == job_id))


def load_application(application_id: int, doing: Permission | None = None) -> Application:
    """The application, if the person may know of it and do this to it."""
    rows = visible.applications(current_actor()).where(Application.id == application_id)
    application = load_or_404(db_session(), rows.where(Application.stage.is_not(None)))
    if doing is not None:
        allow(doing, Subject(job_id=application.job_id))
    return application


def read_place(after: str | None) -> tuple[str, int] | None:
    """Where a page of texts goes on: (text, id). Raises RuleBroken at `after`."""
    if after is None:
        return None
    with renamed({"": "after"}):
        text, row_id = read_cursor(after, is_instant=False)
        return str(text), row_id


@contextmanager
def renamed(names: dict[str, str]) -> Iterator[None]:
    """Say a broken rule at the field as the body calls it."""
    try:
        yield
    except RuleBroken as broken:
        rename(broken, names)
        raise


def rename(broken: RuleBroken, names: dict[str, str]) -> RuleBroken:
    """The same broken rule at the field as the body calls it; the empty name stands for no field."""
    broken.field = names.get(broken.field or "", broken.field)
    return broken
