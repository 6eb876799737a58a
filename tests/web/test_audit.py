"""HR reads who did what, narrows it, and takes it away, which is on record itself."""

import csv
import re
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import select

import tracker
from tests.factories import make_application, make_job
from tests.web.conftest import sign_in
from tests.web.pages import page_of
from tracker.models.audit import AuditEntry
from tracker.queries.audit import NOUNS, detail_of


def lines_of(response):
    return [
        " ".join("".join(row.itertext()).split()) for row in page_of(response).findall(".//main//tbody/tr")
    ]


@pytest.fixture
def application_id(client, database, people):
    """An application with a note by Rita, whose sign-in is on record too."""
    with database.writing() as session:
        number = make_application(session, make_job(session)).id
    rita = sign_in(client, "rita")
    page = page_of(rita.get(f"/applications/{number}"))
    token = page.find(".//head/meta[@name='csrf-token']").get("content")
    rita.post(f"/applications/{number}/notes", data={"csrf_token": token, "text": "Called twice"})
    return number


def test_hr_finds_what_one_person_did_to_one_application(app, application_id, people):
    olga = sign_in(app.test_client(), "olga")
    everything = lines_of(olga.get("/audit"))
    assert any("note: create" in line and "Rita" in line for line in everything)
    asked = f"/audit?actor=user:{people['rita']}&application={application_id}"
    (line,) = lines_of(olga.get(asked))
    assert "note: create" in line
    assert "Called twice" not in line
    assert lines_of(olga.get("/audit?noun=user"))
    assert all("user: " in line for line in lines_of(olga.get("/audit?noun=user")))
    assert lines_of(olga.get("/audit?to=2000-01-01")) == ["Nothing of the kind is on record."]


def test_the_log_is_taken_away_as_csv_and_that_is_on_record(app, database, application_id):
    olga = sign_in(app.test_client(), "olga")
    answer = olga.get(f"/audit/export?application={application_id}")
    rows = list(csv.DictReader(StringIO(answer.get_data(as_text=True))))
    assert [row["action"] for row in rows] == ["note:create"]
    assert rows[0]["who"] == "Rita"
    with database.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "audit:export")).one()
    assert entry.detail == {"application": str(application_id)}


@pytest.mark.parametrize(
    "query",
    [
        "application=x",
        "application=1x",
        "application=-1",
        "application=٣",
        "actor=nobody",
        "from=yesterday",
        "from=2026-02-02&to=2026-02-01",
    ],
)
def test_filters_that_mean_nothing_say_so(client, people, query):
    olga = sign_in(client, "olga")
    answer = olga.get(f"/audit?{query}")
    assert answer.status_code == 422
    assert page_of(answer).findall(".//*[@aria-invalid='true']")
    assert olga.get(f"/audit/export?{query}").status_code == 422


def test_every_noun_that_is_recorded_can_be_asked_for():
    written = "".join(path.read_text() for path in Path(tracker.__file__).parent.rglob("*.py"))
    recorded = set(re.findall(r'\brecord\(\s*\w+(?:\(\))?,\s*"([a-z_]+):', written))
    assert len(recorded) > 30
    assert recorded <= set(NOUNS)


@pytest.mark.parametrize("query", ["before=0", "before=99999999999999999999", "application=9999999999"])
def test_far_numbers_find_nothing(client, people, query):
    assert lines_of(sign_in(client, "olga").get(f"/audit?{query}"))


@pytest.mark.parametrize("persona", ["rita", "hank", "ines"])
@pytest.mark.parametrize("address", ["/audit", "/audit/export"])
def test_nobody_but_hr_reads_the_log(client, people, persona, address):
    assert sign_in(client, persona).get(address).status_code == 403


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        (None, ""),
        ({"is_done": True, "has_rows": False}, "is done: yes; has rows: no"),
        ({"panel": [3, 8], "names": [], "reason": None}, "panel: 3, 8; names: –; reason: –"),
        ({"window": {"from": None, "to": [1, 2]}}, "window: from –, to 1, 2"),
        (
            {"minutes": 0, "starts_at": "2026-03-01T09:00:00+00:00"},
            "minutes: 0; starts at: 2026-03-01T09:00:00+00:00",
        ),
    ],
)
def test_what_an_entry_says_besides_is_in_words(detail, said):
    assert detail_of(AuditEntry(detail=detail)) == said
