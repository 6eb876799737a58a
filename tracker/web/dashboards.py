"""The dashboard: what waits, what is stalled and how it goes, each number with the address of its rows."""

from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

from flask import Blueprint, render_template, url_for

from tracker import clock
from tracker.domain.outlines.outline import ReportName
from tracker.domain.permissions import Permission, can
from tracker.domain.report_outlines import OUTLINES
from tracker.domain.reports import ReportFilters, Row, read_filters
from tracker.domain.stages import STAGE_LABELS, STAGES, TARGET_DAYS
from tracker.queries.dashboards import (
    MOST_JOBS,
    MOST_SESSIONS,
    SINCE,
    Part,
    Told,
    coming_sessions,
    count_overrides,
    first_day,
    running_work,
    tell_parts,
)
from tracker.queries.my_work import my_work
from tracker.queries.replicas import seconds_behind
from tracker.web.access import current_actor, requires
from tracker.web.filters import reader_zone
from tracker.web.my_work import DUE
from tracker.web.report_tables import text_of
from tracker.web.running import database_of_reports
from tracker.web.transaction import db_session

bp = Blueprint("dashboards", __name__)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the page: its words, and where the rows behind it are."""

    text: str
    href: str = ""
    is_bad: bool = False


@bp.get("/dashboard")
@requires(Permission.REPORT_READ)
def index() -> str:
    actor, now = current_actor(), clock.here()
    filters = read_filters(now=now.astimezone(UTC), default_zone=reader_zone().key)
    with database_of_reports(is_sensitive=False).reading() as session:
        behind = seconds_behind(session)
        parts = tell_parts(session, actor, filters)
    exports, histories = running_work(db_session(), actor, now)
    return render_template(
        "dashboards/index.html",
        groups=my_work(db_session(), actor, now),
        sessions=coming_sessions(db_session(), actor, now),
        parts=[_shown(told, first_day(filters)) for told in parts],
        overrides=_overrides(filters) if can(actor, Permission.AUDIT_READ) else None,
        behind=behind,
        running=(exports, histories),
        days=SINCE.days,
        most_jobs=MOST_JOBS,
        most_sessions=MOST_SESSIONS,
        DUE=DUE,
        stages=[STAGE_LABELS[stage] for stage in STAGES],
        may_read_fairness=can(actor, Permission.SELF_IDENTIFICATION_REPORT),
    )


def _overrides(filters: ReportFilters) -> Number:
    number = count_overrides(db_session(), filters)
    asked: dict[str, Any] = {"noun": "requirement", "from": first_day(filters).isoformat()}
    return Number(f"{number:,}", url_for("audit.index", **asked) if number else "")


def _shown(told: Told, since: date) -> dict[str, Any]:
    """A part as the page shows it: figures, its stages, and its jobs where they are few enough to name."""
    jobs, asked = told.active_by_job(), told.asked
    ageing, offers = told.rows(ReportName.AGEING), told.rows(ReportName.OFFERS)
    from_ = since.isoformat()
    return {
        "label": told.label,
        "is_everything": told.part is Part.EVERYTHING,
        "figures": [
            ("Active", _of(told, "pipeline", "active", sum(told.active().values()))),
            ("Beyond target", _stalled(told, ageing)),
            ("Offers out", _of(told, "offers", "pending", offers[0]["pending"] if offers else 0)),
            ("Offers accepted", _acceptance(offers, asked)),
        ],
        "stages": [
            _stage(told, place, row, time, from_)
            for place, (row, time) in enumerate(zip(ageing, told.rows(ReportName.TIME_IN_STAGE), strict=True))
        ],
        "jobs": [_job(told, *job) for job in jobs[:MOST_JOBS]],
        "more": max(0, len(jobs) - MOST_JOBS),
        "all_href": url_for("reports.show", name="pipeline", **asked),
    }


def _of(told: Told, report: str, column: str, number: Any, **more: Any) -> Number:
    """A number of a report, which opens its rows where it is not nothing."""
    if not number:
        return Number("0")
    href = url_for("reports.rows", name=report, figure=column, **told.asked, **more)
    return Number(f"{int(str(number)):,}", href)


def _stalled(told: Told, ageing: list[Row]) -> Number:
    number = sum(int(str(row["over_target"])) for row in ageing)
    shown = _of(told, "ageing", "over_target", number)
    return Number(shown.text, shown.href, is_bad=number > 0)


def _acceptance(offers: list[Row], asked: dict[str, Any]) -> Number:
    share = offers[0]["acceptance"] if offers else None
    column = next(one for one in OUTLINES[ReportName.OFFERS].columns if one.key == "acceptance")
    return Number(
        text_of(column, share), url_for("reports.show", name="offers", **asked) if share is not None else ""
    )


def _stage(told: Told, place: int, ageing: Row, time: Row, from_: str) -> dict[str, Any]:
    stage = STAGES[place]
    own: dict[str, Any] = {"stage": stage.value}
    since: dict[str, Any] = {**told.asked, "from": from_}
    oldest, median, longest = ageing["oldest_days"], time["km_median_days"], time["longest_days"]
    shown = "—" if longest is None else f"> {float(str(longest)):,.0f}"
    return {
        "label": STAGE_LABELS[stage],
        "active": _of(told, "ageing", "open", ageing["open"], **own),
        "over": _of(told, "ageing", "over_target", ageing["over_target"], **own),
        "oldest": "—" if oldest is None else f"{float(str(oldest)):,.0f}",
        "median": Number(
            shown if median is None else f"{float(str(median)):,.1f}",
            url_for("reports.rows", name="time-in-stage", figure="spells", **own, **since)
            if time["spells"]
            else "",
            is_bad=median is not None and float(str(median)) > TARGET_DAYS[stage] + 1,
        ),
        "target": TARGET_DAYS[stage],
    }


def _job(told: Told, job_id: int, title: str, numbers: dict[str, int]) -> dict[str, Any]:
    return {
        "title": title,
        "href": url_for("jobs.show", job_id=job_id),
        "numbers": [
            _of(told, "pipeline", "active", numbers.get(stage.value, 0), stage=stage.value, job=job_id)
            for stage in STAGES
        ],
    }
