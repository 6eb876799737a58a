"""Every answer is guarded by its headers and cookie, under the names of this house alone."""

from dataclasses import replace

import pytest

from tests.web.conftest import sign_in
from tracker.app import create_app
from tracker.config import BadSetting


@pytest.mark.parametrize("values", [{"email": ["a", "\0"]}, {"\0": "a"}])
def test_a_form_with_a_byte_no_field_holds_is_refused_wherever_it_stands(client, values):
    client.get("/sign-in")
    assert client.post("/sign-in", data={"csrf_token": client.token} | values).status_code == 400


def test_a_form_that_is_too_large_is_refused(client):
    client.get("/sign-in")
    values = {"csrf_token": client.token, "email": "x" * 13_000_000}
    assert client.post("/sign-in", data=values).status_code == 413


@pytest.mark.parametrize("persona", ["olga", None])
def test_no_page_is_kept_by_a_cache_or_shown_in_a_frame(app, client, persona):
    if persona:
        sign_in(client, persona)
    for path in ("/", "/settings", "/users", "/policy", "/nowhere", "/sign-in"):
        headers = client.get(path).headers
        assert headers["Cache-Control"] == "no-store", path
        assert "Cookie" in headers["Vary"], path
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], path
        assert "unsafe" not in headers["Content-Security-Policy"], path
        assert headers["X-Content-Type-Options"] == "nosniff", path


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client, config, database):
    answer = client.get("/sign-in")
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert "SameSite=Lax" in answer.headers["Set-Cookie"]
    secure = create_app(replace(config, base_url="https://jobs.example.org"), database).test_client()
    answer = secure.get("/sign-in", base_url="https://jobs.example.org")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "Strict-Transport-Security" in answer.headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("jobs.example.org", 200),
        ("jobs.example.org:8443", 200),
        ("localhost:8000", 200),
        ("127.0.0.1", 200),
        ("[::1]:8000", 200),
        ("evil.example", 400),
        ("jobs.example.org.evil.example", 400),
        ("jobs.example.org@evil.example", 400),
        ("evil.example:80@jobs", 400),
        ("", 400),
        ("[", 400),
    ],
)
def test_foreign_host_names_are_refused(config, database, host, status):
    served = replace(config, base_url="https://jobs.example.org", is_testing=False)
    client = create_app(served, database).test_client()
    assert client.get("/sign-in", headers={"Host": host}).status_code == status


def test_the_debugger_is_refused_in_production(monkeypatch, config, database):
    monkeypatch.setenv("FLASK_DEBUG", "1")
    with pytest.raises(BadSetting, match="FLASK_DEBUG"):
        create_app(replace(config, is_testing=False), database)
    assert not create_app(config, database).debug


def test_demo_mode_is_refused_under_a_public_name(config, database):
    with pytest.raises(BadSetting, match="TRACKER_BASE_URL"):
        create_app(replace(config, is_demo=True, base_url="https://jobs.example.org"), database)
