"""Moves that nobody may make, not even HR: the page says so before the click."""

from flask import Flask

from tests.factories import make_application, make_candidate, make_job
from tests.moving import REJECT, move
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application

People = dict[str, int]


def text_of(response: object) -> str:
    return " ".join("".join(page_of(response).itertext()).split())  # type: ignore[arg-type]


def test_reopening_beside_another_active_application_says_what_stands_against_it(
    app: Flask, database: Database, people: People
) -> None:
    with database.writing() as session:
        job, amina = make_job(session), make_candidate(session)
        closed = make_application(session, job, candidate=amina)
        application_id = closed.id
        move(session, closed, REJECT, SYSTEM)
        make_application(session, job, candidate=amina)
    path = f"/applications/{application_id}/moves"
    values = {"move": "reopen", "from": "application", "version": "2", "text": "Meant another person"}
    for persona in ("rita", "olga"):
        browser = sign_in(app.test_client(), persona)  # type: ignore[arg-type]
        page = browser.get(path + "?move=reopen")
        assert "Closing the other active application of this person on the job first" in text_of(page)
        assert page_of(page).find(".//main//form//button") is None
        override = {"override": ["no_other_active"], "override_reason": "Both count"}
        answer = browser.send(path, values | (override if persona == "olga" else {}))
        assert answer.status_code == 422
        assert "Closing the other active application" in text_of(answer)
    with database.reading() as session:
        assert session.get_one(Application, application_id).outcome is Outcome.REJECTED


def test_hr_is_offered_no_way_round_a_job_whose_openings_are_taken(
    client: ReadingClient, database: Database, people: People
) -> None:
    with database.writing() as session:
        job = make_job(session, openings=1)
        make_application(session, job, stage=Stage.ONBOARDING)
        second = make_application(session, job, stage=Stage.OFFER).id
    olga = sign_in(client, "olga")
    path = f"/applications/{second}/moves"
    page = olga.get(path)
    assert "A free opening: all are taken" in text_of(page)
    assert "Go on without" not in text_of(page)
    values: dict[str, object] = {"move": "advance", "from": "offer", "version": "5"}
    values |= {"override": ["offer_approved", "offer_accepted", "opening_free"], "override_reason": "Both"}
    answer = olga.send(path, values)
    assert (answer.status_code, "A free opening: all are taken" in text_of(answer)) == (422, True)
