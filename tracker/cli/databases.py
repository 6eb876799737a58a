"""`tracker db`: the schema of the database."""

import click

from tracker import schema
from tracker.cli.home import any_home
from tracker.cli.refusals import Refused


@click.group()
def db() -> None:
    """Bring the database up to date, and check it."""


@db.command()
def upgrade() -> None:
    """Bring the schema to this version."""
    with any_home() as home:
        schema.upgrade(home.database)
    click.echo("The database is up to date.")


@db.command()
def check() -> None:
    """Compare the database with what this version needs; nothing is changed."""
    with any_home() as home:
        if not schema.is_current(home.database):
            raise Refused("The database does not have this version's schema: run `tracker db upgrade` first.")
        found = schema.differences(home.database)
    if found:
        raise Refused(f"The database differs in {len(found)} places, first: {found[0]}")
    click.echo("The database is as it should be.")
