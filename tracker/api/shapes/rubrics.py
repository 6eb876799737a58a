"""Shapes of rubrics: the stored document, with the source of every anchor."""

from pydantic import Field

from tracker.api.shapes.base import Answer
from tracker.domain.frameworks import Level
from tracker.domain.interview_plans import InterviewKind
from tracker.models.rubrics import RubricStatus


class FrameworkOf(Answer):
    soc: str
    title: str
    version: str
    sha256: str
    attribution: str


class Source(Answer):
    soc: str
    version: str
    level: Level
    index: int = Field(
        description="Place in the level's list of the framework's file, from 0; below 0 what an author wrote."
    )


class AnchorShape(Answer):
    index: int
    statement: str
    confidence: float
    weak: bool
    source: Source


class QuestionsShape(Answer):
    behavioural: str
    situational: str
    probes: list[str]
    look_fors: list[str]
    needs_review: bool
    task: str


class CompetencyShape(Answer):
    key: str
    name: str
    weight: float
    weight_reason: str
    required: bool
    target_level: Level
    target_reason: str
    target_set_by: str
    anchors: dict[Level, AnchorShape | None]
    questions: QuestionsShape


class LeftoverShape(Answer):
    level: Level
    index: int
    statement: str


class PlannedSession(Answer):
    session: int
    kind: InterviewKind
    minutes: int
    competencies: list[str]


class RubricShape(Answer):
    id: int
    job_id: int
    version: int
    title: str
    status: RubricStatus
    content_hash: str | None
    framework: FrameworkOf
    target_level: Level
    competencies: list[CompetencyShape]
    leftovers: list[LeftoverShape]
    plan: list[PlannedSession]
    notices: list[str]
