"""`tracker history`: bringing histories in, taking ours out, and proving it."""

import hashlib
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from tracker.cli.history_exports import export
from tracker.cli.home import Home, acting, as_option, open_home
from tracker.cli.naming import find_job
from tracker.cli.progress import progress
from tracker.cli.proofs import checkpoint_, verify
from tracker.cli.refusals import Refused
from tracker.config import data_folder
from tracker.domain.event_logs import EventMapping, default_mapping, read_mapping
from tracker.domain.permissions import Permission
from tracker.domain.rules import RuleBroken
from tracker.models.jobs import Job
from tracker.services.event_log_gathering import BadLine, EventLog
from tracker.services.event_logs import READY, read_log, ready_mapping
from tracker.services.history_import import ImportedFile, import_batch
from tracker.services.history_plans import JobPlan, batches, plan_jobs
from tracker.services.permits import require

_MOST_SHOWN = 100
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def history() -> None:
    """Import, export and prove the history of applications."""


for _command in (export, verify, checkpoint_):
    history.add_command(_command)


@history.command("import")
@click.argument("file", type=_FILE)
@click.option(
    "--job", "job_named", metavar="JOB", help="Id or exact title; else the file's column `job` says."
)
@click.option(
    "--mapping",
    metavar="FILE|greenhouse|lever",
    help="TOML that says what the activities mean, or the system whose tables these are.",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen and store nothing.")
@click.option("--skip-bad", is_flag=True, help="Leave out the applications that bad lines belong to.")
@as_option
def import_(
    file: Path,
    job_named: str | None,
    mapping: str | None,
    dry_run: bool,
    skip_bad: bool,
    acting_as: str | None,
) -> None:
    """Bring another system's history in, from XES, CSV or a zip of tables."""
    meaning = _mapping(mapping)
    with open_home() as home:
        log = read_log(file, file.name, meaning, zone=ZoneInfo(home.config.time_zone))
        parts = _plan(home, log, job_named, meaning, acting_as)
        bad = [*log.bad, *(line for part in parts for line in part.plan.bad)]
        _tell_bad(bad)
        if bad and not skip_bad:
            raise Refused(f"{_count(len(bad), 'bad line')}: nothing was stored.")
        if bad:
            parts = _plan(home, log.without(bad), job_named, meaning, acting_as)
        imported = ImportedFile(file.name, _sha256(file))
        for part in parts:
            raised = 0 if dry_run else _write(home, part, imported, acting_as)
            _tell(part, raised, is_dry=dry_run)


def _mapping(told: str | None) -> EventMapping:
    """The mapping of a file, or of a system whose tables are known."""
    if told is None:
        return default_mapping()
    if told in READY and not Path(told).is_file():
        return ready_mapping(told, data_folder("seeds") / "mappings")
    file = Path(told)
    try:
        return read_mapping(file.read_text("utf-8"))
    except UnicodeDecodeError:
        raise Refused(f"{file.name} is not UTF-8.") from None
    except OSError:
        known = ", ".join(READY)
        raise Refused(f"{told} is neither a file nor one of the ready mappings: {known}.") from None


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _plan(
    home: Home, log: EventLog, job_named: str | None, mapping: EventMapping, acting_as: str | None
) -> list[JobPlan]:
    with home.database.reading() as session:
        require(acting(session, acting_as), Permission.HISTORY_IMPORT)
        job = find_job(session, job_named) if job_named is not None else None
        try:
            return plan_jobs(session, log, mapping, job=job, find=lambda named: find_job(session, named))
        except RuleBroken as broken:
            raise Refused(
                f"{broken.message} Use --job." if broken.field == "job" else broken.message
            ) from None


def _write(home: Home, part: JobPlan, file: ImportedFile, acting_as: str | None) -> int:
    """Write the part batch by batch, others in between: by how much the openings were raised."""
    raised = 0
    with progress("Importing", len(part.plan.applications)) as advance:
        for batch in batches(part.plan):
            with home.database.writing() as session:
                job = session.get_one(Job, part.job.id)
                raised += import_batch(session, job, batch, file, actor=acting(session, acting_as))
            advance(len(batch))
    return raised


def _tell_bad(bad: list[BadLine]) -> None:
    for line in sorted(bad, key=lambda line: line.line)[:_MOST_SHOWN]:
        click.echo(f"line {line.line}: {line.problem}", err=True)
    if len(bad) > _MOST_SHOWN:
        click.echo(f"and {len(bad) - _MOST_SHOWN:,} more", err=True)


def _tell(part: JobPlan, raised: int, *, is_dry: bool) -> None:
    plan, title = part.plan, part.job.title
    counts = (
        f"{_count(len(plan.applications), 'application')}, {_count(plan.moves, 'move')}"
        f" and {_count(plan.notes, 'note')}"
    )
    click.echo(f"{title}: {counts} {'would be' if is_dry else 'were'} imported.")
    if plan.known:
        click.echo(f"Imported before and left as they are: {_count(plan.known, 'application')}.")
    if plan.unmapped:
        click.echo(f"Kept as notes, for the mapping does not know them: {_listed(plan.unmapped)}.")
    if plan.unplaced:
        counted = _count(plan.unplaced, "application")
        click.echo(f"Without any activity that the mapping knows, and placed in Application: {counted}.")
    if raised:
        click.echo(
            f"Openings were raised by {raised:,} to the imported hires, to {part.job.openings + raised:,}."
        )


def _listed(activities: Counter[str]) -> str:
    shown = [f"{name} ({count:,})" for name, count in activities.most_common(20)]
    return ", ".join(shown + (["…"] if len(activities) > len(shown) else []))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
