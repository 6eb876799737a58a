"""Files on the pages: who may read which, and how it is handed out."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.factories import actor_of, join_team, make_application, make_candidate, make_job
from tests.interviewing import publish_rubric, schedule
from tests.web.conftest import PERSONAS, sign_in
from tests.web.known_candidates import text_of
from tests.web.pages import ReadingClient
from tests.web.uploads import PDF, fetch, rows_of, upload
from tracker import clock
from tracker.config import Config
from tracker.db import Database
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.domain.stages import Stage
from tracker.files import FileStore
from tracker.models.audit import AuditEntry
from tracker.models.file_texts import FileText, TextState
from tracker.models.files import FileKind, StoredFile
from tracker.models.users import User
from tracker.services.files import attach_file

People = dict[str, int]


@pytest.fixture
def store(config: Config) -> FileStore:
    return FileStore(config.files_folder)


@pytest.fixture
def papers(database: Database, people: People, store: FileStore) -> dict[str, Any]:
    """A file of each kind on an application of Hank's job with Ines on its panel, and on another job's; and
    one résumé of each person alone. Values are keys, `own` and `other` the ids of the applications."""
    kept: dict[str, Any] = {}
    with database.writing() as session:
        hank, ines = (session.get_one(User, people[name]) for name in ("hank", "ines"))
        for whose in ("own", "other"):
            job = make_job(session)
            publish_rubric(session, job)
            application = make_application(
                session, job, stage=Stage.INTERVIEW, candidate=make_candidate(session, f"{whose} person")
            )
            if whose == "own":
                join_team(session, job, hank, TeamRole.HIRING_MANAGER)
                schedule(session, application, actor_of(session, ines), actor=SYSTEM)
            kept[whose] = application.id
            for kind in FileKind:
                name = f"{whose}-{kind.value}.pdf"
                kept[f"{whose}-{kind.value}"] = attach_file(
                    session,
                    store,
                    application.candidate,
                    name,
                    PDF,
                    actor=SYSTEM,
                    kind=kind,
                    application=application,
                ).key
            row = attach_file(session, store, application.candidate, f"{whose}-alone.pdf", PDF, actor=SYSTEM)
            kept[f"{whose}-alone"] = row.key
            kept[f"{whose}-person"] = application.candidate_id
    return kept


EVERYTHING = frozenset((*(kind.value for kind in FileKind), "alone"))
MAY_READ = {
    ("rita", "own"): EVERYTHING,
    ("rita", "other"): EVERYTHING,
    ("olga", "own"): EVERYTHING,
    ("olga", "other"): EVERYTHING,
    ("hank", "own"): EVERYTHING - {"background_report"},
}
MAY_KNOW = MAY_READ | {("ines", "own"): frozenset({"resume", "other", "alone"})}
"""Who scores knows of a résumé and reads its words, and does not get the file."""


@pytest.mark.parametrize("whose", ["own", "other"])
@pytest.mark.parametrize("persona", PERSONAS)
def test_each_file_opens_for_those_alone_who_may_read_it(
    client: ReadingClient, papers: dict[str, Any], persona: str, whose: str
) -> None:
    sign_in(client, persona)
    allowed = MAY_READ.get((persona, whose), frozenset())
    for kind in EVERYTHING:
        for method in ("GET", "HEAD"):
            answer = fetch(client, f"/files/{papers[f'{whose}-{kind}']}", method)
            assert answer.status_code == (200 if kind in allowed else 404), (persona, whose, kind)
            assert (b"CANARY-BYTES" in answer.data) is (kind in allowed and method == "GET")


@pytest.mark.parametrize("persona", PERSONAS)
def test_lists_name_the_files_that_open_and_no_others(
    client: ReadingClient, papers: dict[str, Any], persona: str
) -> None:
    sign_in(client, persona)
    for whose in ("own", "other"):
        allowed = MAY_READ.get((persona, whose), frozenset())
        known = MAY_KNOW.get((persona, whose), frozenset())
        for path in (f"/applications/{papers[whose]}", f"/candidates/{papers[f'{whose}-person']}"):
            answer = client.get(path)
            assert answer.status_code == (200 if known else 404)
            page = answer.get_data(as_text=True)
            for kind in EVERYTHING:
                assert (str(papers[f"{whose}-{kind}"]) in page) is (kind in allowed), (path, kind)
                assert (f"{whose}-{kind}.pdf" in page) is (kind in known), (path, kind)


WORDS = "Amina Yusuf, amina@corp.example, +44 113 496 0000\nTook 60 orders a day, 2018 - 2021"


@pytest.mark.parametrize(
    ("persona", "is_whole"), [("rita", True), ("hank", True), ("olga", True), ("ines", False)]
)
def test_who_scores_reads_a_resume_without_the_ways_to_reach_its_person(
    client: ReadingClient, database: Database, papers: dict[str, Any], persona: str, is_whole: bool
) -> None:
    with database.writing() as session:
        number = session.scalars(select(StoredFile.id).where(StoredFile.key == papers["own-resume"])).one()
        session.merge(FileText(file_id=number, state=TextState.READ, text=WORDS, changed_at=clock.now()))
    sign_in(client, persona)
    page = client.get(f"/files/{papers['own-resume']}/text").get_data(as_text=True)
    assert "Took 60 orders a day, 2018 - 2021" in page
    for way in ("amina@corp.example", "496 0000"):
        assert (way in page) is is_whole
    assert ("Save the file" in page) is is_whole


def test_nobody_reads_a_file_without_signing_in(client: ReadingClient, papers: dict[str, Any]) -> None:
    for kind in EVERYTHING:
        answer = client.get(f"/files/{papers[f'own-{kind}']}")
        assert answer.status_code in (302, 303)
        assert b"CANARY" not in answer.data


def test_file_is_handed_out_to_be_saved_and_never_shown(
    client: ReadingClient, database: Database, papers: dict[str, Any]
) -> None:
    sign_in(client, "rita")
    path = f"/files/{papers['own-resume']}"
    answer = fetch(client, path)
    assert (answer.data, answer.content_length) == (PDF, len(PDF))
    assert answer.headers["Content-Disposition"] == "attachment; filename=own-resume.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "no-store"
    head = fetch(client, path, "HEAD")
    assert (head.data, head.content_length) == (b"", len(PDF))
    part = fetch(client, path, headers={"Range": "bytes=5-7"})
    assert (part.status_code, part.data) == (206, PDF[5:8])
    assert fetch(client, path, headers={"Range": "bytes=999-"}).status_code == 416
    with database.reading() as session:
        read = select(AuditEntry).where(AuditEntry.action == "file:read")
        rows = session.scalars(read).all()
        assert len(rows) == 3, "each reading is on record, and what was refused is none"
        assert {row.actor for row in rows} == {
            f"user:{session.scalar(select(User.id).where(User.name == 'Rita'))}"
        }


def test_refused_reading_leaves_no_record(
    client: ReadingClient, database: Database, papers: dict[str, Any]
) -> None:
    sign_in(client, "ines").get(f"/files/{papers['other-resume']}")
    with database.reading() as session:
        assert session.scalar(select(func.count()).where(AuditEntry.action == "file:read")) == 0


def test_lost_content_is_marked_and_said(
    client: ReadingClient, store: FileStore, papers: dict[str, Any]
) -> None:
    sign_in(client, "rita")
    store.remove(str(papers["own-resume"]))
    shown = client.get(f"/applications/{papers['own']}")
    assert "content missing" in text_of(shown)
    assert f"/files/{papers['own-resume']}" not in shown.get_data(as_text=True)
    answer = client.get(f"/files/{papers['own-resume']}")
    assert answer.status_code == 404
    assert "content is missing" in text_of(answer)


@pytest.mark.parametrize("persona", ["hank", "ines"])
def test_only_recruiting_hands_in_files(
    client: ReadingClient, database: Database, papers: dict[str, Any], persona: str
) -> None:
    sign_in(client, persona)
    before = len(rows_of(database, papers["own"]))
    for path in (f"/applications/{papers['own']}/files/new", f"/candidates/{papers['own-person']}/files/new"):
        assert client.get(path).status_code == 403
        assert upload(client, path, "cv.pdf", PDF).status_code == 403
    assert len(rows_of(database, papers["own"])) == before
    assert "files/new" not in client.get(f"/applications/{papers['own']}").get_data(as_text=True)


def traversals(key: str) -> list[str]:
    """Ways out of the folder of files, and ways round the exact key."""
    up = [
        "../",
        "..%2f",
        "%2e%2e/",
        "%2e%2e%2f",
        "..%5c",
        "..\\",
        "....//",
        "..;/",
        "%252e%252e%252f",
        "..%c0%af",
    ]
    paths = [step * deep + target for step in up for deep in (1, 6) for target in ("secret", "etc/passwd")]
    odd = ["secret", "%00", f"{key}%00", f"{key}/..", f"{key}/../secret", f"./{key}", f"%2e%2f{key}"]
    odd += [key.upper(), key[:-1], f"{key}0", f"{key}.part", f"{key[:2]}/{key}", "CON", "nul"]
    return paths + odd + ["/etc/passwd", "%2fetc%2fpasswd", "file:%2f%2f%2fetc%2fpasswd", "*" * 48, "%" * 48]


def test_no_path_leads_out_of_the_store(
    client: ReadingClient, config: Config, papers: dict[str, Any]
) -> None:
    (config.home / "secret").write_text("CANARY-SECRET")
    sign_in(client, "rita")
    tried = traversals(str(papers["own-resume"]))
    assert len(set(tried)) >= 50
    for path in tried:
        answer = client.get(f"/files/{path}")
        assert answer.status_code in (302, 308, 400, 404), path
        assert b"CANARY" not in answer.data, path
        assert b"root:" not in answer.data, path


def test_stored_bytes_are_under_no_served_folder(
    client: ReadingClient, app: Flask, papers: dict[str, Any]
) -> None:
    key = str(papers["own-resume"])
    for path in (
        f"/static/../files/{key}",
        f"/static/%2e%2e/files/{key}",
        f"/media/{key}",
        f"/uploads/{key}",
    ):
        assert b"CANARY" not in client.get(path, follow_redirects=True).data
    sign_in(client, "rita")
    for path in (f"/static/{key}", f"/static/{key[:2]}/{key}", f"/static/files/{key}"):
        assert client.get(path).status_code == 404
