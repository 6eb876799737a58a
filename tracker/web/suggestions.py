"""What a move suggests to write to the candidate: told before it is made, and offered after it."""

from collections.abc import Sequence

from tracker import clock
from tracker.domain.deciding import MoveOption
from tracker.domain.message_templates import moment_of
from tracker.domain.permissions import Permission, Subject, can
from tracker.models.applications import Application
from tracker.models.message_templates import MessageTemplate
from tracker.queries.message_templates import suggested_templates, templates_at
from tracker.web.access import current_actor
from tracker.web.transaction import db_session


def suggested_after(application: Application, chosen: Sequence[MoveOption]) -> list[str]:
    """The names of the templates that are suggested once this move is made, for those who may write."""
    if not chosen or not chosen[0].is_allowed or not _may_write(application):
        return []
    edge = chosen[0].edge
    return [one.name for one in templates_at(db_session(), moment_of(edge.kind, edge.to_stage))]


def suggested_now(application: Application) -> Sequence[MessageTemplate]:
    """What the last move suggests to write to the candidate, for those who may write."""
    if not application.candidate.email or not _may_write(application):
        return ()
    return suggested_templates(db_session(), application, clock.now())


def _may_write(application: Application) -> bool:
    return can(current_actor(), Permission.MESSAGE_SEND, Subject(job_id=application.job_id))
