"""`tracker worker` takes the text out of uploads; what cannot be read, or is gone, is kept and marked so."""

from sqlalchemy import select

from tests.factories import make_application, make_candidate
from tracker.cli.worker import read_files
from tracker.domain.actors import SYSTEM
from tracker.files import FileStore
from tracker.models.file_texts import FileText, TextState
from tracker.models.files import FileKind, StoredFile
from tracker.services.files import attach_file

UPLOADS = {
    "words.txt": b"Six years of orders.",
    "broken.rtf": b"{\\rtf1}",
    "gone.txt": b"Taken away.",
}


def test_uploads_are_read_once_and_what_cannot_be_read_says_why(sqlite_database, tmp_path):
    store = FileStore(tmp_path / "files")
    with sqlite_database.writing() as session:
        candidate = make_candidate(session)
        application = make_application(session, candidate=candidate)
        for name, data in UPLOADS.items():
            attach_file(session, store, candidate, name, data, actor=SYSTEM, application=application)
        other = attach_file(session, store, candidate, "x.txt", b"x", actor=SYSTEM, kind=FileKind.OTHER)
        keys = dict(session.execute(select(StoredFile.name, StoredFile.key)).all())
        assert session.get(FileText, other.id) is None
    store.remove(keys["gone.txt"])
    assert read_files(sqlite_database, store) == 3
    assert read_files(sqlite_database, store) == 0
    with sqlite_database.reading() as session:
        rows = session.execute(
            select(StoredFile.name, FileText.state, FileText.text, FileText.reason).join(
                FileText, FileText.file_id == StoredFile.id
            )
        )
        found = {name: (state, text, reason) for name, state, text, reason in rows}
    assert found["words.txt"] == (TextState.READ, "Six years of orders.", None)
    assert found["broken.rtf"][0] is TextState.UNREADABLE
    assert found["gone.txt"] == (TextState.UNREADABLE, None, "Its content is missing from the store.")
