"""What the address of a report asks for, and the addresses of its files and of its filters taken off."""

from collections.abc import Mapping
from typing import Any

from flask import request, url_for

from tracker import clock
from tracker.domain.outlines.outline import Outline, ReportName
from tracker.domain.report_addresses import FIELDS, filters_of, is_id
from tracker.domain.reports import ReportFilters, Row
from tracker.domain.rules import RuleBroken
from tracker.queries.reports.asked import figure_of
from tracker.queries.reports.scope import Figure
from tracker.web.filters import reader_zone
from tracker.web.forms.reports import ReportForm

FORMATS = {
    "csv": ("CSV", "text/csv; charset=utf-8"),
    "xlsx": ("Excel workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": ("JSON", "application/json"),
    "pdf": ("PDF", "application/pdf"),
}
_MOVES = ("entered_move", "reached_move", "move", "seat")
"""The columns of which one says where a page of rows ends, beside the application."""

_SHOWN = {"without_filled": "position filled", "with_before": "with the window before"}
"""What a filter that is on or off says of itself."""


def filters_asked() -> ReportFilters:
    """What the address asks the report to count. Raises RuleBroken."""
    return filters_of(request.args, now=clock.now(), default_zone=reader_zone().key)


def figure_asked(outline: Outline) -> Figure:
    """The number whose rows the address asks for. Raises RuleBroken."""
    return figure_of(outline, request.args)


def after_asked() -> tuple[int, int] | None:
    """The application and move after which a page of rows begins. Raises RuleBroken."""
    text = request.args.get("after", "")
    if not text:
        return None
    application, _, move = text.partition("-")
    if not (is_id(application) and is_id(move)):
        raise RuleBroken("This address of a next page is not complete: begin at the first one.")
    return int(application), int(move)


def place_after(row: Row) -> str:
    """Where the page after this row begins."""
    move = next(row[key] for key in _MOVES if key in row)
    return f"{row['application']}-{move or 0}"


def formats_of(name: str, *, has_rows: bool) -> list[str]:
    """The formats of a report, or of the rows behind it; a document is made of the pipeline report alone."""
    has_document = name == ReportName.PIPELINE and not has_rows
    return [format_ for format_ in FORMATS if format_ != "pdf" or has_document]


def file_links(
    name: str, asked: Mapping[str, Any], *, is_long: bool = False, **more: Any
) -> list[dict[str, str]]:
    """The files of this report, and CSV once more as Excel wants it; long ones are asked for first."""
    endpoint = "report_exports.new" if is_long else "reports.export"
    found = [
        {"label": FORMATS[format_][0], "href": url_for(endpoint, name=name, format=format_, **more, **asked)}
        for format_ in formats_of(name, has_rows="rows" in more)
    ]
    bom = url_for(endpoint, name=name, format="csv", bom="1", **more, **asked)
    links = [found[0], {"label": "CSV that Excel opens", "href": bom}, *found[1:]]
    if is_long:
        return links
    aside = url_for("report_exports.new", name=name, format="xlsx", **more, **asked)
    return [*links, {"label": "Excel, in the background", "href": aside}]


def asked_of(*more: str) -> dict[str, Any]:
    """What the address asks for, as it was written: the filters, and what else is named."""
    return {key: request.args[key] for key in (*FIELDS, *more) if request.args.get(key)}


def active_filters(name: str, asked: Mapping[str, Any], form: ReportForm) -> list[dict[str, str]]:
    """The filters that are on, each with the address without it."""
    words = {"job": "Job", "from": "From", "to": "Before", "as_of": "As of", "zone": "Zone"}
    words |= {"department": "Department", "location": "Place", "without_filled": "Left out"}
    words |= {"with_before": "Compared", "recruiter": "Recruiter", "source": "Source"}
    words |= {"days": "Days", "holidays": "Holidays"}
    titles: dict[str, dict[str, str]] = {key: dict(form[key].choices or {}) for key in ("job", "recruiter")}
    found = []
    for key, value in asked.items():
        others = {other: kept for other, kept in asked.items() if other != key}
        shown = titles.get(key, {}).get(value, value)
        shown = _SHOWN.get(key, shown)
        href = url_for(".show", name=name, **others)
        found.append({"label": f"{words[key]}: {shown}", "href": href})
    return found
