"""What was left open on an application is answered on the own page, once, and nothing else changes."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.candidates import applied, own_client, send_own
from tests.careers import resume, send_form
from tests.web.conftest import ON_BOTH, sign_in
from tests.web.pages import page_of
from tracker import clock
from tracker.db import Database
from tracker.domain.screening_answers import QuestionKind
from tracker.domain.stages import Stage
from tracker.models.applications import AnswerFile, Application, ApplicationAnswer
from tracker.models.jobs import JobQuestion
from tracker.models.notices import Consent
from tracker.queries.facts import gather_facts

pytestmark = ON_BOTH


def text_of(response: Any) -> str:
    return " ".join("".join(page_of(response).itertext()).split())


def error_at(response: Any, field: str) -> str:
    found = page_of(response).find(f".//*[@id='{field}-error']")
    return "" if found is None else " ".join("".join(found.itertext()).split())


def asked(database: Database) -> tuple[int, int, list[int]]:
    """An application that staff entered: three required questions, of which one is answered."""
    number, candidate_id = applied(database, Stage.APPLICATION)
    with database.writing() as session:
        job_id = session.get_one(Application, number).job_id
        kinds = (QuestionKind.NUMBER, QuestionKind.FILE, QuestionKind.TEXT)
        rows = [
            JobQuestion(
                job_id=job_id, text=f"Question of {kind}", kind=kind, is_required=True, position=place
            )
            for place, kind in enumerate(kinds)
        ]
        session.add_all(
            [*rows, JobQuestion(job_id=job_id, text="If you like", is_required=False, position=9)]
        )
        session.flush()
        given = {"application_id": number, "question_id": rows[2].id, "answer": "Answered by telephone"}
        session.add(ApplicationAnswer(**given))
        return number, candidate_id, [row.id for row in rows]


def test_required_questions_left_open_are_answered_and_others_stay(app: Flask, database: Database) -> None:
    number, candidate_id, (count, paper, said) = asked(database)
    client = own_client(app, database, candidate_id)
    page = f"/my/applications/{number}"
    assert "Answers to 2 questions of this job" in text_of(client.get(page))
    shown = text_of(client.get(f"{page}/answers"))
    assert "Question of number" in shown
    assert "Question of text" not in shown
    assert "If you like" not in shown
    wrong = {"csrf_token": client.token, f"question_{count}": "many", f"question_{said}": "Rewritten"}
    bad_file = {f"question_{paper}": resume("a.html", b"<html>")}
    refused = send_form(client, f"{page}/answers", {**wrong, **bad_file})
    assert refused.status_code == 422
    assert "number" in error_at(refused, f"question_{count}")
    assert "Hand in a PDF" in error_at(refused, f"question_{paper}")
    right = {**wrong, f"question_{count}": "7", f"question_{paper}": resume("list.txt", b"A list")}
    assert send_form(client, f"{page}/answers", right).status_code == 303
    with database.reading() as session:
        answers = dict(session.execute(select(ApplicationAnswer.question_id, ApplicationAnswer.answer)).all())
        assert answers == {count: "7", paper: "list.txt", said: "Answered by telephone"}
        assert session.scalars(select(AnswerFile.question_id)).all() == [paper]
    assert "Answers to" not in text_of(client.get(page))
    assert client.get(f"{page}/answers").status_code == 303
    rita = sign_in(app.test_client(), "rita")
    assert "list.txt" in text_of(rita.get(f"/applications/{number}"))


def test_the_privacy_notice_is_confirmed_once(app: Flask, database: Database) -> None:
    number, candidate_id = applied(database, Stage.APPLICATION)
    with database.writing() as session:
        session.get_one(Application, number).consent_notice = None
    client = own_client(app, database, candidate_id)
    page = f"/my/applications/{number}"
    assert "That you have read how we use your data" in text_of(client.get(page))
    assert send_own(client, f"{page}/notice", notice="privacy-7").status_code == 422
    assert send_own(client, f"{page}/notice").status_code == 303
    with database.reading() as session:
        assert session.get_one(Application, number).consent_notice == "privacy-0"
        assert session.scalars(select(Consent.application_id)).one() == number
        assert gather_facts(session, [number], now=clock.now())[number].has_consent_notice
    again = client.post(f"{page}/notice", data={"csrf_token": client.token, "notice": "privacy-0"})
    assert again.status_code == 422
    assert "confirmed" in text_of(again)
    assert "still need from you" not in text_of(client.get(page))


def test_nobody_answers_for_others(app: Flask, database: Database) -> None:
    number, _, (count, *_rest) = asked(database)
    _, stranger_id = applied(database, name="Jonas Berg")
    client = own_client(app, database, stranger_id)
    client.get("/my")
    for end in ("answers", "notice"):
        path = f"/my/applications/{number}/{end}"
        assert client.get(path).status_code == 404
        sent = {"csrf_token": client.token, f"question_{count}": "1"}
        assert client.post(path, data=sent).status_code == 404
