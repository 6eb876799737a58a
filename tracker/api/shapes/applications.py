"""Shapes of applications, their moves and their history."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from tracker.api.shapes.base import Answer, Asked, Body, Id, Key, Line, Text, Version
from tracker.api.shapes.candidates import CandidateBody, CandidateBrief
from tracker.api.shapes.problems import Problem, UnmetShape
from tracker.domain.deciding import Refusal
from tracker.domain.moves import MoveKind
from tracker.domain.requirement_names import Requirement
from tracker.domain.stages import Outcome, Stage

MOST_AT_ONCE = 200
LONGEST_ANSWER = 20_000


class Resume(Body):
    filename: Annotated[str, Field(max_length=300)]
    base64: Annotated[str, Field(max_length=16_000_000)]


class NewApplication(Body):
    job_id: Id
    candidate: CandidateBody
    source: Key = "unknown"
    profile: dict[str, Any] | None = Field(None, description="A JSON Resume.")
    resume: Resume | None = Field(None, description="A PDF, DOCX, ODT, RTF or TXT file.")
    consent_notice: Annotated[str, Field(max_length=40)] | None = Field(
        None, description="The version of the privacy notice that the candidate was given."
    )
    answers: dict[Line, Annotated[str, Field(max_length=LONGEST_ANSWER)]] | None = Field(
        None, description="By the id of the job's question, or by its text."
    )


class Option(Answer):
    move: MoveKind
    to: Stage
    allowed: bool
    refused: Refusal | None
    unmet: list[UnmetShape]


class ApplicationShape(Answer):
    id: int
    candidate: CandidateBrief
    job_id: int
    stage: Stage
    outcome: Outcome
    version: int
    stage_entered_at: datetime
    applied_at: datetime
    source: str
    moves: list[Option] = Field(description="Every move from here, allowed or refused and why.")


class OverrideBody(Body):
    requirements: list[Requirement] = Field(min_length=1, max_length=len(Requirement))
    reason: Text


class MoveBody(Body):
    move: MoveKind
    to: Stage | None = Field(None, description="Needed to return; else the stage that the move leads to.")
    to_job: Id | None = Field(None, description="The job to transfer to.")
    seen: Stage = Field(alias="from", description="The stage in which the application was seen.")
    version: Version = Field(description="The version of the application that was seen.")
    reason: Text | None = Field(
        None, description="A disposition key to reject or withdraw; a text to return or reopen."
    )
    note: Text | None = None
    override: OverrideBody | None = Field(None, description="HR alone may go on without requirements.")


class MoveShape(Answer):
    version: int
    move: MoveKind
    from_stage: Stage | None
    to_stage: Stage
    from_outcome: Outcome | None
    to_outcome: Outcome
    reason: str | None = Field(description="A disposition key, or the text of a return or reopening.")
    note: str | None
    overridden: list[Requirement]
    actor: str
    actor_name: str
    at: datetime
    imported: bool
    hash: str


class MoveMade(Answer):
    application: ApplicationShape
    move: MoveShape


class HistoryQuery(Asked):
    after: Id | None = Field(None, description="The version after which to go on.")
    limit: Annotated[int, Field(ge=1, le=1000)] = 1000


class BulkBody(Body):
    ids: list[Id] = Field(min_length=1, max_length=MOST_AT_ONCE)
    move: MoveKind
    to: Stage | None = None
    seen: Stage | None = Field(
        None, alias="from", description="The stage in which all were seen; their versions say it as well."
    )
    versions: list[Version] | None = Field(
        None,
        max_length=MOST_AT_ONCE,
        description="The version seen of each, in the order of ids; without them each is taken as it stands.",
    )
    reason: Text | None = None
    note: Text | None = None


class BulkResultShape(Answer):
    id: int
    status: int = Field(description="The status that the move alone would have been answered with.")
    move: MoveShape | None
    problem: Problem | None


class BulkMade(Answer):
    items: list[BulkResultShape]
    next: None = None


class DispositionReasonShape(Answer):
    key: str
    label: str
    closes: MoveKind = Field(serialization_alias="for", description="reject or withdraw.")
    needs_note: bool
