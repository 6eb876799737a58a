"""Accounts on the command line."""

import pytest
from sqlalchemy import select

from tests.factories import make_user
from tracker import clock
from tracker.models.second_steps import SecondStep
from tracker.models.users import User
from tracker.services.sign_ins import actor_for_token

OLGA = ("users", "add", "olga@example.org", "--name", "Olga", "--role", "hr", "--password-stdin")
RITA = ("users", "add", "rita@example.org", "--name", "Rita", "--role", "recruiter", "--password-stdin")
PASSWORD = "four plain words here\n"


def test_a_person_is_added_and_listed(call):
    assert call(*OLGA, input=PASSWORD).exit_code == 0
    assert call("users", "list").output == "olga@example.org\tOlga\tHR\n"


def test_a_refusal_is_one_line_on_stderr(call):
    call(*OLGA, input=PASSWORD)
    result = call(*OLGA, input=PASSWORD)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == "Error: Somebody with this address has an account already.\n"


def test_an_unknown_role_is_a_wrong_call(call):
    result = call("users", "add", "x@example.org", "--name", "X", "--role", "boss")
    assert result.exit_code == 2


def test_a_token_stands_alone_on_stdout(call, sqlite_database):
    call(*OLGA, input=PASSWORD)
    token = call("users", "token", "olga@example.org").stdout
    assert token.count("\n") == 1
    with sqlite_database.reading() as session:
        assert actor_for_token(session, token.strip()).name == "Olga"


def test_a_disabled_person_gets_no_token(call):
    call(*OLGA, input=PASSWORD)
    call(*RITA, input=PASSWORD)
    assert call("users", "disable", "rita@example.org").exit_code == 0
    assert call("users", "token", "rita@example.org").exit_code == 1


@pytest.mark.parametrize("who", ["rita@example.org", "nobody@example.org"])
def test_acting_as_somebody_without_the_right_is_refused(call, sqlite_database, who):
    call(*RITA, input=PASSWORD)
    assert call(*OLGA, "--as", who, input=PASSWORD).exit_code == 1
    with sqlite_database.reading() as session:
        assert session.scalars(select(User.email)).all() == ["rita@example.org"]


def test_a_second_step_is_taken_away_from_who_lost_the_device(call, sqlite_database):
    with sqlite_database.writing() as session:
        user = make_user(session, "Rita")
        now = clock.now()
        session.add(SecondStep(user_id=user.id, secret="JBSWY3DPEHPK3PXP", begun_at=now, confirmed_at=now))
        email = user.email
    assert "signs" in call("users", "end-second-step", email).stdout
    again = call("users", "end-second-step", email)
    assert (again.exit_code, "no second step" in again.stderr) == (1, True)
