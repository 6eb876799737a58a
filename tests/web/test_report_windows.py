"""A report beside the window before."""

from sqlalchemy import select

from tests.web.pages import page_of
from tests.web.report_pages import jobs, lines_of, links_of, olga, rita, words
from tracker.models.audit import AuditEntry

__all__ = ["jobs", "olga", "rita"]


def test_a_window_stands_beside_the_one_before(rita, jobs):
    window = f"job={jobs['clerk']}&from=2026-03-02&to=2026-03-03&zone=UTC&with_before=1"
    page = page_of(rita.get(f"/reports/pipeline?{window}"))
    screening = next(line for line in lines_of(page, "Pipeline") if line[0] == "Screening")
    application = next(line for line in lines_of(page, "Pipeline") if line[0] == "Application")
    assert screening[1] == "3 was 0"
    assert application[1] == "0 was 3"
    assert "were in a stage from 1 Mar 2026 and before 2 Mar 2026" in words(page)
    link = next(href for href in links_of(page, "Pipeline") if "figure=entered" in href)
    assert len(lines_of(page_of(rita.get(link)), "Entered: Screening")) == 3


def test_what_was_there_in_the_window_before_alone_is_shown_as_gone(rita, jobs):
    page = page_of(rita.get("/reports/sources?from=2026-03-02&to=2026-03-03&zone=UTC&with_before=1"))
    ((source, applications, *_, rate, _, _, _, _),) = lines_of(page, "Sources")
    assert (source, applications, rate) == ("unknown", "0 was 4", "— was 0.0%")
    assert "with_before" not in rita.get("/reports/adverse-impact").get_data(as_text=True)
    refused = rita.get("/reports/sources?with_before=1")
    assert refused.status_code == 422
    assert "Give the first day of the window" in refused.get_data(as_text=True)


def test_both_windows_of_a_sensitive_report_are_on_record(olga, database, jobs):
    assert (
        olga.get("/reports/interviewers?from=2026-03-02&to=2026-03-03&zone=UTC&with_before=1").status_code
        == 200
    )
    with database.reading() as session:
        read = session.scalars(select(AuditEntry).where(AuditEntry.action == "report:read")).all()
    begun = ["2026-03-02T00:00:00+00:00", "2026-03-01T00:00:00+00:00"]
    assert [entry.detail["window"][0] for entry in read] == begun
