"""What is drawn of the reports on people who interview and on groups that apply."""

from collections.abc import Sequence

from tracker.domain.metrics.impact_counts import GOALS, HIRED, Basis
from tracker.domain.reports import Row
from tracker.domain.stages import STAGE_LABELS, Stage
from tracker.web.charts import MOST_BARS, Chart


def interviewers(rows: Sequence[Row]) -> Chart:
    drawn = [
        {"label": row["interviewer"], "value": row["sessions"], "open": 0, "text": f"{row['sessions']:,}"}
        for row in rows[:MOST_BARS]
    ]
    return Chart("funnel", "Sessions by person, in order of name", drawn)


def adverse_impact(rows: Sequence[Row]) -> Chart:
    """The ratios of the last goal that anybody was selected for, of all applicants."""
    told = [row for row in rows if row["basis"] == Basis.TOTAL and row["ratio"] is not None]
    last = max((str(row["stage"]) for row in told), key=GOALS.index, default="")
    drawn = [
        {
            "label": f"{row['attribute']}: {row['group']}",
            "value": row["ratio"],
            "kind": "bad" if row["flagged"] else "",
            "text": f"{row['ratio']:.2f}, {row['rate']:.1%} of {row['applicants']:,}",
        }
        for row in told
        if row["stage"] == last
    ]
    legend = (("mark", "rate as a part of the highest"), ("limit", "four fifths"))
    title = "Ratio to the highest rate"
    if last:
        title += ": hired" if last == HIRED else f": came to {STAGE_LABELS[Stage(last)]}"
    return Chart("bars", title, drawn, legend, 1, mark=0.8)


def applicant_flow(rows: Sequence[Row]) -> Chart:
    """The jobs with the most applicants, those still open among them."""
    most = sorted(rows, key=lambda row: -int(str(row["applicants"])))[:MOST_BARS]
    drawn = [
        {
            "label": row["job"],
            "value": row["applicants"],
            "open": row["open"],
            "text": f"{row['applicants']:,} applied, {row['open']:,} open",
        }
        for row in most
    ]
    legend = (("mark", "hired or closed"), ("tail", "open"))
    return Chart("funnel", "Applicants by job", drawn, legend)
