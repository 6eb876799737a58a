"""The screening queue on its pages: one after the other, decided with a word on each qualification."""

from typing import Any

import pytest
from sqlalchemy import event

from tests.factories import actor_of, make_application, make_job
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tests.web.screening_queue import GERMAN, KEY, LICENCE, NAMES, add_resume, job_id, queue, send, shown
from tracker.db import Database
from tracker.domain.screening_answers import QuestionKind
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application, ApplicationAnswer
from tracker.models.audit import AuditEntry
from tracker.models.jobs import Job, JobQuestion
from tracker.models.screenings import CallResult
from tracker.models.users import User
from tracker.queries.screenings import reviews_of
from tracker.services.screenings import record_resume_review, record_screening_call

__all__ = ["job_id", "queue"]


def error_at(response: Any, field: str) -> str:
    found = page_of(response).find(f".//*[@id='{field}-error']")
    return "" if found is None else " ".join("".join(found.itertext()).split())


def test_queue_goes_from_the_oldest_to_the_end(client: ReadingClient, job_id: int, queue: list[int]) -> None:
    sign_in(client, "rita")
    base = f"/jobs/{job_id}/screen"
    assert client.get(base).location == f"{base}/{queue[0]}"
    for place, number in enumerate(queue, 1):
        path = f"{base}/{number}"
        page = client.get(path).get_data(as_text=True)
        assert NAMES[place - 1] in page
        assert f"{1} of {4 - place}" in page
        answer = send(client, path, shown(client, path), decision="pass", **{KEY: "met"})
        following = f"{base}/{queue[place]}" if place < 3 else f"{base}?at=end"
        assert (answer.status_code, answer.location) == (303, following)
    end = client.get(f"{base}?at=end").get_data(as_text=True)
    assert "Every résumé is reviewed" in end
    assert "3 applications passed and wait for the screening call" in end
    assert client.get(base).status_code == 200


def test_skipping_leads_to_the_next_and_the_end_offers_what_was_left(
    client: ReadingClient, job_id: int, queue: list[int]
) -> None:
    sign_in(client, "rita")
    base = f"/jobs/{job_id}/screen"
    page = client.get(f"{base}/{queue[1]}").get_data(as_text=True)
    assert "2 of 3" in page
    assert f'href="{base}/{queue[0]}"' in page
    assert f'href="{base}/{queue[2]}"' in page
    assert f'href="{base}?at=end"' in client.get(f"{base}/{queue[2]}").get_data(as_text=True)
    end = client.get(f"{base}?at=end").get_data(as_text=True)
    assert "3 applications that you left still wait" in end
    assert f'href="{base}/{queue[0]}"' in end


def test_empty_queue_says_the_next_step(client: ReadingClient, database: Database, job_id: int) -> None:
    sign_in(client, "rita")
    base = f"/jobs/{job_id}/screen"
    assert "Nobody waits to be screened" in client.get(base).get_data(as_text=True)
    with database.writing() as session:
        olga = actor_of(session, session.query(User).filter_by(name="Olga").one())
        made = make_application(session, session.get_one(Job, job_id), stage=Stage.SCREENING)
        record_resume_review(session, made, passed=False, reason="No licence", actor=olga)
    assert "One application does not pass and is still open" in client.get(base).get_data(as_text=True)
    with database.writing() as session:
        record_resume_review(session, session.get_one(Application, made.id), passed=True, actor=olga)
        record_screening_call(
            session, session.get_one(Application, made.id), result=CallResult.STRONG, actor=olga
        )
    assert "Nobody waits to be screened" in client.get(base).get_data(as_text=True)


def test_resume_is_read_beside_the_answers_with_their_hints(
    client: ReadingClient, database: Database, job_id: int, queue: list[int]
) -> None:
    add_resume(database, queue[0], "Ten years at <b>Holt</b> & Sons")
    add_resume(database, queue[1], None, "It is a picture.")
    add_resume(database, queue[2], None)
    with database.writing() as session:
        rule = {"least": "18"}
        question = JobQuestion(
            job_id=job_id, position=1, text="How old are you?", kind=QuestionKind.NUMBER, knock_out=rule
        )
        session.add(question)
        session.flush()
        session.add(ApplicationAnswer(application_id=queue[0], question_id=question.id, answer="17"))
    sign_in(client, "rita")
    pages = [client.get(f"/jobs/{job_id}/screen/{number}").get_data(as_text=True) for number in queue]
    assert "Ten years at &lt;b&gt;Holt&lt;/b&gt; &amp; Sons" in pages[0]
    assert "The job asks for at least 18." in pages[0]
    assert all(word in pages[0] for word in (LICENCE, GERMAN, "You decide."))
    assert "It is a picture." in pages[1]
    assert "not taken out yet" in pages[2]
    assert all(f"/files/key{number}" in page for number, page in zip(queue, pages, strict=True))
    with database.reading() as session:
        read = session.query(AuditEntry).filter_by(action="file:read").all()
        assert [entry.application_id for entry in read] == [queue[0]]


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"decision": "pass"}, KEY, "Say whether it is met."),
        ({"decision": "pass", KEY: "not_met"}, KEY, "does not pass"),
        ({"decision": "pass", KEY: "unclear", f"{KEY}_reason": " "}, KEY, "found out"),
        ({"decision": "pass", KEY: "perhaps"}, KEY, "Not a valid choice"),
        ({"decision": "pass", KEY: "met", f"{KEY}_reason": "x" * 501}, f"{KEY}_reason", "At most"),
        ({"decision": "reject", KEY: "not_met"}, "disposition", "Choose"),
        ({"decision": "reject", "disposition": "minimum_qualifications"}, "disposition", "Mark the minimum"),
        ({"decision": "reject", "disposition": "other_rejected"}, "note", ""),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_is_kept(
    client: ReadingClient,
    database: Database,
    job_id: int,
    queue: list[int],
    values: dict[str, str],
    field: str,
    sentence: str,
) -> None:
    sign_in(client, "rita")
    path = f"/jobs/{job_id}/screen/{queue[0]}"
    answer = send(client, path, shown(client, path), **{f"{KEY}_reason": "It says so", **values})
    assert answer.status_code == 422
    said = error_at(answer, field)
    assert said
    assert sentence in said
    with database.reading() as session:
        assert not reviews_of(session, queue[0])
        assert session.get_one(Application, queue[0]).outcome is Outcome.ACTIVE


@pytest.mark.parametrize("values", [{}, {"decision": "hire"}, {"decision": "pass", "version": "x"}])
def test_form_that_no_page_has_is_refused(
    client: ReadingClient, job_id: int, queue: list[int], values: dict[str, str]
) -> None:
    sign_in(client, "rita")
    assert client.send(f"/jobs/{job_id}/screen/{queue[0]}", values).status_code == 400


def test_rejection_goes_on_to_the_next_and_can_be_undone(
    client: ReadingClient, database: Database, job_id: int, queue: list[int]
) -> None:
    sign_in(client, "rita")
    path = f"/jobs/{job_id}/screen/{queue[0]}"
    opened = shown(client, path)
    given = {"decision": "reject", KEY: "not_met", "disposition": "minimum_qualifications"}
    answer = send(client, path, opened, **given)
    assert answer.location == f"/jobs/{job_id}/screen/{queue[1]}"
    again = send(client, path, opened, **given)
    assert again.status_code == 303
    with database.reading() as session:
        assert session.get_one(Application, queue[0]).outcome is Outcome.REJECTED
        assert len(reviews_of(session, queue[0])) == 1
    page = page_of(client.get(answer.location))
    undo = page.find(f".//form[@action='/applications/{queue[0]}/moves']")
    values = {field.get("name"): field.get("value") for field in undo.iter("input")}
    back = client.send(f"/applications/{queue[0]}/moves", values)
    assert back.location == path
    assert "A new review counts" in client.get(path).get_data(as_text=True)


def test_profile_is_read_where_there_is_no_file(
    client: ReadingClient, database: Database, job_id: int, queue: list[int]
) -> None:
    with database.writing() as session:
        kept = {"work": [{"position": "Clerk", "name": "Holt & <b>Sons</b>"}]}
        session.get_one(Application, queue[0]).candidate.profile = kept
    sign_in(client, "rita")
    pages = [client.get(f"/jobs/{job_id}/screen/{n}").get_data(as_text=True) for n in queue[:2]]
    assert "Work: Clerk, Holt &amp; &lt;b&gt;Sons&lt;/b&gt;" in pages[0]
    assert "No résumé was handed in" in pages[1]


def test_queue_is_for_recruiters_and_hr(client: ReadingClient, job_id: int, queue: list[int]) -> None:
    paths = (f"/jobs/{job_id}/screen", f"/jobs/{job_id}/screen/{queue[0]}")
    for persona in ("hank", "ines"):
        sign_in(client, persona)
        assert [client.get(path).status_code for path in paths] == [403, 403]
        assert client.send(paths[1], {"decision": "pass"}).status_code == 403
        board = client.get(f"/jobs/{job_id}")
        assert paths[0] not in board.get_data(as_text=True)
    sign_in(client, "olga")
    assert client.get(paths[1]).status_code == 200


def test_application_of_another_job_or_of_none_is_not_there(
    client: ReadingClient, database: Database, job_id: int, queue: list[int]
) -> None:
    with database.writing() as session:
        other = make_job(session)
    sign_in(client, "rita")
    for path in (f"/jobs/{other.id}/screen/{queue[0]}", f"/jobs/{job_id}/screen/999", "/jobs/999/screen"):
        assert client.get(path).status_code == 404


def test_board_table_and_my_work_lead_to_the_queue(
    client: ReadingClient, job_id: int, queue: list[int]
) -> None:
    sign_in(client, "rita")
    for path in (f"/jobs/{job_id}", f"/jobs/{job_id}?view=table", "/my-work"):
        assert f'href="/jobs/{job_id}/screen"' in client.get(path).get_data(as_text=True), path
    assert "3 to review" in client.get("/my-work").get_data(as_text=True)


def test_page_takes_as_many_statements_for_three_as_for_thirty(
    client: ReadingClient, database: Database, job_id: int, queue: list[int]
) -> None:
    sign_in(client, "rita")
    add_resume(database, queue[1], "Ten years")
    path, counts = f"/jobs/{job_id}/screen/{queue[1]}", []
    for _ in range(2):
        statements: list[str] = []
        listener = lambda *args: statements.append(args[2])  # noqa: B023, E731
        event.listen(database.engine, "before_cursor_execute", listener)
        assert client.get(path).status_code == 200
        event.remove(database.engine, "before_cursor_execute", listener)
        counts.append(len(statements))
        with database.writing() as session:
            job = session.get_one(Job, job_id)
            for _ in range(27):
                make_application(session, job, stage=Stage.SCREENING)
    assert counts[0] == counts[1]
