"""Shapes of candidates."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from tracker.api.shapes.base import Answer, Body, Line, Paging
from tracker.domain.stages import Outcome, Stage


class CandidateQuery(Paging):
    q: Annotated[str, Field(max_length=200)] = Field("", description="Beginnings of words of name or e-mail.")


class CandidateBody(Body):
    name: Line
    email: Line | None = None
    phone: Line | None = None
    location: Line | None = None


class NewCandidate(CandidateBody):
    profile: dict[str, Any] | None = Field(None, description="A JSON Resume.")
    is_internal: bool = False


class CandidateBrief(Answer):
    id: int
    name: str
    email: str | None = Field(description="Null also for those who may not read contact data.")
    phone: str | None = Field(description="Null also for those who may not read contact data.")


class CandidateItem(CandidateBrief):
    location: str | None
    is_internal: bool
    created_at: datetime


class ApplicationBrief(Answer):
    id: int
    job_id: int
    stage: Stage
    outcome: Outcome
    version: int


class CandidateDetail(CandidateItem):
    profile: dict[str, Any] | None
    applications: list[ApplicationBrief]
