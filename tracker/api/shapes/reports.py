"""Shapes of reports, as the command line prints them."""

from typing import Annotated

from pydantic import Field

from tracker.api.shapes.base import Answer, Asked

Moment = Annotated[str, Field(max_length=40)]


class ReportQuery(Asked):
    job: Annotated[str, Field(max_length=200)] | None = Field(
        None, description="Id or exact title of a job; else all jobs count."
    )
    from_: Moment | None = Field(
        None, alias="from", description="Where the window begins: a day or an ISO instant."
    )
    to: Moment | None = Field(None, description="Where the window ends; itself it does not count any more.")
    as_of: Moment | None = Field(None, description="As things stood at this instant, or the end of this day.")
    zone: Annotated[str, Field(max_length=64)] | None = Field(
        None, description="Time zone of days, such as Europe/London."
    )
    department: Annotated[str, Field(max_length=200)] | None = Field(
        None, description="Only jobs of exactly this department."
    )
    location: Annotated[str, Field(max_length=200)] | None = Field(
        None, description="Only jobs of exactly this place."
    )
    recruiter: Annotated[str, Field(max_length=254)] | None = Field(
        None, description="E-mail address or exact name of a recruiter: only jobs of whose team they are."
    )
    source: Annotated[str, Field(max_length=80)] | None = Field(
        None, description="Only applications that first came from exactly this source."
    )
    days: Annotated[str, Field(max_length=20)] | None = Field(
        None, description="calendar, or business: Monday to Friday, in reports that state days."
    )
    holidays: Annotated[str, Field(max_length=80)] | None = Field(
        None, description="Name of the calendar whose holidays are no business days; none where left out."
    )
    without_filled: bool = Field(
        False, description="Leave out those closed because the position was filled, where a report can."
    )
    with_before: bool = Field(
        False,
        description="Also tell what each number was in the window before, as before_ and its name: as long a"
        " window, with as much time since.",
    )


class ReportShape(Answer):
    report: str
    as_of: str
    zone: str
    cohort: str
    definitions: dict[str, str]
    rows: list[dict[str, str | int | float | None]] = Field(
        description="Days are decimal; what is undefined is null."
    )
    checks: dict[str, bool]
