"""What people read when something does not work: one clear page for each kind, and never a trace."""

from flask import Flask, Response, current_app, g, make_response, render_template, request, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from tracker.domain.rules import RuleBroken
from tracker.files import has_no_room

PAGES: dict[int, tuple[str, str]] = {
    400: ("This could not be read", "What your browser sent was incomplete. Go back and try once more."),
    401: ("Please sign in", "This page is for people who are signed in."),
    403: (
        "This is not yours to do",
        "You are signed in, but your role does not include this. Ask HR if it should.",
    ),
    404: ("Nothing is here", "The page does not exist, or it is not for you to see."),
    405: (
        "This cannot be done here",
        "The page does not take this kind of request. Go back and try once more.",
    ),
    409: (
        "Somebody was faster",
        "This changed while you were at it. Nothing of yours was saved; look again.",
    ),
    413: ("This is too large", "A file may have at most 10 MB; send fewer fields at a time."),
    415: ("This is of the wrong kind", "The page does not take what was sent."),
    422: ("This does not hold", "A rule stands against it. Nothing was saved."),
    429: ("Too many tries", "Wait a little, then try again."),
    500: ("Something went wrong", "It was our mistake and is written down. Nothing was saved."),
    503: (
        "Not at the moment",
        "The tracker cannot save or read just now. Nothing was lost; try again in a minute.",
    ),
}
OUTSIDE = (
    ("/careers", "careers/page.html", "careers.index", "Open jobs"),
    ("/my/link", "careers/page.html", "own_access.ask", "Ask for your link"),
    ("/my", "own_page/page.html", "own_page.index", "Your applications"),
    ("/reference", "referees/page.html", "careers.index", "Open jobs"),
)
"""Where people without an account are, in what layout they read what went wrong, and the way on."""
NO_JOB = "The page does not exist, or the job does not take applications any more."
NOT_KEPT = "A number or text is beyond what can be kept. Nothing was saved."
EXPIRED = (
    "The page was open for too long, or you signed in elsewhere. Go back, load it again and try once more."
)


def show_error(status: int, sentence: str = "") -> Response:
    """The page of an error: with the rail for people who are signed in, as its neighbours for applicants."""
    g.has_failed = status >= 500
    title, usual = PAGES.get(status, PAGES[500 if status >= 500 else 400])
    layout, way, href = _surroundings()
    if status == 404 and request.blueprint in ("careers", "applying"):
        usual = NO_JOB
    page = render_template(
        "errors/show.html", layout=layout, heading=title, sentence=sentence or usual, way=way, href=href
    )
    return make_response(page, status)


def _surroundings() -> tuple[str, str, str]:
    """The layout of an error's page, and the label and address of the way on."""
    for place, layout, endpoint, label in OUTSIDE:
        if request.path == place or request.path.startswith(f"{place}/"):
            return layout, label, url_for(endpoint)
    if not g.has_failed and current_user.is_authenticated:
        return "base.html", "Go to the start", "/"
    return "base_plain.html", "Sign in", "/sign-in"


def _http(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:
        return error
    sentence = EXPIRED if isinstance(error, CSRFError) else ""
    shown = show_error(error.code, sentence)
    for name, value in error.get_headers(request.environ):
        if name in ("Allow", "Retry-After"):
            shown.headers[name] = value
    return shown


def _rule(error: RuleBroken) -> Response:
    return show_error(422, error.message)


def _lost_race(error: Exception) -> Response:
    current_app.logger.warning("refused by the database: %s", type(error).__name__, exc_info=error)
    return show_error(409)


def _not_kept(error: DataError) -> Response:
    current_app.logger.warning("no value of the database: %s", type(error).__name__, exc_info=error)
    return show_error(422, NOT_KEPT)


def _unkept(error: OSError) -> Response:
    return _unavailable(error) if has_no_room(error) else _unexpected(error)


def _unavailable(error: Exception) -> Response:
    current_app.logger.error("the database or the disk does not answer", exc_info=error)
    shown = show_error(503)
    shown.headers["Retry-After"] = "30"
    return shown


def _unexpected(error: Exception) -> Response:
    current_app.logger.error("unexpected error at %s", request.endpoint, exc_info=error)
    return show_error(500)


def add_error_pages(app: Flask) -> None:
    """Answer every error with a page of ours."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(RuleBroken, _rule)
    app.register_error_handler(StaleDataError, _lost_race)
    app.register_error_handler(IntegrityError, _lost_race)
    app.register_error_handler(DataError, _not_kept)
    app.register_error_handler(OperationalError, _unavailable)
    app.register_error_handler(OSError, _unkept)
    app.register_error_handler(Exception, _unexpected)
