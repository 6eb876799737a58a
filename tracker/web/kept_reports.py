"""Reports over so many moves that they are counted in the background: what is shown of them meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.kept_reports import UNCLAIMED_AFTER, moved_since
from tracker.domain.outlines.outline import Outline, ReportName
from tracker.domain.permissions import Permission
from tracker.domain.report_outlines import OUTLINES
from tracker.domain.reports import Report, ReportFilters
from tracker.models.kept_reports import KeptReport
from tracker.queries.kept_reports import Asked, Place, count_moves, find_kept, is_of, place_of, report_kept
from tracker.queries.reports import run_page, run_report
from tracker.queries.reports.scope import Scope, scope_of
from tracker.services.kept_reports import needs_note, note_asked
from tracker.web.access import current_actor, requires
from tracker.web.report_addresses import asked_of, filters_asked
from tracker.web.report_tables import MOST_JOBS
from tracker.web.running import config, database, database_of_reports
from tracker.web.transaction import db_session

bp = Blueprint("kept_reports", __name__, url_prefix="/reports")

LOOK_EVERY = 5
"""Seconds after which a page that waits looks again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page shows: a report, and where it was counted before, what is known of that; or no report yet,
    and how far it is.
    """

    report: Report | None
    kept: KeptReport | None = None
    place: Place | None = None

    def told(self, asked: Mapping[str, Any]) -> dict[str, Any] | None:
        """What is said beside a report that was counted before; nothing where that was for this page."""
        if self.kept is None or self.place is None:
            return None
        is_same = is_of(self.kept, self.place)
        return {
            "as_of": self.kept.told_at,
            "since": "" if is_same else moved_since(self.kept.moves or 0, self.place.moves),
            "is_awaited": self.kept.wanted_at is not None,
            "is_alone": waits_long(self.kept),
            "has_failed": self.kept.has_failed,
            "anew_href": url_for("kept_reports.anew", name=self.kept.report, **asked),
            "at_once_href": url_for("reports.show", name=self.kept.report, at_once="1", **asked),
        }


def answer_asked(session: Session, outline: Outline, filters: ReportFilters) -> Answer:
    """The report that the address asks for: counted now, or as it was counted before where that takes long.

    Raises RuleBroken and NotPermitted as counting does, before anything kept is looked at.
    """
    is_compared = request.args.get("compared") == "1"
    has_before, is_at_once = (request.args.get(key) == "1" for key in ("with_before", "at_once"))
    if is_compared or has_before:
        return Answer(
            run_report(session, outline.name, filters, is_compared=is_compared, actor=current_actor())
        )
    if outline.is_kept and not is_at_once:
        outline.check(filters)
        scope = scope_of(session, filters, current_actor(), outline.permission)
        moves, _ = count_moves(session, scope)
        if moves > config().most_at_once:
            return _kept_answer(session, outline, scope)
    return Answer(run_page(session, outline.name, filters, most_jobs=MOST_JOBS, actor=current_actor()))


def _kept_answer(session: Session, outline: Outline, scope: Scope) -> Answer:
    """What is kept, which a reader leaves as it is; asking for what is not there, or old, is noted."""
    asked = Asked(outline, scope, place_of(session, outline, scope))
    kept = find_kept(db_session(), asked)
    if kept is None or needs_note(kept, asked):
        with database().writing() as own:
            kept = note_asked(own, asked, actor=current_actor())
    return Answer(report_kept(asked, kept) if kept.told is not None else None, kept, asked.place)


def waiting_page(outline: Outline, answer: Answer, asked: Mapping[str, Any]) -> Response:
    """The page of a report that nobody has counted yet; it looks again by itself unless it is told not to."""
    kept, is_still = answer.kept, request.args.get("still") == "1"
    address = {"name": outline.name.value, **asked}
    looks = kept is not None and not kept.has_failed and not is_still
    page = make_response(
        render_template(
            "reports/waiting.html",
            outline=outline,
            kept=kept,
            moves=answer.place.moves if answer.place else 0,
            looks=looks,
            is_alone=kept is not None and waits_long(kept),
            every=LOOK_EVERY,
            look_href=url_for("reports.show", **address),
            still_href=url_for("reports.show", still="1", **address),
            at_once_href=url_for("reports.show", at_once="1", **address),
            anew_href=url_for("kept_reports.anew", **address),
        )
    )
    page.headers["Cache-Control"] = "no-store"
    if looks:
        page.headers["Refresh"] = str(LOOK_EVERY)
    return page


@bp.post("/<name>/anew")
@requires(Permission.REPORT_READ, writes=True)
def anew(name: str) -> Any:
    """What is to be counted stands in this page's own address."""
    if name not in set(ReportName) or not OUTLINES[ReportName(name)].is_kept:
        abort(404)
    outline, filters = OUTLINES[ReportName(name)], filters_asked()
    outline.check(filters)
    with database_of_reports(is_sensitive=False).reading() as session:
        scope = scope_of(session, filters, current_actor(), outline.permission)
        asked = Asked(outline, scope, place_of(session, outline, scope))
    if asked.place.moves > config().most_at_once:
        note_asked(db_session(), asked, is_pressed=True, actor=current_actor())
    return redirect(url_for("reports.show", name=name, **asked_of()), 303)


def waits_long(kept: KeptReport) -> bool:
    """Whether nobody has begun to count it for so long that no worker seems to run."""
    is_begun = kept.claim is not None
    return kept.wanted_at is not None and not is_begun and kept.wanted_at + UNCLAIMED_AFTER <= clock.now()
