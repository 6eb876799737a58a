"""What the address of the list of jobs asks for, and links that change one thing of it."""

from typing import Any

from flask import abort, request, url_for

from tracker.domain.stages import JOB_STATUS_LABELS, JobStatus
from tracker.queries.jobs import JobFilters

_KEPT = ("status", "department", "location", "mine", "q", "after")


def job_filters() -> JobFilters:
    """The filters as the address says; 404 for a status that does not exist."""
    status = request.args.get("status")
    try:
        return JobFilters(
            status=JobStatus(status) if status else None,
            department=_text("department"),
            location=_text("location"),
            is_mine=request.args.get("mine") == "1",
            text=_text("q") or "",
        )
    except ValueError:
        abort(404)


def list_address(**changes: str | None) -> str:
    """The address of the list with some of what it asks for changed, or taken out with none."""
    asked: dict[str, Any] = {name: request.args[name] for name in _KEPT if request.args.get(name)}
    asked.update(changes)
    return url_for("jobs.index", **{name: value for name, value in asked.items() if value})


def status_tabs() -> list[dict[str, Any]]:
    """One tab for all jobs and one for each status, the other filters kept."""
    here = request.args.get("status") or None
    statuses: list[tuple[str, str | None]] = [("All", None)]
    statuses += [(JOB_STATUS_LABELS[status], status.value) for status in JobStatus]
    return [
        {"label": label, "href": list_address(status=status, after=None), "is_current": status == here}
        for label, status in statuses
    ]


def active_list_filters() -> list[dict[str, str]]:
    """The filters that are on besides the status, each with the address without it."""
    labels = {
        "q": f"Title: {_text('q')}" if _text("q") else "",
        "department": _text("department") or "",
        "location": _text("location") or "",
        "mine": "Mine" if request.args.get("mine") == "1" else "",
    }
    return [
        {"label": label, "href": list_address(**{name: None, "after": None})}
        for name, label in labels.items()
        if label
    ]


def _text(name: str) -> str | None:
    return request.args.get(name, "").strip()[:200] or None
