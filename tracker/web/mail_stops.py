"""Stopping mails by the link in them: a button for whoever opens it, signed in or not."""

from typing import Any

from flask import Blueprint, render_template

from tracker.services.digests import find_stop, stop_digest
from tracker.web.access import public
from tracker.web.forms.own_page import StepForm
from tracker.web.transaction import db_session

bp = Blueprint("mail_stops", __name__)

LONGEST_TOKEN = 100


@bp.get("/mail/stop/<token>")
@public()
def show(token: str) -> Any:
    """Whoever only looks, such as a scanner of mail, stops nothing."""
    stop = find_stop(db_session(), token[:LONGEST_TOKEN])
    return _page(token, is_known=stop is not None)


@bp.post("/mail/stop/<token>")
@public(writes=True)
def use(token: str) -> Any:
    stop = find_stop(db_session(), token[:LONGEST_TOKEN])
    if stop is not None:
        stop_digest(db_session(), stop)
    return _page(token, is_known=stop is not None, is_done=True)


def _page(token: str, *, is_known: bool, is_done: bool = False) -> Any:
    page = render_template(
        "mail_stops/show.html", token=token, form=StepForm(), is_known=is_known, is_done=is_done
    )
    return page, 200 if is_known else 404
