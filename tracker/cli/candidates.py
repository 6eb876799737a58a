"""`tracker candidates import`: people of a list, each with an application."""

from pathlib import Path

import click

from tracker.cli.home import acting, as_option, open_home
from tracker.cli.naming import find_job
from tracker.cli.progress import progress
from tracker.cli.refusals import Refused
from tracker.domain.file_formats import LARGEST_FILE
from tracker.files import FileStore, read_beside
from tracker.services.candidate_import import ImportRefused, import_candidates

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def candidates() -> None:
    """Bring people in."""


@candidates.command("import")
@click.argument("file", type=_FILE)
@click.option("--job", "job_named", required=True, metavar="JOB", help="Id or exact title.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and store nothing.")
@click.option("--skip-bad", is_flag=True, help="Leave bad lines out.")
@as_option
def import_(file: Path, job_named: str, dry_run: bool, skip_bad: bool, acting_as: str | None) -> None:
    """Add the people of a CSV list with the header name,email,phone,source,resume.

    The column resume names a file in the folder of the list, or below it.
    """
    data = file.read_bytes()
    with open_home() as home, home.database.writing() as session:
        job = find_job(session, job_named)
        with progress("Importing", 100) as advance:
            done_before = 0

            def tell(done: int, total: int) -> None:
                nonlocal done_before
                share = done * 100 // total
                advance(share - done_before)
                done_before = share

            try:
                report = import_candidates(
                    session,
                    job,
                    data,
                    actor=acting(session, acting_as),
                    store=FileStore(home.config.files_folder),
                    read_resume=lambda name: read_beside(file.parent, name, LARGEST_FILE),
                    dry_run=dry_run,
                    skip_bad=skip_bad,
                    progress=tell,
                )
            except ImportRefused as refusal:
                for line in refusal.bad:
                    click.echo(f"line {line.number}: {line.reason}", err=True)
                raise Refused(str(refusal)) from refusal
        for line in report.bad:
            click.echo(f"line {line.number}: {line.reason}", err=True)
        verb = "would be" if dry_run else "were"
        click.echo(f"{report.added:,} {verb} added; {report.present:,} had applied before.")
