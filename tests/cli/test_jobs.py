"""Jobs, frameworks, candidates and histories on the command line."""

import json
from pathlib import Path

from sqlalchemy import func, select

from tracker.models.applications import Application

SEED = Path(__file__).parents[2] / "seeds" / "frameworks" / "43-4151.00.json"
LOG = "application,at,activity\na,2026-01-01T09:00Z,application\nb,2026-01-02T09:00Z,hired\n"


def count(database):
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Application))


def test_a_job_is_added_by_its_id_alone_and_listed(call):
    assert call("jobs", "add", "Clerk", "--openings", "2", "--open").stdout == "1\n"
    assert call("jobs", "list").stdout == "1\tClerk\tOpen\t0/2\t0\n"


def test_a_framework_a_second_time_changes_nothing(call):
    first = call("frameworks", "import", SEED)
    assert first.exit_code == 0
    assert call("frameworks", "import", SEED).stdout == first.stdout
    assert call("frameworks", "list").stdout.count("\n") == 1
    assert json.loads(call("frameworks", "show", "43-4151.00").stdout)


def test_a_rubric_is_the_same_bytes_each_time_imported_or_not(call):
    first = call("rubrics", "generate", "43-4151.00", "--json")
    assert {"framework", "target_level", "competencies", "leftovers", "plan", "notices"} <= set(
        json.loads(first.stdout)
    )
    call("frameworks", "import", SEED)
    assert call("rubrics", "generate", "43-4151.00", "--json").stdout == first.stdout
    assert call("rubrics", "generate", "11-1011.00").exit_code == 1


def test_a_bad_line_of_candidates_refuses_the_list(call, sqlite_database, tmp_path):
    call("jobs", "add", "Clerk", "--open")
    people = tmp_path / "people.csv"
    people.write_text("name,email,phone,source,resume\nAda,ada@example.org,,website,\nBob,nope,,,\n")
    refused = call("candidates", "import", people, "--job", "Clerk")
    assert refused.exit_code == 1
    assert "line 3: " in refused.stderr
    assert count(sqlite_database) == 0
    assert call("candidates", "import", people, "--job", "Clerk", "--skip-bad").exit_code == 0
    assert count(sqlite_database) == 1


def test_a_history_comes_in_once_and_holds(call, sqlite_database, tmp_path):
    call("jobs", "add", "Clerk")
    log = tmp_path / "log.csv"
    log.write_text(LOG)
    assert call("history", "import", log, "--job", "Clerk", "--dry-run").exit_code == 0
    assert count(sqlite_database) == 0
    assert "2 applications, 2 moves" in call("history", "import", log, "--job", "Clerk").stdout
    assert "0 applications" in call("history", "import", log, "--job", "1").stdout
    assert count(sqlite_database) == 2
    kept = tmp_path / "checkpoint.json"
    kept.write_text(call("history", "checkpoint").stdout)
    assert call("history", "verify", "--checkpoint", kept).exit_code == 0
    said = json.loads(kept.read_text())
    assert set(said) == {"through", "moves", "root"}
    for changed in ({"moves": 3}, {"root": "0" * 64}, {"through": "2027-01-01T00:00:00+00:00"}):
        kept.write_text(json.dumps(said | changed))
        assert call("history", "verify", "--checkpoint", kept).exit_code == 1
    for nonsense in ({}, said | {"through": "yesterday"}, said | {"moves": "2"}, [said]):
        kept.write_text(json.dumps(nonsense))
        assert "is no checkpoint" in call("history", "verify", "--checkpoint", kept).stderr


def test_bad_lines_of_a_history_store_nothing_unless_skipped(call, sqlite_database, tmp_path):
    call("jobs", "add", "Clerk")
    log = tmp_path / "log.csv"
    log.write_text(LOG + "a,yesterday,offer\n")
    refused = call("history", "import", log, "--job", "Clerk")
    assert refused.exit_code == 1
    assert "line 4: " in refused.stderr
    assert count(sqlite_database) == 0
    assert call("history", "import", log, "--job", "Clerk", "--skip-bad").exit_code == 0
    assert count(sqlite_database) == 1


def test_a_job_that_is_not_there_is_one_clear_line(call, tmp_path):
    log = tmp_path / "log.csv"
    log.write_text(LOG)
    result = call("history", "import", log, "--job", "Nowhere")
    assert (result.exit_code, result.stderr) == (1, "Error: There is no job “Nowhere”.\n")
