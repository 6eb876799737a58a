import pytest
from flask import Flask

from tests.factories import actor_of, join_team, make_application, make_job
from tests.interviewing import KEYS, publish_rubric, schedule
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker.db import Database
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.domain.stages import Stage
from tracker.models.scorecards import Scorecard
from tracker.models.users import User
from tracker.queries.scorecards import own_card

People = dict[str, int]
CANARY = "Canary sang of refunds."
ROWS = KEYS[:2]


@pytest.fixture
def interview_id(database: Database, people: People) -> int:
    """A session of Hank's and Ines's on a job of Hank's."""
    with database.writing() as session:
        job = make_job(session)
        hank, ines = (session.get_one(User, people[name]) for name in ("hank", "ines"))
        join_team(session, job, hank, TeamRole.HIRING_MANAGER)
        publish_rubric(session, job)
        application = make_application(session, job, stage=Stage.INTERVIEW)
        panel = (actor_of(session, hank), actor_of(session, ines))
        return schedule(session, application, *panel, actor=SYSTEM).id


def card_form(do: str, **changes: str) -> dict[str, str]:
    values = {f"ratings.{key}.value": "3" for key in ROWS}
    values |= {f"ratings.{key}.evidence": CANARY for key in ROWS}
    return {"do": do, "version": "0", "recommendation": "yes", **values, **changes}


def stored(database: Database, interview_id: int, user_id: int) -> Scorecard | None:
    with database.reading() as session:
        return own_card(session, interview_id, user_id)


def version_on(client: ReadingClient, path: str) -> str:
    return str(page_of(client.get(path)).find(".//input[@name='version']").get("value"))


def text_of(response: object) -> str:
    return " ".join("".join(page_of(response).itertext()).split())  # type: ignore[arg-type]


def test_interviewer_saves_a_draft_and_hands_it_in(
    client: ReadingClient, database: Database, people: People, interview_id: int
) -> None:
    sign_in(client, "ines")
    path = f"/interviews/{interview_id}/scorecard"
    assert path in client.get(f"/interviews/{interview_id}").get_data(as_text=True)
    draft = {f"ratings.{ROWS[0]}.evidence": CANARY, "do": "draft", "version": version_on(client, path)}
    assert client.send(path, draft).status_code == 303
    page = client.get(path)
    assert CANARY in text_of(page)
    assert page_of(page).find(".//section//input[@checked]") is None, "evidence alone chooses no level"
    assert client.send(path, card_form("submit", version=version_on(client, path))).status_code == 303
    card = stored(database, interview_id, people["ines"])
    assert card is not None
    assert card.submitted_at is not None
    assert "Handed in" in text_of(client.get(path))
    assert client.send(path, card_form("draft", version="2")).status_code == 422


def test_card_names_every_row_that_keeps_it_from_being_handed_in(
    client: ReadingClient, database: Database, people: People, interview_id: int
) -> None:
    sign_in(client, "ines")
    path = f"/interviews/{interview_id}/scorecard"
    changes = {f"ratings.{ROWS[0]}.evidence": " ", f"ratings.{ROWS[1]}.value": "", "recommendation": ""}
    answer = client.send(path, card_form("submit", **changes))
    assert answer.status_code == 422
    page = page_of(answer)
    assert all(page.find(f".//*[@id='{key}-error']") is not None for key in ROWS)
    assert page.find(".//*[@id='recommendation-error']") is not None
    assert stored(database, interview_id, people["ines"]) is None


def test_zero_and_not_assessed_are_kept_apart(
    client: ReadingClient, database: Database, people: People, interview_id: int
) -> None:
    sign_in(client, "ines")
    changes = {f"ratings.{ROWS[0]}.value": "0", f"ratings.{ROWS[1]}.value": "na"}
    changes[f"ratings.{ROWS[1]}.evidence"] = ""
    path = f"/interviews/{interview_id}/scorecard"
    assert client.send(path, card_form("submit", **changes)).status_code == 303
    card = stored(database, interview_id, people["ines"])
    assert card is not None
    assert {row.competency: row.value for row in card.ratings} == {ROWS[0]: 0, ROWS[1]: None}


@pytest.mark.parametrize(("name", "value"), [("value", "5"), ("value", "x"), ("evidence", "a" * 10_001)])
def test_what_no_card_holds_is_refused_at_its_row(
    client: ReadingClient, interview_id: int, name: str, value: str
) -> None:
    sign_in(client, "ines")
    form = card_form("draft", **{f"ratings.{ROWS[0]}.{name}": value})
    answer = client.send(f"/interviews/{interview_id}/scorecard", form)
    assert answer.status_code == 422
    assert page_of(answer).find(f".//*[@id='{ROWS[0]}-error']") is not None


def test_draft_saved_elsewhere_is_shown_beside_what_was_typed(
    client: ReadingClient, database: Database, people: People, interview_id: int
) -> None:
    sign_in(client, "ines")
    path = f"/interviews/{interview_id}/scorecard"
    assert client.send(path, card_form("draft")).status_code == 303
    typed = card_form("draft", **{f"ratings.{key}.evidence": "Typed later." for key in ROWS})
    answer = client.send(path, typed)
    assert answer.status_code == 409
    assert CANARY in text_of(answer)
    assert "Typed later." in text_of(answer)
    again = page_of(answer).find(".//input[@name='version']").get("value")
    assert client.send(path, typed | {"version": again}).status_code == 303
    card = stored(database, interview_id, people["ines"])
    assert card is not None
    assert {row.evidence for row in card.ratings} == {"Typed later."}


@pytest.mark.parametrize("reader", ["hank", "rita"])
def test_nobody_reads_a_card_in_the_pages_of_a_session(
    client: ReadingClient, app: Flask, database: Database, interview_id: int, reader: str
) -> None:
    path = f"/interviews/{interview_id}"
    summary = card_form("submit", summary=CANARY)
    assert sign_in(client, "ines").send(f"{path}/scorecard", summary).status_code == 303
    other = sign_in(app.test_client(), reader)  # type: ignore[arg-type]
    for page in (path, "/interviews", f"{path}/scorecard"):
        assert CANARY not in other.get(page).get_data(as_text=True)


def test_only_the_panel_writes_and_a_stranger_finds_nothing(
    client: ReadingClient, database: Database, people: People, interview_id: int
) -> None:
    path = f"/interviews/{interview_id}/scorecard"
    assert sign_in(client, "rita").send(path, card_form("draft")).status_code == 403
    with database.writing() as session:
        job = make_job(session)
        publish_rubric(session, job)
        olga = actor_of(session, session.get_one(User, people["olga"]))
        application = make_application(session, job, stage=Stage.INTERVIEW)
        theirs = schedule(session, application, olga, actor=SYSTEM).id
    for persona in ("ines", "hank"):
        sign_in(client, persona)
        assert client.get(f"/interviews/{theirs}/scorecard").status_code == 404
        assert client.send(f"/interviews/{theirs}/scorecard", card_form("draft")).status_code == 404
