"""Outlines of the reports on hires, decisions, offers, sources and reasons."""

from tracker.domain.outlines.outline import Outline, ReportName
from tracker.domain.outlines.words import (
    APPLICATION,
    DAYS,
    ENTERED_AT,
    FOLLOWED,
    HIRE,
    MOVE,
    RECEIVED,
    STAGE,
    UNDONE_EVER,
    WHO,
    WINDOW,
)
from tracker.domain.reports import CellKind, Column

TIME_TO_HIRE = Outline(
    name=ReportName.TIME_TO_HIRE,
    is_kept=True,
    states_days=True,
    sentence="How long it took from receiving an application to the accepted offer.",
    cohort="Offers accepted {window}",
    columns=(
        Column("hires", "Hires"),
        Column("median_days", "Median days", CellKind.DAYS),
        Column("mean_days", "Mean days", CellKind.DAYS),
        Column("min_days", "Shortest", CellKind.DAYS),
        Column("max_days", "Longest", CellKind.DAYS),
    ),
    row_columns=(
        *WHO,
        Column("received_at", "Received at", CellKind.INSTANT),
        Column("hired_at", "Accepted at", CellKind.INSTANT),
        MOVE,
        DAYS,
    ),
    definitions={
        "unit": APPLICATION,
        "hires": HIRE,
        "days": "Calendar days of 24 hours, with decimals.",
        "begins": "Days run from received to accepted.",
        "received": RECEIVED,
        "open": "Those not hired are not in it: how long all of them take is told by Time to decision.",
        "undone": UNDONE_EVER,
        "window": WINDOW,
    },
    openable=("hires",),
    named_by=(),
)

TIME_TO_DECISION = Outline(
    name=ReportName.TIME_TO_DECISION,
    is_kept=True,
    states_days=True,
    sentence="How long applicants wait to know how it ends, with those who still wait taken into account.",
    cohort="Applications received {window}",
    columns=(
        Column("started", "Received"),
        Column("decided", "Decided"),
        Column("open", "Open"),
        Column("km_median_days", "Median days", CellKind.DAYS),
        Column("naive_median_days", "Median of those decided", CellKind.DAYS),
    ),
    row_columns=(
        *WHO,
        Column("decision", "Decision", CellKind.TEXT),
        Column("received_at", "Received at", CellKind.INSTANT),
        Column("decided_at", "Decided at", CellKind.INSTANT),
        MOVE,
        DAYS,
    ),
    definitions={
        "unit": APPLICATION,
        "started": "Received in the window. " + FOLLOWED,
        "decided": "Hired, or closed and not reopened since; who was hired is decided from then on.",
        "open": "Not decided at the instant the report is as of; takes at least until then.",
        "km_median_days": "Half of the decisions take longer, after Kaplan and Meier. Where half are not"
        " decided yet there is no median: it is longer than the longest time seen.",
        "naive_median_days": "The median of those decided. Too short while many still wait.",
        "hired": HIRE,
        "days": "Calendar days of 24 hours.",
        "position_filled": "Those closed because the position was filled can be left out: they were decided"
        " all at once, and not by themselves.",
        "received": RECEIVED,
        "undone": UNDONE_EVER,
        "window": WINDOW,
    },
    openable=("started", "decided", "open"),
    named_by=(),
    can_leave_out_filled=True,
)

OFFERS = Outline(
    name=ReportName.OFFERS,
    sentence="How many applicants were made an offer, and what they said to it.",
    cohort="Applications with an offer extended {window}",
    columns=(
        Column("extended", "Extended"),
        Column("accepted", "Accepted"),
        Column("declined", "Declined"),
        Column("expired", "Expired"),
        Column("pending", "Pending"),
        Column("acceptance", "Acceptance", CellKind.SHARE),
        Column("failed_starts", "Failed starts"),
    ),
    row_columns=(
        *WHO,
        Column("answer", "Answer", CellKind.TEXT),
        Column("extended_at", "Extended at", CellKind.INSTANT),
        Column("answered_at", "Answered at", CellKind.INSTANT),
        MOVE,
    ),
    definitions={
        "unit": "An application; all versions of its offer are one offer. " + APPLICATION,
        "extended": "The offer was sent; imported: the application came into Offer. The first time counts.",
        "accepted": HIRE,
        "declined": "The candidate declined the latest version, or withdrew with the offer open.",
        "expired": "The latest version ran out without an answer.",
        "pending": "The latest version waits for an answer.",
        "taken_back": "Extended, but none of these: the employer withdrew it or closed the application.",
        "acceptance": "Accepted, of those accepted, declined or expired; pending ones and those taken back"
        " are left out.",
        "failed_starts": "Of those accepted, applications that were rejected or withdrawn afterwards:"
        " somebody did not begin, or did not stay through onboarding. They stay hires.",
        "undone": UNDONE_EVER,
        "window": WINDOW,
    },
    openable=("extended", "accepted", "declined", "expired", "pending", "failed_starts"),
    named_by=(),
)

SOURCES = Outline(
    name=ReportName.SOURCES,
    sentence="Where applications come from, and how many of each source were interviewed and hired.",
    cohort="Applications received {window}",
    columns=(
        Column("source", "Source", CellKind.TEXT),
        Column("applications", "Applications"),
        Column("interviewed", "Interviewed"),
        Column("hired", "Hired"),
        Column("hire_rate", "Hired of all", CellKind.SHARE),
        Column("wilson_low", "Rate from", CellKind.SHARE),
        Column("wilson_high", "Rate to", CellKind.SHARE),
        Column("spend", "Spend", CellKind.MONEY),
        Column("cost_per_hire", "Cost per hire", CellKind.MONEY),
    ),
    row_columns=(
        *WHO,
        Column("source", "Source", CellKind.TEXT),
        Column("received_at", "Received at", CellKind.INSTANT),
        Column("hired_at", "Hired at", CellKind.INSTANT),
        Column("days", "Days to hire", CellKind.DAYS),
        MOVE,
    ),
    definitions={
        "unit": APPLICATION,
        "source": "The first touch: the source of the application, or of the one its transfers began from."
        " Those that nobody recorded are unknown, and stay visible.",
        "applications": "Received in the window. " + FOLLOWED,
        "interviewed": "Was ever in Interview.",
        "hired": HIRE,
        "hire_rate": "Hired, of the applications of the source, those still open among them.",
        "wilson_low": "Where the 95 % interval of the rate begins, after Wilson: few tell little.",
        "wilson_high": "Where it ends.",
        "spend": "What HR recorded for the source, by the share of its days in the window, in each currency."
        " Told of all jobs together alone: what is recorded is of no one job.",
        "cost_per_hire": "Spend, divided by the hired of the source. Nothing where no spend is recorded or"
        " nobody was hired; what people's time costs is not in it, and no currency is converted.",
        "received": RECEIVED,
        "undone": UNDONE_EVER,
        "window": WINDOW,
    },
    openable=("applications", "interviewed", "hired"),
    named_by=("source",),
)

REASONS = Outline(
    name=ReportName.REASONS,
    sentence="Why applications closed: at which stage, and by whose decision.",
    cohort="Applications that closed {window} and are closed still",
    columns=(
        STAGE,
        Column("decided_by", "Decided by", CellKind.TEXT),
        Column("reason", "Reason", CellKind.TEXT),
        Column("count", "Applications"),
    ),
    row_columns=(
        *WHO,
        STAGE,
        Column("decided_by", "Decided by", CellKind.TEXT),
        Column("reason", "Reason", CellKind.TEXT),
        Column("closed_at", "Closed at", CellKind.INSTANT),
        MOVE,
    ),
    definitions={
        "unit": APPLICATION,
        "count": "Stood closed, as rejected or withdrawn, at the instant the report is as of; one that was"
        " reopened counts when it closes again, by its last reason.",
        "stage": "Where the application stood when it closed.",
        "decided_by": "Employer or candidate, by the reason; where none was recorded, by the outcome.",
        "position_filled": "Those closed because the position was filled can be left out: a bulk of them"
        " says nothing about the applicants.",
        "undone": UNDONE_EVER,
        "window": WINDOW,
    },
    openable=("count",),
    named_by=("stage", "decided_by", "reason"),
    can_leave_out_filled=True,
)

TIME_TO_FILL = Outline(
    name=ReportName.TIME_TO_FILL,
    is_kept=True,
    states_days=True,
    sentence="How long it takes from the approval of a job to the accepted offer of each of its openings.",
    cohort="Openings of jobs approved {window}",
    columns=(
        Column("openings", "Openings"),
        Column("filled", "Filled"),
        Column("open", "Open"),
        Column("cancelled", "Cancelled"),
        Column("km_median_days", "Median days", CellKind.DAYS),
        Column("km_low", "Median from", CellKind.DAYS),
        Column("km_high", "Median to", CellKind.DAYS),
        Column("naive_median_days", "Median of those filled", CellKind.DAYS),
    ),
    row_columns=(
        *WHO,
        Column("approved_at", "Job approved at", CellKind.INSTANT),
        Column("hired_at", "Offer accepted at", CellKind.INSTANT),
        MOVE,
        DAYS,
    ),
    definitions={
        "unit": "An opening of a job that was approved; its number of openings is the present one.",
        "openings": "Filled and open together; cancelled ones are left out.",
        "filled": "Taken by somebody whose offer was accepted. A failed start gives the opening back.",
        "open": "Not taken, of a job that is not closed or filled; lasts until the as-of at least.",
        "cancelled": "Not taken when the job was closed or declared filled.",
        "days": "Calendar days of 24 hours.",
        "begins": "Days run from the approval. Imported hires from before it are filled, without a time.",
        "km_median_days": "Half of the openings take longer, after Kaplan and Meier; none where half are not"
        " filled yet.",
        "naive_median_days": "The median of those filled. Too short while many are open.",
        "undone": UNDONE_EVER,
        "window": WINDOW,
    },
    openable=("filled",),
    named_by=(),
    no_source="An opening has no source: it is open to applicants of all.",
)

FORECAST = Outline(
    name=ReportName.FORECAST,
    is_in_parts=True,
    is_kept=True,
    sentence="A forecast, not a count: how likely the free openings of each job are filled by a day.",
    cohort="Free openings of open jobs, and the applications they have now",
    columns=(
        Column("job", "Job", CellKind.TEXT),
        Column("openings", "Free openings"),
        Column("by", "By", CellKind.TEXT),
        Column("probability", "All filled", CellKind.SHARE),
        Column("expected_filled", "Filled, expected", CellKind.NUMBER),
        Column("low_filled", "Filled from"),
        Column("high_filled", "Filled to"),
    ),
    row_columns=(
        *WHO,
        STAGE,
        ENTERED_AT,
        MOVE,
    ),
    definitions={
        "unit": "An opening of an open job that nobody has taken.",
        "forecast": "Simulated, the same each time: every open application goes the way of earlier ones,"
        " drawn stage by stage with the time they took, of those that stayed longer than it has by now.",
        "history": "The stays that are over of all jobs in the report; nothing is told where a stage that is"
        " needed has fewer than 20.",
        "probability": "How likely all free openings are filled by that day, where each application is hired"
        " or not by its own simulated chance, without regard to the others.",
        "expected_filled": "The mean of the openings filled.",
        "low_filled": "Where the 90 % interval of the openings filled begins.",
        "high_filled": "Where it ends.",
        "left_out": "Applications still to come, and stays that go on: with many of these it is too early.",
    },
    openable=("expected_filled",),
    named_by=(),
    takes_window=False,
    no_source="An opening has no source: applicants of all may fill it.",
)
