"""The list of candidates and its search: who finds whom, and what a row tells them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import event, select

from tests.factories import actor_of, make_application, make_candidate, make_job
from tests.interviewing import publish_rubric, schedule
from tests.web.conftest import ON_BOTH, sign_in
from tests.web.known_candidates import CANARY, make_known, names_on, text_of
from tests.web.pages import ReadingClient, page_of
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.domain.notices import NoticeKind
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.notices import Consent
from tracker.models.users import User

pytestmark = ON_BOTH


@pytest.fixture
def known(database: Database, people: dict[str, int]) -> dict[str, int]:
    return make_known(database, people)


@pytest.mark.parametrize(
    ("persona", "names"),
    [
        ("rita", ["Amina Yusuf", "Bruno Maier", f"{CANARY} Person"]),
        ("olga", ["Amina Yusuf", "Bruno Maier", f"{CANARY} Person"]),
        ("hank", ["Amina Yusuf", "Bruno Maier"]),
        ("ines", ["Amina Yusuf"]),
    ],
)
def test_list_shows_whom_the_person_may_know(
    client: ReadingClient, known: dict[str, int], persona: str, names: list[str]
) -> None:
    assert names_on(sign_in(client, persona).get("/candidates")) == names


@pytest.mark.parametrize(
    ("words", "others"),
    [
        *((words, []) for words in ("amina", "YUSUF", "yus ami", "amina@corp", "+44 20 7946 0958", "0958")),
        *((words, []) for words in ("0044 (0)20 7946 0958", "020 7946-0958")),
        ("7946", [f"{CANARY} Person"]),
        ("corp.example", ["Bruno Maier", f"{CANARY} Person"]),
    ],
)
def test_search_finds_by_parts_of_name_address_and_number(
    client: ReadingClient, known: dict[str, int], words: str, others: list[str]
) -> None:
    found = sign_in(client, "rita").get("/candidates", query_string={"q": words})
    assert names_on(found) == ["Amina Yusuf", *others]


@pytest.mark.parametrize("words", ["corp", "amina@corp", "7946", "20 7946 0958"])
def test_interviewer_finds_nobody_by_contact_data(
    client: ReadingClient, known: dict[str, int], words: str
) -> None:
    sign_in(client, "ines")
    assert names_on(client.get("/candidates", query_string={"q": words})) == []
    assert names_on(client.get("/candidates", query_string={"q": "yusuf"})) == ["Amina Yusuf"]


def test_hiring_manager_finds_own_candidates_by_contact_data(
    client: ReadingClient, known: dict[str, int]
) -> None:
    sign_in(client, "hank")
    for words in ("corp", "amina@corp", "7946"):
        assert "Amina Yusuf" in names_on(client.get("/candidates", query_string={"q": words}))


QUESTIONS = (
    "",
    "q=zyx",
    "q=person",
    "q=corp",
    "q=7946",
    "source=referral",
    "active=1",
    "q=zyxcanary@corp.example",
)


@pytest.mark.parametrize("persona", ["hank", "ines"])
def test_nothing_of_other_jobs_shows_anywhere(
    client: ReadingClient, known: dict[str, int], persona: str
) -> None:
    sign_in(client, persona)
    for question in QUESTIONS:
        answer = client.get(f"/candidates?{question}")
        shown = page_of(answer).find(".//main//table")
        assert shown is None or CANARY.lower() not in "".join(shown.itertext()).lower(), question
        # The other job's title stands in no filter either.
        assert f"{CANARY} job" not in answer.get_data(as_text=True), question
    own = client.get(f"/candidates/{known['amina']}").get_data(as_text=True)
    assert CANARY not in own
    assert f"/applications/{known['also']}" not in own
    for path in (f"/candidates/{known['canary']}", f"/candidates?job={known['other_job']}"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert CANARY not in answer.get_data(as_text=True)
    for source in ("referral", "agency"):
        assert names_on(client.get(f"/candidates?source={source}")) == [], source


def test_person_seen_through_a_panel_alone_has_no_address_in_a_managers_list(
    client: ReadingClient, database: Database, people: dict[str, int], known: dict[str, int]
) -> None:
    with database.writing() as session:
        other = session.get_one(Application, known["also"]).job
        publish_rubric(session, other)
        person = make_candidate(session, "Cleo Panel", email="cleo@secret.example")
        application = make_application(session, other, candidate=person, stage=Stage.INTERVIEW)
        hank = actor_of(session, session.get_one(User, people["hank"]))
        schedule(session, application, hank, actor=SYSTEM)
    shown = sign_in(client, "hank").get("/candidates")
    assert "Cleo Panel" in names_on(shown)
    assert "amina@corp.example" in text_of(shown)
    assert "secret.example" not in shown.get_data(as_text=True)
    assert names_on(client.get("/candidates?q=secret")) == []


def test_filters_ask_for_job_source_and_activity(client: ReadingClient, known: dict[str, int]) -> None:
    sign_in(client, "rita")
    assert names_on(client.get("/candidates?source=referral")) == [f"{CANARY} Person"]
    assert names_on(client.get(f"/candidates?job={known['job']}")) == ["Amina Yusuf", "Bruno Maier"]
    shown = client.get(f"/candidates?job={known['job']}&q=bruno&active=1")
    assert names_on(shown) == ["Bruno Maier"]
    assert "Job: Order clerk, Leeds" in text_of(shown)
    assert names_on(client.get("/candidates?source=agency")) == ["Amina Yusuf"]
    assert "Nobody fits" in text_of(client.get(f"/candidates?job={known['job']}&source=agency"))


def test_the_page_of_filters_offers_known_jobs_and_keeps_what_is_on(
    client: ReadingClient, known: dict[str, int]
) -> None:
    sign_in(client, "rita")
    asked = f"job={known['job']}&q=bruno&active=1"
    listed = client.get(f"/candidates?{asked}").get_data(as_text=True)
    assert 'name="job"' not in listed
    way = unescape(re.search(r'href="(/candidates/narrow[^"]*)"', listed)[1])
    page = client.get(way).get_data(as_text=True)
    assert f'<option value="{known["job"]}" selected>Order clerk, Leeds</option>' in page
    assert 'name="q" value="bruno"' in page
    assert re.search(r'name="active" value="1" checked', page)
    assert client.get("/candidates/narrow?job=99999999999").status_code == 404


@pytest.mark.parametrize(
    "question",
    [
        "job=x",
        "job=-1",
        "job=99999999999999999999",
        "after=x",
        "after=9-",
        "q=%00",
        "q=%22*%27()",
        "source=%F0%9F",
    ],
)
def test_odd_questions_are_answered_with_a_sentence(
    client: ReadingClient, known: dict[str, int], question: str
) -> None:
    answer = sign_in(client, "rita").get(f"/candidates?{question}")
    assert answer.status_code in (200, 400, 404, 422)


def test_rows_name_the_last_application_that_the_reader_may_see(
    client: ReadingClient, app: Flask, known: dict[str, int]
) -> None:
    rita, hank = (sign_in(app.test_client(), name) for name in ("rita", "hank"))  # type: ignore[arg-type]
    assert f"/applications/{known['also']}" in rita.get("/candidates?q=amina").get_data(as_text=True)
    shown = hank.get("/candidates?q=amina")
    assert f"/applications/{known['application']}" in shown.get_data(as_text=True)
    assert "Interview" in "".join(page_of(shown).find(".//main//tbody").itertext())


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def test_list_asks_the_same_number_of_questions_however_long(
    client: ReadingClient, database: Database, known: dict[str, int]
) -> None:
    sign_in(client, "hank").get("/candidates")
    with counted(database) as few:
        client.get("/candidates")
    with database.writing() as session:
        job = session.get_one(Application, known["application"]).job
        for number in range(60):
            make_application(session, job, candidate=make_candidate(session, f"Person {number:02}"))
    with counted(database) as many:
        assert len(names_on(client.get("/candidates"))) == 50
    assert len(many) == len(few) <= 12


def test_pages_follow_each_other_with_their_filters(client: ReadingClient, database: Database) -> None:
    with database.writing() as session:
        job = make_job(session)
        for number in range(70):
            make_application(session, job, candidate=make_candidate(session, f"Person {number:02}"))
    sign_in(client, "rita")
    first = client.get("/candidates?active=1")
    following = page_of(first).find(".//a[@rel='next']").get("href")
    assert "active=1" in following
    second = client.get(following)
    assert names_on(first) + names_on(second) == [f"Person {number:02}" for number in range(70)]
    assert page_of(second).find(".//a[@rel='next']") is None


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ([(True, 30)], True),
        ([(True, 0)], True),
        ([(True, -1)], False),
        ([(True, 30), (False, None)], False),
        ([(False, None), (True, 30)], True),
        ([], False),
    ],
)
def test_talent_pool_is_listed_by_what_each_said_last(
    client: ReadingClient, database: Database, known: dict[str, int], words: list, is_found: bool
) -> None:
    with database.writing() as session:
        amina = session.scalars(select(Candidate).where(Candidate.name == "Amina Yusuf")).one()
        for is_given, days in words:
            said = {"candidate_id": amina.id, "kind": NoticeKind.TALENT_POOL, "version": "talent_pool-0"}
            ends = clock.today() + timedelta(days=days) if days is not None else None
            session.add(Consent(**said, is_given=is_given, at=clock.now(), expires_on=ends))
            session.flush()
    page = sign_in(client, "rita").get("/candidates?pool=1")
    assert names_on(page) == (["Amina Yusuf"] if is_found else [])
    assert "Talent pool" in text_of(page)


def test_search_box_of_the_rail_leads_to_the_list(client: ReadingClient, known: dict[str, int]) -> None:
    page = page_of(sign_in(client, "rita").get("/jobs"))
    assert page.find(".//form[@role='search']").get("action") == "/candidates"
