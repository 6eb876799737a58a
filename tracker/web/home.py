"""Where people begin, and the page of components in demo mode."""

from flask import Blueprint, abort, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tracker.web.access import public, signed_in
from tracker.web.forms.design import sample_form
from tracker.web.running import config

bp = Blueprint("home", __name__)

BEGINNINGS = ("my_work.index", "jobs.index", "settings.show")


@bp.get("/")
@signed_in()
def index() -> Response:
    first = next(endpoint for endpoint in BEGINNINGS if endpoint in current_app.view_functions)
    return redirect(url_for(first))


@bp.get("/design")
@public()
def design() -> str:
    if not config().is_demo:
        abort(404)
    return render_template("design/show.html", form=sample_form())
