from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import join_team, make_application, make_candidate, make_job
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.domain.deciding import MoveRequest
from tracker.domain.moves import MoveKind
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application, ApplicationNote
from tracker.models.moves import Move
from tracker.models.users import User
from tracker.services.moves import make_move

People = dict[str, int]


@pytest.fixture
def application_id(database: Database, people: People) -> int:
    """Amina's application on a job of Hank's, with all that screening asks for."""
    with database.writing() as session:
        job = make_job(session, title="Order clerk, Leeds")
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        amina = make_candidate(session, profile={"basics": {}})
        return make_application(session, job, candidate=amina).id


def stored(database: Database, application_id: int) -> Application:
    with database.reading() as session:
        return session.get_one(Application, application_id)


def kinds(database: Database, application_id: int) -> list[MoveKind]:
    with database.reading() as session:
        rows = select(Move.kind).where(Move.application_id == application_id).order_by(Move.version)
        return list(session.scalars(rows))


def text_of(response: object) -> str:
    return " ".join("".join(page_of(response).itertext()).split())  # type: ignore[arg-type]


def typed_in(client: ReadingClient, path: str) -> dict[str, str]:
    """The values of the move form at this address, as a browser would send them back."""
    form = page_of(client.get(path)).find(".//main//form[@class='form']")
    return {field.get("name"): field.get("value", "") for field in form.iter("input") if field.get("name")}


def reject_elsewhere(database: Database, application_id: int) -> None:
    with database.writing() as session:
        application = session.get_one(Application, application_id)
        request = MoveRequest(MoveKind.REJECT, disposition="incomplete")
        make_move(
            session,
            application.id,
            request,
            actor=SYSTEM,
            seen_stage=application.stage or Stage.APPLICATION,
            seen_version=application.version,
        )


def test_recruiter_moves_by_form_and_undoes_it_from_the_toast(
    client: ReadingClient, database: Database, application_id: int
) -> None:
    sign_in(client, "rita")
    path = f"/applications/{application_id}/moves"
    values = typed_in(client, path)
    answer = client.post(path, data=values)
    assert (answer.status_code, answer.location) == (303, f"/applications/{application_id}")
    assert stored(database, application_id).stage is Stage.SCREENING
    page = page_of(client.get(answer.location))
    toast = page.find(".//div[@class='toast good']")
    assert "Moved Amina Yusuf to Screening." in "".join(toast.itertext())
    undo = {field.get("name"): field.get("value") for field in toast.iter("input")}
    assert client.post(toast.find(".//form").get("action"), data=undo).status_code == 303
    assert stored(database, application_id).stage is Stage.APPLICATION
    assert kinds(database, application_id) == [MoveKind.APPLY, MoveKind.ADVANCE, MoveKind.UNDO]


def test_same_form_sent_twice_is_one_move(
    client: ReadingClient, database: Database, application_id: int
) -> None:
    sign_in(client, "rita")
    path = f"/applications/{application_id}/moves"
    values = typed_in(client, path + "?back=board")
    answers = [client.post(path, data=values) for _ in range(2)]
    job_id = stored(database, application_id).job_id
    assert [(a.status_code, a.location) for a in answers] == [(303, f"/jobs/{job_id}")] * 2
    assert kinds(database, application_id) == [MoveKind.APPLY, MoveKind.ADVANCE]


def test_move_with_something_missing_is_refused_with_the_list(
    client: ReadingClient, database: Database, people: People
) -> None:
    with database.writing() as session:
        bare = make_application(session, stage=Stage.SCREENING).id
    sign_in(client, "rita")
    path = f"/applications/{bare}/moves"
    shown = text_of(client.get(path))
    assert "2 things left" in shown
    assert "The résumé review" in shown
    values = {"move": "advance", "to": "interview", "from": "screening", "version": "2", "key": "k"}
    answer = client.send(path, values)
    assert answer.status_code == 422
    assert "The screening call, or a reason to waive it" in text_of(answer)
    assert stored(database, bare).stage is Stage.SCREENING


def test_hr_goes_on_without_what_is_missing_and_only_with_a_reason(
    client: ReadingClient, app: Flask, database: Database, people: People
) -> None:
    with database.writing() as session:
        bare = make_application(session, stage=Stage.SCREENING).id
    path = f"/applications/{bare}/moves"
    values: dict[str, object] = {"move": "advance", "from": "screening", "version": "2"}
    values["override"] = ["resume_review", "screening_call"]
    assert sign_in(client, "rita").send(path, values | {"override_reason": "Known"}).status_code == 403
    olga = sign_in(app.test_client(), "olga")  # type: ignore[arg-type]
    answer = olga.send(path, values)
    assert "An override needs a reason" in text_of(answer)
    assert "Go on without optional" not in text_of(answer)
    assert "Why without optional" not in text_of(answer)
    assert olga.send(path, values | {"override_reason": "Known from last year."}).status_code == 303
    assert stored(database, bare).stage is Stage.INTERVIEW
    assert "Known from last year." in text_of(olga.get(f"/applications/{bare}"))


def test_stale_move_is_a_conflict_that_tells_what_happened_and_keeps_the_text(
    client: ReadingClient, database: Database, application_id: int
) -> None:
    sign_in(client, "rita")
    path = f"/applications/{application_id}/moves"
    values = typed_in(client, path + "?move=reject")
    with database.writing() as session:
        application = session.get_one(Application, application_id)
        request = MoveRequest(MoveKind.ADVANCE)
        make_move(
            session, application.id, request, actor=SYSTEM, seen_stage=Stage.APPLICATION, seen_version=1
        )
    typed = {"disposition": "other_rejected", "note": "Asked for a night shift only."}
    answer = client.post(path, data=values | typed)
    assert answer.status_code == 409
    assert "Advanced to Screening by system just now" in text_of(answer)
    kept = page_of(answer)
    assert "".join(kept.find(".//textarea[@name='note']").itertext()).strip() == typed["note"]
    assert kept.find(".//option[@selected]").get("value") == "other_rejected"
    assert stored(database, application_id).outcome is Outcome.ACTIVE
    again = {
        f.get("name"): f.get("value", "") for f in kept.find(".//main//form[@class='form']").iter("input")
    }
    assert client.post(path, data=again | typed).status_code == 303
    assert stored(database, application_id).outcome is Outcome.REJECTED


def test_stale_move_that_is_no_longer_possible_shows_what_was_typed(
    client: ReadingClient, database: Database, application_id: int
) -> None:
    sign_in(client, "rita")
    path = f"/applications/{application_id}/moves"
    values = typed_in(client, path + "?move=withdraw")
    reject_elsewhere(database, application_id)
    answer = client.post(path, data=values | {"disposition": "salary", "note": "Wanted more."})
    assert answer.status_code == 409
    assert "no longer possible" in text_of(answer)
    assert "Wanted more." in text_of(answer)


def test_rejecting_asks_for_a_reason_of_the_list_at_its_field(
    client: ReadingClient, database: Database, application_id: int
) -> None:
    sign_in(client, "rita")
    path = f"/applications/{application_id}/moves"
    values = typed_in(client, path + "?move=reject")
    for disposition in ("", "salary", "made up"):
        answer = client.post(path, data=values | {"disposition": disposition, "note": "Kept."})
        assert answer.status_code == 422
        assert "Choose a reason from the list." in text_of(answer)
        assert "Kept." in text_of(answer)
    assert stored(database, application_id).outcome is Outcome.ACTIVE


def test_hiring_manager_may_reject_but_not_advance_to_screening(
    client: ReadingClient, database: Database, application_id: int
) -> None:
    sign_in(client, "hank")
    path = f"/applications/{application_id}/moves"
    assert "This move is for: recruiter, HR." in text_of(client.get(path))
    values = {"move": "advance", "from": "application", "version": "1"}
    answer = client.send(path, values)
    assert answer.status_code == 403
    assert "You may not make this move." in text_of(answer)
    values |= {"move": "reject", "disposition": "less_qualified"}
    assert client.send(path, values).status_code == 303


@pytest.mark.parametrize("persona", ["hank", "ines"])
def test_who_has_no_part_in_the_job_finds_no_application(
    client: ReadingClient, database: Database, people: People, persona: str
) -> None:
    with database.writing() as session:
        other = make_application(session).id
    sign_in(client, persona)
    values = {"move": "reject", "from": "application", "version": "1", "disposition": "less_qualified"}
    for path in ("", "/moves"):
        assert client.get(f"/applications/{other}{path}").status_code == 404
    assert client.send(f"/applications/{other}/moves", values).status_code == 404
    assert stored(database, other).outcome is Outcome.ACTIVE


def test_stranger_is_sent_to_sign_in(client: ReadingClient, application_id: int) -> None:
    assert "/sign-in" in client.get(f"/applications/{application_id}").location


@pytest.mark.parametrize(
    "values",
    [
        {"move": "fly", "from": "application", "version": "1"},
        {"move": "advance", "from": "attic", "version": "1"},
        {"move": "advance", "from": "application", "version": "x"},
        {"move": "return", "from": "application", "version": "1", "to": "attic"},
        {"move": "advance", "from": "application"},
        {},
    ],
)
def test_form_that_no_page_of_ours_made_is_refused(
    client: ReadingClient, database: Database, application_id: int, values: dict[str, str]
) -> None:
    sign_in(client, "rita")
    assert client.send(f"/applications/{application_id}/moves", values).status_code == 400
    assert kinds(database, application_id) == [MoveKind.APPLY]


def test_dropping_two_stages_ahead_offers_the_next_one(client: ReadingClient, application_id: int) -> None:
    sign_in(client, "rita")
    shown = text_of(client.get(f"/applications/{application_id}/moves?to=offer&from=application&version=1"))
    assert "after Application comes Screening" in shown
    huge = client.get(f"/applications/{application_id}/moves?version={10**30}")
    assert huge.status_code == 200


def test_note_is_kept_in_the_timeline_and_an_empty_one_refused(
    client: ReadingClient, database: Database, application_id: int
) -> None:
    sign_in(client, "rita")
    path = f"/applications/{application_id}/notes"
    assert "Write something first." in text_of(client.send(path, {"text": " "}))
    assert client.send(path, {"text": "Called, <b>voicemail</b>."}).status_code == 303
    assert "Called, <b>voicemail</b>." in text_of(client.get(f"/applications/{application_id}"))
    with database.reading() as session:
        assert session.scalars(select(ApplicationNote.author_id)).all()


def test_page_says_where_the_application_stood_on_another_day(
    client: ReadingClient, database: Database, application_id: int
) -> None:
    sign_in(client, "rita")
    path = f"/applications/{application_id}?as_of="
    assert "Application, active" in text_of(client.get(path + clock.today().isoformat()))
    assert "there was no application yet" in text_of(client.get(path + date(2020, 1, 1).isoformat()))
    assert client.get(path + "yesterday").status_code == 400
    assert client.get(path + "9999-12-31").status_code == 400
