"""Outlines of the reports on the people who interview and on the groups that apply."""

from tracker.domain.outlines.outline import Outline, ReportName
from tracker.domain.permissions import Permission
from tracker.domain.reports import CellKind, Column

WINDOW = "Its first instant counts, its end does not. Days are those of the report's time zone."

INTERVIEWERS = Outline(
    name=ReportName.INTERVIEWERS,
    sentence="How interviews are spread over people, whether cards come in time, and how each person rates"
    " beside the others.",
    cohort="Sessions that began {window} and are over",
    columns=(
        Column("interviewer", "Interviewer", CellKind.TEXT),
        Column("sessions", "Sessions"),
        Column("submitted_in_24h", "Cards within 24 h", CellKind.SHARE),
        Column("leniency", "Leniency", CellKind.NUMBER),
        Column("pairs", "Pairs"),
    ),
    row_columns=(
        Column("job", "Job", CellKind.TEXT),
        Column("application", "Application"),
        Column("candidate", "Candidate", CellKind.TEXT),
        Column("interviewer", "Interviewer", CellKind.TEXT),
        Column("starts_at", "Session began at", CellKind.INSTANT),
        Column("submitted_at", "Card handed in at", CellKind.INSTANT),
        Column("in_24h", "Within 24 h", CellKind.TEXT),
        Column("seat", "Seat"),
    ),
    definitions={
        "unit": "A seat: one person in one session that was held. People stand in order of name: who works"
        " with whom differs, so this is no ranking.",
        "sessions": "Held sessions on whose panel the person sat; those called off are left out.",
        "submitted_in_24h": "Own cards handed in within 24 hours of the session's planned end, of those due:"
        " handed in, or 24 hours past. Amendments change nothing.",
        "leniency": "Own ratings minus the others' mean on the same candidates and rows, in levels, pulled"
        " toward 0 the more the fewer candidates there are; told from five candidates rated with others.",
        "pairs": "Own ratings, one a candidate and row, that stand beside others'.",
        "left_out": "Applications on which the reader still owes a scorecard, whole.",
        "window": WINDOW,
    },
    openable=("sessions", "submitted_in_24h"),
    named_by=("interviewer_id",),
    permission=Permission.AGREEMENT_READ,
    is_sensitive=True,
)
