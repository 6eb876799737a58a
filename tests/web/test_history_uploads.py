"""Importing a history from the page: brought, checked, set right, imported once; what is said of bad ones."""

import csv
from contextlib import contextmanager
from io import BytesIO, StringIO

import pytest
from sqlalchemy import func, select

from tests.event_tables import GREENHOUSE, LEVER, swollen, zip_of
from tests.factories import make_job
from tests.web.conftest import sign_in
from tests.web.pages import page_of
from tests.web.report_pages import words
from tracker import clock
from tracker.cli.history_uploads import look_at_uploads
from tracker.db import Database
from tracker.domain.event_logs import read_mapping
from tracker.domain.history_uploads import KEPT_FOR
from tracker.domain.report_exports import LEASE
from tracker.files import FileStore
from tracker.models.applications import Application
from tracker.models.history_uploads import HistoryUpload
from tracker.models.moves import Move
from tracker.services import history_import
from tracker.services.history_uploads import FOLDER, claim_upload, drop_uploads

LIST = (
    b"No;Step;When;Name\n"
    b"1;In;2026-01-02 09:00;Amina Yusuf\n1;Talk;2026-01-05 09:00;Amina Yusuf\n2;In;2026-01-03;Jo Park\n"
)
OURS = (
    b"application,candidate,at,activity\n"
    b"a,Amina,2026-01-02,application\na,Amina,2026-01-03,screening\nb,Jo,yesterday,application\n"
)


@pytest.fixture
def job_id(database, people):
    with database.writing() as session:
        return make_job(session, title="Order clerk").id


@pytest.fixture
def olga(client, job_id):
    return sign_in(client, "olga")


@pytest.fixture
def work(config, database):
    return lambda: look_at_uploads(config, database)


def bring(client, data, name="list.csv", job="file", system="ours", **more):
    given = {
        "job": str(job),
        "system": system,
        "zone": "Europe/London",
        "file": (BytesIO(data), name),
        **more,
    }
    return client.send("/history/imports/new", given, content_type="multipart/form-data")


def shown(client, number=1):
    return words(page_of(client.get(f"/history/imports/{number}")).find(".//main"))


def press(client, action, number=1, **values):
    page = page_of(client.get(f"/history/imports/{number}"))
    fields = {
        field.get("name"): field.get("value") for field in page.findall(".//main//input[@name='version']")
    }
    for select_ in page.findall(".//main//select"):
        chosen = [option.get("value") for option in select_ if option.get("selected") is not None]
        fields[select_.get("name")] = chosen[0] if chosen else ""
    return client.send(f"/history/imports/{number}/{action}", {**fields, **values})


def numbers(database):
    with database.reading() as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in (Application, Move)]


@pytest.mark.parametrize(("system", "tables", "moves"), [("greenhouse", GREENHOUSE, 8), ("lever", LEVER, 9)])
def test_tables_are_brought_checked_and_imported_once(olga, database, config, work, system, tables, moves):
    assert bring(olga, zip_of(tables), "all.zip", system=system).location == "/history/imports/1"
    assert "Waits to be checked" in shown(olga)
    assert work() == 1
    assert numbers(database) == [0, 0]
    assert "Applications to import3" in shown(olga)
    assert press(olga, "import").status_code == 303
    assert work() == 1
    assert numbers(database) == [3, moves]
    assert "Imported" in shown(olga)
    assert list(FileStore(config.files_folder).within(FOLDER).stored()) == []
    bring(olga, zip_of(tables), "all.zip", system=system)
    work()
    assert "Every application of the file was imported before" in shown(olga, 2)
    assert numbers(database) == [3, moves]


def test_a_list_of_unknown_columns_and_words_is_set_right_on_the_page(olga, database, job_id, work):
    bring(olga, LIST, job=job_id)
    work()
    page = page_of(olga.get("/history/imports/1"))
    chosen = [
        option.get("value")
        for option in page.findall(".//select//option")
        if option.get("selected") is not None and option.get("value")
    ]
    assert chosen == ["activity", "at", "candidate"]
    assert press(olga, "check", **{"column-0": ""}).status_code == 422
    assert press(olga, "check", **{"column-0": "application"}).status_code == 303
    work()
    assert "Say what the file’s words mean" in shown(olga)
    press(olga, "check", **{"means-0": "stage:application", "means-1": "stage:interview"})
    work()
    assert "Applications to import2Moves3" in shown(olga)
    mapping = read_mapping(olga.get("/history/imports/1/mapping").get_data(as_text=True))
    assert mapping.stages["Talk"] == "interview"
    press(olga, "import")
    work()
    assert numbers(database) == [2, 3]
    with database.reading() as session:
        assert {one.stage for one in session.scalars(select(Application))} == {"application", "interview"}


def test_bad_lines_are_listed_taken_away_and_left_out_only_when_that_is_wished(olga, database, job_id, work):
    bring(olga, OURS, job=job_id)
    work()
    assert "no instant" in shown(olga)
    lines = list(csv.reader(StringIO(olga.get("/history/imports/1/bad-lines").get_data(as_text=True))))
    assert lines[1][:2] == ["4", "b"]
    refused = press(olga, "import")
    assert refused.status_code == 422
    assert "Tick this" in refused.get_data(as_text=True)
    assert work() == 0
    press(olga, "import", is_without_bad="y")
    work()
    assert numbers(database) == [1, 2]


@pytest.mark.parametrize(
    ("data", "more", "sentence"),
    [
        (b"", {}, "The file is empty"),
        (b"\n \n", {}, "The file is empty"),
        (b"x", {"name": "list.docx"}, "must end in"),
        (b"x", {"zone": "Mars/Olympus"}, "no time zone"),
        (b"x", {"job": ""}, "Choose a job"),
        (b"x", {"job": "999"}, "Not a valid choice"),
        (b"x", {"system": "own"}, "Choose the mapping file"),
        (b"x", {"system": "own", "mapping": (BytesIO(b"[shoes]"), "m.toml")}, "means nothing here"),
        (b"x", {"system": "own", "mapping": (BytesIO(b"\xff"), "m.toml")}, "not UTF-8"),
    ],
)
def test_what_cannot_be_brought_is_answered_at_its_field(olga, config, database, data, more, sentence):
    answer = bring(olga, data, **more)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    with database.reading() as session:
        assert session.scalars(select(HistoryUpload)).all() == []
    assert list(FileStore(config.files_folder).within(FOLDER).stored()) == []


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"application,at,activity\n<<<<<<< HEAD\n", "list.csv", "never settled"),
        (b"application,at,activity\na,2026-01-01,screening \xff\n", "list.csv", "not UTF-8"),
        (
            ",".join(["application", "at", "activity", *map(str, range(200))]).encode(),
            "list.csv",
            "203 columns",
        ),
        (b"no zip", "list.zip", "say which system"),
        (b"<log>", "list.xes", "no XML"),
        (OURS, "list.csv", "which job"),
    ],
)
def test_what_cannot_be_read_says_why_and_nothing_comes_in(olga, database, work, data, name, sentence):
    assert bring(olga, data, name).status_code == 303
    work()
    assert sentence in shown(olga)
    assert press(olga, "import").status_code == 404 or numbers(database) == [0, 0]
    assert work() == 0


def test_an_import_that_was_killed_goes_on_where_it_ended(olga, database, job_id, work, monkeypatch):
    rows = "".join(f"a{n},Person {n},2026-01-02,screening\n" for n in range(30))
    bring(olga, b"application,candidate,at,activity\n" + rows.encode(), job=job_id)
    work()
    press(olga, "import")
    monkeypatch.setattr("tracker.services.history_plans.batches.__defaults__", (10,))
    original, calls = history_import._write_moves, []

    def dies(*given):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return original(*given)

    monkeypatch.setattr(history_import, "_write_moves", dies)
    with pytest.raises(KeyboardInterrupt):
        work()
    assert numbers(database)[0] == 10
    monkeypatch.setattr(history_import, "_write_moves", original)
    assert work() == 0, "it is still in the hand of whoever was killed"
    now = clock.now() + LEASE * 2
    monkeypatch.setattr(clock, "now", lambda: now)
    assert work() == 1
    assert numbers(database) == [30, 30]
    assert "Imported" in shown(olga)


def test_an_import_ends_at_once_when_its_file_is_dropped_for_an_erasure(
    olga, config, database, job_id, work, monkeypatch
):
    rows = "".join(f"a{n},Person {n},2026-01-02,screening\n" for n in range(30))
    bring(olga, b"application,candidate,at,activity\n" + rows.encode(), job=job_id)
    work()
    press(olga, "import")
    monkeypatch.setattr("tracker.services.history_plans.batches.__defaults__", (10,))
    original = database.writing

    @contextmanager
    def writing(self):
        with original() as session:
            yield session
        if numbers(database)[0] == 10:
            with original() as session:
                drop_uploads(session, FileStore(config.files_folder), is_over_only=False)

    monkeypatch.setattr(Database, "writing", writing)
    assert work() == 0
    assert numbers(database)[0] == 10


def test_two_workers_do_not_take_the_same_file(olga, database, job_id):
    bring(olga, OURS, job=job_id)
    with database.writing() as session:
        assert claim_upload(session, "one") is not None
        assert claim_upload(session, "two") is None


def test_nobody_but_hr_brings_histories(app, olga, job_id):
    bring(olga, OURS, job=job_id)
    for persona in ("rita", "hank", "ines"):
        client = sign_in(app.test_client(), persona)
        for path in ("", "/new", "/1", "/1/bad-lines", "/1/mapping"):
            assert client.get(f"/history/imports{path}").status_code == 403
        for path in ("/new", "/1/check", "/1/import", "/1/delete"):
            assert client.send(f"/history/imports{path}").status_code == 403


def test_files_are_deleted_on_wish_after_a_week_and_when_somebody_is_erased(
    olga, config, database, job_id, work, monkeypatch
):
    store = FileStore(config.files_folder)
    bring(olga, OURS, job=job_id)
    assert olga.send("/history/imports/1/delete").status_code == 303
    bring(olga, OURS, job=job_id)
    with database.writing() as session:
        assert drop_uploads(session, store, is_over_only=False) == 1
    bring(olga, OURS, job=job_id)
    work()
    now = clock.now() + KEPT_FOR
    monkeypatch.setattr(clock, "now", lambda: now)
    work()
    with database.reading() as session:
        assert session.scalars(select(HistoryUpload)).all() == []
    assert list(store.within(FOLDER).stored()) == []


@pytest.mark.parametrize("ending", ["csv.gz", "zip"])
def test_a_file_that_swells_is_left_to_the_command_line(olga, database, job_id, work, ending):
    bring(olga, swollen(ending), f"list.{ending}", job=job_id)
    assert work() == 1
    assert "holds more than 200 MB: import it from the command line" in shown(olga)
    assert numbers(database) == [0, 0]


def test_a_form_that_is_older_than_the_file_changes_nothing(olga, job_id, work):
    bring(olga, OURS, job=job_id)
    work()
    answer = olga.send("/history/imports/1/import", {"version": "1", "is_without_bad": "y"})
    assert answer.status_code == 422
    assert "changed meanwhile" in answer.get_data(as_text=True)
    assert work() == 0
