"""What of a report is drawn: the rows of its chart, and what its marks mean."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.domain.report_outlines import ReportName
from tracker.domain.reports import Row
from tracker.domain.stages import STAGE_LABELS, Stage


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as the template draws it: which macro, its rows, and the legend as (mark, words)."""

    kind: str
    title: str
    rows: list[dict[str, Any]]
    legend: tuple[tuple[str, str], ...] = ()
    most: float = 0
    """The end of the scale, where it has one."""


def _pipeline(rows: Sequence[Row]) -> Chart:
    came = dict.fromkeys(Stage, 0)
    still = dict.fromkeys(Stage, 0)
    for row in rows:
        stage = Stage(str(row["stage"]))
        came[stage] += int(str(row["entered"])) + int(str(row["open_at_start"]))
        still[stage] += int(str(row["active"]))
    drawn = [
        {
            "label": STAGE_LABELS[stage],
            "value": came[stage],
            "open": still[stage],
            "text": f"{came[stage]:,} there, {still[stage]:,} still",
        }
        for stage in Stage
    ]
    legend = (("mark", "went on, went back or closed"), ("tail", "still there"))
    return Chart("funnel", "Applications in each stage", drawn, legend)


def _funnel(rows: Sequence[Row]) -> Chart:
    drawn = [
        {
            "label": STAGE_LABELS[Stage(str(row["stage"]))],
            "value": row["reached"],
            "open": 0,
            "text": f"{row['reached']:,}"
            + (f", {row['rate_from_start']:.0%}" if row["rate_from_start"] is not None else ""),
        }
        for row in rows
    ]
    return Chart("funnel", "How far applications came", drawn)


def _time_in_stage(rows: Sequence[Row]) -> Chart:
    seen = [row for row in rows if row["spells"]]
    most = max([_days(row["km_high"]) or _days(row["longest_days"]) or 0 for row in seen], default=0)
    drawn = [
        {
            "label": STAGE_LABELS[Stage(str(row["stage"]))],
            "median": _days(row["km_median_days"]),
            "low": _days(row["km_low"] if row["km_median_days"] is not None else row["longest_days"]) or 0,
            "high": _days(row["km_high"]),
            "target": None,
            "text": _time_words(row),
        }
        for row in seen
    ]
    legend = (("dot", "median"), ("span", "95 % interval"))
    return Chart("spans", "Days in each stage", drawn, legend, max(most, 1))


def _days(cell: Any) -> float | None:
    return None if cell is None else float(cell)


def _time_words(row: Row) -> str:
    median, longest = _days(row["km_median_days"]), _days(row["longest_days"])
    if median is None:
        return f"> {longest:,.1f} days" if longest is not None else "—"
    return f"{median:,.1f} days"


CHARTS: dict[ReportName, Callable[[Sequence[Row]], Chart]] = {
    ReportName.PIPELINE: _pipeline,
    ReportName.FUNNEL: _funnel,
    ReportName.TIME_IN_STAGE: _time_in_stage,
}
