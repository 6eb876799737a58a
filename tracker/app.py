"""The one place where the parts are joined into an application."""

import os
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import Flask
from flask.logging import default_handler
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.routing import IntegerConverter

from tracker import api, clock, places
from tracker.api.problems import add_problems
from tracker.config import BadSetting, Config, data_folder
from tracker.db import Database
from tracker.logs import PlacesFormatter
from tracker.memory import MEMORIES
from tracker.services.passwords import choose_cost
from tracker.services.sign_ins import LASTS
from tracker.web import BLUEPRINTS
from tracker.web.access import begin_login, guard_views
from tracker.web.cookies import SignedCookies
from tracker.web.environment import SharedGlobals
from tracker.web.errors import add_error_pages
from tracker.web.filters import add_filters
from tracker.web.frame import frame
from tracker.web.hrefs import add_hrefs
from tracker.web.protection import is_loopback, protect

MEGABYTE = 1024 * 1024
LARGEST_ID = 2**31 - 1

csrf = CSRFProtect()


class RowId(IntegerConverter):
    """A number in an address; one that no database holds stands for 0, which is no row's."""

    # A refusal here would answer that the method is wrong wherever another method has this address too.
    regex = r"\d{1,10}"

    def to_python(self, value: str) -> int:
        number = int(value)
        return number if number <= LARGEST_ID else 0


def create_app(config: Config, database: Database | None = None) -> Flask:
    """The application with these settings, on this database or the one they name.

    Raises BadSetting where settings contradict each other, RuntimeError for a view that is not marked.
    """
    _check(config)
    app = Flask("tracker", template_folder=str(data_folder("templates")), static_folder="static")
    app.config.update(_settings(config))
    app.jinja_environment = SharedGlobals
    app.session_interface = SignedCookies()
    app.debug = False
    # Where another server than ours keeps the log.
    default_handler.setFormatter(PlacesFormatter())
    app.jinja_env.undefined = StrictUndefined
    app.url_map.converters["int"] = RowId
    app.extensions["tracker"] = (config, database or Database.at(config.database_url))
    app.before_request(_begin_request(ZoneInfo(config.time_zone), config.jurisdiction))
    if config.replica_url:
        app.extensions["tracker_replica"] = Database.at(config.replica_url)
    choose_cost(is_test=config.is_testing)
    protect(app, config)
    csrf.init_app(app)
    begin_login(app)
    add_error_pages(app)
    add_problems(app)
    add_filters(app)
    add_hrefs(app)
    app.context_processor(frame)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for blueprint in api.BLUEPRINTS:
        # A program sends its token by hand: no browser sends it along unasked.
        csrf.exempt(blueprint)
        app.register_blueprint(blueprint)
    guard_views(app)
    return app


def _begin_request(zone: ZoneInfo, jurisdiction: str) -> Callable[[], None]:
    def begin() -> None:
        # Of the thread that answers: another tracker in this process may be elsewhere.
        clock.keep_days_of(zone)
        places.keep_law_of(jurisdiction)
        MEMORIES.grow_old(clock.now())

    return begin


def _settings(config: Config) -> dict[str, Any]:
    return {
        "SECRET_KEY": config.secret_key,
        "TESTING": config.is_testing,
        "MAX_CONTENT_LENGTH": 12 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": MEGABYTE,
        "MAX_FORM_PARTS": 1000,
        "PERMANENT_SESSION_LIFETIME": LASTS,
        "SESSION_COOKIE_NAME": "tracker",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": config.is_secure,
        "SESSION_REFRESH_EACH_REQUEST": False,
        "SEND_FILE_MAX_AGE_DEFAULT": 600,
        # A token holds as long as the session it belongs to: scorecards stay open for hours.
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _check(config: Config) -> None:
    if clock.is_standing() and not config.is_testing:
        raise RuntimeError("The clock stands elsewhere: nothing is served to people at a made-up time.")
    wants_debugger = os.environ.get("FLASK_DEBUG", "").lower() not in ("", "0", "false", "no")
    if wants_debugger and not (config.is_demo or config.is_testing):
        raise BadSetting("FLASK_DEBUG shows the inside of the tracker to everyone: unset it")
    if config.is_demo and not is_loopback(urlsplit(config.base_url).hostname):
        raise BadSetting("TRACKER_BASE_URL names another machine: demo mode is for this one only")
