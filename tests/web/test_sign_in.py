"""Signing in: nobody learns who exists, sessions end when they should, and nobody is sent elsewhere."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.web.conftest import PASSWORD, sign_in
from tests.web.pages import page_of
from tracker import clock
from tracker.app import create_app
from tracker.models.users import LoginSession, User
from tracker.services import sign_ins
from tracker.web.access import same_origin_path

ELSEWHERE = [
    *("//evil.example", "///evil.example", "https://evil.example", "http:evil.example", "http:/evil.example"),
    *("/\\evil.example", "\\\\evil.example", "\\/evil.example", "/\\/evil.example", "/\t/evil.example"),
    *("/\n/evil.example", "/\r\nLocation: //evil.example", "\t//evil.example", " //evil.example", "/ /evil"),
    *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "ftp://evil.example"),
    *(
        "evil.example",
        "@evil.example",
        "?next=//evil.example",
        "#//evil.example",
        "",
        "https:///evil.example",
    ),
    *("https://127.0.0.1@evil.example", "//127.0.0.1@evil.example", "/..//evil.example", "/.//evil.example"),
    *("/a//evil.example", "\x00//evil.example", "/\u2028/evil.example", "/\u200b/evil.example", "//[evil"),
    *("/\x0b/evil.example", "////evil.example/%2f..", "/\\\\evil.example", "https:evil.example", "://evil"),
]


def try_to_sign_in(client, email="rita@example.org", password=PASSWORD, **values):
    client.get("/sign-in")
    form = {"csrf_token": client.token, "email": email, "password": password, **values}
    return client.post("/sign-in", data=form)


def is_signed_in(client):
    return client.get("/settings").status_code == 200


def test_people_sign_in_with_their_password_and_out_again(client):
    sign_in(client, "rita")
    assert is_signed_in(client)
    assert client.send("/sign-out").status_code == 302
    assert not is_signed_in(client)


def test_an_address_in_capitals_is_the_same(client):
    assert try_to_sign_in(client, email=" RITA@Example.org ").status_code == 303


@pytest.mark.parametrize("kind", ["wrong password", "nobody", "disabled", "no password yet"])
def test_the_answer_does_not_tell_who_exists(client, database, people, kind):
    with database.writing() as session:
        rita = session.get(User, people["rita"])
        rita.is_active = kind != "disabled"
        rita.password_hash = None if kind == "no password yet" else rita.password_hash
    email = "nobody@example.org" if kind == "nobody" else "rita@example.org"
    answer = try_to_sign_in(client, email, "wrong wrong wrong" if kind == "wrong password" else PASSWORD)
    assert answer.status_code == 422
    errors = page_of(answer).find(".//*[@data-errors]")
    assert "E-mail and password do not belong together." in "".join(errors.itertext())
    assert not is_signed_in(client)


def test_after_ten_tries_even_the_right_password_waits(client):
    assert {try_to_sign_in(client, password="wrong wrong").status_code for _ in range(10)} == {422}
    answer = try_to_sign_in(client)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 901
    assert not is_signed_in(client)


def test_tries_that_ended_well_are_forgiven(client):
    for _ in range(12):
        assert try_to_sign_in(client).status_code == 303
        client.send("/sign-out")


def test_the_session_changes_at_sign_in(client, database):
    client.get("/sign-in")
    before, token = client.get_cookie("tracker").value, client.token
    sign_in(client, "rita")
    first = client.get_cookie("tracker").value
    assert first != before
    assert client.post("/sign-out", data={"csrf_token": token}).status_code == 400
    client.send("/sign-out")
    sign_in(client, "rita")
    with database.reading() as session:
        hashes = session.scalars(select(LoginSession.token_hash)).all()
    assert len(set(hashes)) == 2


def test_a_copied_cookie_dies_at_sign_out(client, app):
    sign_in(client, "rita")
    copy = app.test_client()
    copy.set_cookie("tracker", client.get_cookie("tracker").value)
    assert is_signed_in(copy)
    client.send("/sign-out")
    assert not is_signed_in(copy)


@pytest.mark.parametrize(
    ("field", "age"), [("last_seen_at", timedelta(hours=8)), ("expires_at", timedelta(0))]
)
def test_sessions_end_after_8_idle_hours_or_14_days(client, database, field, age):
    sign_in(client, "rita")
    with database.writing() as session:
        login = session.scalars(select(LoginSession)).one()
        assert login.expires_at - login.created_at == timedelta(days=14)
        session.execute(update(LoginSession).values({field: clock.now() - age}))
    assert not is_signed_in(client)


def test_a_session_in_use_is_noted_every_five_minutes(client, database):
    sign_in(client, "rita")
    early = clock.now() - timedelta(minutes=4)
    late = clock.now() - timedelta(minutes=6)
    for seen, is_noted in ((early, False), (late, True)):
        with database.writing() as session:
            session.execute(update(LoginSession).values(last_seen_at=seen))
        assert is_signed_in(client)
        with database.reading() as session:
            assert (session.scalars(select(LoginSession.last_seen_at)).one() != seen) is is_noted


def test_only_hashes_of_session_tokens_are_kept(client, database):
    sign_in(client, "rita")
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    with database.reading() as session:
        assert session.scalars(select(LoginSession.token_hash)).one() == sign_ins.hash_token(token) != token


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_elsewhere_after_signing_in(client, target):
    assert same_origin_path(target) is None
    if "\x00" not in target:
        assert try_to_sign_in(client, next=target).headers["Location"] == "/"


def test_people_come_back_to_where_they_wanted_to_go(client):
    answer = client.get("/users?page=2")
    assert answer.headers["Location"] == "/sign-in?next=/users?page%3D2"
    assert try_to_sign_in(client, next="/users?page=2").headers["Location"] == "/users?page=2"


def test_a_bearer_token_stands_for_its_person_until_they_are_disabled(database, people):
    with database.writing() as session:
        olga = session.get(User, people["olga"])
        token = sign_ins.issue_token(session, olga, actor=sign_ins.actor_of(session, olga))
        assert sign_ins.actor_for_token(session, token).id == olga.id
        assert sign_ins.actor_for_token(session, "") is None
        assert sign_ins.actor_for_token(session, sign_ins.hash_token(token)) is None
        olga.is_active = False
        session.flush()
        assert sign_ins.actor_for_token(session, token) is None


@pytest.fixture
def demo_client(app, config, database):
    demo = create_app(replace(config, is_demo=True), database)
    demo.test_client_class = app.test_client_class
    return demo.test_client()


def test_in_demo_mode_one_click_signs_a_persona_in(demo_client):
    assert b"Have a look around" in demo_client.get("/sign-in").data
    values = {"csrf_token": demo_client.token, "email": "ines@example.org"}
    assert demo_client.post("/sign-in/demo", data=values).status_code == 303
    assert is_signed_in(demo_client)
    assert demo_client.get("/design").status_code == 200


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("192.0.2.7", {}),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}),
        ("127.0.0.1", {"Host": "evil.example"}),
    ],
)
def test_one_click_is_for_this_machine_only(demo_client, address, headers):
    there = {"environ_base": {"REMOTE_ADDR": address}, "headers": headers}
    assert b"Have a look around" not in demo_client.get("/sign-in", **there).data
    values = {"csrf_token": demo_client.token, "email": "ines@example.org"}
    assert demo_client.post("/sign-in/demo", data=values, **there).status_code in (400, 404)
    assert not is_signed_in(demo_client)


def test_one_click_signs_in_nobody_but_the_personas(demo_client, client):
    demo_client.get("/sign-in")
    values = {"csrf_token": demo_client.token, "email": "olga2@example.org"}
    assert demo_client.post("/sign-in/demo", data=values).status_code == 404
    client.get("/sign-in")
    values = {"csrf_token": client.token, "email": "olga@example.org"}
    assert client.post("/sign-in/demo", data=values).status_code == 404
    assert client.get("/design").status_code == 404
