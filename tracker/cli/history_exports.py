"""`tracker history export`: the history itself, for process mining, other systems and safe keeping."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import click
from sqlalchemy.orm import Session

from tracker.cli.home import acting, as_option, open_home
from tracker.cli.naming import find_job
from tracker.cli.progress import progress
from tracker.domain.actors import Actor
from tracker.exports.histories import case_lines, jsonl_of
from tracker.exports.xes import xes_of
from tracker.queries.history import count_applications
from tracker.queries.history_exports import exported_cases, exported_moves
from tracker.services.history_exports import record_history_export

T = TypeVar("T")


@click.command("export")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["xes", "jsonl", "csv"]),
    required=True,
    help="`history import` reads all of them again; JSON lines hold every move as it is kept.",
)
@click.option("--job", "job_named", metavar="JOB", help="Id or exact title of a job; else all jobs.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of the output.")
@as_option
def export(format_: str, job_named: str | None, out: Path | None, acting_as: str | None) -> None:
    """Take the history out."""
    with open_home() as home:
        with home.database.writing() as session:
            actor = acting(session, acting_as)
            job = find_job(session, job_named) if job_named is not None else None
            record_history_export(session, job, format=format_, actor=actor)
            job_id = job.id if job else None
        with (
            home.database.reading() as session,
            progress("Exporting", count_applications(session, job_id)) as advance,
        ):
            blocks = _blocks(session, format_, actor, job_id, advance)
            if out is None:
                sys.stdout.buffer.writelines(blocks)
                sys.stdout.buffer.flush()
            else:
                with out.open("wb") as stream:
                    stream.writelines(blocks)


def _blocks(
    session: Session, format_: str, actor: Actor, job_id: int | None, advance: Callable[[int], None]
) -> Iterator[bytes]:
    if format_ == "jsonl":
        return jsonl_of(
            _told(exported_moves(session, actor, job_id), advance, lambda move: move["version"] == 1)
        )
    cases = _told(exported_cases(session, actor, job_id), advance, lambda case: True)
    return xes_of(cases) if format_ == "xes" else case_lines(cases)


def _told(found: Iterable[T], advance: Callable[[int], None], begins: Callable[[T], bool]) -> Iterator[T]:
    """The same, with each application that begins told of."""
    for one in found:
        if begins(one):
            advance(1)
        yield one
