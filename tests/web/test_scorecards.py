from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.bench.calling import counted_statements
from tests.factories import actor_of, join_team, make_actor, make_application, make_job
from tests.interviewing import KEYS, hand_in, publish_rubric, schedule
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.stages import Stage
from tracker.models.interviews import Interview
from tracker.models.scorecards import Scorecard, ScorecardRead
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


def hand_in_by_pages(client: ReadingClient, path: str, **changes: str) -> TestResponse:
    """Write everything, look it over, hand it in: as a person does without script."""
    kept = client.send(path, card_form("review", version=version_on(client, path), **changes))
    assert kept.status_code == 303, text_of(kept)
    return client.send(kept.location, {"version": version_on(client, kept.location)})


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
    assert hand_in_by_pages(client, path).status_code == 303
    card = stored(database, interview_id, people["ines"])
    assert card is not None
    assert card.submitted_at is not None
    assert "Handed in" in text_of(client.get(path))
    assert client.send(path, card_form("draft", version="2")).status_code == 422


def test_evidence_stands_before_its_level_and_the_recommendation_after_them_all(
    client: ReadingClient, interview_id: int
) -> None:
    sign_in(client, "ines")
    card = page_of(client.get(f"/interviews/{interview_id}/scorecard")).find(".//main//form")
    fields = [one.get("name") for one in card.iter() if one.tag in ("textarea", "input", "select")]
    asked = [name for name in fields if name not in ("csrf_token", "version")]
    in_order = list(dict.fromkeys(asked))
    rows = [f"ratings.{key}.{part}" for key in ROWS for part in ("evidence", "value")]
    assert in_order == [*rows, "recommendation", "summary"]
    assert all(asked.count(name) == 6 for name in rows[1::2]), "not assessed, no evidence, and four levels"


def test_scorecard_stands_open_at_the_next_competency(client: ReadingClient, interview_id: int) -> None:
    def opened() -> list[bool]:
        rows = [one for one in page_of(client.get(path)).iter("details") if one.get("class") == "rating"]
        return [one.get("open") is not None for one in rows]

    sign_in(client, "ines")
    path = f"/interviews/{interview_id}/scorecard"
    assert opened()[:2] == [True, False]
    first = {f"ratings.{ROWS[0]}.evidence": CANARY, f"ratings.{ROWS[0]}.value": "3"}
    assert client.send(path, {"do": "draft", "version": "0", **first}).status_code == 303
    assert opened()[:2] == [False, True]
    wrong = client.send(path, card_form("draft", version="1") | {f"ratings.{ROWS[1]}.value": "7"})
    assert wrong.status_code == 422
    shut = [one for one in page_of(wrong).iter("details") if one.get("open") is None]
    assert all("error" not in (part.get("class") or "") for one in shut for part in one.iter())


def test_review_names_every_row_that_keeps_the_card_from_being_handed_in(
    client: ReadingClient, database: Database, people: People, interview_id: int
) -> None:
    sign_in(client, "ines")
    path = f"/interviews/{interview_id}/scorecard"
    changes = {f"ratings.{ROWS[0]}.evidence": " ", f"ratings.{ROWS[1]}.value": "", "recommendation": ""}
    answer = hand_in_by_pages(client, path, **changes)
    assert answer.status_code == 422
    links = {link.get("href") for link in page_of(answer).findall(".//main//li/a")}
    assert {f"{path}#competency-{key}" for key in ROWS} | {f"{path}#recommendation"} <= links
    card = stored(database, interview_id, people["ines"])
    assert card is not None
    assert card.submitted_at is None


def test_card_of_a_session_to_come_stays_a_draft(
    client: ReadingClient, database: Database, people: People, interview_id: int
) -> None:
    with database.writing() as session:
        session.get_one(Interview, interview_id).starts_at = clock.now() + timedelta(days=1)
    sign_in(client, "ines")
    answer = hand_in_by_pages(client, f"/interviews/{interview_id}/scorecard")
    assert answer.status_code == 422
    assert "still to come" in text_of(answer)
    card = stored(database, interview_id, people["ines"])
    assert card is not None
    assert card.submitted_at is None


def test_zero_and_not_assessed_are_kept_apart(
    client: ReadingClient, database: Database, people: People, interview_id: int
) -> None:
    sign_in(client, "ines")
    changes = {f"ratings.{ROWS[0]}.value": "0", f"ratings.{ROWS[1]}.value": "na"}
    path = f"/interviews/{interview_id}/scorecard"
    contrary = client.send(path, card_form("review", **changes))
    assert contrary.status_code == 422, "what was not assessed has no evidence"
    assert page_of(contrary).find(f".//*[@id='{ROWS[1]}-error']") is not None
    assert hand_in_by_pages(client, path, **changes, **{f"ratings.{ROWS[1]}.evidence": ""}).status_code == 303
    card = stored(database, interview_id, people["ines"])
    assert card is not None
    assert {row.competency: row.value for row in card.ratings} == {ROWS[0]: 0, ROWS[1]: None}


def test_draft_is_saved_as_one_types(
    client: ReadingClient, database: Database, people: People, interview_id: int
) -> None:
    sign_in(client, "ines")
    path = f"/interviews/{interview_id}/scorecard"
    form = page_of(client.get(path)).find(".//form[@data-autosave]")
    assert form.get("data-autosave") == f"{path}/draft"
    first = client.send(f"{path}/draft", card_form("draft")).get_json()
    assert first["version"] == 1
    second = client.send(f"{path}/draft", card_form("draft", version="1", summary="More.")).get_json()
    assert second["version"] == 2
    stale = client.send(f"{path}/draft", card_form("draft", version="1", summary="On the phone."))
    assert stale.status_code == 409
    assert stale.get_json()["version"] == 2
    assert stale.get_json()["fields"]["summary"] == "More."
    wrong = client.send(f"{path}/draft", card_form("draft", version="2", **{f"ratings.{ROWS[0]}.value": "7"}))
    assert wrong.status_code == 422
    assert wrong.get_json()["message"]
    card = stored(database, interview_id, people["ines"])
    assert card is not None
    assert (card.summary, card.draft_version) == ("More.", 2)
    assert sign_in(client, "rita").send(f"{path}/draft", card_form("draft")).status_code == 403


def test_amendment_stands_beside_the_original_with_its_reason(
    client: ReadingClient, database: Database, people: People, interview_id: int
) -> None:
    sign_in(client, "ines")
    path = f"/interviews/{interview_id}/scorecard"
    assert client.get(f"{path}/amend").status_code == 404, "a draft is simply changed"
    assert hand_in_by_pages(client, path).status_code == 303
    assert CANARY in text_of(client.get(f"{path}/amend"))
    given = card_form("amend", **{f"ratings.{key}.evidence": "Corrected." for key in ROWS})
    refused = client.send(f"{path}/amend", given)
    assert refused.status_code == 422
    assert page_of(refused).find(".//*[@id='amendment_reason-error']") is not None
    assert client.send(f"{path}/amend", given | {"amendment_reason": "Mixed two up."}).status_code == 303
    shown = text_of(client.get(path))
    assert shown.index("Corrected.") < shown.index(CANARY)
    assert "Mixed two up." in shown


def test_others_are_read_after_ones_own_and_the_reading_is_kept(
    client: ReadingClient, app: Flask, database: Database, people: People, interview_id: int
) -> None:
    path = f"/interviews/{interview_id}/scorecard"
    with database.reading() as session:
        application = session.get_one(Interview, interview_id).application_id
    others = f"/applications/{application}/debrief/scorecards"
    assert hand_in_by_pages(sign_in(client, "ines"), path).status_code == 303
    hank = sign_in(app.test_client(), "hank")  # type: ignore[arg-type]
    assert CANARY not in text_of(hank.get(others))
    changes = {f"ratings.{key}.evidence": "Hank saw it." for key in ROWS}
    assert hand_in_by_pages(hank, path, **changes).status_code == 303
    assert others in hank.get(path).get_data(as_text=True)
    shown = text_of(client.get(others))
    assert all(word in shown for word in (CANARY, "Hank saw it.", "Independent"))
    with database.reading() as session:
        reads = session.scalars(select(ScorecardRead)).all()
        assert [(read.reader_id, read.place) for read in reads] == [(people["ines"], "scorecards")]


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
    answer = hand_in_by_pages(sign_in(client, "ines"), f"{path}/scorecard", summary=CANARY)
    assert answer.status_code == 303
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


def test_scorecard_costs_as_many_queries_for_two_rows_alone_as_for_ten_beside_seven_others(
    client: ReadingClient, database: Database, people: People
) -> None:
    sign_in(client, "ines")
    counts = []
    for others, rows in ((0, 2), (7, 10)):
        with database.writing() as session:
            job = make_job(session)
            publish_rubric(session, job)
            application = make_application(session, job, stage=Stage.INTERVIEW)
            ivans = [make_actor(session, Role.INTERVIEWER, name="Ivan") for _ in range(others)]
            panel = (actor_of(session, session.get_one(User, people["ines"])), *ivans)
            interview = schedule(session, application, *panel, actor=SYSTEM, competencies=KEYS[:rows])
            for ivan in ivans:
                hand_in(session, interview, ivan)
            path = f"/interviews/{interview.id}/scorecard"
        with counted_statements() as statements:
            assert client.get(path).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] < 20
