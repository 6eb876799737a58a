"""Careers pages: what strangers read of open jobs, on pages, as a feed and for search engines."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, make_response, render_template, request, session, url_for
from flask_login import current_user

from tracker import clock
from tracker.domain.postings import EMPLOYMENT_TYPE_LABELS, is_open_to, salary_range, takes_no_more
from tracker.domain.rich_texts import rich_text, summary
from tracker.domain.sources import is_code, source_named
from tracker.exports.job_postings import PublicPosting, structured_data
from tracker.models.postings import Posting
from tracker.queries.postings import (
    details_of,
    line_of,
    list_open_postings,
    open_postings,
    posting_of,
    state_of,
    without_text,
)
from tracker.services.careers import CLOSED
from tracker.web.access import load_or_404, public
from tracker.web.running import config
from tracker.web.transaction import db_session

bp = Blueprint("careers", __name__)

CAME_BY = "came_by"
ANY_JOB = "0"
MOST_REMEMBERED = 30
MOST_IN_FEED = 100
MOST_IN_SITEMAP = 49_999  # and the list itself: the protocol takes 50,000


@bp.get("/careers")
@public()
def index() -> str:
    remember_source(ANY_JOB)
    after = request.args.get("after") or None
    page = list_open_postings(db_session(), today_here(), is_staff=_is_staff(), after=after)
    return render_template(
        "careers/index.html",
        rows=[_line(row) for row in page.rows],
        next_href=url_for(".index", after=page.next_after) if page.next_after else "",
        first_href=url_for(".index") if after else "",
        canonical=public_address(".index"),
        feed=public_address(".feed"),
    )


@bp.get("/careers/<int:job_id>")
@public()
def show(job_id: int) -> str:
    posting = load_open(job_id)
    remember_source(str(job_id))
    return render_template(
        "careers/show.html",
        posting=posting,
        line=_line(posting),
        blocks=rich_text(posting.text),
        summary=summary(posting.text),
        canonical=public_address(".show", job_id=job_id),
        structured=structured_data(_as_public(posting)),
    )


@bp.get("/careers/feed.atom")
@public()
def feed() -> Response:
    rows = db_session().scalars(open_postings(today_here()).limit(MOST_IN_FEED)).all()
    page = render_template(
        "careers/feed.xml",
        entries=[(row, _line(row), rich_text(row.text), _address(row)) for row in rows],
        updated_at=max((row.changed_at for row in rows), default=clock.now()),
        home=public_address(".index"),
        feed=public_address(".feed"),
    )
    return _file(page, "application/atom+xml")


@bp.get("/sitemap.xml")
@public()
def sitemap() -> Response:
    rows = db_session().scalars(without_text(open_postings(today_here())).limit(MOST_IN_SITEMAP)).all()
    pages = [(public_address(".index"), None), *((_address(row), row.changed_at) for row in rows)]
    return _file(render_template("careers/sitemap.xml", pages=pages), "application/xml")


@bp.get("/robots.txt")
@public()
def robots() -> Response:
    lines = ["User-agent: *", "Allow: /careers", "Disallow: /", f"Sitemap: {public_address('.sitemap')}", ""]
    return _file("\n".join(lines), "text/plain")


def load_open(job_id: int) -> Posting:
    """The posting, if whoever asks may read it and apply today; else there is no such page."""
    rows = open_postings(today_here(), is_staff=_is_staff()).where(Posting.job_id == job_id)
    return load_or_404(db_session(), rows)


def load_to_apply(job_id: int) -> Posting:
    """The posting, if whoever asks may apply today; of one that takes no more a page says so (410)."""
    posting = posting_of(db_session(), job_id)
    if posting is None:
        abort(404)
    state, is_staff, today = state_of(posting), _is_staff(), today_here()
    if takes_no_more(state, is_staff=is_staff, today=today):
        page = render_template("careers/closed.html", sentence=CLOSED, is_sent=request.method == "POST")
        abort(make_response(page, 410))
    if not is_open_to(state, is_staff=is_staff, today=today):
        abort(404)
    return posting


def public_address(endpoint: str, **values: Any) -> str:
    """An address as it stands outside: it begins with TRACKER_BASE_URL, whatever name was asked for."""
    return config().base_url + url_for(endpoint, **values)


def today_here() -> date:
    """The present day where the organisation is."""
    return clock.now().astimezone(ZoneInfo(config().time_zone)).date()


def remember_source(place: str) -> None:
    """Keep by which link somebody first came to a job, or to the list; later links change nothing."""
    asked = request.args.get("source", "")
    kept: dict[str, str] = session.get(CAME_BY, {})
    is_known = is_code(asked) or source_named(asked) is not None
    if is_known and len(asked) <= 40 and place not in kept and len(kept) < MOST_REMEMBERED:
        session[CAME_BY] = {**kept, place: asked}


def came_by(job_id: int) -> str:
    """The code or channel by which somebody first came to a job, else to the list; empty if by none."""
    kept: dict[str, str] = session.get(CAME_BY, {})
    return kept.get(str(job_id)) or kept.get(ANY_JOB) or ""


def _is_staff() -> bool:
    return bool(current_user and current_user.is_authenticated)


def _address(posting: Posting) -> str:
    return public_address(".show", job_id=posting.job_id)


def _line(posting: Posting) -> dict[str, Any]:
    """What a list says of a posting."""
    place = posting.place or ""
    if posting.is_remote:
        place = f"{place}, or remote in {posting.country}" if place else f"Remote in {posting.country}"
    return {
        "title": posting.title,
        "href": url_for(".show", job_id=posting.job_id),
        "place": place,
        "employment": EMPLOYMENT_TYPE_LABELS[posting.employment_type],
        "salary": salary_range(line_of(posting)),
        "closes_on": posting.closes_on,
        "is_internal": posting.is_internal,
        "department": posting.job.department or "",
    }


def _as_public(posting: Posting) -> PublicPosting:
    zone = ZoneInfo(config().time_zone)
    after = posting.closes_on + timedelta(days=1) if posting.closes_on else None
    return PublicPosting(
        details=details_of(posting),
        description="",
        url=_address(posting),
        job_id=posting.job_id,
        organisation=config().organisation,
        organisation_url=config().base_url,
        posted_on=(posting.published_at or posting.changed_at).astimezone(zone).date(),
        valid_through=datetime.combine(after, time(), zone) if after else None,
    )


def _file(content: str, media_type: str) -> Response:
    response = make_response(content)
    response.content_type = f"{media_type}; charset=utf-8"
    return response
