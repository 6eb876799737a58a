"""People of a list come in with the résumés that lie beside it."""

from pathlib import Path

import pytest
from sqlalchemy import select

from tracker.db import Database
from tracker.files import FileStore
from tracker.models.candidates import Candidate
from tracker.models.files import StoredFile

PDF = b"%PDF-1.7\ntrailer\n%%EOF\n"


@pytest.fixture
def folder(tmp_path: Path, call) -> Path:
    """A folder with résumés, a secret outside of it, and an open job."""
    beside = tmp_path / "lists"
    (beside / "papers").mkdir(parents=True)
    (beside / "papers" / "ann.pdf").write_bytes(PDF)
    (tmp_path / "secret.txt").write_text("CANARY")
    (beside / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert call("jobs", "add", "Clerk", "--openings", "2", "--open").exit_code == 0
    return beside


def list_of(folder: Path, *rows: str) -> Path:
    path = folder / "people.csv"
    path.write_text("\n".join(["name,email,resume", *rows]) + "\n")
    return path


def test_resumes_come_in_from_beside_the_list(
    call, folder: Path, sqlite_database: Database, tmp_path
) -> None:
    people = list_of(folder, "Ann,ann@example.org,papers/ann.pdf", "Bob,bob@example.org,")
    checked = call("candidates", "import", people, "--job", "Clerk", "--dry-run")
    assert (checked.exit_code, "2 would be added" in checked.stdout) == (0, True)
    store = FileStore(tmp_path / "files")
    assert list(store.stored()) == []
    assert call("candidates", "import", people, "--job", "Clerk").exit_code == 0
    with sqlite_database.reading() as session:
        row = session.scalars(select(StoredFile)).one()
        assert (row.name, row.size) == ("ann.pdf", len(PDF))
        assert session.get_one(Candidate, row.candidate_id).name == "Ann"
        with store.open(row.key) as stored:
            assert stored.read() == PDF
    again = call("candidates", "import", people, "--job", "Clerk")
    assert "0 were added; 2 had applied before." in again.stdout
    assert len(list(store.stored())) == 1


@pytest.mark.parametrize(
    "name",
    ["../secret.txt", "papers/../../secret.txt", "{outside}", "link.txt", "nothing.pdf", "papers", "."],
)
def test_resume_from_elsewhere_is_refused_and_nothing_is_stored(
    call, folder: Path, sqlite_database: Database, tmp_path: Path, name: str
) -> None:
    named = name.format(outside=tmp_path / "secret.txt")
    people = list_of(folder, f"Ann,ann@example.org,{named}", "Bob,bob@example.org,papers/ann.pdf")
    refused = call("candidates", "import", people, "--job", "Clerk")
    assert refused.exit_code == 1
    assert "line 2:" in refused.stderr
    assert "CANARY" not in refused.output
    with sqlite_database.reading() as session:
        assert session.scalars(select(Candidate)).all() == []
    assert list(FileStore(tmp_path / "files").stored()) == []
    assert call("candidates", "import", people, "--job", "Clerk", "--skip-bad").exit_code == 0
    with sqlite_database.reading() as session:
        assert [one.name for one in session.scalars(select(Candidate))] == ["Bob"]
