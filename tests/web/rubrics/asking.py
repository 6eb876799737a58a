"""How tests ask the pages of a rubric, and what each edit sends."""

from typing import Any

from tests.factories import actor_of
from tests.interviewing import KEYS
from tests.web.pages import ReadingClient, page_of
from tracker.db import Database
from tracker.models.frameworks import FrameworkRow
from tracker.models.jobs import Job
from tracker.models.rubrics import Rubric
from tracker.models.users import User
from tracker.services.rubrics import generate_rubric_draft

People = dict[str, int]


KEY, OTHER = KEYS[:2]
HOSTILE = "<script>alert('x')</script> & “quotes”"


def draft_for(database: Database, people: People, job_id: int, framework_id: int) -> int:
    with database.writing() as session:
        olga = actor_of(session, session.get_one(User, people["olga"]))
        row = session.get_one(FrameworkRow, framework_id)
        return generate_rubric_draft(session, session.get_one(Job, job_id), row, actor=olga).id


def stored(database: Database, rubric_id: int) -> Rubric:
    with database.reading() as session:
        return session.get_one(Rubric, rubric_id)


def row_of(database: Database, rubric_id: int, key: str) -> dict[str, Any]:
    rows = stored(database, rubric_id).content["competencies"]
    return next((row for row in rows if row["key"] == key), {})


def text_of(response: Any) -> str:
    return " ".join("".join(page_of(response).itertext()).split())


def errors_at(response: Any, field: str) -> str:
    found = page_of(response).find(f".//*[@id='{field}-error']")
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def edit(client: ReadingClient, rubric_id: int, path: str, edits: object = 0, **values: Any) -> Any:
    return client.send(f"/rubrics/{rubric_id}/{path}", {"edits": str(edits), **values})


EDITS: list[tuple[str, dict[str, str]]] = [
    (f"competencies/{KEY}/name", {"name": HOSTILE}),
    (f"competencies/{KEY}/weight", {"weight": "2", "weight_reason": HOSTILE}),
    (f"competencies/{KEY}/required", {}),
    (f"competencies/{KEY}/target-level", {"target_level": "proficient", "target_reason": HOSTILE}),
    (
        f"competencies/{KEY}/questions",
        {"behavioural": HOSTILE, "situational": "What would you do first, and why?"},
    ),
    (f"competencies/{KEY}/anchors/developing/move", {"to_key": OTHER}),
    (f"competencies/{KEY}/anchors/developing/blank", {}),
    (f"competencies/{KEY}/anchors/developing/confirm", {}),
    (f"competencies/{KEY}/remove", {}),
]
