"""Rubrics as pages: read by those whom they concern, whole and with their sources."""

import re

import pytest
from sqlalchemy import event

from tests.factories import actor_of, make_application, make_job
from tests.interviewing import CLERKS, schedule
from tests.interviewing import publish_rubric as published
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tests.web.rubrics.asking import (
    EDITS,
    People,
    draft_for,
    edit,
    stored,
    text_of,
)
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.domain.stages import Stage
from tracker.models.users import User


def test_draft_shows_every_anchor_with_its_source_and_what_is_left_over(
    client: ReadingClient, database: Database, draft_id: int, framework_id: int
) -> None:
    sign_in(client, "hank")
    answer = client.get(f"/rubrics/{draft_id}")
    page, rubric = page_of(answer), stored(database, draft_id)
    anchors = [a for row in rubric.content["competencies"] for a in row["anchors"].values() if a]
    statements = {item["statement"] for item in [*anchors, *rubric.content["leftovers"]]}
    said = text_of(answer)
    assert [one for one in statements if " ".join(one.split()) not in said] == []
    cited = [a.get("href") for a in page.findall(".//td//div[@class='origin']//a") if "#" in a.get("href")]
    assert len(cited) == len(anchors)
    assert all(re.fullmatch(rf"/frameworks/{framework_id}#[a-z]+-\d+", href) for href in cited)
    assert CLERKS.attribution in said


def test_page_of_a_long_rubric_takes_as_many_queries_as_of_a_short_one(
    client: ReadingClient, database: Database, people: People, job_id: int, framework_id: int
) -> None:
    sign_in(client, "hank")
    first = draft_for(database, people, job_id, framework_id)
    asked = []
    for path in (f"/rubrics/{first}", "/rubrics"):
        counts = []
        for _ in range(2):
            seen: list[str] = []

            def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
                seen.append(statement)  # noqa: B023 - read before the next round

            event.listen(database.engine, "before_cursor_execute", note)
            assert client.get(path).status_code == 200
            event.remove(database.engine, "before_cursor_execute", note)
            counts.append(len(seen))
            draft_for(database, people, job_id, framework_id)
        asked.append(counts)
    assert all(before == after <= 14 for before, after in asked), asked


def test_rubric_on_paper_has_every_question(client: ReadingClient, database: Database, draft_id: int) -> None:
    sign_in(client, "ines")
    said = text_of(client.get(f"/rubrics/{draft_id}/print"))
    for row in stored(database, draft_id).content["competencies"]:
        assert row["questions"]["behavioural"] in said
        assert row["name"] in said


@pytest.mark.parametrize("persona", ["rita", "ines"])
def test_who_may_only_read_finds_no_form_and_is_refused_one(
    client: ReadingClient, database: Database, draft_id: int, job_id: int, persona: str
) -> None:
    sign_in(client, persona)
    shown = client.get(f"/rubrics/{draft_id}")
    assert shown.status_code == 200
    assert "/competencies/" not in shown.get_data(as_text=True)
    for path, values in [*EDITS, ("publish", {"is_read": "y"}), ("retire", {}), ("new-version", {})]:
        assert client.get(f"/rubrics/{draft_id}/{path}").status_code == 403, path
        assert edit(client, draft_id, path, **values).status_code == 403, path
    assert client.get(f"/jobs/{job_id}/rubrics/new").status_code == 403
    assert stored(database, draft_id).edits == 0


def test_managers_rubrics_are_those_of_their_jobs(
    client: ReadingClient, database: Database, people: People, draft_id: int, framework_id: int
) -> None:
    with database.writing() as session:
        other = make_job(session, title="Somebody else's job").id
    strange = draft_for(database, people, other, framework_id)
    sign_in(client, "hank")
    listed = client.get("/rubrics").get_data(as_text=True)
    assert f'"/rubrics/{draft_id}"' in listed
    assert f'"/rubrics/{strange}"' not in listed
    paths = ["", "/print", "/changes", "/publish", "/retire", "/new-version"]
    for path in [*paths, *(f"/{path}" for path, _ in EDITS)]:
        assert client.get(f"/rubrics/{strange}{path}").status_code == 404, path
        if path not in ("", "/print", "/changes"):
            assert client.send(f"/rubrics/{strange}{path}", {"edits": "0"}).status_code == 404, path
    assert client.get(f"/rubrics?job_id={other}").status_code == 404
    assert client.get(f"/jobs/{other}/rubrics/new").status_code == 404


def test_panel_reads_the_rubric_it_scores_on_and_no_other(
    client: ReadingClient, database: Database, people: People
) -> None:
    with database.writing() as session:
        job, other = make_job(session), make_job(session)
        scored, strange = published(session, job), published(session, other)
        ines = actor_of(session, session.get_one(User, people["ines"]))
        schedule(session, make_application(session, job, stage=Stage.INTERVIEW), ines, actor=SYSTEM)
        ids = scored.id, strange.id
    sign_in(client, "ines")
    assert [client.get(f"/rubrics/{one}").status_code for one in ids] == [200, 404]
    assert f'"/rubrics/{ids[1]}"' not in client.get("/rubrics").get_data(as_text=True)


def test_list_goes_on_after_its_fiftieth_and_asks_for_one_status(
    client: ReadingClient, database: Database, people: People
) -> None:
    with database.writing() as session:
        job = make_job(session)
        for number in range(1, 53):
            published(session, job, number)
        job_id = job.id
    sign_in(client, "olga")
    links = re.compile(r'href="/rubrics/(\d+)"')
    first = client.get(f"/rubrics?job_id={job_id}&status=published")
    more = page_of(first).find(".//a[@rel='next']").get("href")
    rest = client.get(more)
    shown = [set(links.findall(page.get_data(as_text=True))) for page in (first, rest)]
    assert [len(ids) for ids in shown] == [50, 2]
    assert not shown[0] & shown[1]
    assert "No rubrics here" in text_of(client.get("/rubrics?status=draft"))
    assert client.get("/rubrics?status=lost").status_code == 404
    assert client.get("/rubrics?job_id=lost").status_code == 404
    assert client.get("/rubrics?after=nowhere").status_code == 422


def test_stranger_signs_in_first(client: ReadingClient, database: Database, draft_id: int) -> None:
    for path in ("/rubrics", f"/rubrics/{draft_id}", "/frameworks"):
        assert "/sign-in" in client.get(path).location
