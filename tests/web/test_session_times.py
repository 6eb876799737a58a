"""Times of sessions as people in different zones enter and read them."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from icalendar import Calendar

from tests.factories import actor_of, join_team, make_application, make_job
from tests.interviewing import KEYS, publish_rubric, schedule
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker.db import Database
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.interviews import Interview
from tracker.models.users import User

People = dict[str, int]
ZONES = {"hank": "Europe/Berlin", "ines": "America/New_York"}
GAP, TWICE = "2027-03-28T02:30", "2027-10-31T02:30"


@pytest.fixture
def number(database: Database, people: People) -> int:
    """An application in Interview on a job of Hank's, who is in Berlin; Ines is in New York, Rita in UTC."""
    with database.writing() as session:
        for name, zone in ZONES.items():
            session.get_one(User, people[name]).time_zone = zone
        job = make_job(session)
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        publish_rubric(session, job)
        return make_application(session, job, stage=Stage.INTERVIEW).id


def form_of(people: People, starts_at: str) -> dict[str, object]:
    values = {"kind": "panel", "starts_at": starts_at, "minutes": "45", "place": "Room 2"}
    return {**values, "panel": [str(people["ines"])], "competencies": KEYS[:2]}


def text_of(response: object) -> str:
    return " ".join("".join(page_of(response).itertext()).split())  # type: ignore[arg-type]


def start_field(client: ReadingClient, path: str) -> str:
    return str(page_of(client.get(path)).find(".//input[@name='starts_at']").get("value"))


def set_up(database: Database, people: People, number: int, starts_at: datetime) -> str:
    with database.writing() as session:
        ines = actor_of(session, session.get_one(User, people["ines"]))
        application = session.get_one(Application, number)
        return f"/interviews/{schedule(session, application, ines, actor=SYSTEM, starts_at=starts_at).id}"


def start_of(database: Database, path: str) -> datetime:
    with database.reading() as session:
        return session.get_one(Interview, int(path.rsplit("/", 1)[1])).starts_at


def test_each_person_enters_and_reads_times_in_their_own_zone(
    client: ReadingClient, app: Flask, database: Database, people: People, number: int
) -> None:
    sign_in(client, "hank")
    new = f"/applications/{number}/interviews/new"
    assert "In your time zone, Europe/Berlin." in text_of(client.get(new))
    path = client.send(new, form_of(people, "2027-03-22T15:00")).location
    assert start_of(database, path) == datetime(2027, 3, 22, 14, tzinfo=UTC)
    ines = sign_in(app.test_client(), "ines")  # type: ignore[arg-type]
    # Eight days before Europe changes its clocks America has changed its own already: five hours, not six.
    for reader, shown in ((client, "22 Mar 2027, 15:00 CET"), (ines, "22 Mar 2027, 10:00 EDT")):
        assert shown in text_of(reader.get(path))
        assert shown in text_of(reader.get(f"{path}/kit"))
    assert "22 Mar 2027, 10:00 EDT" in ines.get("/interviews").get_data(as_text=True)
    event = Calendar.from_ical(ines.get(f"{path}/session.ics").get_data()).events[0]
    assert event.start.isoformat() == "2027-03-22T10:00:00-04:00"
    assert start_field(client, f"{path}/edit") == "2027-03-22T15:00"


def test_time_is_changed_in_the_zone_of_whoever_changes_it(
    client: ReadingClient, database: Database, people: People, number: int
) -> None:
    path = set_up(database, people, number, datetime(2027, 7, 1, 7, 30, tzinfo=UTC))
    sign_in(client, "hank")
    assert start_field(client, f"{path}/edit") == "2027-07-01T09:30"
    assert client.send(f"{path}/edit", form_of(people, "2027-07-01T10:30")).status_code == 303
    assert start_of(database, path) == datetime(2027, 7, 1, 8, 30, tzinfo=UTC)
    sign_in(client, "rita")
    shown = start_field(client, f"{path}/edit")
    assert client.send(f"{path}/edit", form_of(people, shown)).status_code == 303
    assert start_of(database, path) == datetime(2027, 7, 1, 8, 30, tzinfo=UTC)


def test_time_that_the_clocks_leave_out_is_refused_at_the_field(
    client: ReadingClient, database: Database, people: People, number: int
) -> None:
    start = datetime(2027, 3, 26, 9, tzinfo=UTC)
    session = set_up(database, people, number, start)
    sign_in(client, "hank")
    for path in (f"/applications/{number}/interviews/new", f"{session}/edit"):
        answer = client.send(path, form_of(people, GAP))
        assert answer.status_code == 422
        error = "".join(page_of(answer).find(".//*[@id='starts_at-error']").itertext())
        assert "There is no 02:30 on 28 Mar 2027 in Europe/Berlin" in error
        assert page_of(answer).find(".//input[@name='starts_at']").get("value") == GAP
    assert start_of(database, session) == start
    sign_in(client, "rita")
    assert client.send(f"{session}/edit", form_of(people, GAP)).status_code == 303


def test_time_that_the_clocks_show_twice_is_the_first_and_says_so(
    client: ReadingClient, database: Database, people: People, number: int
) -> None:
    sign_in(client, "hank")
    answer = client.send(f"/applications/{number}/interviews/new", form_of(people, TWICE))
    assert start_of(database, answer.location) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    said = text_of(client.get(answer.location))
    assert "The clocks show that time twice: it starts at 02:30 CEST." in said


def test_second_of_two_like_hours_stays_when_something_else_is_changed(
    client: ReadingClient, database: Database, people: People, number: int
) -> None:
    second = datetime(2027, 10, 31, 1, 30, 20, tzinfo=UTC)
    path = set_up(database, people, number, second)
    sign_in(client, "hank")
    shown = start_field(client, f"{path}/edit")
    assert shown == TWICE
    assert client.send(f"{path}/edit", form_of(people, shown)).status_code == 303
    assert start_of(database, path) == second
    assert "it starts at 02:30 CET." in text_of(client.get(path))
