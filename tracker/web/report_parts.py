"""The part of a long report that a page shows, and the ways to the parts before and after."""

from dataclasses import dataclass

from flask import request, url_for

from tracker.domain.outlines.outline import Outline
from tracker.domain.report_addresses import is_id
from tracker.domain.reports import Cell, Row
from tracker.web.report_addresses import asked_of

JOBS_A_PART = 40
"""How many jobs a page shows, each with a row for every day looked to: some 60 KB."""


@dataclass(frozen=True, slots=True)
class ShownPart:
    """The rows of one part, and the addresses of the others with what they say."""

    rows: list[Row]
    links: tuple[tuple[str, str], ...] = ()


def part_shown(outline: Outline, rows: list[Row]) -> ShownPart:
    """The rows that a page shows of a report in which every job has several; others are shown whole."""
    jobs: dict[Cell, list[Row]] = {}
    if outline.is_in_parts:
        for row in rows:
            jobs.setdefault(row["job_id"], []).append(row)
    if len(jobs) <= JOBS_A_PART:
        return ShownPart(rows)
    asked = request.args.get("part", "")
    number = int(asked) if is_id(asked) else 1
    last = -(-len(jobs) // JOBS_A_PART)
    number = number if 1 <= number <= last else 1
    first = (number - 1) * JOBS_A_PART
    own = list(jobs.values())[first : first + JOBS_A_PART]
    left = len(jobs) - first - len(own)
    links = [(f"And {left:,} more {'job' if left == 1 else 'jobs'}", number + 1)] if left else []
    links += [("The jobs before", number - 1)] if number > 1 else []
    return ShownPart(
        [row for rows_of_job in own for row in rows_of_job],
        tuple((words, _address(outline, part)) for words, part in links),
    )


def _address(outline: Outline, part: int) -> str:
    asked = asked_of() if part == 1 else {**asked_of(), "part": str(part)}
    return url_for("reports.show", name=outline.name.value, **asked)
