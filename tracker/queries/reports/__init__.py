"""Reports: each counted set-wise in the database, of what its reader may see, with the rows behind it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.report_outlines import OUTLINES, Outline, ReportName
from tracker.domain.reports import Check, Report, ReportFilters, Row
from tracker.domain.rules import RuleBroken
from tracker.queries.reports import funnel, pipeline
from tracker.queries.reports.scope import Figure, Scope, scope_of

Count = Callable[[Session, Scope], tuple[list[Row], tuple[Check, ...]]]
OpenRows = Callable[[Session, Scope, Figure], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class _Queries:
    """How a report is counted, and how the rows behind one of its numbers, or behind all, are listed."""

    count: Count
    open_rows: OpenRows


_QUERIES = {
    ReportName.PIPELINE: _Queries(pipeline.count, pipeline.open_rows),
    ReportName.FUNNEL: _Queries(funnel.count, funnel.open_rows),
}


def find_outline(name: str) -> Outline:
    """What the report with this name is. Raises RuleBroken if there is none."""
    if name not in set(ReportName):
        known = ", ".join(member.value for member in ReportName)
        raise RuleBroken(f"There is no report “{name[:60]}”; there are {known}.", field="name")
    return OUTLINES[ReportName(name)]


def run_report(session: Session, name: str, filters: ReportFilters, *, actor: Actor) -> Report:
    """Count a report over the applications whose reports the actor may read.

    Raises RuleBroken for an unknown report or job, NotPermitted if the actor may read no report at all.
    """
    outline = find_outline(name)
    scope = scope_of(session, filters, actor)
    rows, checks = _QUERIES[outline.name].count(session, scope)
    return Report(
        name=outline.name.value,
        title=outline.title,
        as_of=filters.as_of,
        zone=filters.zone.key,
        cohort=cohort(outline, filters, scope.job_title),
        definitions=outline.definitions,
        columns=outline.columns,
        rows=rows,
        checks=checks,
    )


def report_rows(
    session: Session, name: str, filters: ReportFilters, figure: Figure | None = None, *, actor: Actor
) -> Iterator[Row]:
    """The applications and moves behind one number of a report, or behind all of it, streamed.

    Raises RuleBroken for an unknown report, job or figure.
    """
    outline = find_outline(name)
    scope = scope_of(session, filters, actor)
    return _QUERIES[outline.name].open_rows(session, scope, figure or Figure())


def cohort(outline: Outline, filters: ReportFilters, job_title: str | None) -> str:
    """Whom the report counts, in words."""
    whom = outline.cohort.format(window=filters.window)
    return f"{whom}; {job_title}." if job_title else f"{whom}; all jobs."
