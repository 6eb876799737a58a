"""The edits of a draft as pages: each kept, refused at its field, or met by what somebody else did."""

import pytest
from flask import Flask

from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tests.web.rubrics.asking import EDITS, HOSTILE, KEY, OTHER, edit, errors_at, row_of, stored, text_of
from tracker.db import Database
from tracker.models.rubrics import RubricStatus


@pytest.mark.parametrize(("path", "values"), EDITS)
def test_edit_has_its_form_is_kept_and_its_text_stays_text(
    client: ReadingClient, database: Database, draft_id: int, path: str, values: dict[str, str]
) -> None:
    sign_in(client, "hank")
    before = stored(database, draft_id)
    assert f"/rubrics/{draft_id}/{path}" in client.get(f"/rubrics/{draft_id}").get_data(as_text=True) or (
        path.endswith("confirm")
    )
    assert client.get(f"/rubrics/{draft_id}/{path}").status_code == 200
    assert edit(client, draft_id, path, **values).status_code == 303
    after = stored(database, draft_id)
    assert after.edits in (1, 2)
    assert after.content != before.content or path.endswith("confirm")
    assert "<script>alert" not in client.get(f"/rubrics/{draft_id}").get_data(as_text=True)


def test_dropped_statement_opens_its_form_with_the_competency_chosen(
    client: ReadingClient, draft_id: int
) -> None:
    sign_in(client, "hank")
    path = f"/rubrics/{draft_id}/competencies/{KEY}/anchors/developing/move"
    page = page_of(client.get(f"{path}?to_key={OTHER}"))
    assert [o.get("value") for o in page.findall(".//option[@selected]")] == [OTHER]
    assert page_of(client.get(f"{path}?to_key=nowhere")).find(".//option[@selected]") is None


def test_leftover_is_placed_or_begins_a_competency(
    client: ReadingClient, database: Database, draft_id: int
) -> None:
    sign_in(client, "hank")
    edit(client, draft_id, f"competencies/{KEY}/anchors/emerging/blank")
    edit(client, draft_id, f"competencies/{KEY}/anchors/proficient/blank", 1)
    emerging, proficient = (
        next(item for item in stored(database, draft_id).content["leftovers"] if item["level"] == level)
        for level in ("emerging", "proficient")
    )
    path = f"leftovers/emerging/{emerging['index']}"
    assert "No anchor" in text_of(client.get(f"/rubrics/{draft_id}"))
    assert emerging["statement"] in text_of(client.get(f"/rubrics/{draft_id}/{path}/place"))
    assert edit(client, draft_id, f"{path}/place", 2, to_key=KEY).status_code == 303
    assert row_of(database, draft_id, KEY)["anchors"]["emerging"]["statement"] == emerging["statement"]
    path = f"leftovers/proficient/{proficient['index']}/competency"
    assert client.get(f"/rubrics/{draft_id}/{path}").status_code == 200
    assert edit(client, draft_id, path, 3, name="A row of its own").status_code == 303
    assert row_of(database, draft_id, "a-row-of-its-own")["anchors"]["proficient"]
    assert edit(client, draft_id, path, 4, name="Once more").status_code == 422


@pytest.mark.parametrize(
    ("path", "values", "field", "sentence"),
    [
        ("name", {"name": ""}, "name", "Give the competency a name."),
        ("name", {"name": "x" * 81}, "name", "80 characters"),
        ("name", {"name": "turned\u202earound"}, "name", "no text"),
        ("weight", {"weight": "2", "weight_reason": ""}, "weight_reason", "reason"),
        ("weight", {"weight": "nan"}, "weight", "more than 0"),
        ("weight", {"weight": "1e400"}, "weight", "at most 10"),
        ("weight", {"weight": "much"}, "weight", "Not a valid"),
        ("target-level", {"target_level": "divine"}, "target_level", "Not a valid choice"),
        ("target-level", {"target_level": "advanced", "target_reason": " "}, "target_reason", "reason"),
        (
            "questions",
            {"behavioural": "Why?", "situational": "Why?", "probes": "a?\nb?\nc?\nd?"},
            "probes",
            "most 3",
        ),
        (
            "questions",
            {"behavioural": "Why?", "situational": "Why?", "look_fors": "Are you pregnant?"},
            "look_fors",
            "",
        ),
        ("questions", {"behavioural": "Are you pregnant?", "situational": "Why?"}, "behavioural", ""),
        ("questions", {"behavioural": "Why?", "situational": "x" * 1001}, "situational", "1,000"),
        ("anchors/developing/move", {"to_key": KEY}, "to_key", "Not a valid choice"),
        ("anchors/developing/move", {"to_key": "nowhere"}, "to_key", "Not a valid choice"),
        ("anchors/developing/move", {}, "to_key", "Choose a competency"),
    ],
)
def test_edit_that_breaks_a_rule_says_so_at_the_field_and_changes_nothing(
    client: ReadingClient,
    database: Database,
    draft_id: int,
    path: str,
    values: dict[str, str],
    field: str,
    sentence: str,
) -> None:
    sign_in(client, "hank")
    answer = edit(client, draft_id, f"competencies/{KEY}/{path}", **values)
    assert answer.status_code == 422
    assert errors_at(answer, field)
    assert sentence in errors_at(answer, field)
    rubric = stored(database, draft_id)
    assert (rubric.edits, rubric.content) == (0, rubric.generated)


def test_later_of_two_editors_is_told_and_keeps_what_they_typed(
    client: ReadingClient, app: Flask, database: Database, draft_id: int
) -> None:
    sign_in(client, "hank")
    path = f"competencies/{KEY}/name"
    edit(client, draft_id, path, 0, name="First of all")
    olga = sign_in(app.test_client(), "olga")  # type: ignore[arg-type]
    answer = edit(olga, draft_id, path, 0, name="Last of all")
    assert answer.status_code == 422
    page = page_of(answer)
    assert "Somebody edited this draft" in text_of(answer)
    assert "First of all" in text_of(answer)
    assert page.find(".//input[@name='name']").get("value") == "Last of all"
    assert row_of(database, draft_id, KEY)["name"] == "First of all"
    seen = page.find(".//input[@name='edits']").get("value")
    assert edit(olga, draft_id, path, seen, name="Last of all").status_code == 303
    assert row_of(database, draft_id, KEY)["name"] == "Last of all"


def test_editor_of_a_row_that_is_gone_keeps_what_they_typed(
    client: ReadingClient, database: Database, draft_id: int
) -> None:
    sign_in(client, "hank")
    edit(client, draft_id, f"competencies/{KEY}/remove")
    for path, values in EDITS[:-1]:
        answer = edit(client, draft_id, path, 0, **values)
        assert answer.status_code == 422, path
        assert edit(client, draft_id, path, 1, **values).status_code == 422, path
        assert client.get(f"/rubrics/{draft_id}/{path}").status_code == 404, path
    assert stored(database, draft_id).edits == 1


@pytest.mark.parametrize("edits", ["", "-1", "1", "9" * 30, "²", "zero"])
def test_wrong_number_of_edits_changes_nothing(
    client: ReadingClient, database: Database, draft_id: int, edits: str
) -> None:
    sign_in(client, "hank")
    assert edit(client, draft_id, f"competencies/{KEY}/remove", edits).status_code == 422
    answer = edit(client, draft_id, "publish", edits, is_read="y")
    assert answer.status_code == 422
    assert stored(database, draft_id).edits == 0
    assert stored(database, draft_id).status is RubricStatus.DRAFT


def test_questions_kept_as_they_are_count_as_looked_at(
    client: ReadingClient, database: Database, draft_id: int
) -> None:
    sign_in(client, "hank")
    edit(client, draft_id, f"competencies/{KEY}/anchors/emerging/blank")
    edit(client, draft_id, f"competencies/{KEY}/target-level", 1, target_level="emerging")
    questions = row_of(database, draft_id, KEY)["questions"]
    assert questions["needs_review"]
    kept = {name: questions[name] for name in ("behavioural", "situational")}
    assert edit(client, draft_id, f"competencies/{KEY}/questions", 2, **kept).status_code == 303
    assert row_of(database, draft_id, KEY)["questions"] == {**questions, "needs_review": False}


def test_probes_and_look_fors_are_the_authors_too(
    client: ReadingClient, database: Database, draft_id: int
) -> None:
    sign_in(client, "hank")
    asked = row_of(database, draft_id, KEY)["questions"]
    page = page_of(client.get(f"/rubrics/{draft_id}/competencies/{KEY}/questions"))
    shown = page.find(".//textarea[@name='look_fors']")
    assert (shown.text or "").split("\n") == asked["look_fors"]
    kept = {name: asked[name] for name in ("behavioural", "situational")}
    hints = {
        "probes": "What came then?\r\n\r\n Who else was there? ",
        "look_fors": "Names each step",
        "task": "Sort these.",
    }
    assert edit(client, draft_id, f"competencies/{KEY}/questions", **kept, **hints).status_code == 303
    changed = row_of(database, draft_id, KEY)["questions"]
    assert changed["probes"] == ["What came then?", "Who else was there?"]
    assert (changed["look_fors"], changed["task"]) == (["Names each step"], "Sort these.")
    assert "Names each step" in text_of(client.get(f"/rubrics/{draft_id}"))
    for path in ("", "/print"):
        assert "Sort these." in text_of(client.get(f"/rubrics/{draft_id}{path}"))


def test_who_set_another_target_level_and_why_stands_at_the_row(
    client: ReadingClient, database: Database, draft_id: int
) -> None:
    sign_in(client, "hank")
    values = {"target_level": "advanced", "target_reason": HOSTILE}
    assert edit(client, draft_id, f"competencies/{KEY}/target-level", **values).status_code == 303
    said = text_of(client.get(f"/rubrics/{draft_id}"))
    assert f"Target advanced, set by Hank: {HOSTILE}" in said
    assert "Emerging required, developing preferred" in said


@pytest.mark.parametrize("path", ["anchors/divine/move", "anchors/divine/blank", "anchors/1/confirm"])
def test_level_that_is_none_is_not_found(client: ReadingClient, draft_id: int, path: str) -> None:
    sign_in(client, "hank")
    assert client.get(f"/rubrics/{draft_id}/competencies/{KEY}/{path}").status_code == 404
    assert edit(client, draft_id, f"competencies/{KEY}/{path}").status_code == 404
    assert client.get(f"/rubrics/{draft_id}/leftovers/emerging/{10**30}/place").status_code == 404
