"""The candidate's own page: what is theirs to read and to do, and not a byte of anybody else's."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.candidates import applied, own_client, send_own, sent_offer
from tests.careers import resume, send_form
from tests.factories import make_actor, make_application, make_candidate, make_job
from tests.interviewing import publish_rubric, schedule
from tests.web.conftest import ON_BOTH, sign_in
from tests.web.pages import ReadingClient, page_of
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import SYSTEM, Role
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.files import FileKind, StoredFile
from tracker.models.notices import Consent
from tracker.models.offers import Offer
from tracker.models.onboarding import OnboardingTask
from tracker.models.references import BackgroundCheck, Reference
from tracker.models.signatures import OfferSignature
from tracker.web import own_steps

pytestmark = ON_BOTH


def text_of(response: object) -> str:
    return " ".join("".join(page_of(response).itertext()).split())  # type: ignore[arg-type]


def with_session(database: Database, name: str = "Amina Yusuf") -> tuple[int, int, int]:
    with database.writing() as session:
        job = make_job(session)
        publish_rubric(session, job)
        application = make_application(
            session, job, stage=Stage.INTERVIEW, candidate=make_candidate(session, name)
        )
        ines = make_actor(session, Role.INTERVIEWER, name="Ines")
        at = clock.now() + timedelta(days=2)
        interview = schedule(session, application, ines, actor=SYSTEM, starts_at=at)
        interview.place = f"Room of {name}"
        return application.id, application.candidate_id, interview.id


def test_it_says_in_plain_words_where_one_stands_and_what_is_judged_next(
    app: Flask, database: Database
) -> None:
    number, candidate_id = applied(database, Stage.SCREENING, minimum_qualifications=["Writes clearly"])
    client = own_client(app, database, candidate_id)
    said = text_of(client.get(f"/my/applications/{number}"))
    assert "Being read" in said
    assert "Writes clearly" in said
    assert "creening" not in said


def test_a_session_is_confirmed_or_another_time_asked_for(app: Flask, database: Database) -> None:
    number, candidate_id, interview_id = with_session(database)
    client = own_client(app, database, candidate_id)
    page = f"/my/applications/{number}"
    assert "Room of Amina Yusuf" in text_of(client.get(page))
    assert (
        client.post(f"{page}/sessions/{interview_id}/confirm", data={"csrf_token": client.token}).status_code
        == 303
    )
    assert "You will be there" in text_of(client.get(page))
    assert send_own(client, f"{page}/sessions/{interview_id}/other-time", wish="").status_code == 422
    assert send_own(client, f"{page}/sessions/{interview_id}/other-time", wish="Mornings").status_code == 303
    staff = sign_in(app.test_client(), "rita")
    said = text_of(staff.get(f"/interviews/{interview_id}"))
    assert "The candidate asks for another time" in said
    assert "Mornings" in said


def test_referees_are_named_and_the_disclosure_stands_alone(app: Flask, database: Database) -> None:
    number, candidate_id = applied(database, Stage.REFERENCES, needs_background_check=True)
    client = own_client(app, database, candidate_id)
    page = f"/my/applications/{number}"
    values = {"referee_name": "Bela", "relationship": "Manager", "email": "bela@example.org"}
    assert send_own(client, f"{page}/referees/new", **values | {"email": "bela"}).status_code == 422
    assert send_own(client, f"{page}/referees/new", **values).status_code == 303
    alone = page_of(client.get(f"{page}/background-check"))
    links = [a.get("href") for a in alone.find(".//main").iter("a")]
    assert links == [page]
    answer = {"answer": "yes", "typed_name": "Amina Yusuf"}
    assert send_own(client, f"{page}/background-check", answer="yes").status_code == 422
    assert (
        client.post(f"{page}/background-check", data={"csrf_token": client.token, **answer}).status_code
        == 422
    )
    assert send_own(client, f"{page}/background-check", **answer).status_code == 303
    with database.reading() as session:
        assert session.get_one(BackgroundCheck, number).has_consent
        consent = session.scalars(select(Consent)).one()
        assert (consent.version, consent.typed_name) == ("background_check-0", "Amina Yusuf")
        assert session.scalars(select(Reference.consented_at)).one() is not None
    rita = sign_in(app.test_client(), "rita")
    said = text_of(rita.get(f"/applications/{number}/background-check"))
    assert "agreed on their own page as Amina Yusuf" in said
    assert "having read background_check-0" in said


def test_an_offer_is_read_signed_and_followed_by_tasks(app: Flask, database: Database) -> None:
    number, candidate_id = applied(database, Stage.OFFER, openings=1)
    with database.writing() as session:
        sent_offer(session, session.get_one(Application, number))
    client = own_client(app, database, candidate_id)
    page = f"/my/applications/{number}"
    assert "Our offer waits for your answer" in text_of(client.get(page))
    said = text_of(client.get(f"{page}/offer"))
    assert "31,500 GBP per year" in said
    letter = client.get(f"{page}/offer/letter.pdf")
    assert letter.data.startswith(b"%PDF")
    assert client.get(f"{page}/offer/letter.pdf").data == letter.data
    assert send_own(client, f"{page}/offer", typed_name="").status_code == 422
    assert send_own(client, f"{page}/offer", typed_name="Amina Yusuf", sha256="0" * 64).status_code == 422
    assert send_own(client, f"{page}/offer", typed_name="Amina Yusuf").status_code == 303
    assert "Signed as Amina Yusuf" in text_of(client.get(f"{page}/offer"))
    with database.reading() as session:
        assert session.get_one(Application, number).stage is Stage.ONBOARDING
        signature = session.scalars(select(OfferSignature)).one()
        assert signature.document == letter.data
        task = session.scalars(select(OnboardingTask).where(OnboardingTask.owner == "candidate")).first()
        assert task is not None
    sent = {"csrf_token": client.token, "file": resume("contract.txt", b"signed")}
    assert send_form(client, f"{page}/tasks/{task.id}", sent).status_code == 303
    with database.reading() as session:
        assert session.get_one(OnboardingTask, task.id).done_by == "candidate"
        assert session.scalars(select(StoredFile.kind)).all() == [FileKind.ONBOARDING]
    # Sent once more, the form changes nothing.
    assert send_own(client, f"{page}/offer", typed_name="Amina Yusuf").headers["Location"] == page
    olga = sign_in(app.test_client(), "olga")
    assert signature.document_sha256 in olga.get(f"/applications/{number}/offers").get_data(as_text=True)
    assert olga.get(f"/applications/{number}/offers/1/letter.pdf").data == letter.data
    assert sign_in(app.test_client(), "ines").get(
        f"/applications/{number}/offers/1/letter.pdf"
    ).status_code in (403, 404)


def test_an_offer_that_is_late_or_gone_gets_a_clear_page(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, candidate_id = applied(database, Stage.OFFER)
    with database.writing() as session:
        sent_offer(session, session.get_one(Application, number), expires_at=clock.now() + timedelta(hours=1))
    client = own_client(app, database, candidate_id)
    page = f"/my/applications/{number}"
    client.get(f"{page}/offer")
    with monkeypatch.context() as there:
        later = clock.now() + timedelta(hours=2)
        there.setattr(clock, "now", lambda: later)
        answer = send_own(client, f"{page}/offer", typed_name="Amina Yusuf")
        assert answer.status_code == 422
        assert "The time to answer is over" in text_of(answer)
    with database.writing() as session:
        session.execute(update(Offer).values(withdrawn_at=clock.now(), withdrawn_reason="Budget"))
    assert send_own(client, f"{page}/offer", typed_name="Amina Yusuf").status_code == 303
    assert "no offer that waits" in text_of(client.get(page))
    with database.reading() as session:
        assert session.get_one(Application, number).stage is Stage.OFFER


def test_an_offer_is_declined_with_a_reason(app: Flask, database: Database) -> None:
    number, candidate_id = applied(database, Stage.OFFER)
    with database.writing() as session:
        sent_offer(session, session.get_one(Application, number))
    client = own_client(app, database, candidate_id)
    page = f"/my/applications/{number}/offer/decline"
    assert send_own(client, page, reason="").status_code == 422
    assert send_own(client, page, reason="Another offer").status_code == 303
    with database.reading() as session:
        assert session.scalars(select(Offer.decline_reason)).one() == "Another offer"


def test_an_application_is_withdrawn_from_what_was_seen(app: Flask, database: Database) -> None:
    number, candidate_id = applied(database, Stage.SCREENING)
    client = own_client(app, database, candidate_id)
    page = f"/my/applications/{number}/withdraw"
    assert send_own(client, page, disposition="less_qualified").status_code == 422
    assert send_own(client, page, disposition="other_withdrawn").status_code == 422
    assert send_own(client, page, disposition="salary", version="1").status_code == 422
    assert send_own(client, page, disposition="salary").status_code == 303
    with database.reading() as session:
        assert session.get_one(Application, number).outcome is Outcome.WITHDRAWN
    assert send_own(client, page, disposition="salary").headers["Location"] == f"/my/applications/{number}"
    assert "withdrawn already" in text_of(client.get(f"/my/applications/{number}"))


def test_of_two_withdrawals_at_once_the_later_reads_that_it_is_done(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, candidate_id = applied(database, Stage.SCREENING)
    client = own_client(app, database, candidate_id)
    page, as_ever = f"/my/applications/{number}/withdraw", own_steps.make_move

    def behind_the_other(session: Session, *given: Any, **more: Any) -> Any:
        session.rollback()
        with database.writing() as other:
            as_ever(other, *given, **more)
        return as_ever(session, *given, **more)

    monkeypatch.setattr(own_steps, "make_move", behind_the_other)
    answer = send_own(client, page, disposition="salary")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/my/applications/{number}")
    assert "withdrawn already" in text_of(client.get(f"/my/applications/{number}"))


def test_files_are_handed_in_and_guarded(app: Flask, database: Database) -> None:
    number, candidate_id = applied(database)
    client = own_client(app, database, candidate_id)
    page = f"/my/applications/{number}"
    client.get(f"{page}/files/new")
    for name, data, status in (("x.html", b"<html>", 422), ("letter.txt", b"Dear all", 303)):
        sent = {"csrf_token": client.token, "file": resume(name, data)}
        assert send_form(client, f"{page}/files/new", sent).status_code == status
    assert "letter.txt" in text_of(client.get(page))


def test_no_page_of_theirs_is_kept_by_a_cache(app: Flask, database: Database) -> None:
    number, candidate_id = applied(database)
    client: ReadingClient = own_client(app, database, candidate_id)
    for path in ("/my", f"/my/applications/{number}", "/my/data"):
        assert client.get(path).headers["Cache-Control"] == "no-store"
