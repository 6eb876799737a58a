"""`tracker frameworks`: skills frameworks that rubrics are made from."""

from pathlib import Path

import click
from sqlalchemy import select

from tracker.cli.home import acting, as_option, open_home
from tracker.cli.refusals import Refused
from tracker.models.frameworks import FrameworkRow
from tracker.services.frameworks import import_framework

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def frameworks() -> None:
    """Import skills frameworks, and look at them."""


@frameworks.command("import")
@click.argument("file", type=_FILE)
@as_option
def import_(file: Path, acting_as: str | None) -> None:
    """Keep an export; the same content a second time changes nothing."""
    data = file.read_bytes()
    with open_home() as home, home.database.writing() as session:
        row = import_framework(session, data, actor=acting(session, acting_as))
        click.echo(f"{row.soc} {row.title}, version {row.version}, sha256 {row.sha256}")


@frameworks.command("list")
def list_() -> None:
    """Every framework: occupation, title, version and content hash."""
    with open_home() as home, home.database.reading() as session:
        for row in session.scalars(select(FrameworkRow).order_by(FrameworkRow.soc, FrameworkRow.id)):
            click.echo(f"{row.soc}\t{row.title}\t{row.version}\t{row.sha256}")


@frameworks.command()
@click.argument("soc")
def show(soc: str) -> None:
    """The newest framework of an occupation, as JSON."""
    with open_home() as home, home.database.reading() as session:
        newest = select(FrameworkRow).where(FrameworkRow.soc == soc).order_by(FrameworkRow.id.desc()).limit(1)
        row = session.scalar(newest)
        if row is None:
            raise Refused(f"There is no framework of the occupation {soc}.")
        click.echo(row.content)
