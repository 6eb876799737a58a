"""The home that a command works in: its settings, its database at the right schema, and who acts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import click
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from tracker import clock, places, schema
from tracker.cli.refusals import Refused
from tracker.config import Config, load_config
from tracker.db import Database
from tracker.domain.actors import SYSTEM, Actor
from tracker.queries.users import actor_of, find_user

as_option = click.option(
    "--as", "acting_as", metavar="EMAIL", help="Act as this person; otherwise the system itself acts."
)


@dataclass(frozen=True, slots=True)
class Home:
    """Settings and database of one tracker."""

    config: Config
    database: Database


@contextmanager
def any_home(*, is_demo: bool = False) -> Iterator[Home]:
    """The home as it is, whatever its schema."""
    config = load_config(is_demo=is_demo)
    clock.keep_days_of(ZoneInfo(config.time_zone))
    places.keep_law_of(config.jurisdiction)
    database = Database.at(config.database_url)
    try:
        yield Home(config, database)
    finally:
        database.engine.dispose()


@contextmanager
def open_home(*, is_demo: bool = False) -> Iterator[Home]:
    """The home with a schema that fits; an empty SQLite file gets it at once."""
    with any_home(is_demo=is_demo) as home:
        _make_ready(home.database)
        yield home


def acting(session: Session, email: str | None) -> Actor:
    """Who acts: the person with this address, or the system."""
    if email is None:
        return SYSTEM
    user = find_user(session, email)
    if user is None or not user.is_active:
        raise Refused(f"Nobody who may sign in has the address {email}.")
    return actor_of(session, user)


def _make_ready(database: Database) -> None:
    if schema.is_current(database):
        return
    if not database.is_sqlite or inspect(database.engine).get_table_names():
        raise Refused("The database does not have this version's schema: run `tracker db upgrade` first.")
    schema.upgrade(database)
