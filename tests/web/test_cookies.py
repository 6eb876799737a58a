"""Cookies hold what was put in, hold against changing, and those given by the library before still open."""

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from tracker.web.cookies import SignedCookies

HELD = {"_user_id": "token", "n": 3, "held": {"a": 1}, "_flashes": [["success", "Moved Zoë."]]}


@pytest.fixture
def app():
    app = Flask("cookies")
    app.secret_key = "a key of the test"
    return app


@pytest.fixture
def signer(app):
    return SignedCookies().get_signing_serializer(app)


@pytest.mark.parametrize("more", ["", "words " * 2_000])
def test_what_was_put_in_comes_out(signer, more):
    held = HELD | {"more": more}
    written = signer.dumps(held)
    assert signer.loads(written) == held
    assert len(written) < 1_000


def test_a_cookie_that_the_library_wrote_before_still_opens(app, signer):
    before = SecureCookieSessionInterface().get_signing_serializer(app)
    marked = HELD | {"_flashes": [("success", "Moved Zoë.")]}
    assert signer.loads(before.dumps(marked)) == HELD
    assert before.loads(signer.dumps(HELD)) == HELD


def test_one_that_was_changed_or_signed_with_another_key_does_not(app, signer):
    written = signer.dumps(HELD)
    other = Flask("other")
    other.secret_key = "another key"
    for sent, asked in (("f" + written[1:], app), (written, other)):
        with asked.test_request_context(headers={"Cookie": f"session={sent}"}) as context:
            assert not SignedCookies().open_session(asked, context.request)
    with app.test_request_context(headers={"Cookie": f"session={written}"}) as context:
        assert SignedCookies().open_session(app, context.request) == HELD


def test_without_a_key_there_is_nothing_to_sign_with():
    assert SignedCookies().get_signing_serializer(Flask("keyless")) is None
