"""What this running application was joined from: its settings and its database."""

from flask import current_app

from tracker.config import Config
from tracker.db import Database


def config() -> Config:
    found: Config = current_app.extensions["tracker"][0]
    return found


def database() -> Database:
    found: Database = current_app.extensions["tracker"][1]
    return found
