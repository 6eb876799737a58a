"""The pipeline report as a document: its picture, its numbers, whether they hold, and what they mean."""

from collections.abc import Sequence
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from tracker.domain.outlines.outline import ReportName
from tracker.domain.reports import Report, Row
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import STAGE_LABELS, Stage
from tracker.exports.text import shown

MOST_ROWS = 1_500
"""What some forty pages hold; nobody reads more of it, and other formats take any number."""


def report_document(report: Report) -> dict[str, Any]:
    """The report as its template takes it.

    Raises RuleBroken for any report but the pipeline's, and for one with more rows than a document holds.
    """
    if report.name != ReportName.PIPELINE:
        raise RuleBroken("The pipeline report alone is taken away as pdf.", field="format")
    rows = list(islice(report.rows, MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise RuleBroken(
            f"A PDF holds {MOST_ROWS:,} rows at most: choose a job, or take csv, xlsx or json.",
            field="format",
        )
    zone = ZoneInfo(report.zone)
    as_of = report.as_of.astimezone(zone)
    return {
        "title": f"{report.title} report",
        "language": "en",
        "foot": f"{report.title} report, as of {as_of.isoformat(timespec='minutes')}, {report.zone}",
        "facts": [
            ["Counts", report.cohort],
            ["As of", f"{as_of.day} {as_of:%b %Y, %H:%M:%S %Z}"],
            ["Time zone", report.zone],
        ],
        "chart": "Applications in each stage",
        "bars": _bars(rows),
        "columns": [{"label": one.label, "is_text": one.kind.value == "text"} for one in report.columns],
        "rows": [
            [
                STAGE_LABELS[Stage(str(row["stage"]))]
                if column.key == "stage"
                else shown(row[column.key], column, zone)
                for column in report.columns
            ]
            for row in rows
        ],
        "checks": [f"{'Holds' if one.holds else 'Does not hold'}: {one.sentence}" for one in report.checks],
        "definitions": [
            [key.replace("_", " ").capitalize(), text] for key, text in report.definitions.items()
        ],
    }


def _bars(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """How many were in each stage, and how many of them are there still, of all jobs together."""
    came, still = dict.fromkeys(Stage, 0), dict.fromkeys(Stage, 0)
    for row in rows:
        stage = Stage(str(row["stage"]))
        came[stage] += int(str(row["entered"])) + int(str(row["open_at_start"]))
        still[stage] += int(str(row["active"]))
    return [
        {
            "label": STAGE_LABELS[stage],
            "value": came[stage],
            "rest": still[stage],
            "text": f"{came[stage]:,} there, {still[stage]:,} still",
        }
        for stage in Stage
    ]
