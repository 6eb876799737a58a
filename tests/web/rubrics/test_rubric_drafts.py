"""The life of a rubric as pages: generated for a job, published by name, begun anew, retired."""

import pytest
from sqlalchemy import select

from tests.factories import make_job
from tests.interviewing import SEED
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tests.web.rubrics.asking import EDITS, KEY, People, edit, errors_at, row_of, stored, text_of
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.domain.stages import JobStatus
from tracker.models.jobs import Job
from tracker.models.rubrics import Rubric, RubricStatus
from tracker.services.frameworks import import_framework


def test_manager_generates_a_draft_from_the_newest_framework_at_the_default_level(
    client: ReadingClient, database: Database, job_id: int, framework_id: int
) -> None:
    sign_in(client, "hank")
    path = f"/jobs/{job_id}/rubrics/new"
    page = page_of(client.get(path))
    chosen = page.find(".//select[@name='framework']/option[@selected]")
    assert chosen.get("value") == str(framework_id)
    assert page.find(".//input[@name='target_level'][@checked]").get("value") == "emerging"
    assert "by job zone 2" in "".join(page.itertext())
    answer = client.send(f"{path}?framework={framework_id}", {"target_level": "emerging"})
    assert answer.status_code == 303
    rubric = stored(database, int(answer.location.rpartition("/")[2]))
    assert (rubric.job_id, rubric.status, rubric.target_set_by) == (job_id, RubricStatus.DRAFT, None)


def test_level_other_than_the_default_is_kept_with_who_chose_it_and_why(
    client: ReadingClient, database: Database, people: People, job_id: int, framework_id: int
) -> None:
    sign_in(client, "hank")
    values = {"target_level": "proficient", "target_reason": "Works alone at night"}
    answer = client.send(f"/jobs/{job_id}/rubrics/new?framework={framework_id}", values)
    rubric = stored(database, int(answer.location.rpartition("/")[2]))
    assert rubric.content["target_level"] == "proficient"
    assert (rubric.target_set_by, rubric.target_reason) == (f"user:{people['hank']}", "Works alone at night")
    assert "chosen by Hank: Works alone at night" in text_of(client.get(answer.location))


def test_inferred_job_zone_asks_for_the_level_and_guesses_none(
    client: ReadingClient, database: Database, job_id: int
) -> None:
    with database.writing() as session:
        data = SEED.read_bytes().replace(b'"jobZoneInferred":false', b'"jobZoneInferred":true')
        row = import_framework(session, data, actor=SYSTEM).id
    sign_in(client, "hank")
    path = f"/jobs/{job_id}/rubrics/new?framework={row}"
    page = page_of(client.get(path))
    assert page.find(".//input[@name='target_level'][@checked]") is None
    answer = client.send(path, {})
    assert answer.status_code == 422
    assert "not guessed" in errors_at(answer, "target_level")
    assert "only inferred" in text_of(answer)
    assert client.send(path, {"target_level": "developing"}).status_code == 303


@pytest.mark.parametrize("values", [{"target_level": "divine"}, {"target_reason": "x" * 2001}])
def test_generation_that_does_not_hold_is_refused_at_the_field(
    client: ReadingClient, database: Database, job_id: int, framework_id: int, values: dict[str, str]
) -> None:
    sign_in(client, "hank")
    answer = client.send(f"/jobs/{job_id}/rubrics/new?framework={framework_id}", values)
    assert answer.status_code == 422
    assert errors_at(answer, next(iter(values)))
    with database.reading() as session:
        assert session.scalars(select(Rubric)).all() == []


def test_job_without_an_occupation_asks_which_framework(
    client: ReadingClient, database: Database, people: People, framework_id: int
) -> None:
    with database.writing() as session:
        bare = make_job(session).id
    sign_in(client, "olga")
    assert "No framework is chosen" in text_of(client.get(f"/jobs/{bare}/rubrics/new"))
    assert client.get(f"/jobs/{bare}/rubrics/new?framework=99999").status_code == 404
    assert client.get(f"/jobs/{bare}/rubrics/new?framework=nothing").status_code == 404
    assert client.get(f"/rubrics/new?framework={framework_id}&job={bare}").status_code == 303


def test_publishing_takes_somebody_who_says_they_have_read_it_and_names_them(
    client: ReadingClient, database: Database, people: People, job_id: int, draft_id: int
) -> None:
    sign_in(client, "hank")
    page = client.get(f"/rubrics/{draft_id}/publish")
    assert "Hank" in text_of(page)
    assert errors_at(edit(client, draft_id, "publish"), "is_read")
    assert stored(database, draft_id).status is RubricStatus.DRAFT
    assert edit(client, draft_id, "publish", is_read="y").status_code == 303
    rubric = stored(database, draft_id)
    assert (rubric.status, rubric.published_by_id) == (RubricStatus.PUBLISHED, people["hank"])
    shown = client.get(f"/rubrics/{draft_id}")
    assert rubric.content_hash in text_of(shown)
    assert "by Hank" in text_of(shown)
    with database.reading() as session:
        assert session.get_one(Job, job_id).rubric_id == draft_id


def test_what_stands_against_publishing_is_listed_with_its_row(
    client: ReadingClient, database: Database, draft_id: int
) -> None:
    sign_in(client, "hank")
    anchors = row_of(database, draft_id, KEY)["anchors"]
    for number, level in enumerate(level for level, anchor in anchors.items() if anchor):
        edit(client, draft_id, f"competencies/{KEY}/anchors/{level}/blank", number)
    for path in ("", "/publish"):
        page = page_of(client.get(f"/rubrics/{draft_id}{path}"))
        links = [a for a in page.iter("a") if "has no anchor" in "".join(a.itertext())]
        assert [a.get("href").partition("#")[2] for a in links] == [f"competency-{KEY}"]
    edits = stored(database, draft_id).edits
    assert edit(client, draft_id, "publish", edits, is_read="y").status_code == 422
    assert stored(database, draft_id).status is RubricStatus.DRAFT


def test_published_version_offers_no_edit_and_takes_none(
    client: ReadingClient, database: Database, draft_id: int
) -> None:
    sign_in(client, "hank")
    edit(client, draft_id, "publish", is_read="y")
    before = stored(database, draft_id).content
    shown = client.get(f"/rubrics/{draft_id}").get_data(as_text=True)
    for path, values in EDITS:
        assert f"/rubrics/{draft_id}/{path}" not in shown, path
        opened = client.get(f"/rubrics/{draft_id}/{path}")
        assert (opened.status_code, opened.location) == (303, f"/rubrics/{draft_id}"), path
        assert "never changes" in text_of(edit(client, draft_id, path, 0, **values)), path
    assert stored(database, draft_id).content == before


def test_new_version_begins_with_the_content_and_shows_what_it_changed(
    client: ReadingClient, database: Database, draft_id: int
) -> None:
    sign_in(client, "hank")
    edit(client, draft_id, f"competencies/{KEY}/name", name="Words for it")
    edit(client, draft_id, "publish", 1, is_read="y")
    answer = client.send(f"/rubrics/{draft_id}/new-version")
    assert answer.status_code == 303
    second = int(answer.location.rpartition("/")[2])
    assert stored(database, second).content == stored(database, draft_id).content
    assert client.send(f"/rubrics/{second}/new-version").status_code == 422
    assert "No differences" in text_of(client.get(f"/rubrics/{second}/changes"))
    edit(client, second, f"competencies/{KEY}/name", name="Other words for it")
    page = page_of(client.get(f"/rubrics/{second}/changes?with=1"))
    assert ["".join(one.itertext()) for one in page.findall(".//dd//ins")] == ["Other words"]
    assert ["".join(one.itertext()) for one in page.findall(".//dd//del")] == ["Words"]
    assert "Words for it" in text_of(client.get(f"/rubrics/{draft_id}/changes?with=generated"))
    for base in ("7", "nothing", "-1"):
        assert client.get(f"/rubrics/{second}/changes?with={base}").status_code == 404


def test_version_in_use_is_not_retired_and_another_is(
    client: ReadingClient, database: Database, job_id: int, draft_id: int
) -> None:
    sign_in(client, "hank")
    edit(client, draft_id, "publish", is_read="y")
    assert "scored on this version" in text_of(client.send(f"/rubrics/{draft_id}/retire"))
    with database.writing() as session:
        session.get_one(Job, job_id).status = JobStatus.CLOSED
    assert client.send(f"/rubrics/{draft_id}/retire").status_code == 303
    assert stored(database, draft_id).status is RubricStatus.RETIRED
    assert "Retired" in text_of(client.get(f"/rubrics/{draft_id}"))


def test_newer_framework_offers_a_new_draft_and_changes_nothing(
    client: ReadingClient, database: Database, job_id: int, draft_id: int
) -> None:
    sign_in(client, "hank")
    before = stored(database, draft_id)
    assert "newer version of the framework" not in text_of(client.get(f"/rubrics/{draft_id}"))
    with database.writing() as session:
        newer = import_framework(session, SEED.read_bytes().replace(b"v.26.05", b"v.27.01"), actor=SYSTEM).id
    page = client.get(f"/rubrics/{draft_id}")
    assert f"/jobs/{job_id}/rubrics/new?framework={newer}" in page.get_data(as_text=True)
    assert stored(database, draft_id).content == before.content
