"""My exports: asking for a file, seeing how far it is, fetching it, and what others see of it."""

import csv
import threading
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from sqlalchemy import select

from tests.web.conftest import sign_in
from tests.web.pages import page_of
from tests.web.report_pages import jobs, rita, words
from tracker import clock
from tracker.cli.report_exports import keep_making_exports, make_exports, sweep_left_behind
from tracker.domain import report_exports
from tracker.domain.report_exports import LEASE, UNCLAIMED_AFTER, ExportState
from tracker.files import FileStore
from tracker.models.audit import AuditEntry
from tracker.models.report_exports import ReportExport
from tracker.queries import report_exports as queries
from tracker.services.report_exports import claim_export

__all__ = ["jobs", "rita"]
ASK = "/exports/new/pipeline?format=csv&rows=1"


def kept(database):
    with database.reading() as session:
        return session.scalars(select(ReportExport).order_by(ReportExport.id)).all()


def rows_of(answer):
    return list(csv.reader(StringIO(answer.get_data(as_text=True))))


def test_a_file_is_asked_for_made_by_the_worker_and_fetched(rita, database, config):
    assert rita.get(ASK).status_code == 200
    assert rita.send(ASK).location == "/exports"
    assert rita.send(ASK).status_code == 303
    (export,) = kept(database)
    assert "Waiting" in words(page_of(rita.get("/exports")))
    assert rita.get(f"/exports/{export.id}").status_code == 302
    assert make_exports(config, database) == 1
    page = page_of(rita.get("/exports"))
    assert "Ready" in words(page)
    assert not page.findall(".//*[@data-module='exports']")
    with rita.get(f"/exports/{export.id}") as answer:
        assert "attachment" in answer.headers["Content-Disposition"]
        rows = rows_of(answer)
    assert rows == rows_of(rita.get("/reports/pipeline/export?format=csv&rows=1"))
    with database.reading() as session:
        actions = session.scalars(select(AuditEntry.action)).all()
    assert [actions.count(f"report_export:{verb}") for verb in ("ask", "download")] == [1, 1]
    assert actions.count("report:export") == 2, "once when it was made, once for the comparison"


@pytest.mark.parametrize(
    "asked", ["format=xlsx", "format=json&rows=1", "format=csv&bom=1&rows=1&stage=screening&figure=rejected"]
)
def test_the_file_is_the_one_that_the_request_gives(rita, database, config, asked):
    rita.send(f"/exports/new/pipeline?{asked}&zone=Europe/London")
    make_exports(config, database)
    (export,) = kept(database)
    at_once = rita.get(f"/reports/pipeline/export?{asked}&zone=Europe/London").get_data()
    with rita.get(f"/exports/{export.id}") as answer:
        made = answer.get_data()
    # What a workbook says of its instant is pressed together with the rest.
    assert len(made) == len(at_once) or export.format == "xlsx"
    assert made[:30] == at_once[:30]


def test_others_neither_see_nor_fetch_nor_delete_it(app, rita, database, config):
    rita.send(ASK)
    make_exports(config, database)
    (export,) = kept(database)
    olga = sign_in(app.test_client(), "olga")
    assert "No files yet" in words(page_of(olga.get("/exports")))
    assert olga.get(f"/exports/{export.id}").status_code == 404
    assert olga.send(f"/exports/{export.id}/delete").status_code == 404
    assert sign_in(app.test_client(), "ines").get("/exports").status_code == 403
    assert rita.send(f"/exports/{export.id}/delete").status_code == 303
    assert kept(database) == []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("pipeline?format=pdf", 422),
        ("pipeline", 422),
        ("gossip?format=csv", 404),
        ("adverse-impact?format=csv", 403),
        ("pipeline?format=csv&from=tomorrow", 422),
        ("pipeline?format=csv&job=999", 422),
        ("pipeline?format=csv&rows=1&stage=limbo", 422),
        ("pipeline?format=csv&days=business", 422),
    ],
)
def test_what_cannot_be_made_is_answered_at_once(rita, database, address, status):
    assert rita.get(f"/exports/new/{address}").status_code == status
    assert rita.send(f"/exports/new/{address}").status_code == status
    assert kept(database) == []


def test_a_number_that_does_not_open_is_told_where_the_file_is_listed(rita, database, config):
    rita.send("/exports/new/pipeline?format=csv&rows=1&figure=gossip")
    assert make_exports(config, database) == 0
    page = words(page_of(rita.get("/exports")))
    assert "Not made" in page
    assert "no number" in page


def test_whoever_was_disabled_gets_nothing_made(rita, people, database, config):
    rita.send(ASK)
    with database.writing() as session:
        session.get_one(queries.ReportExport, kept(database)[0].id).user.is_active = False
    assert make_exports(config, database) == 0
    (export,) = kept(database)
    assert "no longer sign in" in export.error


def test_without_a_worker_the_page_says_so_and_offers_the_file_at_once(rita, database, monkeypatch):
    rita.send(f"{ASK}&zone=UTC")
    now = clock.now() + UNCLAIMED_AFTER * 2
    monkeypatch.setattr(clock, "now", lambda: now)
    page = page_of(rita.get("/exports"))
    assert "Nobody has begun yet" in words(page)
    (link,) = [a.get("href") for a in page.iter("a") if words(a) == "At once"]
    assert rows_of(rita.get(link))[0][0] == "job"


def test_long_files_are_asked_for_from_the_report_itself(rita, monkeypatch):
    def links():
        page = page_of(rita.get("/reports/pipeline"))
        return [a.get("href") for a in page.iter("a") if words(a) == "JSON"]

    assert all(link.startswith("/reports/") for link in links())
    monkeypatch.setattr(queries, "LONG", 2)
    assert [link.startswith("/exports/new/") for link in links()] == [True, False]
    assert report_exports.LONG > 2


def test_a_worker_that_was_killed_is_followed_by_another(rita, database, config, monkeypatch):
    rita.send(ASK)
    with database.writing() as session:
        claim_export(session, "killed")
    assert make_exports(config, database) == 0
    now = clock.now() + LEASE * 2
    monkeypatch.setattr(clock, "now", lambda: now)
    assert make_exports(config, database) == 1
    (export,) = kept(database)
    assert (export.state, export.attempts) == (ExportState.READY, 2)


def test_a_file_deleted_while_it_is_made_leaves_no_bytes(rita, database, config, monkeypatch):
    rita.send(ASK)
    (export,) = kept(database)

    def deleted_meanwhile(*given, **more):
        rita.send(f"/exports/{export.id}/delete")
        return False

    monkeypatch.setattr("tracker.services.report_exports.keep_export", deleted_meanwhile)
    assert make_exports(config, database) == 0
    assert kept(database) == []
    assert [path for path in (config.files_folder / "exports").rglob("*") if path.is_file()] == []


def test_two_workers_make_one_file(rita, database, config):
    rita.send(ASK)
    made = []
    workers = [threading.Thread(target=lambda: made.append(make_exports(config, database))) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(made) == [0, 1]
    files = [path for path in (config.files_folder / "exports").rglob("*") if path.is_file()]
    assert len(files) == 1


def test_what_a_killed_worker_left_behind_goes_and_what_is_known_stays(rita, database, config, monkeypatch):
    rita.send(ASK)
    make_exports(config, database)
    own = FileStore(config.files_folder).within("exports")
    half = own.folder / "aa" / "bb" / f"{'ab' * 24}.part"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"half")
    own.put(b"of nobody")
    assert sweep_left_behind(database, FileStore(config.files_folder)) == 0
    now = clock.now() + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: now)
    assert sweep_left_behind(database, FileStore(config.files_folder)) == 2
    assert [key for key, _ in own.stored()] == [kept(database)[0].key]


def test_a_worker_goes_on_after_a_failure(config, database):
    stopped = threading.Event()
    broken = replace(config, files_folder=config.home / "secret" / "files")
    (config.home / "secret").write_text("no folder")
    thread = threading.Thread(target=keep_making_exports, args=(broken, database, stopped))
    thread.start()
    stopped.set()
    thread.join(timeout=10)
    assert not thread.is_alive()
