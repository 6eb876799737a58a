"""What the address of a job asks for: filters and order of board and table, and links that change one."""

from typing import Any
from urllib.parse import urlencode

from flask import abort, request

from tracker.domain.stages import OUTCOME_LABELS, STAGE_LABELS, Outcome, Stage
from tracker.domain.tags import LONGEST_TAG, tag_name
from tracker.queries.applications import ListFilters, SortBy
from tracker.queries.board import BoardFilters
from tracker.web.hrefs import href

FILTERS = ("view", "stage", "outcome", "source", "tag", "over", "mine", "sort")
_KEPT = (*FILTERS, "after")


def board_filters() -> BoardFilters:
    """The filters of the board as the address says."""
    return BoardFilters(
        source=_source(),
        tag=_tag(),
        is_over=request.args.get("over") == "1",
        is_mine=request.args.get("mine") == "1",
    )


def list_filters() -> ListFilters:
    """The filters of the table as the address says; without a word on outcomes, the active ones."""
    outcome = request.args.get("outcome", Outcome.ACTIVE.value)
    try:
        return ListFilters(
            stage=Stage(request.args["stage"]) if request.args.get("stage") else None,
            outcome=Outcome(outcome) if outcome not in ("", "any") else None,
            source=_source(),
            tag=_tag(),
            is_over=request.args.get("over") == "1",
            is_mine=request.args.get("mine") == "1",
        )
    except ValueError:
        abort(404)


def sort_asked() -> tuple[SortBy, bool]:
    """By what to sort and whether downward: `-name` is names from Z to A."""
    asked = request.args.get("sort", SortBy.WAITING.value)
    try:
        return SortBy(asked.removeprefix("-")), asked.startswith("-")
    except ValueError:
        abort(404)


def address(job_id: int, **changes: str | None) -> str:
    """The address of this page with some of what it asks for changed, or taken out with none."""
    asked: dict[str, Any] = {name: value for name, value in request.args.items() if name in _KEPT}
    asked.update(changes)
    query = urlencode([(name, value) for name, value in asked.items() if value])
    page = href("jobs.show", job_id=job_id)
    return f"{page}?{query}" if query else page


def filter_query() -> str:
    """The filters, view and order of this address as a query, without the place in the list."""
    return urlencode([(name, request.args[name]) for name in FILTERS if request.args.get(name)])


def active_filters(job_id: int) -> list[dict[str, str]]:
    """The filters that are on, each with the address without it."""
    labels = {
        "source": f"Source: {_source()}" if _source() else "",
        "tag": f"Tag: {_tag()}" if _tag() else "",
        "over": "Over target" if request.args.get("over") == "1" else "",
        "mine": "Mine" if request.args.get("mine") == "1" else "",
        "stage": _label(STAGE_LABELS, "stage"),
        "outcome": _label(OUTCOME_LABELS, "outcome"),
    }
    return [
        {"label": label, "href": address(job_id, **{name: None, "after": None})}
        for name, label in labels.items()
        if label
    ]


def _source() -> str | None:
    return request.args.get("source", "").strip()[:80] or None


def _tag() -> str | None:
    name = tag_name(request.args.get("tag", ""))[:LONGEST_TAG]
    return name if name.isprintable() and name else None


def _label(labels: dict[Any, str], name: str) -> str:
    """The label of a value in the address; enums of text find themselves by their value."""
    if request.args.get(name) == "any":
        return "Any outcome"
    return labels.get(request.args.get(name), "")
