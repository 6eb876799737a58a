"""The door of the API: a token and nothing else opens it, and every refusal is a problem document."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.api.conftest import People, Program, field_of, said
from tests.web.conftest import sign_in
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.models.users import User
from tracker.services.users import disable_user

OPEN = {"api_description.show"}
CALLS = ("GET", "POST", "PUT", "PATCH")


def calls_of(app: Flask) -> list[tuple[str, str, str]]:
    """Every call: endpoint, method, and an address with 1 for each id."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/"):
            address = rule.build(dict.fromkeys(rule.arguments, 1), append_unknown=False)
            found += [(rule.endpoint, method, address[1]) for method in CALLS if method in rule.methods]
    return found


def problem_at(client: FlaskClient, method: str, path: str, status: int, **more: Any) -> Any:
    return said(client.open(path, method=method, **more), status)


def test_only_the_description_is_public(app: Flask) -> None:
    views = {endpoint: app.view_functions[endpoint] for endpoint, _, _ in calls_of(app)}
    assert {name for name, view in views.items() if view.access.is_public} == OPEN


@pytest.mark.parametrize(
    "header", [None, "Bearer", "Bearer ", "Bearer made-up", "Basic b2xnYTpvbGdh", "Bearer é", "bearer  x y"]
)
def test_a_stranger_is_told_to_bring_a_token(app: Flask, header: str | None) -> None:
    client = app.test_client()
    for endpoint, method, path in calls_of(app):
        if endpoint not in OPEN:
            headers = {} if header is None else {"Authorization": header}
            answer = client.open(path, method=method, headers=headers, json={})
            assert said(answer, 401)["title"] == "Unauthorized", path
            assert answer.headers["WWW-Authenticate"].startswith("Bearer realm=")
            assert ("invalid_token" in answer.headers["WWW-Authenticate"]) is (header is not None)


def test_the_cookie_of_a_browser_opens_nothing(app: Flask, programs: dict[str, Program]) -> None:
    client = sign_in(app.test_client(), "olga")
    assert client.get("/users").status_code == 200
    for path in ("/api/v1/me", "/api/v1/jobs", "/api/v1/users"):
        problem_at(client, "GET", path, 401)
    # Nor does a cookie get in the way of a token, or give it anything.
    headers = {"Authorization": f"Bearer {programs['ines'].token}"}
    assert said(client.get("/api/v1/me", headers=headers))["name"] == "Ines"
    assert client.get("/api/v1/users", headers=headers).status_code == 403


def test_a_token_opens_no_page(app: Flask, olga: Program) -> None:
    answer = app.test_client().get("/users", headers={"Authorization": f"Bearer {olga.token}"})
    assert answer.status_code == 302


def test_whoever_is_disabled_is_refused_at_once(database: Database, people: People, ines: Program) -> None:
    assert said(ines.get("/me"))["email"] == "ines@example.org"
    with database.writing() as session:
        disable_user(session, session.get_one(User, people["ines"]), actor=SYSTEM)
    said(ines.get("/me"), 401)


def test_no_cookie_is_set(rita: Program) -> None:
    assert "Set-Cookie" not in rita.get("/me").headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api", 404),
        ("GET", "/api/", 404),
        ("GET", "/api/v1", 404),
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v2/jobs", 404),
        ("GET", "/api/v1/jobs/0", 404),
        ("GET", "/api/v1/jobs/-1", 404),
        ("GET", "/api/v1/jobs/2147483648", 404),
        ("PATCH", "/api/v1/jobs/2147483648", 404),
        ("PATCH", "/api/v1/jobs/99999999999999999999", 404),
        ("GET", f"/api/v1/jobs/{'9' * 5000}", 404),
        ("GET", "/api/v1/jobs/one", 404),
        ("GET", "/api/v1/jobs/%00", 400),
        ("GET", "/api/v1/jobs?status=%00", 400),
        ("DELETE", "/api/v1/jobs", 405),
        ("PUT", "/api/v1/jobs/1", 405),
        ("GET", "/api/v1/offers/1/approve", 405),
    ],
)
def test_what_is_asked_wrongly_gets_a_problem(
    app: Flask, rita: Program, method: str, path: str, status: int
) -> None:
    answer = app.test_client().open(path, method=method, headers={"Authorization": f"Bearer {rita.token}"})
    assert said(answer, status)["detail"]
    assert ("Allow" in answer.headers) is (status == 405)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": "{", "content_type": "application/json"}, 400),
        ({"data": b"\xff", "content_type": "application/json"}, 400),
        ({"data": "", "content_type": "application/json"}, 400),
        ({"data": "NaN", "content_type": "application/json"}, 400),
        ({"data": "[" * 100_000, "content_type": "application/json"}, 400),
        ({"data": '{"title": ' + "9" * 5000 + "}", "content_type": "application/json"}, 400),
        ({"data": "x" * 13_000_000, "content_type": "application/json"}, 413),
        ({"data": "{}", "content_type": "text/plain"}, 415),
        ({"data": {"title": "Clerk"}}, 415),
        ({}, 415),
        ({"json": []}, 422),
        ({"json": "title"}, 422),
    ],
)
def test_a_body_that_is_no_json_object_is_refused(rita: Program, sent: dict[str, Any], status: int) -> None:
    said(rita.call("POST", "/jobs", **sent), status)


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["title"]),
        ({"title": "Clerk", "colour": "red"}, ["colour"]),
        ({"title": "Clerk\x00"}, ["title"]),
        ({"title": "Clerk\ud800"}, ["title"]),
        ({"title": ""}, ["title"]),
        ({"title": 7}, ["title"]),
        ({"title": "x" * 501}, ["title"]),
        ({"title": "Clerk", "openings": "3"}, ["openings"]),
        ({"title": "Clerk", "openings": 2.5}, ["openings"]),
        ({"title": "Clerk", "openings": True}, ["openings"]),
        ({"title": "Clerk", "openings": 10**30}, ["openings"]),
        ({"title": "Clerk", "openings": 1e300}, ["openings"]),
        ({"title": "Clerk", "openings": 0}, ["openings"]),
        ({"title": "Clerk", "openings": 10_001}, ["openings"]),
        ({"title": "Clerk", "seniority": "boss"}, ["seniority"]),
        ({"title": "Clerk", "minimum_qualifications": ["a", "b\x00"]}, ["minimum_qualifications.1"]),
    ],
)
def test_a_field_that_cannot_stand_is_named_and_nothing_is_kept(
    rita: Program, body: dict[str, Any], fields: list[str]
) -> None:
    assert field_of(rita.post("/jobs", body)) == fields
    assert said(rita.get("/jobs"))["items"] == []


def test_the_error_of_a_page_stays_a_page(app: Flask) -> None:
    for path in ("/nowhere", "/apiary", "/api-v1"):
        assert app.test_client().get(path).mimetype == "text/html"


def test_the_description_names_every_call(app: Flask) -> None:
    described = said(app.test_client().get("/api/v1/openapi.json"))
    assert described["openapi"].startswith("3.1")
    named = {(f"/api/v1{path}", method.upper()) for path, of in described["paths"].items() for method in of}
    rules = {rule.endpoint: rule for rule in app.url_map.iter_rules()}
    served = set()
    for endpoint, method, _ in calls_of(app):
        view = app.view_functions[endpoint]
        if hasattr(view, "contract"):
            path = rules[endpoint].rule.replace("<int:", "{").replace("<", "{").replace(">", "}")
            served.add((path, method))
    assert named == served
    assert len(named) >= 30
