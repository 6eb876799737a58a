"""What of a report is drawn: the rows of its chart, and what its marks mean."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, cast

from tracker.domain.dispositions import DISPOSITION_REASONS, DecidedBy
from tracker.domain.offers import OFFER_ANSWER_LABELS
from tracker.domain.outlines.outline import ReportName
from tracker.domain.reports import Row
from tracker.domain.stages import STAGE_LABELS, Stage
from tracker.web.charts import MOST_BARS, Chart
from tracker.web.people_charts import adverse_impact, applicant_flow, interviewers


def _pipeline(rows: Sequence[Row]) -> Chart:
    came: dict[Any, int] = dict.fromkeys(Stage, 0)
    still: dict[Any, int] = dict.fromkeys(Stage, 0)
    for row in rows:
        stage = row["stage"]
        came[stage] += cast(int, row["entered"]) + cast(int, row["open_at_start"])
        still[stage] += cast(int, row["active"])
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


def _time_to_hire(rows: Sequence[Row]) -> Chart:
    row = rows[0]
    drawn = {
        "label": "Received to accepted",
        "median": _days(row["median_days"]),
        "low": _days(row["min_days"]),
        "high": _days(row["max_days"]),
        "target": None,
        "text": _days_words(row["median_days"]),
    }
    legend = (("dot", "median"), ("span", "shortest to longest"))
    return Chart("spans", "Days to hire", [drawn], legend, max(_days(row["max_days"]) or 0, 1))


def _time_to_decision(rows: Sequence[Row]) -> Chart:
    row = rows[0]
    median, naive = _days(row["km_median_days"]), _days(row["naive_median_days"])
    longest = _days(row["longest_days"])
    drawn = [
        {
            "label": "All applicants",
            "median": median,
            "low": longest if median is None else None,
            "high": None,
            "target": None,
            "text": _time_words(row),
        },
        {
            "label": "Those decided alone",
            "median": naive,
            "low": None,
            "high": None,
            "target": None,
            "text": _days_words(naive),
        },
    ]
    legend = (("dot", "median"), ("span", "not reached: longer than the longest time seen"))
    return Chart("spans", "Days to a decision", drawn, legend, _most(median, naive, longest))


def _most(median: float | None, naive: float | None, longest: float | None) -> float:
    """The end of the scale: twice what is told, for the longest time of all would make a dot of it."""
    told = [2 * one for one in (median, naive) if one is not None]
    return max([1.0, *told]) if median is not None else max(longest or 0, 1.0)


def _offers(rows: Sequence[Row]) -> Chart:
    row = rows[0]
    drawn = [
        {"label": label, "value": row[key], "open": 0, "text": f"{row[key]:,}"}
        for key, label in OFFER_ANSWER_LABELS.items()
    ]
    return Chart("funnel", "What became of the offers", drawn)


def _sources(rows: Sequence[Row]) -> Chart:
    came = [row for row in rows if row["applications"]][:MOST_BARS]
    drawn = [
        {
            "label": row["source"],
            "value": row["hire_rate"],
            "low": row["wilson_low"],
            "high": row["wilson_high"],
            "text": f"{row['hire_rate']:.1%} of {row['applications']:,}",
        }
        for row in came
    ]
    legend = (("mark", "hired, of all applications of the source"), ("span", "line: the 95 % interval"))
    most = max([float(str(row["wilson_high"])) for row in came], default=1)
    return Chart("bars", "Hires by source", drawn, legend, most)


def _reasons(rows: Sequence[Row]) -> Chart:
    sums: Counter[tuple[str, str]] = Counter()
    for row in rows:
        sums[str(row["reason"]), str(row["decided_by"])] += int(str(row["count"]))
    drawn = [
        {
            "label": DISPOSITION_REASONS[reason].label if reason in DISPOSITION_REASONS else reason,
            "value": number,
            "open": 0 if decider == DecidedBy.US else number,
            "text": f"{number:,}",
        }
        for (reason, decider), number in sums.most_common(MOST_BARS)
    ]
    legend = (("mark", "decided by the employer"), ("tail", "decided by the candidate"))
    return Chart("funnel", "Reasons for closing", drawn, legend)


def _time_to_fill(rows: Sequence[Row]) -> Chart:
    row = rows[0]
    median, longest = _days(row["km_median_days"]), _days(row["longest_days"])
    drawn = {
        "label": "Approved to accepted",
        "median": median,
        "low": _days(row["km_low"]) if median is not None else longest,
        "high": _days(row["km_high"]),
        "target": None,
        "text": _time_words(row),
    }
    legend = (("dot", "median"), ("span", "95 % interval"))
    most = _most(median, _days(row["km_high"]), longest)
    return Chart("spans", "Days to fill an opening", [drawn], legend, most)


def _conversion(rows: Sequence[Row]) -> Chart:
    drawn = [
        {
            "label": STAGE_LABELS[Stage(str(row["stage"]))],
            "value": int(str(row["reached_next"])) + int(str(row["open"])),
            "open": row["open"],
            "text": f"{row['conversion']:.0%} of {row['entered']:,}" if row["entered"] else "—",
        }
        for row in rows
    ]
    legend = (("mark", "went further"), ("tail", "still open"))
    return Chart("funnel", "Went further, of those that entered", drawn, legend)


def _time_to_advance(rows: Sequence[Row]) -> Chart:
    drawn = [
        {
            "label": STAGE_LABELS[Stage(str(row["stage"]))],
            "value": row["by_30_days"],
            "text": "—" if row["by_30_days"] is None else f"{row['by_30_days']:.0%} of {row['spells']:,}",
        }
        for row in rows
    ]
    return Chart("bars", "Gone further within 30 days", drawn, most=1)


def _ageing(rows: Sequence[Row]) -> Chart:
    drawn = [
        {
            "label": STAGE_LABELS[Stage(str(row["stage"]))],
            "value": row["open"],
            "open": int(str(row["open"])) - int(str(row["over_target"])),
            "text": f"{row['over_target']:,} of {row['open']:,} over target",
        }
        for row in rows
    ]
    legend = (("mark", "over target"), ("tail", "in time"))
    return Chart("funnel", "Open applications by stage", drawn, legend)


def _forecast(rows: Sequence[Row]) -> Chart:
    """The chances of the third of the days looked to, of the first jobs."""
    days = sorted({str(row["by"]) for row in rows})
    day = days[2] if len(days) > 2 else ""
    drawn = [
        {
            "label": row["job"],
            "value": row["probability"],
            "text": "—" if row["probability"] is None else f"{row['probability']:.0%} of {row['openings']:,}",
        }
        for row in rows
        if row["by"] == day
    ]
    title = f"Forecast: all openings filled by {day}" if day else "Forecast"
    return Chart("bars", title, drawn[:MOST_BARS], most=1)


def _days_words(days: Any) -> str:
    return "—" if days is None else f"{float(days):,.1f} days"


CHARTS: dict[ReportName, Callable[[Sequence[Row]], Chart]] = {
    ReportName.PIPELINE: _pipeline,
    ReportName.FUNNEL: _funnel,
    ReportName.TIME_IN_STAGE: _time_in_stage,
    ReportName.TIME_TO_HIRE: _time_to_hire,
    ReportName.TIME_TO_DECISION: _time_to_decision,
    ReportName.OFFERS: _offers,
    ReportName.SOURCES: _sources,
    ReportName.REASONS: _reasons,
    ReportName.INTERVIEWERS: interviewers,
    ReportName.TIME_TO_FILL: _time_to_fill,
    ReportName.CONVERSION: _conversion,
    ReportName.AGEING: _ageing,
    ReportName.TIME_TO_ADVANCE: _time_to_advance,
    ReportName.FORECAST: _forecast,
    ReportName.ADVERSE_IMPACT: adverse_impact,
    ReportName.APPLICANT_FLOW: applicant_flow,
}
