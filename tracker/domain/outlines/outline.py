"""What an outline of a report holds, and the names of the reports."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.permissions import Permission
from tracker.domain.reports import Column, ReportFilters
from tracker.domain.rules import RuleBroken


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
    ADVERSE_IMPACT = "adverse-impact"
    TIME_TO_FILL = "time-to-fill"
    CONVERSION = "conversion"
    AGEING = "ageing"
    TIME_TO_ADVANCE = "time-to-advance"
    FORECAST = "forecast"
    APPLICANT_FLOW = "applicant-flow"


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
    ReportName.ADVERSE_IMPACT: "Adverse impact",
    ReportName.TIME_TO_FILL: "Time to fill",
    ReportName.CONVERSION: "Conversion",
    ReportName.AGEING: "Ageing",
    ReportName.TIME_TO_ADVANCE: "Time to advancing",
    ReportName.FORECAST: "Forecast",
    ReportName.APPLICANT_FLOW: "Applicant flow log",
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
    is_in_parts: bool = False
    """Whether a page shows some jobs at a time, each with several rows."""

    split_by: str = ""
    """The column by whose values the page makes a table each."""
    can_leave_out_filled: bool = False
    """Whether those that closed because the position was filled may be left out."""
    permission: Permission = Permission.REPORT_READ
    is_sensitive: bool = False
    """Whether looking at it is on record, as taking it away is of every report."""

    takes_window: bool = True
    """Whether it is told of any window and instant; else of everything, as things stand."""

    takes_groups: bool = True
    """Whether it is told of the jobs of a department, place or recruiter."""

    states_days: bool = False
    """Whether it tells how long things took, in calendar days or in business days."""

    is_kept: bool = False
    """Whether its answers are kept where counting them takes seconds: of numbers alone, never of people."""

    no_source: str = ""
    """Why it is not told of the applications of one source, in a sentence; empty where it is."""

    def check(self, filters: ReportFilters) -> None:
        """That the report may be counted with these filters. Raises RuleBroken at the field."""
        self._check_whom(filters)
        if filters.is_business and not self.states_days:
            raise RuleBroken("This report does not count in business days.", field="days")
        if self.takes_window:
            return
        asked = {"from": filters.from_, "to": filters.to, "as_of": filters.is_as_it_was}
        for field, value in asked.items():
            if value:
                raise RuleBroken(
                    "This report is told of all applications as they stand: it takes no window and no"
                    " instant of the past.",
                    field=field,
                )

    def _check_whom(self, filters: ReportFilters) -> None:
        groups = {
            "department": filters.department,
            "location": filters.location,
            "recruiter": filters.recruiter_id,
        }
        for field, value in groups.items():
            if value is not None and not self.takes_groups:
                raise RuleBroken("This report is told of one job or of all.", field=field)
        if filters.source is not None and self.no_source:
            raise RuleBroken(self.no_source, field="source")

    held_back: tuple[str, ...] = ()
    """The columns of its rows that are empty for everybody who is signed in."""

    @property
    def has_rows(self) -> bool:
        """Whether its numbers open to the applications behind them."""
        return bool(self.row_columns)

    @property
    def title(self) -> str:
        """The name as people read it."""
        return REPORT_NAME_LABELS[self.name]
