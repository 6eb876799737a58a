"""A backup brings every row and file back elsewhere, or nothing at all."""

import hashlib
import io
import json
import shutil
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select, text

from tests.conftest import BOTH
from tests.factories import make_actor, make_application, make_job
from tracker import clock, schema
from tracker.db import Database
from tracker.domain.actors import SYSTEM, Role
from tracker.domain.moves import MoveKind
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.files import FileStore
from tracker.models import Base
from tracker.models.applications import Application
from tracker.models.audit import AuditEntry
from tracker.models.files import StoredFile
from tracker.queries.candidates import matching
from tracker.queries.history import verify_history
from tracker.services import files
from tracker.services.applications import apply
from tracker.services.backups import BackupContents, record_backup, restore_backup, write_backup
from tracker.services.candidates import CandidateDetails, add_candidate
from tracker.services.transfers import take_along

PDF = b"%PDF-1.7\ntrailer\n%%EOF\n"
REVISION = schema.newest()


def quiet(part):
    assert part


@pytest.fixture(params=BOTH)
def elsewhere(request, sqlite_template, tmp_path):
    """An empty database on each engine."""
    if request.param == "sqlite":
        path = tmp_path / "elsewhere.db"
        shutil.copy(sqlite_template, path)
        made = Database.at(f"sqlite:///{path}")
        yield made
        made.engine.dispose()
        return
    with request.getfixturevalue("postgres").fresh_database("migrated") as url:
        made = Database.at(url)
        yield made
        made.engine.dispose()


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "files")


@pytest.fixture
def filled(database, store):
    """Three applications, one with a file, one moved on, and a name that is hard to carry."""
    with database.writing() as session:
        rita = make_actor(session, Role.RECRUITER)
        job = make_job(session, description="Two lines\nand “quotes”; a tab\t.")
        application = make_application(session, job)
        files.attach_file(
            session, store, application.candidate, "Łukasz.pdf", PDF, actor=rita, application=application
        )
        make_application(session, job, stage=Stage.INTERVIEW)
        candidate = add_candidate(session, CandidateDetails("نور الهدى", "nour@example.org"), actor=rita)
        apply(session, job, candidate, actor=rita)
    return database


def backed_up(database, store):
    out = io.BytesIO()
    with database.reading() as session:
        contents = write_backup(session, store, out, revision=REVISION, at=clock.now(), tell=quiet)
    out.seek(0)
    return contents, out


def bring_back(database, store, source, revision=REVISION):
    with database.writing() as session:
        return restore_backup(session, store, source, revision=revision, tell=quiet)


def everything(database):
    with database.reading() as session:
        return {
            table.name: session.execute(select(table).order_by(*table.primary_key)).all()
            for table in Base.metadata.sorted_tables
        }


def triggers(database):
    statement = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
        if database.is_sqlite
        else "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2"
    )
    with database.reading() as session:
        return session.execute(text(statement)).all()


def test_every_row_and_file_comes_back_on_either_database(filled, elsewhere, store, tmp_path):
    guards = triggers(elsewhere)
    other = FileStore(tmp_path / "other")
    contents, source = backed_up(filled, store)
    assert bring_back(elsewhere, other, source) == contents
    assert contents.files == 1
    assert everything(elsewhere) == everything(filled)
    assert triggers(elsewhere) == guards
    with elsewhere.reading() as session:
        row = session.scalars(select(StoredFile)).one()
        with other.open(row.key) as opened:
            assert opened.read() == PDF
        assert verify_history(session)[2] is None


def test_a_file_that_went_along_to_another_job_comes_back_with_its_bytes(filled, elsewhere, store, tmp_path):
    with filled.writing() as session:
        left = session.get_one(Application, session.scalars(select(StoredFile.application_id)).one())
        take_along(session, left, make_application(session, make_job(session), candidate=left.candidate))
    other = FileStore(tmp_path / "other")
    contents, source = backed_up(filled, store)
    assert contents.files == 1
    assert bring_back(elsewhere, other, source) == contents
    with elsewhere.reading() as session:
        rows = session.scalars(select(StoredFile)).all()
        assert len(rows) == 2
        for row in rows:
            with other.open(row.bytes_key) as opened:
                assert opened.read() == PDF


def test_what_came_back_can_be_worked_with(filled, elsewhere, store, tmp_path):
    _, source = backed_up(filled, store)
    bring_back(elsewhere, FileStore(tmp_path / "other"), source)
    with elsewhere.writing() as session:
        most = session.scalar(select(func.max(Application.id)))
        fresh = make_application(session)
        assert fresh.id > most
        assert fresh.version == 1
    with elsewhere.reading() as session:
        found = session.scalars(matching(session, SYSTEM, "nour@example.org"))
        assert [candidate.email for candidate in found] == ["nour@example.org"]


def test_a_backup_comes_into_an_empty_home_only(filled, store):
    _, source = backed_up(filled, store)
    before = everything(filled)
    with pytest.raises(RuleBroken, match="empty one"):
        bring_back(filled, store, source)
    assert everything(filled) == before


def changed(source, name, change):
    """The backup with one part of it changed."""
    out = io.BytesIO()
    with ZipFile(source) as old, ZipFile(out, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part.startswith(name) else data)
    out.seek(0)
    return out


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("tables/moves.jsonl", lambda data: data.replace(b'"advance"', b'"return"', 1)),
        ("tables/candidates.jsonl", lambda data: data.rsplit(b"\n", 2)[0] + b"\n"),
        ("tables/applications.jsonl", lambda data: data + b"{"),
        ("files/", lambda data: data + b"."),
        ("backup.json", lambda data: data.replace(b'"rows": 3', b'"rows": 4', 1)),
    ],
)
def test_a_changed_backup_is_refused_and_nothing_is_kept(filled, elsewhere, store, tmp_path, part, change):
    _, source = backed_up(filled, store)
    before, guards = everything(elsewhere), triggers(elsewhere)
    with pytest.raises(RuleBroken, match="was changed"):
        bring_back(elsewhere, FileStore(tmp_path / "other"), changed(source, part, change))
    assert everything(elsewhere) == before
    assert triggers(elsewhere) == guards


def test_a_history_that_does_not_hold_is_refused(filled, elsewhere, store, tmp_path):
    _, source = backed_up(filled, store)

    def another_reason(data):
        return data.replace(MoveKind.ADVANCE.value.encode(), MoveKind.RETURN.value.encode())

    forged = changed(source, "tables/moves.jsonl", another_reason)
    lines = ZipFile(forged).read("tables/moves.jsonl")

    def as_if_written(data):
        manifest = json.loads(data)
        manifest["tables"]["moves"]["sha256"] = hashlib.sha256(lines).hexdigest()
        return json.dumps(manifest).encode()

    with pytest.raises(RuleBroken, match="history of the backup does not hold"):
        bring_back(elsewhere, FileStore(tmp_path / "other"), changed(forged, "backup.json", as_if_written))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04junk", b"name,email\n"])
def test_what_is_no_backup_is_refused(sqlite_database, store, data):
    with pytest.raises(RuleBroken, match="no backup"):
        bring_back(sqlite_database, store, io.BytesIO(data))


def test_a_backup_of_another_schema_says_which(filled, elsewhere, store):
    _, source = backed_up(filled, store)
    with pytest.raises(RuleBroken, match=f"has schema {REVISION}, this version 9999"):
        bring_back(elsewhere, store, source, revision="9999")


def test_a_file_whose_bytes_are_gone_is_named(filled, elsewhere, store, tmp_path):
    with filled.reading() as session:
        key = session.scalars(select(StoredFile.key)).one()
    store.remove(key)
    contents, source = backed_up(filled, store)
    assert contents.missing == (key,)
    assert bring_back(elsewhere, FileStore(tmp_path / "other"), source).missing == (key,)


def test_what_is_written_meanwhile_is_not_in_it(filled, elsewhere, store, tmp_path):
    """The backup is of one instant, also while somebody goes on working."""
    before = everything(filled)
    out = io.BytesIO()

    def work_on(part):
        if part == "files":
            with filled.writing() as session:
                make_application(session)

    with filled.reading() as session:
        write_backup(session, store, out, revision=REVISION, at=clock.now(), tell=work_on)
    out.seek(0)
    bring_back(elsewhere, FileStore(tmp_path / "other"), out)
    assert everything(elsewhere) == before
    assert everything(filled) != before


def test_the_actor_is_on_record(session):
    record_backup(session, BackupContents(2, 5, 1), actor=SYSTEM)
    session.flush()
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "backup:made")).one()
    assert (entry.actor, entry.detail) == ("system", {"rows": 5, "files": 1})
