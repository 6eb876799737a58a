"""What a candidate is told before a report counts against them: words by jurisdiction, as dated rows.

The waiting times stand in `background_checks`. The words are our own and say what the source asks for; they
guide, are no legal advice, and are to be confirmed by counsel. Design: trust, decision 8.
"""

from dataclasses import dataclass
from datetime import date

from tracker.domain.background_checks import waiting_period
from tracker.domain.days import day_in_words
from tracker.domain.jurisdictions import EVERYWHERE, holds_in
from tracker.domain.mails import fill
from tracker.domain.rules import RuleBroken
from tracker.domain.texts import written

_BEGINS = (
    "Dear {{candidate}},\n\nyou applied to {{organisation}} for {{job}}. A background report "
    "about you has come in. Because of what it says, we are thinking of not going on with "
    "your application. Nothing is decided.\n\n"
)
_ENDS = (
    "\n\nPlease answer by {{until}}, in writing or by telephone. We keep your application "
    "open until then, and look at what you tell us before we decide.\n\nKind "
    "regards\n{{organisation}}"
)


@dataclass(frozen=True, slots=True)
class AdverseNotice:
    """One row of the table: from `since` on, what the notice says and what has to go with it."""

    jurisdiction: str
    text: str
    encloses: tuple[str, ...]
    source: str
    since: date = date.min
    needs_summary: bool = True
    """Whether a summary of rights has to go with it."""


ADVERSE_NOTICES: tuple[AdverseNotice, ...] = (
    AdverseNotice(
        EVERYWHERE,
        f"{_BEGINS}A copy of the report is with this notice. If something in it is wrong or incomplete, "
        f"or there is more that we should know, tell us.{_ENDS}",
        ("the report",),
        "the careful reading where no rule names the words",
        needs_summary=False,
    ),
    AdverseNotice(
        "US",
        f"{_BEGINS}A copy of the report and a summary of your rights under the Fair Credit "
        "Reporting Act are with this notice. The report names the company that prepared it. If something "
        "in it is wrong or incomplete, you may dispute it with that company, free of charge, and "
        f"tell us.{_ENDS}",
        ("the report", "the summary of rights under the Fair Credit Reporting Act"),
        "15 USC 1681b(b)(3)(A)",
        date(1997, 9, 30),
    ),
    AdverseNotice(
        "US-CA",
        f"{_BEGINS}This is a preliminary decision. It rests on this conviction: […]. A copy of "
        "the report and a summary of your rights are with this notice. You may answer before the "
        "decision becomes final, and show that the report is not accurate, or tell of "
        "rehabilitation or of circumstances that we should weigh. If you tell us in that time "
        "that you dispute the report and are gathering evidence, you have five more business "
        f"days.{_ENDS}",
        (
            "the report",
            "the summary of rights under the Fair Credit Reporting Act",
            "the conviction on which the decision rests, in place of […]",
        ),
        "Cal. Gov. Code 12952(c)(2)-(3)",
        date(2018, 1, 1),
    ),
    AdverseNotice(
        "US-NY-NYC",
        f"{_BEGINS}With this notice are a copy of the report with what else we found, a summary of your "
        "rights, and our assessment in writing of how the record bears on this job. You may "
        "answer it, show that something is wrong, or tell of rehabilitation. The job is kept "
        f"open for you meanwhile.{_ENDS}",
        (
            "the report and every other inquiry",
            "the summary of rights under the Fair Credit Reporting Act",
            "the written analysis of the factors of Correction Law Article 23-A",
        ),
        "N.Y.C. Admin. Code 8-107(11-a)(b)",
        date(2021, 7, 29),
    ),
    AdverseNotice(
        "US-PA-PHL",
        f"{_BEGINS}It rests on what the report with this notice says. A summary of your "
        f"rights is with it too. You may show that the report is not accurate, or explain it.{_ENDS}",
        ("the report", "the summary of rights under the Fair Credit Reporting Act"),
        "Philadelphia Code 9-3504, with 15 USC 1681b(b)(3)(A)",
        date(2016, 3, 14),
    ),
)


TO_FILL_IN = "[…]"
"""Stands in the words of a notice where whoever sends it writes what it rests on."""


def checked_notice_words(text: str) -> str:
    """The notice as it goes out. Raises RuleBroken at `text` where it is empty or something is to fill in."""
    words = written(text, "Write the notice.", field="text")
    if TO_FILL_IN in words:
        raise RuleBroken(f"Write where {TO_FILL_IN} stands what the decision rests on.", field="text")
    return words


def notice_in_force(jurisdiction: str | None, *, on: date) -> AdverseNotice:
    """The words of the nearest jurisdiction that has some on a day; the latest of its rows."""
    rows = [row for row in ADVERSE_NOTICES if row.since <= on and holds_in(row.jurisdiction, jurisdiction)]
    return max(rows, key=lambda row: (row.jurisdiction != EVERYWHERE, len(row.jurisdiction), row.since))


def notice_words(notice: AdverseNotice, *, candidate: str, job: str, organisation: str, until: str) -> str:
    """The notice as it goes to one person; `until` is the last day on which they may answer, in words."""
    values = {"candidate": candidate, "job": job, "organisation": organisation, "until": until}
    return fill(notice.text, values)


def rules_in_words(on: date) -> tuple[tuple[str, str, int, str, AdverseNotice], ...]:
    """The table for a page: jurisdiction, since when (empty: always), business days, their source, notice."""
    found = []
    for row in ADVERSE_NOTICES:
        period = waiting_period(row.jurisdiction, on=max(on, row.since))
        since = "" if row.since == date.min else day_in_words(row.since)
        found.append((row.jurisdiction, since, period.business_days, period.source, row))
    return tuple(found)
