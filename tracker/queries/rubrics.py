"""Reads about rubrics: which rows of a published version must be rated."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models.rubrics import Rubric

_REQUIRED: dict[str, tuple[tuple[str, str], ...]] = {}
"""Required rows by content hash: published content never changes, so what was read once holds."""


def required_rows(session: Session, rubric_ids: Collection[int]) -> dict[int, tuple[tuple[str, str], ...]]:
    """The required competencies, (key, name), of each published rubric version."""
    rows = session.execute(
        select(Rubric.id, Rubric.content_hash).where(
            Rubric.id.in_(rubric_ids), Rubric.content_hash.is_not(None)
        )
    ).all()
    missing = [rubric_id for rubric_id, content_hash in rows if content_hash not in _REQUIRED]
    if missing:
        contents = session.execute(select(Rubric.content_hash, Rubric.content).where(Rubric.id.in_(missing)))
        for content_hash, content in contents:
            _REQUIRED[str(content_hash)] = tuple(
                (row["key"], row["name"]) for row in content["competencies"] if row["required"]
            )
    return {rubric_id: _REQUIRED[str(content_hash)] for rubric_id, content_hash in rows}
