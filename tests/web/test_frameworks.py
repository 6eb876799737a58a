"""Skills frameworks as pages: brought in whole or refused with the place in the file, read by all."""

import json
from typing import Any

import pytest
from sqlalchemy import event, select

from tests.interviewing import CLERKS, SEED
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.models.frameworks import FrameworkRow
from tracker.services.frameworks import import_framework

DATA = SEED.read_bytes()
HOSTILE = "<img src=x onerror=alert(1)> — check & “see”"


def changed(**changes: Any) -> bytes:
    document = json.loads(DATA)
    for place, value in changes.items():
        part, _, name = place.partition("__")
        document[part][name] = value
    return json.dumps(document).encode()


def upload(client: ReadingClient, data: bytes, name: str = "export.json") -> Any:
    quoted = name.replace('"', "%22")
    head = f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{quoted}"\r\n\r\n'
    client.get("/settings")
    return client.post(
        "/frameworks/new",
        data=head.encode() + data + b"\r\n--edge--\r\n",
        content_type="multipart/form-data; boundary=edge",
        headers={"X-CSRFToken": client.token},
    )


def stored(database: Database) -> list[FrameworkRow]:
    with database.reading() as session:
        return list(session.scalars(select(FrameworkRow).order_by(FrameworkRow.id)))


def keep(database: Database, data: bytes) -> int:
    with database.writing() as session:
        return import_framework(session, data, actor=SYSTEM).id


def text_of(response: Any) -> str:
    return " ".join("".join(page_of(response).itertext()).split())


def error_of(response: Any) -> str:
    found = page_of(response).find(".//*[@id='file-error']")
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def test_export_is_kept_once_and_shows_every_statement_with_its_source(
    client: ReadingClient, database: Database, people: dict[str, int]
) -> None:
    sign_in(client, "olga")
    assert "No frameworks yet" in text_of(client.get("/frameworks"))
    answer = upload(client, DATA)
    assert answer.status_code == 303
    page = client.get(answer.location)
    said = text_of(page)
    for sentence in (CLERKS.sha256, CLERKS.attribution, "by Olga", "Order Clerks, 43-4151.00"):
        assert sentence in said
    assert [one.text for one in CLERKS.statements() if " ".join(one.text.split()) not in said] == []
    places = {one.get("id") for one in page_of(page).iter("li")}
    assert {f"{one.level}-{one.index + 1}" for one in CLERKS.statements()} <= places
    again = upload(client, DATA)
    assert again.location == answer.location
    assert "nothing changed" in text_of(client.get(again.location))
    assert len(stored(database)) == 1


def test_newer_version_says_what_changed(
    client: ReadingClient, database: Database, people: dict[str, int]
) -> None:
    levels = json.loads(DATA)["framework"]["levels"]
    gone = levels["emerging"]["statements"].pop(0)
    levels["emerging"]["statements"].append("Parcel tracking — Trace parcels that are late")
    first = keep(database, DATA)
    second = keep(database, changed(framework__version="v.27.01", framework__levels=levels))
    sign_in(client, "ines")
    page = page_of(client.get(f"/frameworks/{second}"))
    part = page.find(".//section[@id='changes']")
    assert ["".join(one.itertext()) for one in part.iter("ins")] == [
        "v.27.01",
        "Parcel tracking — Trace parcels that are late",
    ]
    assert ["".join(one.itertext()) for one in part.iter("del")] == ["v.26.05", gone]
    assert page_of(client.get(f"/frameworks/{first}")).find(".//section[@id='changes']") is None
    links = [a.get("href") for a in page_of(client.get("/frameworks")).iter("a")]
    assert links.index(f"/frameworks/{second}") < links.index(f"/frameworks/{first}")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"[1, 2]", "a list at the top"),
        (b"[" * 100_000, "deep"),
        (DATA[:-40], ""),
        (DATA.decode().encode("utf-16"), "UTF-16"),
        (b"\xff" + DATA, "UTF-8"),
        (changed(framework__levels={"emerging": []}), "framework.levels"),
        (changed(occupation__soc=7), "occupation.soc"),
        (changed(occupation__title="x" * 301), "occupation.title"),
        (b'{"a": 1, "a": 2}', "a"),
        (b" " * 8_000_001, "8,000,001 bytes"),
    ],
)
def test_file_that_is_no_framework_is_refused_with_the_place_and_not_kept(
    client: ReadingClient, database: Database, people: dict[str, int], data: bytes, sentence: str
) -> None:
    sign_in(client, "olga")
    answer = upload(client, data)
    assert answer.status_code == 422
    assert error_of(answer)
    assert sentence in error_of(answer)
    assert stored(database) == []


def test_no_file_and_a_file_beyond_all_measure_are_refused(
    client: ReadingClient, database: Database, people: dict[str, int]
) -> None:
    sign_in(client, "olga")
    assert error_of(client.send("/frameworks/new")) == "Choose a file."
    assert error_of(client.send("/frameworks/new", {"file": "typed"})) == "Choose a file."
    assert upload(client, b" " * 13_000_000).status_code == 413
    assert stored(database) == []


def test_markup_in_a_framework_stays_text(
    client: ReadingClient, database: Database, people: dict[str, int]
) -> None:
    levels = json.loads(DATA)["framework"]["levels"]
    levels["emerging"]["statements"][0] = HOSTILE
    sign_in(client, "olga")
    answer = upload(client, changed(occupation__title=HOSTILE, framework__levels=levels), HOSTILE)
    assert answer.status_code == 303
    for path in (answer.location, "/frameworks"):
        page = client.get(path)
        assert list(page_of(page).iter("img")) == []
        assert HOSTILE in text_of(page)


@pytest.mark.parametrize(("persona", "status"), [("hank", 200), ("olga", 200), ("rita", 403), ("ines", 403)])
def test_frameworks_are_read_by_all_and_imported_by_hr_and_managers(
    client: ReadingClient, database: Database, people: dict[str, int], persona: str, status: int
) -> None:
    framework_id = keep(database, DATA)
    sign_in(client, persona)
    assert client.get("/frameworks").status_code == 200
    assert client.get(f"/frameworks/{framework_id}").status_code == 200
    assert client.get("/frameworks/99999").status_code == 404
    assert client.get("/frameworks/new").status_code == status
    assert upload(client, changed(framework__version="2")).status_code == (303 if status == 200 else 403)
    assert len(stored(database)) == (2 if status == 200 else 1)


def test_list_takes_as_many_queries_for_many_frameworks_and_reads_none_of_them(
    client: ReadingClient, database: Database, people: dict[str, int]
) -> None:
    sign_in(client, "ines")
    counts = []
    for each in range(2):
        for number in range(4):
            keep(database, changed(framework__version=f"{each}.{number}", occupation__soc=f"43-{number}"))
        seen: list[str] = []

        def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
            seen.append(statement)  # noqa: B023 - read before the next round

        event.listen(database.engine, "before_cursor_execute", note)
        client.get("/frameworks")
        event.remove(database.engine, "before_cursor_execute", note)
        counts.append(len(seen))
        assert not any("frameworks.content" in statement for statement in seen)
    assert counts[0] == counts[1]
