"""Agreement and leniency as files, with what their numbers mean."""

from collections.abc import Iterator
from datetime import datetime

from tracker.domain.agreement import (
    AGREEMENT_PART_LABELS,
    FEWEST_CANDIDATES,
    FEWEST_SHARED,
    PULL,
    REDRAWS,
    SITTING_LABELS,
    AgreementPart,
)
from tracker.domain.reports import Cell, CellKind, Column, Report
from tracker.queries.agreement import AgreementReport, BySitting

DEFINITIONS = {
    "Counted": "The original scorecard of each interviewer, never an amendment, and never what was not "
    "assessed. Applications on which you owe a scorecard are left out.",
    "In one panel": "Interviewers of the same session rated the same row of the same candidate. They heard "
    "the same answers, so they agree more.",
    "In separate sessions": "Different sessions rated the same row of the same candidate; a session with "
    "several interviewers counts with their mean, and nobody is compared with themselves.",
    "Same level, within one level": "The share of pairs of ratings that are equal, or lie at most one level "
    "apart.",
    "Alpha": "Krippendorff's alpha for ordered levels (2011): 1 is perfect, 0 is what chance would give. It "
    f"stands with a 95 % interval from {REDRAWS:,} redraws of the candidates, and is undefined where all "
    "ratings are equal.",
    "Leniency": "A person's ratings minus the mean of the others' on the same candidates and rows, drawn "
    f"toward 0 as if {PULL} more candidates had been rated alike; told from {FEWEST_SHARED} candidates.",
    "Suppressed": f"Nothing is told under {FEWEST_CANDIDATES} candidates.",
}
_ROWS = (
    Column("job", "Job", CellKind.TEXT),
    Column("rubric_version", "Rubric version"),
    Column("competency", "Competency", CellKind.TEXT),
    Column("sitting", "Compared", CellKind.TEXT),
    Column("candidates", "Candidates"),
    Column("pairs", "Pairs of ratings"),
    Column("same_level", "Same level", CellKind.SHARE),
    Column("within_one_level", "Within one level", CellKind.SHARE),
    Column("alpha", "Alpha", CellKind.NUMBER),
    Column("alpha_low", "Alpha, lower end", CellKind.NUMBER),
    Column("alpha_high", "Alpha, upper end", CellKind.NUMBER),
)
_RATERS = (
    Column("job", "Job", CellKind.TEXT),
    Column("interviewer", "Interviewer", CellKind.TEXT),
    Column("candidates", "Candidates shared"),
    Column("leniency", "Leniency in levels", CellKind.NUMBER),
)


def file_of(report: AgreementReport, part: AgreementPart, job: str, *, as_of: datetime, zone: str) -> Report:
    """One part of the agreement of a job, or of all, as a table to be written; undefined cells are empty."""
    is_rows = part is AgreementPart.ROWS
    return Report(
        name="agreement" if is_rows else "leniency",
        title=AGREEMENT_PART_LABELS[part],
        as_of=as_of,
        zone=zone,
        cohort="Original scorecards that were handed in.",
        definitions=DEFINITIONS,
        columns=_ROWS if is_rows else _RATERS,
        rows=list(_rows(report, job) if is_rows else _raters(report, job)),
    )


def _rows(report: AgreementReport, job: str) -> Iterator[dict[str, Cell]]:
    yield from _cells(report.overall, {"job": job, "rubric_version": None, "competency": "All rows"})
    for one in report.rows:
        named: dict[str, Cell] = {"job": job, "rubric_version": one.version, "competency": one.row.name}
        yield from _cells(one.by_sitting, named)


def _cells(by_sitting: BySitting, named: dict[str, Cell]) -> Iterator[dict[str, Cell]]:
    for sitting, found in by_sitting.items():
        yield named | {
            "sitting": SITTING_LABELS[sitting],
            "candidates": found.candidates,
            "pairs": found.pairs,
            "same_level": found.exact,
            "within_one_level": found.within_one,
            "alpha": found.alpha,
            "alpha_low": found.low,
            "alpha_high": found.high,
        }


def _raters(report: AgreementReport, job: str) -> Iterator[dict[str, Cell]]:
    for one in report.raters:
        yield {
            "job": job,
            "interviewer": one.name,
            "candidates": one.leniency.candidates,
            "leniency": one.leniency.shrunk,
        }
