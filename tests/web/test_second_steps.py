"""The second step of signing in: begun with a device, asked after the password, taken away again."""

from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from tests.web.conftest import ON_BOTH, PASSWORD, sign_in
from tests.web.known_candidates import text_of
from tests.web.pages import ReadingClient, page_of
from tracker import clock
from tracker.db import Database
from tracker.models.audit import AuditEntry
from tracker.models.second_steps import RecoveryCode, SecondStep
from tracker.models.users import User

pytestmark = ON_BOTH
PLACE = "/settings/second-step"
RITA = "rita@example.org"


def code_now(database: Database, minutes: float = 0) -> str:
    with database.reading() as session:
        secret = session.scalars(select(SecondStep.secret)).one()
    return pyotp.TOTP(secret).at(clock.now() + timedelta(minutes=minutes))


def set_up(client: ReadingClient, database: Database) -> list[str]:
    """Turn it on for rita; her recovery codes."""
    assert client.send(f"{PLACE}/begin").status_code == 303
    codes = client.send(f"{PLACE}/confirm", {"code": code_now(database)})
    assert codes.status_code == 200
    return [element.text for element in page_of(codes).findall(".//main//li/code")]


def with_password(client: ReadingClient, **values: str) -> str:
    client.get("/sign-in")
    form = {"csrf_token": client.token, "email": RITA, "password": PASSWORD, **values}
    answer = client.post("/sign-in", data=form)
    assert answer.status_code == 303
    return answer.location


def with_code(client: ReadingClient, code: str) -> int:
    client.get("/sign-in/code")
    return client.post("/sign-in/code", data={"csrf_token": client.token, "code": code}).status_code


def is_in(client: ReadingClient) -> bool:
    return client.get("/settings").status_code == 200


@pytest.fixture
def rita(client: ReadingClient) -> ReadingClient:
    return sign_in(client, "rita")


def test_the_device_reads_a_square_and_the_password_alone_lets_nobody_in(
    rita: ReadingClient, app: Flask, database: Database
) -> None:
    assert "Begin" in text_of(rita.get(PLACE))
    assert rita.send(f"{PLACE}/begin").status_code == 303
    shown = rita.get(PLACE)
    assert page_of(shown).find(".//main//*[@class='qr']") is not None
    wrong = rita.send(f"{PLACE}/confirm", {"code": "000000x"})
    assert wrong.status_code == 422
    assert with_password(app.test_client()) == "/"
    codes = rita.send(f"{PLACE}/confirm", {"code": code_now(database)})
    assert len(page_of(codes).findall(".//main//li/code")) == 10
    other = app.test_client()
    assert with_password(other, next="/jobs") == "/sign-in/code"
    assert not is_in(other)
    with clock.standing_at(clock.now() + timedelta(seconds=60)):
        assert with_code(other, code_now(database)) == 303
        assert is_in(other)


def test_a_code_lets_in_once_and_only_about_its_time(
    rita: ReadingClient, app: Flask, database: Database
) -> None:
    set_up(rita, database)
    first, second = app.test_client(), app.test_client()
    with_password(first)
    assert with_code(first, code_now(database)) == 422, "it confirmed the device"
    with clock.standing_at(clock.now() + timedelta(minutes=2)):
        code = code_now(database)
        for client in (first, second):
            with_password(client)
        assert with_code(first, code_now(database, -2)) == 422
        assert with_code(first, code_now(database, 3)) == 422
        assert with_code(first, code) == 303
        assert with_code(second, code) == 422
    assert not is_in(second)


def test_a_recovery_code_lets_in_once(rita: ReadingClient, app: Flask, database: Database) -> None:
    codes = set_up(rita, database)
    client, again = app.test_client(), app.test_client()
    with_password(client)
    assert with_code(client, f" {codes[3].upper()} ") == 303
    assert is_in(client)
    with_password(again)
    assert with_code(again, codes[3]) == 422
    assert "9 of your recovery codes" in text_of(client.get(PLACE))
    with database.reading() as session:
        kept = session.scalars(select(RecoveryCode.code_hash)).all()
        assert not set(kept) & {code.replace("-", "") for code in codes}
        done = set(session.scalars(select(AuditEntry.action)))
        assert {"user:second_step_set", "user:recovery_code_used"} <= done


def test_without_the_password_before_it_or_too_late_there_is_no_second_step(
    rita: ReadingClient, app: Flask, database: Database
) -> None:
    set_up(rita, database)
    client = app.test_client()
    assert client.get("/sign-in/code").location == "/sign-in"
    with_password(client)
    with clock.standing_at(clock.now() + timedelta(minutes=6)):
        assert client.get("/sign-in/code").location == "/sign-in"
        assert client.get("/sign-in/code").location == "/sign-in"


def test_codes_are_not_tried_without_end(rita: ReadingClient, app: Flask, database: Database) -> None:
    codes = set_up(rita, database)
    client = app.test_client()
    with_password(client)
    tried = [with_code(client, "123456x") for _ in range(12)]
    assert tried[0] == 422
    assert tried[-1] == 429
    assert with_code(client, codes[0]) == 429


def test_it_is_taken_away_with_a_code_or_by_hr(rita: ReadingClient, app: Flask, database: Database) -> None:
    set_up(rita, database)
    assert rita.send(f"{PLACE}/begin").status_code == 422
    assert rita.send(f"{PLACE}/end", {"code": "nothing"}).status_code == 422
    with database.reading() as session:
        number = session.scalars(select(User.id).where(User.email == RITA)).one()
    hank = sign_in(app.test_client(), "hank")
    assert hank.send(f"/users/{number}/second-step/end").status_code == 403
    olga = sign_in(app.test_client(), "olga")
    assert "Take the second step away" in text_of(olga.get(f"/users/{number}"))
    assert olga.send(f"/users/{number}/second-step/end").status_code == 303
    assert with_password(app.test_client()) == "/"
    codes = set_up(rita, database)
    assert rita.send(f"{PLACE}/end", {"code": codes[0]}).status_code == 303
    assert with_password(app.test_client()) == "/"


def test_who_is_disabled_meanwhile_does_not_get_in(
    rita: ReadingClient, app: Flask, database: Database
) -> None:
    codes = set_up(rita, database)
    client = app.test_client()
    with_password(client)
    client.get("/sign-in/code")
    with database.writing() as session:
        session.scalars(select(User).where(User.email == RITA)).one().is_active = False
    answer = client.post("/sign-in/code", data={"csrf_token": client.token, "code": codes[0]})
    assert answer.status_code == 404
