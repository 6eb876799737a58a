"""What all shapes share: strict bodies, plain answers, ids and texts within what a database holds, pages."""

from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

LARGEST_ID = 2**31 - 1
USUAL_PAGE, LARGEST_PAGE = 25, 200

Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Version = Annotated[int, Field(ge=0, le=LARGEST_ID)]
Line = Annotated[str, Field(max_length=500)]
Text = Annotated[str, Field(max_length=10_000)]
Key = Annotated[str, Field(max_length=80)]
Limit = Annotated[int, Field(ge=1, le=LARGEST_PAGE)]


def left_out(**bounds: Any) -> Any:
    """A field that may be left out and then stays as it is; null it is not."""
    return Field(default_factory=lambda: None, **bounds)


Item = TypeVar("Item", bound=BaseModel)


class Body(BaseModel):
    """What is sent: nothing unknown, no number as text."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Asked(BaseModel):
    """What the address asks after its question mark, where all is text."""

    model_config = ConfigDict(extra="ignore")


class Answer(BaseModel):
    """What is answered."""


class Paging(Asked):
    after: Annotated[str, Field(max_length=300)] | None = Field(
        None, description="`next` of the page before; the first page without it."
    )
    limit: Limit = USUAL_PAGE


class ById(Asked):
    after: Id | None = Field(None, description="`next` of the page before; the first page without it.")
    limit: Limit = USUAL_PAGE


class Page(Answer, Generic[Item]):
    items: list[Item]
    next: str | None = Field(None, description="Where the next page begins; null on the last one.")


class PersonName(Answer):
    id: int
    name: str
