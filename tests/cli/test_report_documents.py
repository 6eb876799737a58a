"""The pipeline report as PDF on the command line, and what is refused."""

from tests.factories import make_job
from tests.pdfs import is_tagged, squeezed, words_of


def test_pipeline_report_is_written_as_a_document(call, sqlite_database, tmp_path):
    with sqlite_database.writing() as session:
        make_job(session, title="Clerk")
    out = tmp_path / "pipeline.pdf"
    answer = call("report", "pipeline", "--format", "pdf", "--out", str(out))
    assert answer.exit_code == 0
    assert is_tagged(out.read_bytes())
    assert squeezed("Pipeline report") in words_of(out.read_bytes())


def test_no_other_report_is_written_as_a_document(call, sqlite_database):
    for asked in (("funnel",), ("pipeline", "--rows")):
        answer = call("report", *asked, "--format", "pdf")
        assert answer.exit_code != 0
        assert "The pipeline report alone" in answer.stderr
