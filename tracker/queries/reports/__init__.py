"""Reports: each counted set-wise in the database, of what its reader may see, with the rows behind it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.outlines.outline import Outline, ReportName
from tracker.domain.report_comparisons import beside_before
from tracker.domain.report_notices import nothing_to_say
from tracker.domain.report_outlines import OUTLINES
from tracker.domain.report_windows import before_window
from tracker.domain.reports import Check, Column, Report, ReportFilters, Row
from tracker.domain.rules import RuleBroken
from tracker.queries.reports import (
    adverse_impact,
    ageing,
    applicant_flow,
    conversion,
    forecast,
    funnel,
    interviewers,
    job_pages,
    offers,
    pipeline,
    reasons,
    sources,
    time_in_stage,
    time_to_advance,
    time_to_decision,
    time_to_fill,
    time_to_hire,
)
from tracker.queries.reports.scope import EVERYTHING, WHOLE, Figure, Part, Scope, scope_of
from tracker.queries.veils import pseudonym, veiled_of

Count = Callable[[Session, Scope], tuple[list[Row], tuple[Check, ...]]]
OpenRows = Callable[[Session, Scope, Figure, Part], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class _Queries:
    """How a report is counted, and how the rows behind one of its numbers, or behind all, are listed."""

    count: Count
    open_rows: OpenRows


_QUERIES = {
    ReportName.PIPELINE: _Queries(pipeline.count, pipeline.open_rows),
    ReportName.FUNNEL: _Queries(funnel.count, funnel.open_rows),
    ReportName.TIME_IN_STAGE: _Queries(time_in_stage.count, time_in_stage.open_rows),
    ReportName.TIME_TO_HIRE: _Queries(time_to_hire.count, time_to_hire.open_rows),
    ReportName.TIME_TO_DECISION: _Queries(time_to_decision.count, time_to_decision.open_rows),
    ReportName.OFFERS: _Queries(offers.count, offers.open_rows),
    ReportName.SOURCES: _Queries(sources.count, sources.open_rows),
    ReportName.REASONS: _Queries(reasons.count, reasons.open_rows),
    ReportName.TIME_TO_FILL: _Queries(time_to_fill.count, time_to_fill.open_rows),
    ReportName.CONVERSION: _Queries(conversion.count, conversion.open_rows),
    ReportName.AGEING: _Queries(ageing.count, ageing.open_rows),
    ReportName.TIME_TO_ADVANCE: _Queries(time_to_advance.count, time_to_advance.open_rows),
    ReportName.FORECAST: _Queries(forecast.count, forecast.open_rows),
    ReportName.ADVERSE_IMPACT: _Queries(adverse_impact.count, adverse_impact.open_rows),
    ReportName.APPLICANT_FLOW: _Queries(applicant_flow.count, applicant_flow.open_rows),
    ReportName.INTERVIEWERS: _Queries(interviewers.count, interviewers.open_rows),
}


def find_outline(name: str) -> Outline:
    """What the report with this name is. Raises RuleBroken if there is none."""
    if name not in set(ReportName):
        known = ", ".join(member.value for member in ReportName)
        raise RuleBroken(f"There is no report “{name[:60]}”; there are {known}.", field="name")
    return OUTLINES[ReportName(name)]


def run_report(
    session: Session, name: str, filters: ReportFilters, *, is_compared: bool = False, actor: Actor
) -> Report:
    """Count a report over the applications whose reports the actor may read; its rows are a list.

    `is_compared` also counts what moves keep from the moves themselves, which reads them all.

    Raises RuleBroken for an unknown report or job, NotPermitted if the actor may read no report at all.
    """
    outline = find_outline(name)
    outline.check(filters)
    scope = replace(scope_of(session, filters, actor, outline.permission), is_compared=is_compared)
    return report_of(outline, scope, *count_outcome(session, outline, scope))


def run_page(session: Session, name: str, filters: ReportFilters, *, most_jobs: int, actor: Actor) -> Report:
    """A report as a page shows it: where it stands job by job, with the rows of so many jobs and their sum.

    Raises as `run_report` does.
    """
    outline = find_outline(name)
    outline.check(filters)
    scope = scope_of(session, filters, actor, outline.permission)
    found = job_pages.count_page(session, scope, most_jobs) if outline.name is ReportName.PIPELINE else None
    if found is None:
        return report_of(outline, scope, *count_outcome(session, outline, scope))
    rows, checks, sums = found
    return replace(report_of(outline, scope, rows, checks), sums=sums)


def count_outcome(session: Session, outline: Outline, scope: Scope) -> tuple[list[Row], tuple[Check, ...]]:
    """What a report comes to: its rows, and whether they agree with what is counted another way."""
    return _QUERIES[outline.name].count(session, scope)


def report_of(outline: Outline, scope: Scope, rows: list[Row], checks: tuple[Check, ...]) -> Report:
    """An outcome as the report that tells it, with its terms; as of the instant of the scope's filters."""
    report = _report(outline, scope, outline.columns, rows, checks)
    sentence = nothing_to_say(outline.name, rows)
    return _saying(report, "nothing_to_say", sentence) if sentence else report


def run_with_before(session: Session, name: str, filters: ReportFilters, *, actor: Actor) -> Report:
    """A report with what each number was in the window before; raises as `run_report` and for no window."""
    outline = find_outline(name)
    report, earlier = (
        run_report(session, name, one, actor=actor) for one in (filters, before_window(filters))
    )
    return beside_before(report, earlier, outline)


def told_behind(report: Report, seconds: float | None) -> Report:
    """The report, saying that it was read from a copy so many seconds behind, where it was."""
    if seconds is None:
        return report
    unit = "second" if round(seconds) == 1 else "seconds"
    return _saying(report, "read_from", f"A copy of the database that was {seconds:.0f} {unit} behind.")


def _saying(report: Report, key: str, sentence: str) -> Report:
    return replace(report, definitions={**report.definitions, key: sentence})


def rows_behind(
    session: Session,
    name: str,
    filters: ReportFilters,
    figure: Figure = EVERYTHING,
    part: Part = WHOLE,
    *,
    actor: Actor,
) -> Report:
    """The applications and moves behind one number of a report, or behind all of it, as a stream of rows.

    Raises RuleBroken for an unknown report, job or number, NotPermitted if the actor may read no report.
    """
    outline = find_outline(name)
    outline.check(filters)
    if not outline.has_rows:
        raise RuleBroken("The numbers of this report do not open: they would tell people's answers.")
    if figure.column is not None and figure.column not in outline.openable:
        raise RuleBroken(f"The report has no number “{figure.column[:60]}” that opens.", field="figure")
    scope = scope_of(session, filters, actor, outline.permission)
    rows = _QUERIES[outline.name].open_rows(session, scope, figure, part)
    veiled = veiled_of(session, actor)
    return _report(outline, scope, outline.row_columns, _veiling(rows, veiled) if veiled else rows)


def _veiling(rows: Iterable[Row], veiled: Collection[int]) -> Iterator[Row]:
    """The rows with the number of the application in place of each name that is hidden from the actor."""
    for row in rows:
        number = row.get("application")
        is_hidden = isinstance(number, int) and number in veiled and "candidate" in row
        yield {**row, "candidate": pseudonym(number)} if is_hidden and isinstance(number, int) else row


def _report(
    outline: Outline,
    scope: Scope,
    columns: tuple[Column, ...],
    rows: Iterable[Row],
    checks: tuple[Check, ...] = (),
) -> Report:
    filters = scope.filters
    whom = outline.cohort.format(window=filters.window)
    if outline.can_leave_out_filled and filters.leaves_out_filled:
        whom += ", those closed as position filled left out"
    return Report(
        name=outline.name.value,
        title=outline.title,
        as_of=filters.as_of,
        zone=filters.zone.key,
        cohort=f"{whom}; {scope.job_title or 'all jobs'}{_of_source(filters)}{_in_days(filters)}.",
        definitions=_definitions(outline, filters),
        columns=columns,
        rows=rows,
        checks=checks,
    )


def _of_source(filters: ReportFilters) -> str:
    return "" if filters.source is None else f"; applications from the source {filters.source} alone"


def _in_days(filters: ReportFilters) -> str:
    return f"; in {_business_days(filters)}" if filters.is_business else ""


def _business_days(filters: ReportFilters) -> str:
    return f"business days, calendar {filters.holidays}" if filters.holidays else "business days"


def _definitions(outline: Outline, filters: ReportFilters) -> Mapping[str, str]:
    """What the terms mean; where business days are asked for, days are those."""
    if not filters.is_business:
        return outline.definitions
    left_out = (
        "no holidays left out" if filters.holidays is None else f"less the holidays of {filters.holidays}"
    )
    days = (
        f"Business days: Monday to Friday in {filters.zone.key}, {left_out}. Part of a day counts as its"
        " share, so that a day on which the clocks change is one day."
    )
    return {**outline.definitions, "days": days}
