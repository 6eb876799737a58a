"""Who may open a page: every route names a permission, or says that it is public or for anyone signed in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy import Select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.wrappers import Request

from tracker import clock
from tracker.domain.actors import Actor, TeamRole
from tracker.domain.permissions import Permission, Subject, can
from tracker.models.users import User
from tracker.queries.logins import find_login
from tracker.services.sign_ins import SEEN_EVERY, actor_for_token, hash_token, note_seen
from tracker.web.running import database
from tracker.web.transaction import in_transaction

View = TypeVar("View", bound=Callable[..., Any])
Row = TypeVar("Row")
SOME_JOB = 0
API = "/api"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Access:
    """What a route asks of whoever opens it, and whether it may write."""

    is_public: bool
    writes: bool
    permission: Permission | None = None


@dataclass(frozen=True, eq=False)
class Person(UserMixin):
    """Whoever is signed in at this request."""

    token: str
    actor: Actor
    email: str
    theme: str | None = None
    time_zone: str | None = None

    def get_id(self) -> str:
        return self.token


def requires(permission: Permission, *, writes: bool = False) -> Callable[[View], View]:
    """The route is for people whom the policy may allow this; of which row, the view asks with `allow`."""
    return _marked(Access(is_public=False, writes=writes, permission=permission))


def signed_in(*, writes: bool = False) -> Callable[[View], View]:
    """The route shows people what is their own."""
    return _marked(Access(is_public=False, writes=writes))


def public(*, writes: bool = False) -> Callable[[View], View]:
    """The route is for everyone, signed in or not; where it takes a form in, it writes by POST only.

    A form that strangers open only reads, so that nobody makes those who write wait by asking for it.
    """
    return _marked(Access(is_public=True, writes=writes))


def _marked(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return mark


def guard_views(app: Flask) -> None:
    """Put access and transaction around every view. Raises RuntimeError for one without a mark."""
    public()(app.view_functions["static"])
    for endpoint, view in app.view_functions.items():
        access = getattr(view, "access", None)
        if access is None:
            raise RuntimeError(f"{endpoint} does not say who may open it")
        app.view_functions[endpoint] = _guarded(view, access)
    app.before_request(_refuse_unguarded)


def _guarded(view: Callable[..., Any], access: Access) -> Callable[..., Response]:
    transacted = in_transaction(view, writes=access.writes)
    shown = in_transaction(view, writes=access.writes and not access.is_public)

    @wraps(view)
    def guarded(*args: Any, **values: Any) -> Any:
        if not access.is_public:
            if not current_user.is_authenticated:
                return _ask_for_token() if asks_api() else _to_sign_in()
            if access.permission and not may_open(current_actor(), access.permission):
                abort(403)
        return (shown if _only_shows_a_form() else transacted)(*args, **values)

    guarded.is_guarded = True  # type: ignore[attr-defined]
    return guarded


def _only_shows_a_form() -> bool:
    rule = request.url_rule
    return request.method in SAFE and rule is not None and "POST" in (rule.methods or ())


def asks_api() -> bool:
    """Whether a program asks, below /api: with a bearer token, never with the cookie of a browser."""
    return request.path == API or request.path.startswith(f"{API}/")


def _refuse_unguarded() -> None:
    # A route that was added after the views were guarded stays shut.
    if request.endpoint and not hasattr(current_app.view_functions[request.endpoint], "is_guarded"):
        abort(404)


def may_open(actor: Actor, permission: Permission) -> bool:
    """Whether the policy could allow this for any row at all; it opens a page, never a row."""
    everywhere = replace(actor, teams={**actor.teams, SOME_JOB: frozenset(TeamRole)})
    panel = frozenset({actor.id} if actor.id is not None else ())
    return can(everywhere, permission, Subject(job_id=SOME_JOB, panel=panel, buddy=actor.id))


def allow(permission: Permission, subject: Subject) -> None:
    """Go on only if the person may do this to this very row; else 403."""
    if not can(current_actor(), permission, subject):
        abort(403)


def current_actor() -> Actor:
    """Who acts in this request; 401 when nobody is signed in."""
    # A page asks two dozen times.
    actor: Actor | None = g.get("actor")
    if actor is None:
        if not current_user.is_authenticated:
            abort(401)
        actor = g.actor = current_user.actor
    return actor


def load_or_404(session: Session, rows: Select[Row]) -> Row:
    """The one row of a select of what the actor may know of; what is not in it does not exist."""
    found = session.scalars(rows).unique().one_or_none()
    if found is None:
        abort(404)
    return found


def same_origin_path(target: str | None) -> str | None:
    """The target if it is a plain path of ours; nothing a browser could read as another place."""
    if not target or not target.startswith("/") or not target.isprintable():
        return None
    if "\\" in target or "//" in target.partition("?")[0] or " " in target:
        return None
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc else target


def _to_sign_in() -> Any:
    came_for = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("sign_ins.new", next=same_origin_path(came_for)))


def _ask_for_token() -> Any:
    told = {"error": "invalid_token"} if "Authorization" in request.headers else {}
    abort(401, www_authenticate=WWWAuthenticate("bearer", {"realm": "tracker", **told}))


def load_bearer(asked: Request) -> Person | None:
    """Whose bearer token this is; tokens open the API and nothing else."""
    given = asked.authorization
    if not asks_api() or given is None or given.type != "bearer" or not given.token:
        return None
    with database().reading() as session:
        actor = actor_for_token(session, given.token)
        user = session.get_one(User, actor.id) if actor else None
    return Person(given.token, actor, user.email, user.theme, user.time_zone) if actor and user else None


def load_person(token: str) -> Person | None:
    """Whose cookie this is, asked at every request in a short transaction before the request's own."""
    if asks_api():
        return None
    # A plain connection: no object is loaded, and every page waits for this.
    with database().engine.connect() as connection:
        login = find_login(connection, hash_token(token), clock.now())
    if login is None:
        return None
    if clock.now() - login.last_seen_at >= SEEN_EVERY:
        try:
            with database().writing() as session:
                note_seen(session, login)
        except OperationalError:
            current_app.logger.warning("could not note when a session was last seen")
    return Person(token, login.actor, login.email, login.theme, login.time_zone)


def begin_login(app: Flask) -> None:
    """Let Flask-Login find the person of a cookie, or of a bearer token."""
    manager = LoginManager()
    manager.session_protection = None
    manager.user_loader(load_person)
    manager.request_loader(load_bearer)
    manager.init_app(app, add_context_processor=False)
