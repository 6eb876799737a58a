"""A list of candidates comes in whole or not at all, and a second time changes nothing."""

import pytest
from sqlalchemy import func, select

from tests.factories import make_actor, make_application, make_candidate, make_job
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.deciding import NotPermitted
from tracker.domain.file_formats import LARGEST_FILE
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import JobStatus, Stage
from tracker.files import FileStore, read_beside
from tracker.models.applications import Application
from tracker.models.audit import AuditEntry
from tracker.models.candidates import Candidate
from tracker.models.files import StoredFile
from tracker.services.candidate_import import ImportRefused, import_candidates

LIST = b"name,email,phone,source,resume\nAnn Lee,ann@example.org,,referral,\nBob Ray,bob@example.org,1,,\n"
WITH_BAD = LIST + b"Cid,no address,,,\n,dee@example.org,,,\n"


def counts(session):
    return [
        session.scalar(select(func.count()).select_from(model))
        for model in (Candidate, Application, StoredFile, AuditEntry)
    ]


def test_each_line_becomes_an_application(session):
    job = make_job(session)
    report = import_candidates(session, job, LIST, actor=SYSTEM)
    assert (report.added, report.present, report.bad) == (2, 0, ())
    rows = session.scalars(select(Application).where(Application.job_id == job.id).order_by(Application.id))
    assert [(row.candidate.name, row.stage, row.source) for row in rows] == [
        ("Ann Lee", Stage.APPLICATION, "referral"),
        ("Bob Ray", Stage.APPLICATION, "unknown"),
    ]


def test_a_second_import_changes_nothing(session):
    job = make_job(session)
    import_candidates(session, job, LIST, actor=SYSTEM)
    before = counts(session)
    report = import_candidates(session, job, LIST, actor=SYSTEM)
    assert (report.added, report.present) == (0, 2)
    assert counts(session) == before


def test_a_person_known_from_another_job_is_not_doubled(session):
    ann = make_candidate(session, email="ann@example.org")
    make_application(session, candidate=ann)
    job = make_job(session)
    import_candidates(session, job, LIST, actor=SYSTEM)
    rows = session.scalars(select(Application.job_id).where(Application.candidate_id == ann.id))
    assert len(rows.all()) == 2
    assert ann.name == "Amina Yusuf"


def test_one_bad_line_refuses_the_list_and_nothing_is_stored(session):
    job = make_job(session)
    before = counts(session)
    with pytest.raises(ImportRefused, match="2 lines cannot be taken") as refused:
        import_candidates(session, job, WITH_BAD, actor=SYSTEM)
    assert [line.number for line in refused.value.bad] == [4, 5]
    assert counts(session) == before


def test_bad_lines_are_left_out_when_asked(session):
    report = import_candidates(session, make_job(session), WITH_BAD, actor=SYSTEM, skip_bad=True)
    assert (report.added, [line.number for line in report.bad]) == (2, [4, 5])


def test_a_dry_run_says_what_would_be_and_stores_nothing(session):
    job = make_job(session)
    before = counts(session)
    report = import_candidates(session, job, LIST, actor=SYSTEM, dry_run=True)
    assert (report.added, report.is_dry_run) == (2, True)
    assert counts(session) == before


def test_resumes_come_with_their_lines_or_the_line_is_bad(session, tmp_path):
    folder = tmp_path / "list"
    folder.mkdir()
    (folder / "ann.txt").write_text("Ann Lee, order clerk")
    (folder / "bob.txt").write_bytes(b"MZ\x00\x01")
    (tmp_path / "secret.txt").write_text("secret")
    data = (
        b"name,email,resume\nAnn,ann@example.org,ann.txt\nBob,bob@example.org,bob.txt\n"
        b"Cid,cid@example.org,../secret.txt\n"
    )
    store = FileStore(tmp_path / "files")

    def read(name):
        return read_beside(folder, name, LARGEST_FILE)

    job = make_job(session)
    with pytest.raises(ImportRefused):
        import_candidates(session, job, data, actor=SYSTEM, store=store, read_resume=read)
    assert list(store.stored()) == []
    report = import_candidates(session, job, data, actor=SYSTEM, store=store, read_resume=read, skip_bad=True)
    assert [(line.number, "cannot be" in line.reason) for line in report.bad] == [(3, True), (4, True)]
    row = session.scalars(select(StoredFile)).one()
    assert (row.name, row.size) == ("ann.txt", 20)
    assert row.application_id is not None


def test_resumes_without_a_folder_are_refused_by_line(session):
    data = b"name,email,resume\nAnn,ann@example.org,ann.txt\n"
    with pytest.raises(ImportRefused, match="leave the column resume empty"):
        import_candidates(session, make_job(session), data, actor=SYSTEM)


@pytest.mark.parametrize("status", [s for s in JobStatus if s is not JobStatus.OPEN])
def test_only_an_open_job_takes_a_list(session, status):
    with pytest.raises(RuleBroken, match="open job only"):
        import_candidates(session, make_job(session, status=status), LIST, actor=SYSTEM)


def test_a_hiring_manager_imports_nobody(session):
    job = make_job(session)
    hank = make_actor(session, Role.HIRING_MANAGER, job, [TeamRole.HIRING_MANAGER])
    with pytest.raises(NotPermitted):
        import_candidates(session, job, LIST, actor=hank)
