"""Two recruiters at one screening queue: who comes second is told, and loses nothing they typed."""

from tests.factories import actor_of
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tests.web.screening_queue import KEY, People, job_id, queue, send, shown
from tracker.db import Database
from tracker.domain.deciding import MoveRequest
from tracker.domain.moves import MoveKind
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.users import User
from tracker.queries.screenings import reviews_of
from tracker.services.moves import make_move
from tracker.services.screenings import record_resume_review

__all__ = ["job_id", "queue"]


def test_second_recruiter_is_told_and_keeps_what_they_typed(
    client: ReadingClient, database: Database, people: People, job_id: int, queue: list[int]
) -> None:
    sign_in(client, "rita")
    path = f"/jobs/{job_id}/screen/{queue[0]}"
    opened = shown(client, path)
    with database.writing() as session:
        olga = actor_of(session, session.get_one(User, people["olga"]))
        application = session.get_one(Application, queue[0])
        record_resume_review(session, application, passed=False, reason="No licence", actor=olga)
    answer = send(client, path, opened, decision="pass", **{KEY: "met", f"{KEY}_reason": "Card seen"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert all(word in page for word in ("Reviewed by Olga", "does not pass", 'value="Card seen"'))
    again = send(client, path, page_of(answer), decision="pass", **{KEY: "met", f"{KEY}_reason": "Card seen"})
    assert again.status_code == 303
    with database.reading() as session:
        assert [one.passed for one in reviews_of(session, queue[0])] == [True, False]


def test_application_that_was_moved_meanwhile_says_what_happened_and_keeps_what_was_typed(
    client: ReadingClient, database: Database, people: People, job_id: int, queue: list[int]
) -> None:
    sign_in(client, "rita")
    path = f"/jobs/{job_id}/screen/{queue[0]}"
    opened = shown(client, path)
    with database.writing() as session:
        olga = actor_of(session, session.get_one(User, people["olga"]))
        closing = MoveRequest(MoveKind.WITHDRAW, disposition="other_offer")
        application = session.get_one(Application, queue[0])
        make_move(
            session,
            application.id,
            closing,
            actor=olga,
            seen_stage=Stage.SCREENING,
            seen_version=application.version,
        )
    answer = send(client, path, opened, decision="pass", **{KEY: "met", f"{KEY}_reason": "Card seen"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert all(word in page for word in ("by Olga", "This is what you typed", "Card seen"))
    assert f'href="/jobs/{job_id}/screen/{queue[1]}"' in page
    assert client.get(path).status_code == 200
