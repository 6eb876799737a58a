"""What the address of a report asks for, and the addresses of its files and of its filters taken off."""

from collections.abc import Mapping
from typing import Any

from flask import request, url_for

from tracker import clock
from tracker.domain.outlines.outline import Outline, ReportName
from tracker.domain.reports import ReportFilters, Row, read_filters
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.queries.reports.scope import Figure
from tracker.web.filters import reader_zone
from tracker.web.forms.reports import FIELDS, ReportForm

FORMATS = {
    "csv": ("CSV", "text/csv; charset=utf-8"),
    "xlsx": ("Excel workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": ("JSON", "application/json"),
    "pdf": ("PDF", "application/pdf"),
}
_LARGEST_ID = 2**31 - 1
_MOVES = ("entered_move", "reached_move", "move", "seat")
"""The columns of which one says where a page of rows ends, beside the application."""

_SHOWN = {"without_filled": "position filled", "with_before": "with the window before"}
"""What a filter that is on or off says of itself."""


def filters_asked() -> ReportFilters:
    """What the address asks the report to count. Raises RuleBroken."""
    return read_filters(
        now=clock.now(),
        default_zone=reader_zone().key,
        job_id=_id_asked("job"),
        from_=request.args.get("from"),
        to=request.args.get("to"),
        as_of=request.args.get("as_of"),
        zone=request.args.get("zone"),
        department=request.args.get("department"),
        location=request.args.get("location"),
        recruiter_id=_id_asked("recruiter"),
        source=request.args.get("source"),
        days=request.args.get("days"),
        holidays=request.args.get("holidays"),
        leaves_out_filled=request.args.get("without_filled") == "1",
    )


def _id_asked(field: str) -> int | None:
    """The id that the address names. Raises RuleBroken for what is none."""
    text = request.args.get(field, "").strip()
    if not text:
        return None
    if _is_id(text):
        return int(text)
    raise RuleBroken(f"There is no such {field}.", field=field)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= _LARGEST_ID


def figure_asked(outline: Outline) -> Figure:
    """The number whose rows the address asks for. Raises RuleBroken."""
    try:
        stage = Stage(request.args["stage"]) if request.args.get("stage") else None
    except ValueError:
        raise RuleBroken("There is no such stage.", field="stage") from None
    named = {
        key: request.args[named_as(key)]
        for key in outline.named_by
        if key != "stage" and named_as(key) in request.args
    }
    return Figure(stage=stage, column=request.args.get("figure") or None, named=named)


def named_as(key: str) -> str:
    """The name in an address of a cell that tells its row from others, beside filters of the same name."""
    return f"of_{key}" if key in FIELDS else key


def after_asked() -> tuple[int, int] | None:
    """The application and move after which a page of rows begins. Raises RuleBroken."""
    text = request.args.get("after", "")
    if not text:
        return None
    application, _, move = text.partition("-")
    if not (_is_id(application) and _is_id(move)):
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


def file_links(name: str, asked: Mapping[str, Any], **more: Any) -> list[dict[str, str]]:
    """The files of this report, and CSV once more as Excel wants it."""
    found = [
        {"label": FORMATS[format_][0], "href": url_for(".export", name=name, format=format_, **more, **asked)}
        for format_ in formats_of(name, has_rows="rows" in more)
    ]
    bom = url_for(".export", name=name, format="csv", bom="1", **more, **asked)
    return [found[0], {"label": "CSV that Excel opens", "href": bom}, *found[1:]]


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
