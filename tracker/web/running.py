"""What this running application was joined from: its settings and its database."""

from flask import current_app

from tracker.config import Config
from tracker.db import Database


def config() -> Config:
    found: Config = current_app.extensions["tracker"][0]
    return found


def database_of_reports(*, is_sensitive: bool) -> Database:
    """Where a report is read from: the replica, where there is one, and never for what releases are kept of.

    What a sensitive report told last stands in the database itself, and a replica may not know of it yet.
    """
    found: Database | None = current_app.extensions.get("tracker_replica")
    return database() if found is None or is_sensitive else found


def database() -> Database:
    found: Database = current_app.extensions["tracker"][1]
    return found
