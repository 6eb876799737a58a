"""`tracker backup` and `tracker restore`: everything into one file, and back into an empty home."""

import os
import sys
from pathlib import Path

import click
from rich.console import Console
from sqlalchemy import inspect

from tracker import clock, schema
from tracker.cli.home import any_home, open_home
from tracker.cli.refusals import Refused
from tracker.domain.actors import SYSTEM
from tracker.files import FileStore
from tracker.services.backups import BackupContents, record_backup, restore_backup, write_backup

_NEW = click.Path(dir_okay=False, path_type=Path)
_THERE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=_NEW)
def backup(file: Path) -> None:
    """Write every row and every file into one file, while people go on working.

    It holds personal data: keep it where the database itself would be kept.
    """
    if file.exists():
        raise Refused(f"{file.name} is there already: name another file.")
    part = file.with_name(f"{file.name}.part")
    with open_home() as home:
        store = FileStore(home.config.files_folder)
        try:
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as out, home.database.reading() as session:
                contents = write_backup(
                    session, store, out, revision=schema.newest(), at=clock.now(), tell=_tell
                )
                out.flush()
                os.fsync(out.fileno())
            part.rename(file)
        except OSError as failure:
            raise Refused(f"The backup could not be written: {failure.strerror}.") from failure
        finally:
            part.unlink(missing_ok=True)
        with home.database.writing() as session:
            record_backup(session, contents, actor=SYSTEM)
    click.echo(_said(contents, f"Written to {file.name}"))
    for key in contents.missing:
        click.echo(f"The bytes of the file {key} were gone already.", err=True)


@click.command()
@click.argument("file", type=_THERE)
def restore(file: Path) -> None:
    """Bring a backup back into an empty home, and prove its history."""
    with any_home() as home:
        if not inspect(home.database.engine).get_table_names():
            schema.upgrade(home.database)
        if not schema.is_current(home.database):
            raise Refused("The database does not have this version's schema: run `tracker db upgrade` first.")
        store = FileStore(home.config.files_folder)
        with file.open("rb") as source, home.database.writing() as session:
            contents = restore_backup(session, store, source, revision=schema.newest(), tell=_tell)
    click.echo(_said(contents, "Brought back, and the history holds"))


def _tell(part: str) -> None:
    if sys.stderr.isatty():
        Console(stderr=True).print(f"{part} …", end="\r", soft_wrap=True)


def _said(contents: BackupContents, begin: str) -> str:
    return f"{begin}: {contents.rows:,} rows of {contents.tables} tables, {contents.files:,} files."
