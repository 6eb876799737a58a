"""What a report says where it has nothing to say: an honest sentence in place of an empty table."""

from collections.abc import Sequence

from tracker.domain.outlines.outline import ReportName
from tracker.domain.reports import Row

FEW = 5
"""Of how many selected on, a rate says a little more than chance."""


def nothing_to_say(name: ReportName, rows: Sequence[Row]) -> str:
    """Why a forecast or a comparison of groups says nothing or next to it; empty where it says something."""
    if name is ReportName.FORECAST:
        return _of_forecast(rows)
    return _of_impact(rows) if name is ReportName.ADVERSE_IMPACT else ""


def _of_forecast(rows: Sequence[Row]) -> str:
    if not rows:
        return "No open job has a free opening, so there is nothing to forecast."
    silent = {row["job_id"] for row in rows if row["probability"] is None}
    jobs = {row["job_id"] for row in rows}
    if silent == jobs:
        return (
            "Nothing can be forecast yet: too few applications have gone through the stages in which the open"
            " ones stand. Chances are told once some have ended, hired or not."
        )
    if silent:
        return (
            f"Nothing can be forecast for {len(silent)} of {len(jobs)} jobs: too few applications have gone"
            " through the stages in which theirs stand."
        )
    if all(not row["expected_filled"] for row in rows):
        return "Nobody who could be hired is on the way, or nobody was ever hired: it says nothing more."
    return ""


def _of_impact(rows: Sequence[Row]) -> str:
    if not rows:
        return (
            "Nobody has answered the questions about themselves, so no groups can be compared. Applicants are"
            " asked after they applied, and need not answer."
        )
    told = [row for row in rows if not row["suppressed"]]
    if not told:
        return "Every group is too small to be told without telling one person's answer: nothing is compared."
    if all(row["ratio"] is None for row in told):
        return (
            "No two groups can be compared: the answers are of one group, or nobody was selected yet. Neither"
            " says that selection is fair or that it is not."
        )
    most = max(int(str(row["selected"])) for row in told)
    if most < FEW:
        return (
            f"At most {most} of a group were selected: one person more or less turns these rates, so they say"
            " next to nothing yet."
        )
    return ""
