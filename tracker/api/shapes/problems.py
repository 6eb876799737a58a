"""The shape of a problem: what stands against a request."""

from typing import Any

from pydantic import Field

from tracker.api.shapes.base import Answer
from tracker.domain.requirement_names import Owner, Requirement


class FieldError(Answer):
    field: str = Field(description="Where it stands in the body or the address, such as candidate.email.")
    message: str


class UnmetShape(Answer):
    requirement: Requirement
    detail: str
    owner: Owner


class Problem(Answer):
    """A problem document after RFC 9457."""

    type: str = Field("about:blank", description="illegal-move, unmet-requirements, or about:blank.")
    title: str
    status: int
    detail: str
    errors: list[FieldError] | None = None
    unmet: list[UnmetShape] | None = Field(None, description="What is missing, with unmet-requirements.")
    current: dict[str, Any] | None = Field(None, description="How it stands now, with 409 where it is known.")
