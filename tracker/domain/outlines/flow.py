"""Outlines of the reports on how applications flow through the stages."""

from tracker.domain.outlines.outline import Outline, ReportName
from tracker.domain.outlines.words import (
    A_STAY,
    APPLICATION,
    BECAME,
    DAYS,
    ENDED_AT,
    ENTERED_AT,
    MOVE,
    RECEIVED,
    STAGE,
    STAY,
    UNDONE,
    UNDONE_EVER,
    WHO,
    WINDOW,
)
from tracker.domain.reports import CellKind, Column

PIPELINE = Outline(
    name=ReportName.PIPELINE,
    is_by_job=True,
    sentence="How many applications came into each stage, what became of them, and how many are there now.",
    cohort="Applications that were in a stage {window}",
    columns=(
        Column("job", "Job", CellKind.TEXT),
        STAGE,
        Column("entered", "Entered"),
        Column("active", "Active"),
        Column("advanced", "Advanced"),
        Column("returned", "Returned"),
        Column("rejected", "Rejected"),
        Column("withdrawn", "Withdrawn"),
        Column("open_at_start", "Open at start"),
    ),
    row_columns=(
        *WHO,
        STAGE,
        Column("counted_as", "Counted as", CellKind.TEXT),
        BECAME,
        *STAY,
    ),
    definitions={
        "unit": "An application: one candidate on one job. It counts once per stage, by its last stay there.",
        "entered": "Came into the stage in the window, or came back into it, or was reopened there.",
        "active": "Still in the stage when the window ends, or at the instant the report is as of.",
        "advanced": "Went on to a later stage; from Onboarding, or wherever an import says so: was hired.",
        "returned": "Went back to an earlier stage.",
        "rejected": "Closed by the employer in this stage.",
        "withdrawn": "Closed by the candidate in this stage, or considered for another job.",
        "open_at_start": "Was in the stage already when the window began, and did not enter again in it.",
        "undone": UNDONE,
        "window": WINDOW,
    },
    openable=(
        "entered",
        "active",
        "advanced",
        "returned",
        "rejected",
        "withdrawn",
        "open_at_start",
    ),
)

FUNNEL = Outline(
    name=ReportName.FUNNEL,
    sentence="How far applications came: how many were ever in each stage.",
    cohort="Applications received {window}",
    columns=(
        STAGE,
        Column("reached", "Reached"),
        Column("rate_from_start", "Share of all", CellKind.SHARE),
    ),
    row_columns=(
        *WHO,
        STAGE,
        Column("reached_at", "First there at", CellKind.INSTANT),
        Column("reached_move", "By move"),
    ),
    definitions={
        "unit": APPLICATION,
        "reached": "Was in the stage at any time up to the instant the report is as of, whatever came later.",
        "rate_from_start": "Reached, of all applications of the cohort; nothing where there are none.",
        "received": RECEIVED,
        "undone": UNDONE,
        "window": WINDOW,
    },
    openable=("reached",),
)

TIME_IN_STAGE = Outline(
    name=ReportName.TIME_IN_STAGE,
    is_kept=True,
    states_days=True,
    sentence="How long applications stay in each stage, with those that are still there taken into account.",
    cohort="Stays that began {window}",
    columns=(
        STAGE,
        Column("spells", "Stays"),
        Column("open", "Still there"),
        Column("km_median_days", "Median days", CellKind.DAYS),
        Column("km_low", "from", CellKind.DAYS),
        Column("km_high", "to", CellKind.DAYS),
        Column("naive_median_days", "Median of those over", CellKind.DAYS),
    ),
    row_columns=(
        *WHO,
        STAGE,
        BECAME,
        *STAY,
        DAYS,
    ),
    definitions={
        "unit": A_STAY,
        "open": "Had not left at the instant the report is as of; lasts at least until then.",
        "km_median_days": "Half of the stays last longer, after Kaplan and Meier. Where half have not left"
        " yet there is no median: it is longer than the longest stay seen.",
        "km_low": "Where the 95 % interval of the median begins.",
        "km_high": "Where it ends; nothing where the stays seen do not tell.",
        "naive_median_days": "The median of the stays that are over. Too short while many still go on.",
        "days": "Calendar days of 24 hours, with decimals.",
        "undone": UNDONE_EVER,
        "window": WINDOW,
    },
    openable=("spells", "open"),
)

CONVERSION = Outline(
    name=ReportName.CONVERSION,
    sentence="How many of those that entered a stage ever went further, and how those decided there went.",
    cohort="Applications that entered a stage {window}",
    columns=(
        STAGE,
        Column("entered", "Entered"),
        Column("reached_next", "Went further"),
        Column("open", "Still open"),
        Column("conversion", "Conversion", CellKind.SHARE),
        Column("advanced", "Advanced"),
        Column("rejected", "Rejected"),
        Column("withdrawn", "Withdrawn"),
        Column("pass_through", "Pass-through", CellKind.SHARE),
    ),
    row_columns=(
        *WHO,
        STAGE,
        ENTERED_AT,
        MOVE,
    ),
    definitions={
        "unit": "An application: one candidate on one job. It counts once per stage.",
        "entered": "Came into the stage in the window, at the first time or again.",
        "reached_next": "Of those, was ever in a later stage, or hired, whether in the window or after it, up"
        " to the instant the report is as of.",
        "open": "Of those, has not gone further and is not closed: it still may.",
        "conversion": "Went further, of those that entered. Low while many are open.",
        "advanced": "Left the stage for a later one when last there, as the pipeline counts.",
        "pass_through": "Of those decided in the stage, advanced, rejected or withdrawn, the advanced ones:"
        " as they stand when the window ends.",
        "undone": UNDONE,
        "window": WINDOW,
    },
    openable=("entered", "reached_next", "open", "advanced", "rejected", "withdrawn"),
)

AGEING = Outline(
    name=ReportName.AGEING,
    states_days=True,
    sentence="How long open applications have stood where they are, against the target days of the stage.",
    cohort="Open applications that came into their stage {window}",
    columns=(
        STAGE,
        Column("open", "Open"),
        Column("over_target", "Over target"),
        Column("median_days", "Median days", CellKind.DAYS),
        Column("oldest_days", "Oldest", CellKind.DAYS),
    ),
    row_columns=(
        *WHO,
        STAGE,
        ENTERED_AT,
        MOVE,
        DAYS,
        Column("target_days", "Target days"),
    ),
    definitions={
        "unit": "An application that is open at the instant the report is as of.",
        "days": "Calendar days of 24 hours.",
        "begins": "Days run from coming into the present stage to that instant.",
        "over_target": "Stands there for longer than the target days of the stage, calendar days that its job"
        " may set; the last of them is still in time.",
        "median_days": "Half of the open applications have stood there longer.",
        "undone": UNDONE_EVER,
        "window": WINDOW,
    },
    openable=("open", "over_target"),
)

TIME_TO_ADVANCE = Outline(
    name=ReportName.TIME_TO_ADVANCE,
    is_kept=True,
    states_days=True,
    sentence="How many applications have gone further by so many days in a stage, those closed left behind.",
    cohort="Stays that began {window}",
    columns=(
        STAGE,
        Column("spells", "Stays"),
        Column("advanced", "Advanced"),
        Column("closed", "Closed"),
        Column("returned", "Returned"),
        Column("open", "Still there"),
        Column("by_7_days", "By 7 days", CellKind.SHARE),
        Column("by_14_days", "By 14 days", CellKind.SHARE),
        Column("by_30_days", "By 30 days", CellKind.SHARE),
        Column("by_90_days", "By 90 days", CellKind.SHARE),
    ),
    row_columns=(
        *WHO,
        STAGE,
        BECAME,
        ENTERED_AT,
        MOVE,
        ENDED_AT,
        DAYS,
    ),
    definitions={
        "unit": A_STAY,
        "advanced": "Left for a later stage, or was hired.",
        "closed": "Was rejected or withdrawn there.",
        "open": "Had not left at the instant the report is as of.",
        "by_7_days": "The share of stays that have led further by then, after Aalen and Johansen: who was"
        " closed or sent back can no longer advance, who is there still may. Nothing where none was watched"
        " so long.",
        "days": "Calendar days of 24 hours.",
        "by_the_hour": "Shares are counted by the hour that has begun.",
        "undone": UNDONE_EVER,
        "window": WINDOW,
    },
    openable=("spells", "advanced", "closed", "returned", "open"),
)
