"""What tests of a candidate's own page share: an offer that waits, and candidates who have come in."""

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import insert

from tests.careers import come_in
from tests.factories import actor_of, make_actor, make_application, make_candidate, make_job, make_user
from tests.web.pages import ReadingClient, page_of
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import Role, TeamRole
from tracker.domain.offers import SalaryPeriod
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job, TeamMember
from tracker.models.offers import Offer
from tracker.models.users import User
from tracker.services.candidate_access import issue_link
from tracker.services.offers import approve_offer, draft_offer, send_offer


def sent_offer(session: Any, application: Application, **terms: Any) -> Offer:
    """An offer that a recruiter of the job drafted, HR approved, and the candidate was sent."""
    offer = approved_offer(session, application, **terms)
    rita = actor_of(session, session.get_one(User, offer.drafted_by_id))
    return send_offer(session, offer, letter=b"%PDF", actor=rita)


def approved_offer(session: Any, application: Application, **terms: Any) -> Offer:
    """An offer that a recruiter of the job drafted and HR approved."""
    user = make_user(session, "Rita", Role.RECRUITER)
    row = {"job_id": application.job_id, "user_id": user.id, "role": TeamRole.RECRUITER}
    session.execute(insert(TeamMember), [row])
    rita, olga = actor_of(session, user), make_actor(session, Role.HR, name="Olga")
    given = {
        "salary_cents": 3_150_000,
        "currency": "GBP",
        "period": SalaryPeriod.YEAR,
        "starts_on": clock.today() + timedelta(days=30),
        "expires_at": clock.now() + timedelta(days=7),
        "benefits": "Lunch.",
    }
    offer = draft_offer(session, application, **{**given, **terms}, actor=rita)
    return approve_offer(session, offer, actor=olga)


def applied(
    database: Database, stage: Stage = Stage.APPLICATION, name: str = "Amina Yusuf", **job: Any
) -> tuple[int, int]:
    """An application at a stage, and its candidate: their ids."""
    with database.writing() as session:
        made = make_job(session, **job) if "id" not in job else session.get_one(Job, job["id"])
        application = make_application(session, made, stage=stage, candidate=make_candidate(session, name))
        return application.id, application.candidate_id


def own_client(app: Flask, database: Database, candidate_id: int) -> ReadingClient:
    """The browser of a candidate who has come in by a link."""
    with database.writing() as session:
        token = issue_link(session, session.get_one(Candidate, candidate_id).id)
    client = app.test_client()
    assert come_in(client, f"/my/link/{token}").status_code == 303
    return client


def send_own(client: ReadingClient, path: str, **values: Any) -> Any:
    """Open a form of the own page and send it with what it hides."""
    page = client.get(path)
    hidden = {}
    if page.status_code == 200 and page.mimetype == "text/html":
        hidden = hidden_of(page)
    return client.post(path, data={"csrf_token": client.token, **hidden, **values})


def hidden_of(page: Any) -> dict[str, str]:
    return {
        field.get("name"): field.get("value", "")
        for form in page_of(page).iter("form")
        for field in form.iter("input")
        if field.get("type") == "hidden"
    }
