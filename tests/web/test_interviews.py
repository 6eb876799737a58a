from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import actor_of, join_team, make_application, make_job
from tests.interviewing import KEYS, RUBRIC, plan_rounds, publish_rubric, schedule
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.interviews import Interview, InterviewStatus
from tracker.models.rubrics import Rubric, RubricStatus
from tracker.models.users import User

People = dict[str, int]


@pytest.fixture
def number(database: Database, people: People) -> int:
    """An application in Interview on a job of Hank's whose rubric is published."""
    with database.writing() as session:
        job = make_job(session)
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        publish_rubric(session, job)
        return make_application(session, job, stage=Stage.INTERVIEW).id


def form_for(people: People, **changes: object) -> dict[str, object]:
    start = (clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    values = {"kind": "panel", "starts_at": start, "minutes": "45", "place": "Room 2"}
    return {**values, "panel": [str(people["ines"])], "competencies": KEYS[:2], **changes}


def stored(database: Database, interview_id: int) -> Interview:
    with database.reading() as session:
        return session.get_one(Interview, interview_id)


def text_of(response: object) -> str:
    return " ".join("".join(page_of(response).itertext()).split())  # type: ignore[arg-type]


def test_hiring_manager_schedules_and_the_interviewer_finds_the_session(
    client: ReadingClient, app: Flask, database: Database, people: People, number: int
) -> None:
    sign_in(client, "hank")
    path = f"/applications/{number}/interviews/new"
    assert path in client.get(f"/applications/{number}").get_data(as_text=True)
    assert "Ines" in text_of(client.get(path))
    answer = client.send(path, form_for(people))
    assert answer.status_code == 303
    assert "Room 2" in text_of(client.get(answer.location))
    ines = sign_in(app.test_client(), "ines")  # type: ignore[arg-type]
    assert answer.location in ines.get("/interviews").get_data(as_text=True)
    assert "Write your scorecard" in text_of(ines.get(answer.location))
    assert answer.location in ines.get(f"/applications/{number}").get_data(as_text=True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("minutes", "4"),
        ("minutes", "1e9"),
        ("starts_at", "0001-01-01T00:00"),
        ("starts_at", "9999-12-31T23:59"),
        ("starts_at", "soon"),
        ("panel", []),
        ("panel", ["9" * 30]),
        ("competencies", ["made up"]),
    ],
)
def test_session_that_does_not_hold_says_so_at_the_field(
    client: ReadingClient, people: People, number: int, field: str, value: object
) -> None:
    sign_in(client, "hank")
    answer = client.send(f"/applications/{number}/interviews/new", form_for(people, **{field: value}))
    assert answer.status_code == 422
    assert page_of(answer).find(f".//*[@id='{field}-error']") is not None


def test_job_without_a_rubric_says_what_to_do_first(
    client: ReadingClient, database: Database, people: People
) -> None:
    with database.writing() as session:
        bare = make_application(session, stage=Stage.INTERVIEW).id
    sign_in(client, "rita")
    assert "Publish a rubric" in text_of(client.get(f"/applications/{bare}/interviews/new"))


@pytest.fixture
def interview_id(database: Database, people: People, number: int) -> int:
    """Ines's session on the application."""
    with database.writing() as session:
        ines = actor_of(session, session.get_one(User, people["ines"]))
        application = session.get_one(Application, number)
        return schedule(session, application, ines, actor=SYSTEM).id


def test_planned_round_has_its_button_until_it_is_set_up(
    client: ReadingClient, database: Database, people: People, number: int
) -> None:
    with database.writing() as session:
        first = plan_rounds(session, session.get_one(Application, number).job)[0]
        title, minutes, keys = first.title, first.minutes, list(first.competencies)
    sign_in(client, "hank")
    application = f"/applications/{number}"
    path = f"{application}/interviews/new?round=1"
    assert path in client.get(application).get_data(as_text=True)
    page = page_of(client.get(path))
    assert page.find(".//input[@name='title']").get("value") == title
    assert page.find(".//input[@name='minutes']").get("value") == str(minutes)
    chosen = [
        box.get("value")
        for box in page.findall(".//input[@name='competencies']")
        if box.get("checked") is not None
    ]
    assert sorted(chosen) == sorted(keys)
    form = form_for(people, round="1", title=title, competencies=keys)
    answer = client.send(path, form)
    assert answer.status_code == 303
    with database.reading() as session:
        kept = session.scalars(select(Interview)).one()
        assert (kept.round_position, kept.title) == (1, title)
    assert path not in client.get(application).get_data(as_text=True)
    assert client.send(path, form).status_code == 422, "a round is set up once"


def test_a_retired_rubric_is_told_at_the_competencies(
    client: ReadingClient, database: Database, people: People, number: int
) -> None:
    with database.writing() as session:
        rubric = session.scalars(select(Rubric)).one()
        session.get_one(Application, number).job.rubric_id = rubric.id
        session.flush()
        rubric.status, rubric.retired_at = RubricStatus.RETIRED, clock.now()
    sign_in(client, "hank")
    path = f"/applications/{number}/interviews/new"
    assert client.get(path).status_code == 200
    refused = client.send(path, form_for(people))
    assert refused.status_code == 422
    error = page_of(refused).find(".//*[@id='competencies-error']")
    assert "retired" in "".join(error.itertext())


def test_clash_is_shown_and_may_be_kept(
    client: ReadingClient, database: Database, people: People, number: int, interview_id: int
) -> None:
    sign_in(client, "hank")
    path = f"/applications/{number}/interviews/new"
    start = stored(database, interview_id).starts_at.strftime("%Y-%m-%dT%H:%M")
    answer = client.send(path, form_for(people, starts_at=start))
    assert answer.status_code == 422
    assert "Ines has another session then" in text_of(answer)
    assert client.send(path, form_for(people, starts_at=start, despite_clash="y")).status_code == 303


def test_session_changes_its_time_place_and_panel(
    client: ReadingClient, database: Database, people: People, interview_id: int
) -> None:
    sign_in(client, "rita")
    path = f"/interviews/{interview_id}/edit"
    form = {"starts_at": "2026-12-01T09:30", "minutes": "30", "place": "Room 9"}
    panel = [str(people["ines"]), str(people["olga"])]
    assert client.send(path, form | {"panel": panel}).status_code == 303
    shown = text_of(client.get(f"/interviews/{interview_id}"))
    assert all(word in shown for word in ("1 Dec 2026, 09:30", "30 minutes", "Room 9", "Olga"))
    refused = client.send(path, form | {"panel": panel, "minutes": "4"})
    assert refused.status_code == 422
    assert page_of(refused).find(".//*[@id='minutes-error']") is not None
    assert stored(database, interview_id).minutes == 30
    ines = sign_in(client, "ines")
    assert ines.send(path, form | {"panel": panel}).status_code == 403


def test_session_that_was_held_earlier_is_moved_by_somebody_who_owes_a_card(
    client: ReadingClient, database: Database, people: People, number: int
) -> None:
    begun, to_come = clock.now() - timedelta(hours=9), clock.now() + timedelta(days=1)
    with database.writing() as session:
        hank, ines = (actor_of(session, session.get_one(User, people[name])) for name in ("hank", "ines"))
        application = session.get_one(Application, number)
        schedule(session, application, hank, actor=SYSTEM, starts_at=begun)
        moved = schedule(session, application, ines, actor=SYSTEM, starts_at=to_come).id
    sign_in(client, "hank")
    earlier = (clock.now() - timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M")
    form = {"starts_at": earlier, "minutes": "45", "panel": [str(people["ines"])]}
    path = f"/interviews/{moved}/edit"
    assert client.send(path, form).status_code == 303
    assert stored(database, moved).starts_at < clock.now()
    assert client.send(path, form).status_code == 422, "it has begun, and Hank still owes his own card"


def test_kit_shows_what_is_asked_and_how_long(
    client: ReadingClient, database: Database, interview_id: int
) -> None:
    sign_in(client, "ines")
    for path in (f"/interviews/{interview_id}", f"/interviews/{interview_id}/kit"):
        shown = text_of(client.get(path))
        for row in RUBRIC.competencies[:2]:
            anchors = [anchor.statement for anchor in row.anchors.values() if anchor]
            asked = [row.questions.behavioural, row.questions.situational, *row.questions.probes]
            for text in (*asked, *row.questions.look_fors, *anchors):
                assert " ".join(text.split()) in shown
        assert "Welcome and how the session runs" in shown


def test_kit_on_paper_has_room_for_notes_on_each_competency(client: ReadingClient, interview_id: int) -> None:
    def rooms(path: str) -> list[int]:
        asked = [part for part in page_of(client.get(path)).iter("section") if part.get("class") == "asked"]
        return [sum(one.get("class") == "note-space" for one in part.iter("div")) for part in asked]

    sign_in(client, "ines")
    assert rooms(f"/interviews/{interview_id}/kit") == [1, 1]
    assert rooms(f"/interviews/{interview_id}") == [0, 0], "on the screen the card is where one writes"


def test_session_is_marked_as_held_or_cancelled_with_a_reason(
    client: ReadingClient, database: Database, interview_id: int
) -> None:
    sign_in(client, "hank")
    path = f"/interviews/{interview_id}"
    assert client.send(f"{path}/cancel", {"reason": " "}).status_code == 422
    assert client.send(f"{path}/hold").status_code == 303
    assert stored(database, interview_id).status is InterviewStatus.HELD
    assert "held already" in text_of(client.send(f"{path}/cancel", {"reason": "Ill."}))


def test_cancelled_session_leaves_the_list_of_its_interviewer(
    client: ReadingClient, app: Flask, database: Database, interview_id: int
) -> None:
    path = f"/interviews/{interview_id}"
    assert sign_in(client, "hank").send(f"{path}/cancel", {"reason": "Ill."}).status_code == 303
    assert "Cancelled: Ill." in text_of(client.get(path))
    ines = sign_in(app.test_client(), "ines")  # type: ignore[arg-type]
    assert "No interviews yet" in text_of(ines.get("/interviews"))


def test_interviewer_neither_schedules_nor_cancels(
    client: ReadingClient, database: Database, people: People, number: int, interview_id: int
) -> None:
    sign_in(client, "ines")
    assert client.send(f"/applications/{number}/interviews/new", form_for(people)).status_code == 403
    assert client.send(f"/interviews/{interview_id}/cancel", {"reason": "Ill."}).status_code == 403
    assert stored(database, interview_id).status is InterviewStatus.SCHEDULED


def test_who_has_no_part_in_the_job_finds_no_session(
    client: ReadingClient, database: Database, people: People
) -> None:
    with database.writing() as session:
        job = make_job(session)
        publish_rubric(session, job)
        other = make_application(session, job, stage=Stage.INTERVIEW)
        olga = actor_of(session, session.get_one(User, people["olga"]))
        theirs = schedule(session, other, olga, actor=SYSTEM).id
        number = other.id
    sign_in(client, "hank")
    paths = [f"/interviews/{theirs}{part}" for part in ("", "/kit", "/edit", "/hold", "/cancel")]
    for path in (*paths, f"/applications/{number}/interviews/new"):
        assert client.get(path).status_code == 404
    assert sign_in(client, "ines").get(f"/interviews/{theirs}").status_code == 404
