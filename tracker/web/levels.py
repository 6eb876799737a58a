"""The levels of a competency as pages show them beside a choice: value, label, and the anchor's text."""

from typing import Any

from tracker.domain.competencies import Competency
from tracker.domain.frameworks import LEVEL_LABELS, Level
from tracker.domain.statement_words import split_topic


def anchors_of(row: Competency) -> list[dict[str, Any]]:
    """The four levels from the lowest, each with its anchor, whose text is empty where there is none."""
    found = [(level, row.anchors.get(level)) for level in Level]
    return [
        {"value": level.rank, "label": LEVEL_LABELS[level], "text": anchor.statement if anchor else ""}
        for level, anchor in found
    ]


def topic_and_rest(statement: str) -> tuple[str, str]:
    """A statement in two parts for the eye: its topic, and all that follows; together its very words."""
    parts = split_topic(statement)
    topic = parts[0] if parts and statement.startswith(parts[0]) else ""
    return topic, statement[len(topic) :]
