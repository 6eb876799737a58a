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


CHARTS: dict[ReportName, Callable[[Sequence[Row]], Chart]] = {
    ReportName.PIPELINE: _pipeline,
    ReportName.FUNNEL: _funnel,
}
