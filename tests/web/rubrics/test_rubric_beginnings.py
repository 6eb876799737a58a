"""Rubrics without a framework of their own: written from scratch, or copied from another job."""

import pytest

from tests.factories import join_team, make_job
from tests.interviewing import publish_rubric
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tests.web.rubrics.asking import HOSTILE, People, edit, errors_at, stored, text_of
from tracker.db import Database
from tracker.domain.actors import TeamRole
from tracker.models.rubrics import RubricStatus
from tracker.models.users import User


def begin(client: ReadingClient, job_id: int) -> int:
    answer = client.send(f"/jobs/{job_id}/rubrics/scratch", {"target_level": "developing"})
    assert answer.status_code == 303
    return int(answer.location.rpartition("/")[2])


def published_elsewhere(database: Database, people: People, *team: str) -> int:
    with database.writing() as session:
        job = make_job(session, title="Order clerk, York")
        for name in team:
            join_team(session, job, session.get_one(User, people[name]), TeamRole.HIRING_MANAGER)
        return publish_rubric(session, job).id


def test_manager_writes_a_rubric_from_scratch_and_publishes_it(
    client: ReadingClient, database: Database, people: People, job_id: int
) -> None:
    sign_in(client, "hank")
    links = [a.get("href") for a in page_of(client.get(f"/jobs/{job_id}/rubrics/new")).iter("a")]
    assert f"/jobs/{job_id}/rubrics/scratch" in links
    rubric_id = begin(client, job_id)
    assert "No competencies yet" in text_of(client.get(f"/rubrics/{rubric_id}"))
    assert edit(client, rubric_id, "competencies/new", name="Ripening").status_code == 303
    path = "competencies/ripening/anchors/developing/write"
    anchor = {"statement": f"Ripening — turn each wheel {HOSTILE}."}
    assert edit(client, rubric_id, path, 1, **anchor).status_code == 303
    shown = client.get(f"/rubrics/{rubric_id}")
    assert "written here" in text_of(shown)
    assert HOSTILE in text_of(shown)
    questions = {"behavioural": "When did you turn a wheel?", "situational": "A wheel cracks. What next?"}
    assert edit(client, rubric_id, "competencies/ripening/questions", 2, **questions).status_code == 303
    edits = stored(database, rubric_id).edits
    assert edit(client, rubric_id, "publish", edits, is_read="y").status_code == 303
    rubric = stored(database, rubric_id)
    assert (rubric.status, rubric.framework_id) == (RubricStatus.PUBLISHED, None)
    assert rubric.target_set_by == f"user:{people['hank']}"
    assert "Written by hand for" in text_of(client.get(f"/rubrics/{rubric_id}/print"))
    assert client.get(f"/rubrics/{rubric_id}/changes").status_code == 200


def test_level_of_a_rubric_from_scratch_is_chosen_and_not_guessed(client: ReadingClient, job_id: int) -> None:
    sign_in(client, "hank")
    answer = client.send(f"/jobs/{job_id}/rubrics/scratch", {})
    assert answer.status_code == 422
    assert "not guessed" in errors_at(answer, "target_level")


def test_statement_of_a_framework_is_put_in_other_words_and_kept(
    client: ReadingClient, database: Database, draft_id: int
) -> None:
    sign_in(client, "hank")
    row = stored(database, draft_id).content["competencies"][0]
    before = row["anchors"]["emerging"]["statement"]
    path = f"competencies/{row['key']}/anchors/emerging/write"
    assert before in text_of(client.get(f"/rubrics/{draft_id}/{path}"))
    assert edit(client, draft_id, path, statement=" ").status_code == 422
    assert edit(client, draft_id, path, statement="Complaints — hear them out.").status_code == 303
    assert before in [one["statement"] for one in stored(database, draft_id).content["leftovers"]]
    written = path.replace("/write", "/blank")
    assert edit(client, draft_id, written, 1).status_code == 303
    back = client.get(f"/rubrics/{draft_id}/leftovers/emerging/-1/place")
    assert "hear them out" in text_of(back)


def test_rubric_of_another_job_is_copied_as_a_draft_that_says_what_changed(
    client: ReadingClient, database: Database, people: People, job_id: int
) -> None:
    other = published_elsewhere(database, people, "hank")
    sign_in(client, "hank")
    path = f"/jobs/{job_id}/rubrics/copy"
    assert "Order clerk, York, version 1" in text_of(client.get(path))
    answer = client.send(path, {"rubric_id": str(other)})
    assert answer.status_code == 303
    copied = stored(database, int(answer.location.rpartition("/")[2]))
    assert (copied.job_id, copied.status, copied.number) == (job_id, RubricStatus.DRAFT, 1)
    assert copied.content == stored(database, other).content
    key = copied.content["competencies"][0]["key"]
    assert edit(client, copied.id, f"competencies/{key}/name", name="Complaints by phone").status_code == 303
    assert "One difference" in text_of(client.get(f"/rubrics/{copied.id}/changes"))


def test_rubric_of_a_job_that_one_may_not_know_of_is_neither_offered_nor_copied(
    client: ReadingClient, database: Database, people: People, job_id: int
) -> None:
    other = published_elsewhere(database, people)
    sign_in(client, "hank")
    path = f"/jobs/{job_id}/rubrics/copy"
    assert "York" not in text_of(client.get(path))
    assert client.send(path, {"rubric_id": str(other)}).status_code == 422


@pytest.mark.parametrize("path", ["scratch", "copy"])
def test_only_who_may_edit_begins_a_rubric(client: ReadingClient, job_id: int, path: str) -> None:
    sign_in(client, "ines")
    assert client.get(f"/jobs/{job_id}/rubrics/{path}").status_code == 403
    sign_in(client, "hank")
    assert client.get(f"/jobs/99999/rubrics/{path}").status_code == 404
