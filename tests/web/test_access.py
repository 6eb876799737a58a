"""Every route is guarded: by a permission, a token and a transaction."""

import pytest
from flask import Blueprint
from sqlalchemy import func, select
from sqlalchemy.exc import DataError, OperationalError

from tests.web.conftest import sign_in
from tests.web.known_candidates import text_of
from tests.web.page_marks import FILE, marks_of
from tests.web.pages import page_of
from tracker import app as joining
from tracker.app import create_app
from tracker.domain.permissions import Permission
from tracker.domain.rules import RuleBroken
from tracker.models.audit import AuditEntry
from tracker.models.users import User
from tracker.web import frame
from tracker.web.access import public, requires
from tracker.web.transaction import db_session

PUBLIC = {"static", "home.design", "sign_ins.code", "sign_ins.new", "sign_ins.create", "sign_ins.demo"}
# What people reach without an account of the house; another one is added on purpose.
WITHOUT_ACCOUNT = {
    *("careers.index", "careers.show", "careers.feed", "careers.sitemap", "careers.robots"),
    *("applying.new", "applying.create", "applying.done", "applying.voluntary"),
    *("own_access.show", "own_access.use", "own_access.ask", "own_access.asked", "own_access.leave"),
    *("referees.link", "referees.use", "referees.again", "referees.asked"),
    *("referees.form", "referees.refuse", "referees.thanks"),
    *("mail_stops.show", "mail_stops.use"),
    *("own_contacts.show", "own_contacts.confirm", "own_contacts.confirmed"),
}
# These are public to the guard of routes, and ask for the session of a candidate themselves.
FOR_CANDIDATES = {
    *("own_page.index", "own_page.show"),
    *("own_answers.answer", "own_answers.notice", "own_contacts.edit", "own_contacts.change_address"),
    *(
        "own_steps.confirm",
        "own_steps.other_time",
        "own_steps.name_referee",
        "own_steps.disclosure",
    ),
    *("own_steps.take_back", "own_steps.hand_in", "own_steps.finish", "own_steps.withdraw"),
    *("own_notices.show", "own_notices.report", "own_notices.rights"),
    *("own_offers.show", "own_offers.letter", "own_offers.decline"),
    *("own_data.show", "own_data.download", "own_data.erasure", "own_data.join", "own_data.leave"),
}


def with_view(monkeypatch, config, database, view, rule="/planted", **options):
    """The application with one route more."""
    blueprint = Blueprint("planted", __name__)
    blueprint.add_url_rule(rule, "view", view, **options)
    monkeypatch.setattr(joining, "BLUEPRINTS", (*joining.BLUEPRINTS, blueprint))
    return create_app(config, database)


def rules_of(app, methods):
    """The addresses of pages; the API asks for its token in tests of its own."""
    rules = [rule for rule in app.url_map.iter_rules() if not rule.rule.startswith("/api/")]
    return [rule for rule in rules if rule.methods & methods]


def address_of(rule, **values):
    return rule.build({**dict.fromkeys(rule.arguments, 1), **values}, append_unknown=False)[1]


def test_every_view_is_guarded(app):
    assert [name for name, view in app.view_functions.items() if not hasattr(view, "is_guarded")] == []


def test_each_page_is_for_those_whom_its_line_names(app):
    """A new page, or one opened to others, shows here; `python -m tests.web.page_marks` writes the lines."""
    kept = FILE.read_text("utf-8").splitlines()
    assert sorted(set(marks_of(app)) ^ set(kept)) == []


def test_an_unmarked_view_is_refused_at_the_start(monkeypatch, config, database):
    with pytest.raises(RuntimeError, match=r"planted\.view does not say who may open it"):
        with_view(monkeypatch, config, database, lambda: "open")


def test_a_view_added_after_the_start_stays_shut(config, database):
    app = create_app(config, database)
    app.add_url_rule("/late", "late", lambda: "open")
    assert app.test_client().get("/late").status_code == 404


def test_the_public_pages_are_these(app):
    foundation = ("static", "home", "sign_ins", "settings", "users")
    views = {name: view for name, view in app.view_functions.items() if name.partition(".")[0] in foundation}
    assert {name for name, view in views.items() if view.access.is_public} == PUBLIC


def test_every_page_without_an_account_is_named_here(app):
    pages = {name: view for name, view in app.view_functions.items() if not name.startswith("api")}
    found = {name for name, view in pages.items() if view.access.is_public}
    assert found - PUBLIC == WITHOUT_ACCOUNT | FOR_CANDIDATES


def test_a_candidates_page_sends_strangers_and_staff_to_ask_for_a_link(app, client):
    for persona in (None, "olga"):
        if persona:
            sign_in(client, persona)
        client.get("/my/link")
        for rule in app.url_map.iter_rules():
            if rule.endpoint in FOR_CANDIDATES:
                for method in rule.methods & {"GET", "POST"}:
                    answer = client.open(address_of(rule), method=method, data={"csrf_token": client.token})
                    assert (answer.status_code, answer.headers["Location"]) == (302, "/my/link"), rule


def test_a_stranger_is_asked_to_sign_in_everywhere_else(app, client):
    for rule in rules_of(app, {"GET"}):
        if not app.view_functions[rule.endpoint].access.is_public:
            answer = client.get(address_of(rule))
            assert answer.status_code == 302, rule
            assert answer.headers["Location"].startswith("/sign-in"), rule


def test_every_form_is_refused_without_its_token(app, client, database):
    sign_in(client, "olga")
    with database.reading() as session:
        before = session.scalar(select(func.count()).select_from(AuditEntry))
    for rule in rules_of(app, {"POST", "PUT", "PATCH", "DELETE"}):
        for method in rule.methods - {"GET", "HEAD", "OPTIONS"}:
            for token in ({}, {"csrf_token": "made up"}):
                assert client.open(address_of(rule), method=method, data=token).status_code == 400, rule
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == before


@pytest.mark.parametrize(
    ("persona", "status"), [("rita", 200), ("hank", 200), ("olga", 200), ("ines", 403), (None, 302)]
)
def test_people_are_listed_for_those_who_may_read_them(client, persona, status):
    if persona:
        sign_in(client, persona)
    assert client.get("/users").status_code == status


def test_a_route_opens_for_whom_the_policy_may_allow_it_for_some_row(monkeypatch, config, database, app):
    permission = requires(Permission.OFFER_APPROVE)
    planted = with_view(
        monkeypatch, config, database, permission(lambda: ("open", {"Content-Type": "text/plain"}))
    )
    planted.test_client_class = app.test_client_class
    answers = {}
    for persona in ("rita", "hank", "ines", "olga"):
        answers[persona] = sign_in(planted.test_client(), persona).get("/planted").status_code
    assert answers == {"rita": 403, "hank": 200, "ines": 403, "olga": 200}


@pytest.mark.parametrize("outcome", [200, 302, 409, 422, 500, RuleBroken("No."), ValueError("a bug")])
def test_only_what_ends_below_400_is_kept(monkeypatch, config, database, people, outcome):
    def view():
        db_session().get(User, people["rita"]).name = "Changed"
        db_session().flush()
        if isinstance(outcome, Exception):
            raise outcome
        return "", outcome

    planted = with_view(monkeypatch, config, database, public(writes=True)(view))
    planted.test_client().get("/planted")
    is_kept = outcome in (200, 302)
    with database.reading() as session:
        assert (session.get(User, people["rita"]).name == "Changed") is is_kept


def test_a_route_that_does_not_say_so_writes_nothing(monkeypatch, config, database, people):
    def view():
        db_session().get(User, people["rita"]).name = "Changed"
        return ""

    planted = with_view(monkeypatch, config, database, public()(view))
    assert planted.test_client().get("/planted").status_code == 500
    with database.reading() as session:
        assert session.get(User, people["rita"]).name == "Rita"


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (RuleBroken("An offer needs a salary."), 422, "An offer needs a salary."),
        (OperationalError("select secret", None, Exception("disk full")), 503, "try again in a minute"),
        (DataError("select secret", None, Exception("out of range")), 422, "beyond what can be kept"),
        (ValueError("secret"), 500, "It was our mistake"),
    ],
)
def test_errors_are_pages_without_a_trace(monkeypatch, config, database, app, error, status, words):
    def view():
        raise error

    planted = with_view(monkeypatch, config, database, public()(view))
    planted.test_client_class = app.test_client_class
    answer = planted.test_client().get("/planted")
    body = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert words in body
    assert "secret" not in body
    assert "Traceback" not in body


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere", 404),
        ("/users/0", 404),
        ("/users/999999", 404),
        ("/users/99999999999999999999", 404),
        ("/users/-1", 404),
        ("/users/%00", 400),
        ("/users?q=%00", 400),
        ("/users?q=a&q=%00", 400),
        ("/users?%00=a", 400),
        ("/sign-out", 405),
        ("/static/../config.py", 404),
    ],
)
def test_what_is_asked_wrongly_gets_a_clear_page(client, path, status):
    assert sign_in(client, "olga").get(path).status_code == status


def test_the_rail_is_drawn_once_and_carries_the_token_of_each_request(app, client):
    frame._rail_parts.cache_clear()
    sign_in(client, "rita")
    tokens = []
    for _ in range(2):
        page = page_of(client.get("/settings"))
        fields = page.findall(".//nav//input[@name='csrf_token']")
        assert len(fields) == 2
        assert {field.get("value") for field in fields} == {client.token}
        tokens.append(client.token)
    assert frame._rail_parts.cache_info().hits >= 1
    hank = sign_in(app.test_client(), "hank")
    said = text_of(hank.get("/settings"))
    assert "Hank" in said
    assert "Rita" not in said
