"""Overwriting what erased people left behind: by the command that erases, and beside the server."""

from sqlalchemy.exc import SQLAlchemyError

from tracker import clock, schema
from tracker.db import Database
from tracker.models.personal import CLEARED, DELETED
from tracker.services.erasures import needs_scrub, note_scrubbed


def scrub_erased(database: Database) -> bool:
    """Overwrite it if there is any; whether nothing is left. What somebody reads waits for the next time."""
    with database.reading() as session:
        if not needs_scrub(session):
            return True
    began = clock.now()
    try:
        if not schema.scrub(database, {*CLEARED, *DELETED}):
            return False
    except SQLAlchemyError:
        return False
    with database.writing() as session:
        note_scrubbed(session, began)
    return True
