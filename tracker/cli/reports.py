"""`tracker report`: every report, and the rows behind it, on the terminal or as a file."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click
from sqlalchemy.orm import Session

from tracker import clock
from tracker.cli.home import Home, acting, as_option, open_home
from tracker.cli.naming import find_job
from tracker.cli.refusals import Refused
from tracker.config import data_folder
from tracker.domain.actors import Actor
from tracker.domain.outlines.outline import ReportName
from tracker.domain.report_windows import before_window
from tracker.domain.reports import BUSINESS, CALENDAR, Report, ReportFilters, read_filters
from tracker.exports.pdf import pdf_of
from tracker.exports.report_documents import report_document
from tracker.exports.report_files import blocks_of
from tracker.exports.text import text_of
from tracker.queries.reports import find_outline, rows_behind, run_report, run_with_before
from tracker.queries.reports.groups import find_recruiter
from tracker.services.reports import record_export, record_reading


@click.command()
@click.argument("name", type=click.Choice([name.value for name in ReportName]))
@click.option("--job", "job_named", metavar="JOB", help="Id or exact title of a job; else all jobs count.")
@click.option("--department", metavar="NAME", help="Only jobs of exactly this department.")
@click.option("--location", metavar="PLACE", help="Only jobs of exactly this place.")
@click.option("--recruiter", metavar="WHO", help="Only jobs of this recruiter: e-mail or exact name.")
@click.option("--source", metavar="SOURCE", help="Only applications that first came from this source.")
@click.option("--from", "from_", metavar="DAY", help="Where the window begins: a day or an ISO instant.")
@click.option("--to", metavar="DAY", help="Where it ends; itself it does not count any more.")
@click.option("--as-of", metavar="WHEN", help="As things stood at this instant or the end of this day.")
@click.option("--zone", metavar="ZONE", help="Time zone of days, such as Europe/London.")
@click.option("--days", type=click.Choice([CALENDAR, BUSINESS]), help="Calendar days unless asked for.")
@click.option("--holidays", metavar="CALENDAR", help="Calendar of holidays that are no business days.")
@click.option(
    "--without-filled", is_flag=True, help="Leave out those closed as position filled, where a report can."
)
@click.option("--compare", "is_compared", is_flag=True, help="Also count all moves anew, as a check.")
@click.option(
    "--with-before", is_flag=True, help="Also what each number was in the window before; needs --from."
)
@click.option("--rows", "has_rows", is_flag=True, help="The applications and moves behind the numbers.")
@click.option(
    "--format", "format_", type=click.Choice(["csv", "xlsx", "json", "pdf"]), help="Else plain text."
)
@click.option("--bom", "has_bom", is_flag=True, help="Begin CSV with the mark by which Excel knows UTF-8.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of the output.")
@as_option
def report(
    name: str,
    job_named: str | None,
    department: str | None,
    location: str | None,
    recruiter: str | None,
    source: str | None,
    days: str | None,
    holidays: str | None,
    from_: str | None,
    to: str | None,
    as_of: str | None,
    zone: str | None,
    without_filled: bool,
    is_compared: bool,
    with_before: bool,
    has_rows: bool,
    format_: str | None,
    has_bom: bool,
    out: Path | None,
    acting_as: str | None,
) -> None:
    """Count a report from the history of moves."""
    if format_ == "xlsx" and out is None and sys.stdout.isatty():
        raise Refused("A workbook is nothing to read on a terminal: use --out.")
    if format_ == "pdf":
        if name != ReportName.PIPELINE or has_rows:
            raise Refused("The pipeline report alone is made as pdf, without --rows.")
        if out is None and sys.stdout.isatty():
            raise Refused("A PDF is nothing to read on a terminal: use --out.")
    with open_home() as home:
        with home.database.reading() as session:
            actor = acting(session, acting_as)
            filters = read_filters(
                now=clock.now(),
                default_zone=home.config.time_zone,
                job_id=find_job(session, job_named).id if job_named is not None else None,
                from_=from_,
                to=to,
                as_of=as_of,
                zone=zone,
                department=department,
                location=location,
                recruiter_id=find_recruiter(session, recruiter, actor) if recruiter is not None else None,
                source=source,
                days=days,
                holidays=holidays,
                leaves_out_filled=without_filled,
            )
        if has_rows and not find_outline(name).has_rows:
            raise Refused("The numbers of this report do not open: they would tell people's answers.")
        if with_before and (has_rows or format_ == "pdf" or is_compared):
            raise Refused("The window before stands beside numbers: without --rows, --compare and pdf.")
        for one in [filters, before_window(filters)] if with_before else [filters]:
            if format_ or has_rows:
                _note_export(home, name, one, format_ or "text", has_rows, actor)
            elif find_outline(name).is_sensitive:
                with home.database.writing() as session:
                    record_reading(session, find_outline(name), one, actor=actor)
        with home.database.reading() as session:
            if with_before:
                counted = run_with_before(session, name, filters, actor=actor)
            else:
                counted = _counted(session, name, filters, has_rows, is_compared, actor)
            with _opened(out) as stream:
                _write(counted, format_, has_bom, stream)
    if not has_rows and not counted.holds:
        raise Refused("A check of the report does not hold: the numbers contradict the history.")


@contextmanager
def _opened(out: Path | None) -> Iterator[IO[bytes]]:
    """Where the report goes: this file, or the output."""
    if out is None:
        yield sys.stdout.buffer
        return
    with out.open("wb") as stream:
        yield stream


def _note_export(
    home: Home, name: str, filters: ReportFilters, format_: str, has_rows: bool, actor: Actor
) -> None:
    with home.database.writing() as session:
        outline = find_outline(name)
        record_export(session, outline, filters, format=format_, has_rows=has_rows, actor=actor)


def _counted(
    session: Session, name: str, filters: ReportFilters, has_rows: bool, is_compared: bool, actor: Actor
) -> Report:
    if has_rows:
        return rows_behind(session, name, filters, actor=actor)
    return run_report(session, name, filters, is_compared=is_compared, actor=actor)


def _write(counted: Report, format_: str | None, has_bom: bool, stream: IO[bytes]) -> None:
    if format_ == "pdf":
        folder = data_folder("templates") / "pdf"
        made = pdf_of(folder, "report.typ", report_document(counted), made_at=counted.as_of)
        if made.notice:
            click.echo(made.notice, err=True)
        stream.write(made.content)
    elif format_ is not None:
        for block in blocks_of(counted, format_, has_bom=has_bom):
            stream.write(block)
    else:
        stream.write(text_of(counted).encode())
    stream.flush()
