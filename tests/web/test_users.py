"""People: HR keeps accounts, everyone keeps their own settings, and changes end sessions at once."""

import pytest
from sqlalchemy import select

from tests.web.conftest import PASSWORD, sign_in
from tracker.domain.actors import Role
from tracker.domain.permissions import Permission
from tracker.models.users import LoginSession, User

ANOTHER = "seven quiet lanterns"
COLUMNS = [column.name for column in User.__table__.columns]


def user_of(database, user_id):
    with database.reading() as session:
        return session.get(User, user_id)


def is_signed_in(client):
    return client.get("/settings").status_code == 200


def test_hr_adds_a_person_who_then_signs_in(client, app):
    sign_in(client, "olga")
    values = {"name": "Zoë", "email": "ZOE@example.org", "roles": ["recruiter"], "password": PASSWORD}
    assert client.send("/users/new", values).status_code == 302
    assert b"zoe@example.org" in client.get("/users").data
    assert is_signed_in(sign_in(app.test_client(), "zoe"))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"email": "rita@example.org"}, "has an account already"),
        ({"email": "no address"}, "Enter an e-mail address"),
        ({"name": " "}, "Enter a name"),
        ({"roles": []}, "Choose at least one role"),
        ({"roles": ["owner"]}, "not a valid choice"),
        ({"password": "short"}, "Use at least 10 characters"),
        ({"password": "Password123!"}, "among the first"),
    ],
)
def test_a_wrong_account_is_explained_and_not_saved(client, database, values, words):
    sign_in(client, "olga")
    given = {"name": "Zoe", "email": "zoe@example.org", "roles": ["hr"], "password": PASSWORD, **values}
    answer = client.send("/users/new", given)
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    with database.reading() as session:
        assert len(session.scalars(select(User)).all()) == 4


@pytest.mark.parametrize("persona", ["rita", "hank", "ines"])
@pytest.mark.parametrize("path", ["/users/new", "/users/{}", "/users/{}/disable", "/users/{}/enable"])
def test_nobody_but_hr_changes_accounts(client, database, people, persona, path):
    sign_in(client, persona)
    values = {"name": "Changed", "email": "new@example.org", "roles": ["hr"], "password": PASSWORD}
    assert client.send(path.format(people[persona]), values).status_code == 403
    kept = user_of(database, people[persona])
    assert (kept.name, kept.is_active, Role.HR in kept.roles) == (persona.title(), True, False)


CHANGES = [
    ("/users/{}", {"name": "Rita", "roles": ["recruiter", "interviewer"]}),
    ("/users/{}", {"name": "Rita", "roles": ["recruiter"], "password": ANOTHER}),
    ("/users/{}/disable", {}),
]


@pytest.mark.parametrize(("path", "values"), CHANGES, ids=["roles", "password", "disabled"])
def test_new_roles_a_new_password_and_disabling_end_sessions(client, app, people, path, values):
    rita = sign_in(app.test_client(), "rita")
    sign_in(client, "olga")
    assert is_signed_in(rita)
    assert client.send(path.format(people["rita"]), values).status_code == 302
    assert not is_signed_in(rita)


def test_a_corrected_name_ends_no_session(client, app, people, database):
    rita = sign_in(app.test_client(), "rita")
    sign_in(client, "olga").send(f"/users/{people['rita']}", {"name": "Rita B.", "roles": ["recruiter"]})
    assert user_of(database, people["rita"]).name == "Rita B."
    assert is_signed_in(rita)


def test_an_enabled_person_signs_in_anew(client, app, people):
    rita = sign_in(app.test_client(), "rita")
    sign_in(client, "olga")
    client.send(f"/users/{people['rita']}/disable")
    client.send(f"/users/{people['rita']}/enable")
    assert not is_signed_in(rita)
    assert is_signed_in(sign_in(rita, "rita"))


def test_the_last_of_hr_stays(client, database, people):
    sign_in(client, "olga")
    olga = people["olga"]
    answer = client.send(f"/users/{olga}", {"name": "New name", "roles": ["recruiter"]})
    assert answer.status_code == 422
    assert "Nobody of HR would be left" in answer.get_data(as_text=True)
    assert client.send(f"/users/{olga}/disable").status_code == 422
    kept = user_of(database, olga)
    assert (kept.name, kept.roles, kept.is_active) == ("Olga", {Role.HR}, True)


def test_forms_set_nothing_that_they_do_not_show(client, database, people):
    sign_in(client, "rita")
    before = user_of(database, people["rita"])
    everything = dict.fromkeys(COLUMNS, "1") | {
        "roles": "hr",
        "user_id": people["olga"],
        "time_zone": "Europe/Paris",
    }
    client.send("/settings", everything)
    client.send("/settings/theme", everything | {"theme": "dark"})
    kept = user_of(database, people["rita"])
    shown = ("theme", "time_zone", "is_mailed_mentions", "is_mailed_digest", "digest_on")
    names = [name for name in COLUMNS if name not in shown]
    assert [getattr(kept, name) for name in names] == [getattr(before, name) for name in names]
    assert kept.roles == before.roles
    assert (kept.theme, kept.time_zone) == ("dark", "Europe/Paris")
    assert user_of(database, people["olga"]).theme is None


def test_a_new_password_of_ones_own_needs_the_present_one(client, database, people):
    sign_in(client, "rita")
    before = user_of(database, people["rita"]).password_hash
    answer = client.send("/settings/password", {"current": "guessed wrongly", "password": ANOTHER})
    assert answer.status_code == 422
    assert user_of(database, people["rita"]).password_hash == before


def test_a_new_password_of_ones_own_ends_every_other_session(client, app, database, people):
    elsewhere = sign_in(app.test_client(), "rita")
    sign_in(client, "rita")
    old = client.get_cookie("tracker").value
    assert client.send("/settings/password", {"current": PASSWORD, "password": ANOTHER}).status_code == 302
    copy = app.test_client()
    copy.set_cookie("tracker", old)
    assert (is_signed_in(client), is_signed_in(elsewhere), is_signed_in(copy)) == (True, False, False)
    with database.reading() as session:
        assert len(session.scalars(select(LoginSession).where(LoginSession.ended_at.is_(None))).all()) == 1


def test_colours_and_zone_are_kept_and_others_refused(client):
    sign_in(client, "ines")
    from_there = {"headers": {"Referer": "http://localhost/policy"}}
    assert client.send("/settings/theme", {"theme": "dark"}, **from_there).headers["Location"] == "/policy"
    assert b'data-theme="dark"' in client.get("/settings").data
    assert client.send("/settings/theme", {"theme": "pink"}).status_code == 422
    assert client.send("/settings", {"time_zone": "Mars/Olympus"}).status_code == 422
    elsewhere = {"headers": {"Referer": "https://evil.example/x"}}
    assert client.send("/settings/theme", {"theme": "auto"}, **elsewhere).headers["Location"] == "/settings"


def test_the_policy_page_shows_every_permission(client):
    shown = sign_in(client, "ines").get("/policy").get_data(as_text=True)
    for permission in Permission:
        assert permission.value.replace("_", " ").replace(":", ": ") in shown
