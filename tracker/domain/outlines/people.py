"""Outlines of the reports on the people who interview and on the groups that apply."""

from tracker.domain.outlines.outline import Outline, ReportName
from tracker.domain.outlines.words import WHO, WINDOW
from tracker.domain.permissions import Permission
from tracker.domain.reports import CellKind, Column

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
        *WHO,
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
    no_source="This report is told of the people who interview, whom applicants of every source meet.",
)

ADVERSE_IMPACT = Outline(
    name=ReportName.ADVERSE_IMPACT,
    sentence="Whether groups of applicants come as far as each other, by what they said of themselves.",
    cohort="All applicants that answered, as they stood when last counted",
    columns=(
        Column("attribute", "Attribute", CellKind.TEXT),
        Column("stage", "Selected for", CellKind.TEXT),
        Column("basis", "Of", CellKind.TEXT),
        Column("group", "Group", CellKind.TEXT),
        Column("applicants", "Applicants"),
        Column("selected", "Selected"),
        Column("rate", "Rate", CellKind.SHARE),
        Column("ratio", "Ratio to highest", CellKind.NUMBER),
        Column("flagged", "Below 4/5", CellKind.TEXT),
        Column("test", "Test", CellKind.TEXT),
        Column("p_value", "p", CellKind.NUMBER),
        Column("z", "z", CellKind.NUMBER),
        Column("flips", "One person flips it", CellKind.TEXT),
        Column("mh_ratio", "Ratio within jobs", CellKind.NUMBER),
        Column("mh_p_value", "p within jobs", CellKind.NUMBER),
        Column("suppressed", "Suppressed", CellKind.TEXT),
    ),
    row_columns=(),
    definitions={
        "unit": "An applicant who answered; applications of one transfer are one, on the job of the newest.",
        "stage": "Was ever there, whatever came later; hired: the offer was accepted.",
        "basis": "All applicants, or the step: those who were in the stage before, the nearest the job used.",
        "applicants": "The people of the group that the rate is of.",
        "rate": "Selected, of the applicants of the group.",
        "ratio": "The rate as a part of the highest rate of a group, 1 being equal.",
        "flagged": "The ratio is below four fifths, compared in whole numbers: .80 itself is not. A rule of"
        " thumb of 29 CFR 1607.4(D), no proof of anything by itself.",
        "test": "Fisher's exact test where under 5 are expected or under 30 compared, else z of proportions.",
        "p_value": "How often chance alone makes a difference as large, two-sided.",
        "z": "Standard deviations between the rates; above 0 the group is selected less.",
        "flips": "One different person, of this group in place of the highest or in reverse, turns the flag.",
        "mh_ratio": "The ratio within jobs, put together after Mantel and Haenszel: what pooling jobs of"
        " different rates does not distort. Told where there are several jobs.",
        "mh_p_value": "The p of the difference within jobs.",
        "small_groups": "Groups under 2 % of the applicants are not compared.",
        "suppressed": "Fewer than 5 people were selected, not selected or applied, or the numbers would give"
        " such a group away: nothing is told.",
        "counted": "Counted anew when every margin of an attribute is unchanged or moved by at least 5"
        " people; until then the last counts stand. No window, no instant of the past, no filter but a job.",
        "answers": "Given freely; who did not answer, or whose answer was erased, is in no group.",
    },
    named_by=(),
    permission=Permission.SELF_IDENTIFICATION_REPORT,
    is_sensitive=True,
    takes_window=False,
    takes_groups=False,
    no_source="This report is told of one job or of all: two sources compared could tell of one person.",
    split_by="attribute",
)

APPLICANT_FLOW = Outline(
    name=ReportName.APPLICANT_FLOW,
    sentence="Who applied for each job and what became of it, line by line, for who must account for it.",
    cohort="Applications received {window}",
    columns=(
        Column("job", "Job", CellKind.TEXT),
        Column("eeo1_category", "EEO-1 category", CellKind.TEXT),
        Column("applicants", "Applicants"),
        Column("interviewed", "Interviewed"),
        Column("offered", "Offered"),
        Column("hired", "Hired"),
        Column("rejected", "Rejected"),
        Column("withdrawn", "Withdrawn"),
        Column("open", "Open"),
    ),
    row_columns=(
        Column("job", "Job", CellKind.TEXT),
        Column("application", "Application"),
        Column("eeo1_category", "EEO-1 category", CellKind.TEXT),
        Column("applied_on", "Applied on", CellKind.TEXT),
        Column("source", "Source", CellKind.TEXT),
        Column("sex", "Sex", CellKind.TEXT),
        Column("race_ethnicity", "Race or ethnicity", CellKind.TEXT),
        Column("race_ethnicity_1997", "By the categories of 1997", CellKind.TEXT),
        Column("basic_qualifications_met", "Basic qualifications met", CellKind.TEXT),
        Column("furthest_stage", "Furthest stage", CellKind.TEXT),
        Column("disposition", "Disposition", CellKind.TEXT),
        Column("reason", "Reason", CellKind.TEXT),
        Column("disposed_on", "Disposed on", CellKind.TEXT),
        Column("move", "By move"),
    ),
    definitions={
        "unit": "An application: one candidate on one job, so that one that was transferred stands on both.",
        "eeo1_category": "The job category of the EEO-1 report that is set on the job.",
        "applied_on": "The day of the first move. Days are those of the report's time zone.",
        "source": "The first touch: the source of the application, or of the one its transfers began from.",
        "sex": "As the applicants said of themselves, freely. What one person said is told to nobody who is"
        " signed in: the log that the command line makes for an authority has it, line by line. Others read"
        " it in aggregate, in Adverse impact.",
        "race_ethnicity": "By the categories of 2024, where all that apply may be chosen; several are one"
        " category of their own. As with sex.",
        "race_ethnicity_1997": "The same answers by the categories of 1997: Hispanic first, Middle Eastern as"
        " White, several as two or more. Nothing where an import did not keep what was chosen.",
        "erased": "Stands where an answer was given and erased since. It is counted, never guessed; nothing"
        " stands where nobody answered.",
        "basic_qualifications_met": "Whether the latest review of the résumé found every minimum"
        " qualification of the job met; nothing without a review, or where it could not tell.",
        "furthest_stage": "The latest stage in which the application ever was.",
        "disposition": "Hired stays hired if the start failed later. Active is open at the as-of.",
        "interviewed": "Was ever in Interview.",
        "offered": "Was ever in Offer.",
        "window": WINDOW,
    },
    openable=("applicants", "interviewed", "offered", "hired", "rejected", "withdrawn", "open"),
    named_by=(),
    permission=Permission.APPLICANT_FLOW_READ,
    is_sensitive=True,
    held_back=("sex", "race_ethnicity", "race_ethnicity_1997"),
)
