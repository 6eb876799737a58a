"""What an outline of a report holds, and the names of the reports."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.permissions import Permission
from tracker.domain.reports import Column


class ReportName(StrEnum):
    """The reports there are, by the names that scripts use."""

    PIPELINE = "pipeline"
    FUNNEL = "funnel"
    TIME_IN_STAGE = "time-in-stage"
    TIME_TO_HIRE = "time-to-hire"
    TIME_TO_DECISION = "time-to-decision"
    OFFERS = "offers"
    SOURCES = "sources"
    REASONS = "reasons"
    INTERVIEWERS = "interviewers"


REPORT_NAME_LABELS = {
    ReportName.PIPELINE: "Pipeline",
    ReportName.FUNNEL: "Funnel",
    ReportName.TIME_IN_STAGE: "Time in stage",
    ReportName.TIME_TO_HIRE: "Time to hire",
    ReportName.TIME_TO_DECISION: "Time to decision",
    ReportName.OFFERS: "Offers",
    ReportName.SOURCES: "Sources",
    ReportName.REASONS: "Reasons",
    ReportName.INTERVIEWERS: "Interviewers",
}


@dataclass(frozen=True, slots=True)
class Outline:
    """A report before it is counted: what it answers, its columns, those of the rows behind it, its terms.

    `openable` are the columns whose numbers open the rows that they count; `named_by` are those that tell one
    row of the report from another; `is_by_job` says that its numbers stand job by job, with their sum before.
    """

    name: ReportName
    sentence: str
    cohort: str
    columns: tuple[Column, ...]
    row_columns: tuple[Column, ...]
    definitions: Mapping[str, str]
    openable: tuple[str, ...] = ()
    named_by: tuple[str, ...] = ("stage",)
    is_by_job: bool = False
    can_leave_out_filled: bool = False
    """Whether those that closed because the position was filled may be left out."""
    permission: Permission = Permission.REPORT_READ
    is_sensitive: bool = False
    """Whether looking at it is on record, as taking it away is of every report."""

    @property
    def title(self) -> str:
        """The name as people read it."""
        return REPORT_NAME_LABELS[self.name]
