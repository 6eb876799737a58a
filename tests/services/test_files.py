"""Files of candidates: who may add and read them, and that no bytes outlive a failed transaction."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.factories import make_actor, make_application, make_candidate, make_job
from tracker import clock
from tracker.domain.actors import SYSTEM, Actor, ActorKind, Role, TeamRole
from tracker.domain.deciding import NotPermitted
from tracker.domain.rules import RuleBroken
from tracker.files import FileStore
from tracker.models.audit import AuditEntry
from tracker.models.files import FileKind, StoredFile
from tracker.services import files

PDF = b"%PDF-1.7\ntrailer\n%%EOF\n"


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "files")


def stored_keys(store):
    return [key for key, _ in store.stored()]


def test_a_file_is_kept_under_a_random_key_with_its_hash(session, store):
    rita = make_actor(session, Role.RECRUITER)
    application = make_application(session)
    row = files.attach_file(
        session, store, application.candidate, "../Amina.pdf", PDF, actor=rita, application=application
    )
    assert (row.name, row.media_type, row.size) == ("Amina.pdf", "application/pdf", len(PDF))
    assert stored_keys(store) == [row.key]
    with files.read_file(session, store, row, actor=rita) as opened:
        assert opened.read() == PDF
    actions = session.scalars(select(AuditEntry.action).where(AuditEntry.subject_type == "storedfile"))
    assert list(actions) == ["file:create", "file:read"]


def test_a_refused_file_leaves_no_bytes(session, store):
    with pytest.raises(RuleBroken):
        files.attach_file(session, store, make_candidate(session), "cv.pdf", b"<html>", actor=SYSTEM)
    assert stored_keys(store) == []


def test_a_file_of_another_candidates_application_is_refused(session, store):
    with pytest.raises(RuleBroken, match="another candidate"):
        files.attach_file(
            session,
            store,
            make_candidate(session),
            "cv.pdf",
            PDF,
            actor=SYSTEM,
            application=make_application(session),
        )


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.HIRING_MANAGER])
def test_only_recruiting_adds_files(session, store, role):
    with pytest.raises(NotPermitted):
        files.attach_file(
            session, store, make_candidate(session), "cv.pdf", PDF, actor=make_actor(session, role)
        )
    assert stored_keys(store) == []


def test_a_candidate_adds_files_to_their_own_application_only(session, store):
    own, other = make_application(session), make_application(session)
    actor = Actor(ActorKind.CANDIDATE, application_id=own.id)
    files.attach_file(session, store, own.candidate, "cv.pdf", PDF, actor=actor, application=own)
    for application in (other, None):
        with pytest.raises(NotPermitted):
            files.attach_file(
                session, store, other.candidate, "cv.pdf", PDF, actor=actor, application=application
            )


def test_a_background_report_is_not_for_the_hiring_manager(session, store):
    job = make_job(session)
    hank = make_actor(session, Role.HIRING_MANAGER, job, [TeamRole.HIRING_MANAGER])
    application = make_application(session, job)
    rows = {
        kind: files.attach_file(
            session,
            store,
            application.candidate,
            "paper.pdf",
            PDF,
            actor=SYSTEM,
            kind=kind,
            application=application,
        )
        for kind in FileKind
    }
    files.read_file(session, store, rows[FileKind.RESUME], actor=hank).close()
    with pytest.raises(NotPermitted):
        files.read_file(session, store, rows[FileKind.BACKGROUND_REPORT], actor=hank)


def test_bytes_of_a_failed_transaction_are_removed_and_of_a_good_one_stay(database, store):
    def attach(session):
        candidate = make_candidate(session)
        with session.begin_nested():
            session.flush()
        files.attach_file(session, store, candidate, "cv.pdf", PDF, actor=SYSTEM)

    with database.writing() as session:
        attach(session)
        kept = session.scalars(select(StoredFile.key)).all()

    def attach_and_fail():
        with database.writing() as session:
            attach(session)
            assert len(stored_keys(store)) == 2
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        attach_and_fail()
    assert stored_keys(store) == kept


def test_a_rollback_after_a_commit_takes_nothing_committed(database, store):
    with database.session(may_write=True) as session:
        candidate = make_candidate(session)
        files.attach_file(session, store, candidate, "cv.pdf", PDF, actor=SYSTEM)
        session.commit()
        files.attach_file(session, store, candidate, "cv.pdf", PDF, actor=SYSTEM)
        session.rollback()
        assert stored_keys(store) == session.scalars(select(StoredFile.key)).all()


def test_the_sweep_removes_only_old_bytes_without_a_row(session, store):
    row = files.attach_file(session, store, make_candidate(session), "cv.pdf", PDF, actor=SYSTEM)
    store.put(b"left by a crash")
    assert files.sweep_orphans(session, store, actor=SYSTEM) == 0
    later = clock.now() + timedelta(hours=2)
    assert files.sweep_orphans(session, store, actor=SYSTEM, now=later) == 1
    assert stored_keys(store) == [row.key]


def test_the_sweep_leaves_the_files_of_another_database_alone(session, store):
    for number in range(51):
        store.put(b"of somebody else %d" % number)
    later = clock.now() + timedelta(hours=2)
    with pytest.raises(RuleBroken, match="51 of 51"):
        files.sweep_orphans(session, store, actor=SYSTEM, now=later)
    assert len(stored_keys(store)) == 51
    candidate = make_candidate(session)
    rows = [files.attach_file(session, store, candidate, "cv.pdf", PDF, actor=SYSTEM).key for _ in range(51)]
    assert files.sweep_orphans(session, store, actor=SYSTEM, now=later) == 51
    assert stored_keys(store) == sorted(rows)


def test_reading_the_words_of_a_file_is_on_record_and_for_those_who_may(session, store):
    row = files.attach_file(session, store, make_candidate(session), "cv.pdf", PDF, actor=SYSTEM)
    files.note_read(session, row, actor=make_actor(session, Role.HR))
    with pytest.raises(NotPermitted):
        files.note_read(session, row, actor=make_actor(session, Role.INTERVIEWER))
    session.flush()
    reads = select(AuditEntry.subject_id).where(AuditEntry.action == "file:read")
    assert session.scalars(reads).all() == [row.id]


def test_a_savepoint_that_fails_leaves_its_bytes_to_the_sweep(database, store):
    with database.writing() as session:
        candidate = make_candidate(session)
        savepoint = session.begin_nested()
        files.attach_file(session, store, candidate, "cv.pdf", PDF, actor=SYSTEM)
        savepoint.rollback()
        with session.begin_nested():
            files.attach_file(session, store, candidate, "cv.pdf", PDF, actor=SYSTEM)
        assert len(stored_keys(store)) == 2
        assert session.scalar(select(func.count()).select_from(StoredFile)) == 1


@pytest.mark.parametrize(
    ("ending", "kept"),
    [("commit", []), ("rollback", [True]), ("savepoint commits", []), ("savepoint rolls back", [True])],
)
def test_bytes_go_with_the_commit_of_what_removed_them_only(database, store, ending, kept):
    key = store.put(b"a file").key
    with database.session(may_write=True) as session:
        make_candidate(session)
        savepoint = session.begin_nested() if ending.startswith("savepoint") else None
        files.remove_when_kept(session, store, [key])
        assert stored_keys(store) == [key]
        with session.begin_nested():
            make_candidate(session)
        session.begin_nested().rollback()
        if ending == "savepoint commits":
            savepoint.commit()
            assert stored_keys(store) == [key]
        elif ending == "savepoint rolls back":
            savepoint.rollback()
        if ending == "rollback":
            session.rollback()
        session.commit()
    assert [found == key for found in stored_keys(store)] == kept
