"""Shapes of jobs and of their pipeline."""

from datetime import datetime

from pydantic import Field

from tracker.api.shapes.base import (
    LARGEST_ID,
    Answer,
    Asked,
    Body,
    Id,
    Key,
    Line,
    Paging,
    Text,
    Version,
    left_out,
)
from tracker.domain.actors import TeamRole
from tracker.domain.eeo1 import Eeo1Category
from tracker.domain.interview_plans import InterviewKind
from tracker.domain.jobs import LONGEST_DESCRIPTION
from tracker.domain.rubrics import Seniority
from tracker.domain.stages import JobStatus, Stage

MOST_LINES, MOST_MEMBERS = 100, 200


class JobQuery(Paging):
    status: JobStatus | None = Field(None, description="Only jobs of this status.")


class Framework(Answer):
    id: int
    soc: str
    title: str
    version: str


class JobItem(Answer):
    id: int
    title: str
    department: str | None
    location: str | None
    status: JobStatus
    openings: int
    openings_taken: int
    framework: Framework | None
    rubric_id: int | None
    rubric_version: int | None = Field(
        description="The version that interviews are scored on: the pinned one, else the latest published."
    )
    version: int


class TeamMemberShape(Answer):
    user_id: int
    role: TeamRole


class Question(Answer):
    id: int
    text: str
    required: bool


class Round(Answer):
    position: int
    title: str
    kind: InterviewKind
    minutes: int
    competencies: list[str]


class JobDetail(JobItem):
    soc: str | None
    seniority: str
    description: str
    minimum_qualifications: list[str]
    preferred_qualifications: list[str]
    references_required: int
    ratings_required: int
    needs_background_check: bool
    needs_resume_review: bool
    needs_screening_call: bool
    jurisdiction: str | None
    eeo1_category: str | None
    approved_at: datetime | None
    team: list[TeamMemberShape]
    questions: list[Question]
    rounds: list[Round]


class _JobFields(Body):
    department: Line | None = None
    location: Line | None = None
    soc: Key | None = None
    jurisdiction: Key | None = None
    eeo1_category: Eeo1Category | None = None


class NewJob(_JobFields):
    title: Line
    openings: int = Field(1, ge=1, le=LARGEST_ID)
    seniority: Seniority = Seniority.ENTRY
    description: str = Field("", max_length=LONGEST_DESCRIPTION)
    minimum_qualifications: list[Line] = Field([], max_length=MOST_LINES)
    preferred_qualifications: list[Line] = Field([], max_length=MOST_LINES)
    references_required: int = Field(2, ge=0, le=10)
    ratings_required: int = Field(2, ge=1, le=5)
    needs_background_check: bool = False


class TeamMemberBody(Body):
    user_id: Id
    role: TeamRole


class JobChange(_JobFields):
    """What is left out stays as it is."""

    version: Version = left_out(description="The version seen; 409 if the job changed since.")
    title: Line = left_out()
    openings: int = left_out(ge=1, le=LARGEST_ID)
    seniority: Seniority = left_out()
    description: str = left_out(max_length=LONGEST_DESCRIPTION)
    minimum_qualifications: list[Line] = left_out(max_length=MOST_LINES)
    preferred_qualifications: list[Line] = left_out(max_length=MOST_LINES)
    references_required: int = left_out(ge=0, le=10)
    ratings_required: int = left_out(ge=1, le=5)
    needs_background_check: bool = left_out()
    team: list[TeamMemberBody] = left_out(
        max_length=MOST_MEMBERS, description="The whole hiring team, each person with a role on it."
    )
    status: JobStatus = left_out()
    reason: Text | None = Field(None, description="Of a change of status; needed to reopen.")


class PipelineQuery(Asked):
    stage: Stage | None = Field(None, description="This stage alone.")
    after: str | None = Field(None, max_length=60, description="`next` of the stage; needs `stage`.")


class CardShape(Answer):
    id: int = Field(description="Of the application.")
    version: int
    name: str
    source: str
    days: int
    over_target: bool
    ready: bool
    missing: str | None
    recruiter: str | None


class PipelineStage(Answer):
    stage: Stage
    active: int
    cards: list[CardShape]
    next: str | None


class Pipeline(Answer):
    stages: list[PipelineStage]
    as_of: datetime
