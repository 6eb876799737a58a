"""Shapes of interview sessions, scorecards and debriefs."""

from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, Field

from tracker.api.shapes.base import LARGEST_ID, Answer, Body, Id, Key, Line, PersonName, Text, Version
from tracker.domain.interview_plans import InterviewKind
from tracker.domain.scorecards import HIGHEST_RATING, LONGEST_EVIDENCE, LOWEST_RATING, Recommendation
from tracker.models.debriefs import DebriefDecision
from tracker.models.interviews import InterviewStatus

MOST_ROWS = 100


class NewInterview(Body):
    kind: InterviewKind
    starts_at: AwareDatetime
    minutes: int = Field(ge=1, le=LARGEST_ID)
    panel: list[Id] = Field(min_length=1, max_length=MOST_ROWS, description="Ids of active people.")
    competencies: list[Key] = Field(
        min_length=1, max_length=MOST_ROWS, description="Keys of the job's rubric."
    )
    title: Line | None = None
    place: Line | None = None


class InterviewShape(Answer):
    id: int
    application_id: int
    kind: InterviewKind
    title: str
    starts_at: datetime
    minutes: int
    place: str | None
    status: InterviewStatus
    panel: list[PersonName]
    competencies: list[str]
    rubric_id: int


class RatingBody(Body):
    competency: Key
    value: Annotated[int, Field(ge=LOWEST_RATING, le=HIGHEST_RATING)] | None = Field(
        None, description="0 to 4, or null for not assessed."
    )
    evidence: Annotated[str, Field(max_length=LONGEST_EVIDENCE)] = ""


class ScorecardBody(Body):
    ratings: list[RatingBody] = Field(max_length=MOST_ROWS)
    recommendation: Recommendation | None = None
    summary: Text | None = None
    submit: bool = Field(False, description="Hand the card in; from then on it never changes.")
    version: Version | None = Field(None, description="The draft's version seen, 0 for none yet.")


class RatingShape(Answer):
    competency: str
    value: int | None
    evidence: str | None


class ScorecardShape(Answer):
    """One's own card; nobody else's is ever in it."""

    id: int
    interview_id: int
    ratings: list[RatingShape]
    recommendation: Recommendation | None
    summary: str | None
    version: int
    saved_at: datetime
    submitted_at: datetime | None


class DebriefBody(Body):
    decision: DebriefDecision
    reason: Text
    knows_score: bool = Field(
        False, description="To decide against the score: that you know it, and your reason says why."
    )


class DebriefShape(Answer):
    id: int
    application_id: int
    decision: DebriefDecision
    reason: str | None
    is_against_score: bool
    decided_by: PersonName
    at: datetime
