"""Who is on the candidate's own page: a session of its own, in a cookie that goes nowhere else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, abort, redirect, request, url_for
from sqlalchemy import select

from tracker import clock
from tracker.domain.actors import Actor
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.queries.candidate_access import find_candidate_session
from tracker.queries.merges import members_of
from tracker.services.candidate_access import SESSION_LASTS, candidate_actor
from tracker.services.sign_ins import hash_token
from tracker.web.access import load_or_404
from tracker.web.running import config, database
from tracker.web.transaction import db_session
from tracker.web.uploads import look_at_files

COOKIE = "tracker_candidate"
PLACE = "/my"


def for_candidate(view: Callable[..., Any]) -> Callable[..., Any]:
    """The view for whoever has a session on their own page, who comes first among its arguments.

    A cookie that opens nothing is told by a reading session: nobody who writes waits for it. Files are
    looked at once it is known that somebody hands them in, and before anything of the request is locked.
    """

    @wraps(view)
    def found(*args: Any, **values: Any) -> Any:
        token = request.cookies.get(COOKIE, "")
        if not token or not _is_open(token):
            return redirect(url_for("own_access.ask"))
        look_at_files()
        candidate = find_candidate_session(db_session(), hash_token(token), clock.now())
        if candidate is None:
            return redirect(url_for("own_access.ask"))
        return view(candidate, *args, **values)

    return found


def _is_open(token: str) -> bool:
    with database().reading() as session:
        return find_candidate_session(session, hash_token(token), clock.now()) is not None


def own_application(candidate: Candidate, application_id: int) -> Application:
    """One of the candidate's own applications; those of others do not exist."""
    return load_or_404(
        db_session(),
        select(Application).where(
            Application.id == application_id,
            Application.candidate_id.in_(members_of(db_session(), candidate.id)),
            Application.stage.is_not(None),
        ),
    )


def acting(candidate: Candidate, application: Application) -> Actor:
    """The candidate as one who acts on this application."""
    if application.candidate_id not in members_of(db_session(), candidate.id):
        abort(404)
    return candidate_actor(candidate, application.id)


def give_cookie(response: Response, token: str) -> Response:
    """Let the browser keep the session, for the pages of the candidate alone."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(SESSION_LASTS.total_seconds()),
        path=PLACE,
        secure=config().is_secure,
        httponly=True,
        samesite="Lax",
    )
    return response


def take_cookie(response: Response) -> Response:
    """Let the browser forget the session."""
    response.delete_cookie(COOKIE, path=PLACE, secure=config().is_secure, httponly=True, samesite="Lax")
    return response
