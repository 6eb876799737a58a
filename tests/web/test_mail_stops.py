"""Turning the daily digest on in one's settings, and stopping it by its mail without signing in."""

from datetime import timedelta

import pytest

from tests.factories import join_team, make_application, make_job
from tests.web.conftest import sign_in
from tests.web.known_candidates import text_of
from tests.web.pages import page_of
from tracker import clock
from tracker.cli.worker import queue_due_digests, sender_of
from tracker.domain.actors import TeamRole
from tracker.models.outbox import OutboxMessage
from tracker.models.users import User
from tracker.services.digests import STOP_PATH, WORK_PATH
from tracker.services.mails import write_mail


@pytest.fixture
def stop_path(client, database, people, config):
    """The path of the link in a digest that Rita asked for and got."""
    with database.writing() as session:
        job = make_job(session)
        join_team(session, job, session.get_one(User, people["rita"]), TeamRole.RECRUITER)
        make_application(session, job)
    sign_in(client, "rita")
    client.send("/settings", {"time_zone": "UTC", "is_mailed_digest": "y"})
    assert client.get("/settings").status_code == 200
    with clock.standing_at(clock.now() + timedelta(days=1)):
        morning = clock.now().replace(hour=8)
        with clock.standing_at(morning):
            assert queue_due_digests(database, "UTC") == 1
            with database.writing() as session:
                message = session.get_one(OutboxMessage, 1)
                mail = write_mail(session, message, sender_of(config), is_going_out=True)
    return f"{STOP_PATH}{mail.secret}"


def wishes(database, people):
    with database.reading() as session:
        return session.get_one(User, people["rita"]).is_mailed_digest


def test_looking_stops_nothing_and_the_button_does(app, database, people, stop_path):
    stranger = app.test_client()
    assert "Stop the daily digest" in text_of(stranger.get(stop_path))
    assert wishes(database, people)
    answer = stranger.post(stop_path, data={"csrf_token": stranger.token})
    assert answer.status_code == 200
    assert "no daily digest any more" in text_of(answer)
    assert not wishes(database, people)
    assert stranger.post(stop_path, data={"csrf_token": stranger.token}).status_code == 200
    assert stranger.get("/my-work").status_code == 302, "the link signs nobody in"


@pytest.mark.parametrize("token", ["x", "x" * 32, "x" * 5000, "rita@example.org"])
def test_any_other_link_says_that_it_does_not_work(client, database, people, stop_path, token):
    answer = client.get(f"{STOP_PATH}{token}")
    assert answer.status_code == 404
    assert "does not work any more" in text_of(answer)
    assert client.post(f"{STOP_PATH}{token}", data={"csrf_token": client.token}).status_code == 404
    assert wishes(database, people)


def test_the_settings_show_and_end_it(client, database, people, stop_path):
    box = page_of(client.get("/settings")).find(".//input[@name='is_mailed_digest']")
    assert box.get("checked") is not None
    client.send("/settings", {"time_zone": "UTC"})
    assert not wishes(database, people)


def test_links_lead_to_pages_there_are(app):
    paths = {rule.rule for rule in app.url_map.iter_rules()}
    assert {WORK_PATH, f"{STOP_PATH}<token>"} <= paths
