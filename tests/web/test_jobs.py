import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.test import TestResponse

from tests.factories import join_team, make_application, make_job
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker.db import Database
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.domain.stages import STAGES, JobStatus, Outcome, Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.models.users import User
from tracker.services.tags import add_tags

People = dict[str, int]


def a_job(database: Database, people: People, each: int = 1, **values: object) -> int:
    """A job of Hank's with so many applications in each stage."""
    with database.writing() as session:
        job = make_job(session, title="Order clerk, Leeds", openings=2 * each + 1, **values)
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        for stage in STAGES if each else ():
            for _ in range(each):
                make_application(session, job, stage=stage)
        return job.id


def job_of(database: Database, job_id: int) -> Job:
    with database.reading() as session:
        return session.get_one(Job, job_id)


def text_of(response: object) -> str:
    return " ".join("".join(page_of(response).itertext()).split())  # type: ignore[arg-type]


@pytest.mark.parametrize(("persona", "status"), [("rita", 200), ("olga", 200), ("hank", 200), ("ines", 404)])
def test_board_is_for_recruiters_hr_and_the_hiring_team(
    client: ReadingClient, database: Database, people: People, persona: str, status: int
) -> None:
    job_id = a_job(database, people)
    assert sign_in(client, persona).get(f"/jobs/{job_id}").status_code == status


def test_empty_board_tells_an_interviewer_why_and_where_their_sessions_are(
    client: ReadingClient, database: Database, people: People
) -> None:
    job_id = a_job(database, people)
    with database.writing() as session:
        ines = session.get_one(User, people["ines"])
        join_team(session, session.get_one(Job, job_id), ines, TeamRole.INTERVIEWER)
    page = page_of(sign_in(client, "ines").get(f"/jobs/{job_id}"))
    told = page.find(".//div[@class='empty']")
    assert "candidates of their own sessions" in "".join(told.itertext())
    assert told.find(".//a").get("href") == "/interviews"
    assert page_of(sign_in(client, "hank").get(f"/jobs/{job_id}")).find(".//div[@class='empty']") is None


def test_hiring_manager_of_another_job_finds_neither_board_nor_table(
    client: ReadingClient, database: Database, people: People
) -> None:
    with database.writing() as session:
        job_id = make_job(session).id
    sign_in(client, "hank")
    for path in ("", "?view=table", "/edit", "/applications/new"):
        answer = client.get(f"/jobs/{job_id}{path}")
        assert answer.status_code == (403 if path == "/applications/new" else 404), path
    assert str(job_id) not in [
        a.get("href", "").rpartition("/")[2] for a in page_of(client.get("/jobs")).iter("a")
    ]


def test_stranger_is_sent_to_sign_in(client: ReadingClient, database: Database, people: People) -> None:
    job_id = a_job(database, people, 0)
    answer = client.get(f"/jobs/{job_id}")
    assert answer.status_code in (302, 303)
    assert "/sign-in" in answer.location


def test_board_of_150_cards_takes_at_most_16_queries_and_75_kilobytes(
    app: Flask, client: ReadingClient, database: Database, people: People
) -> None:
    sign_in(client, "rita")
    asked, sizes = [], []
    for each in (1, 25):
        job_id = a_job(database, people, each)
        with database.writing() as session:
            for one in session.query(Application).filter_by(job_id=job_id):
                add_tags(session, one, ("forklift", "night shift", "speaks Polish"), actor=SYSTEM)
        client.send(f"/jobs/{job_id}/views/new?over=1", {"name": "Late ones"})
        seen: list[str] = []

        def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
            seen.append(statement)  # noqa: B023 - read before the next round

        event.listen(database.engine, "before_cursor_execute", note)
        answer = client.get(f"/jobs/{job_id}")
        event.remove(database.engine, "before_cursor_execute", note)
        cards = page_of(answer).findall(".//article[@class='card']")
        assert len(cards) == 6 * each
        asked.append(len([s for s in seen if not s.startswith("BEGIN")]))
        sizes.append(len(answer.data))
    assert asked[0] == asked[1] <= 16
    assert sizes[1] <= 75_000


def test_column_goes_on_after_its_last_card(
    client: ReadingClient, database: Database, people: People
) -> None:
    with database.writing() as session:
        job = make_job(session)
        for _ in range(27):
            make_application(session, job)
        job_id = job.id
    page = page_of(sign_in(client, "rita").get(f"/jobs/{job_id}"))
    more = page.find(".//a[@data-more]")
    first = {card.get("data-id") for card in page.iter("article")}
    rest = {card.get("data-id") for card in page_of(client.get(more.get("href"))).iter("article")}
    assert (len(first), len(rest), first & rest) == (25, 2, set())
    assert client.get(f"/jobs/{job_id}?stage=application&after=nowhere").status_code == 422
    assert client.get(f"/jobs/{job_id}?stage=nowhere").status_code == 404


def test_recruiter_drafts_a_job_and_hr_opens_it(
    client: ReadingClient, app: Flask, database: Database, people: People
) -> None:
    sign_in(client, "rita")
    values = {"title": "Baker", "openings": "2", "references_required": "1", "ratings_required": "2"}
    values |= {"seniority": "entry", "minimum_qualifications": "Bakes\nLifts 20 kg"}
    made = client.send("/jobs/new", values)
    assert made.status_code == 303
    path = made.location.removesuffix("/setup")
    job = job_of(database, int(path.rpartition("/")[2]))
    assert (job.title, job.openings, job.minimum_qualifications) == ("Baker", 2, ["Bakes", "Lifts 20 kg"])
    assert client.send(f"{path}/status/open").status_code == 403
    olga = sign_in(app.test_client(), "olga")  # type: ignore[arg-type]
    assert olga.send(f"{path}/status/open").status_code == 303
    assert job_of(database, job.id).status is JobStatus.OPEN


def test_job_without_title_keeps_what_was_typed_and_says_what_is_missing(
    client: ReadingClient, people: People
) -> None:
    sign_in(client, "rita")
    answer = client.send(
        "/jobs/new", {"title": "", "openings": "0", "department": "Orders", "seniority": "entry"}
    )
    assert answer.status_code == 422
    assert "Give the job a title." in text_of(answer)
    assert 'value="Orders"' in answer.get_data(as_text=True)


def test_reopening_a_job_asks_for_a_reason(client: ReadingClient, database: Database, people: People) -> None:
    job_id = a_job(database, people, 0, status=JobStatus.CLOSED)
    sign_in(client, "rita")
    path = f"/jobs/{job_id}/status/reopen"
    assert "Give a reason" in text_of(client.send(path, {"reason": " "}))
    assert job_of(database, job_id).status is JobStatus.CLOSED
    assert client.send(path, {"reason": "Somebody left."}).status_code == 303
    assert job_of(database, job_id).status is JobStatus.OPEN


def test_candidate_is_put_forward_once(client: ReadingClient, database: Database, people: People) -> None:
    job_id = a_job(database, people, 0)
    sign_in(client, "rita")
    values = {"name": "Amina Yusuf", "email": "amina@example.net", "source": "agency"}
    assert client.send(f"/jobs/{job_id}/applications/new", values).status_code == 303
    again = client.send(f"/jobs/{job_id}/applications/new", values)
    assert again.status_code == 422
    assert "already has an active application" in text_of(again)
    assert "agency" in text_of(client.get(f"/jobs/{job_id}"))


def test_table_sorts_by_what_it_offers_only(
    client: ReadingClient, database: Database, people: People
) -> None:
    job_id = a_job(database, people)
    sign_in(client, "rita")
    for sort in ("name", "-name", "waiting", "-applied"):
        assert client.get(f"/jobs/{job_id}?view=table&sort={sort}").status_code == 200
    assert client.get(f"/jobs/{job_id}?view=table&sort=password").status_code == 404
    only = page_of(client.get(f"/jobs/{job_id}?view=table&stage=offer&outcome=active"))
    assert len(only.findall(".//tbody/tr")) == 1


def row_ids(page: TestResponse) -> list[str]:
    return [box.get("value", "") for box in page_of(page).findall(".//tbody//input")]


def test_several_are_rejected_with_one_reason_each_for_itself(
    client: ReadingClient, database: Database, people: People
) -> None:
    job_id = a_job(database, people)
    ids = row_ids(sign_in(client, "rita").get(f"/jobs/{job_id}?view=table"))
    assert len(ids) == 6
    asks = client.send(f"/jobs/{job_id}/moves", {"ids": ids, "move": "reject"})
    assert (asks.status_code, outcomes(database, job_id)) == (200, {Outcome.ACTIVE})
    values = {"ids": ids, "move": "reject", "is_decided": "1", "disposition": "less_qualified"}
    assert client.send(f"/jobs/{job_id}/moves", values).status_code == 303
    assert outcomes(database, job_id) == {Outcome.REJECTED}


def undo_values(page: TestResponse) -> dict[str, str]:
    """What the undo of the last deed sends."""
    form = next(f for f in page_of(page).iter("form") if (f.get("action") or "").endswith("/moves/undo"))
    sent = {field.get("name", ""): field.get("value", "") for field in form.iter("input")}
    return {name: value for name, value in sent.items() if name != "csrf_token"}


def test_what_was_done_to_several_is_undone_together(
    client: ReadingClient, app: Flask, database: Database, people: People
) -> None:
    job_id = a_job(database, people)
    ids = row_ids(sign_in(client, "rita").get(f"/jobs/{job_id}?view=table"))
    chosen = {"ids": ids, "move": "reject", "is_decided": "1", "disposition": "less_qualified"}
    client.send(f"/jobs/{job_id}/moves", chosen)
    values = undo_values(client.get(f"/jobs/{job_id}?view=table"))
    # Whoever did something else meanwhile keeps it: only what the same person did is taken back.
    assert sign_in(app.test_client(), "hank").send(f"/jobs/{job_id}/moves/undo", values).status_code == 303
    assert outcomes(database, job_id) == {Outcome.REJECTED}
    assert client.send(f"/jobs/{job_id}/moves/undo", values).status_code == 303
    assert outcomes(database, job_id) == {Outcome.ACTIVE}
    again = client.send(f"/jobs/{job_id}/moves/undo", values)
    assert "0 of 6 undone" in text_of(again)
    assert outcomes(database, job_id) == {Outcome.ACTIVE}


@pytest.mark.parametrize("since", ["", "now", "9" * 30])
def test_an_undo_of_several_without_a_span_is_refused(
    client: ReadingClient, database: Database, people: People, since: str
) -> None:
    job_id = a_job(database, people)
    values = {"since": since, "until": "1"}
    assert sign_in(client, "rita").send(f"/jobs/{job_id}/moves/undo", values).status_code == 400
    values["since"] = "0"
    assert sign_in(client, "ines").send(f"/jobs/{job_id}/moves/undo", values).status_code == 403


def test_those_that_cannot_advance_say_why_and_the_others_move(
    client: ReadingClient, database: Database, people: People
) -> None:
    job_id = a_job(database, people)
    with database.writing() as session:
        ready = make_application(session, session.get_one(Job, job_id))
        ready.candidate.profile = {"basics": {}}
        ready_id = ready.id
    ids = row_ids(sign_in(client, "rita").get(f"/jobs/{job_id}?view=table&stage=application"))
    answer = client.send(f"/jobs/{job_id}/moves", {"ids": ids, "move": "advance"})
    assert "1 of 2 moved" in text_of(answer)
    assert "a résumé or a profile" in text_of(answer)
    assert set(undo_values(answer)) == {"since", "until", "back"}
    with database.reading() as session:
        assert session.get_one(Application, ready_id).stage is Stage.SCREENING


def test_interviewer_and_other_jobs_applications_stay_out_of_a_bulk_move(
    client: ReadingClient, app: Flask, database: Database, people: People
) -> None:
    job_id, other_id = a_job(database, people, 0), 0
    with database.writing() as session:
        other = make_application(session)
        other_id = other.id
    values = {"ids": [f"{other_id}-1-application"], "move": "reject", "is_decided": "1"}
    values["disposition"] = "less_qualified"
    assert sign_in(client, "ines").send(f"/jobs/{job_id}/moves", values).status_code == 403
    hank = sign_in(app.test_client(), "hank")  # type: ignore[arg-type]
    assert hank.send(f"/jobs/{job_id}/moves", values).status_code == 303
    with database.reading() as session:
        assert session.get_one(Application, other_id).outcome is Outcome.ACTIVE


def outcomes(database: Database, job_id: int) -> set[Outcome | None]:
    with database.reading() as session:
        return {a.outcome for a in session.query(Application).filter_by(job_id=job_id)}
