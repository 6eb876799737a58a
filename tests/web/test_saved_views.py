import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import make_job
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker.db import Database
from tracker.models.saved_views import SavedView


def text_of(response: object) -> str:
    return " ".join("".join(page_of(response).itertext()).split())  # type: ignore[arg-type]


@pytest.fixture
def job_id(database: Database, people: dict[str, int]) -> int:
    with database.writing() as session:
        return make_job(session).id


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(SavedView.name).order_by(SavedView.id)))


def test_filters_of_board_and_table_are_kept_and_opened_from_the_menu(
    client: ReadingClient, database: Database, job_id: int
) -> None:
    sign_in(client, "rita")
    table = f"/jobs/{job_id}?view=table&outcome=any&tag=Nights&over=1&after=7-1"
    save = next(
        a.get("href")
        for a in page_of(client.get(table[: table.index("&after")])).iter("a")
        if "Save this view" in "".join(a.itertext())
    )
    assert "Over target" in text_of(client.get(save))
    assert client.send(save, {"name": "Late ones"}).status_code == 303
    menu = page_of(client.get(f"/jobs/{job_id}")).find(".//div[@id='views']")
    link = next(a.get("href") for a in menu.iter("a") if "".join(a.itertext()) == "Late ones")
    assert link == f"/jobs/{job_id}?view=table&outcome=any&tag=Nights&over=1"
    button = page_of(client.get(link)).find(".//button[@popovertarget='views']")
    assert "".join(button.itertext()) == "Late ones"


def test_view_without_a_name_or_with_a_taken_one_is_refused_at_the_field(
    client: ReadingClient, database: Database, job_id: int
) -> None:
    sign_in(client, "rita")
    path = f"/jobs/{job_id}/views/new?over=1"
    assert client.send(path, {"name": "Late"}).status_code == 303
    for name, message in ((" ", "Give the view a name."), ("late", "You have a view of this name here.")):
        answer = client.send(path, {"name": name})
        assert answer.status_code == 422
        assert message in text_of(answer)
    assert names(database) == ["Late"]


def test_own_view_is_renamed_and_deleted(client: ReadingClient, database: Database, job_id: int) -> None:
    sign_in(client, "rita")
    client.send(f"/jobs/{job_id}/views/new", {"name": "Late"})
    with database.reading() as session:
        path = f"/saved-views/{session.scalars(select(SavedView.id)).one()}"
    assert client.send(f"{path}/rename", {"name": "Very late"}).location == f"/jobs/{job_id}/views"
    assert names(database) == ["Very late"]
    assert "Very late" in text_of(client.get(f"/jobs/{job_id}/views"))
    assert client.get(f"{path}/delete").status_code == 200
    assert client.send(f"{path}/delete").status_code == 303
    assert names(database) == []


def test_views_of_others_do_not_exist(
    client: ReadingClient, app: Flask, database: Database, job_id: int
) -> None:
    sign_in(client, "rita")
    client.send(f"/jobs/{job_id}/views/new", {"name": "Canary"})
    with database.reading() as session:
        path = f"/saved-views/{session.scalars(select(SavedView.id)).one()}"
    olga = sign_in(app.test_client(), "olga")  # type: ignore[arg-type]
    for deed, values in (("rename", {"name": "Hers"}), ("delete", {})):
        assert olga.get(f"{path}/{deed}").status_code == 404
        assert olga.send(f"{path}/{deed}", values).status_code == 404
    assert "Canary" not in text_of(olga.get(f"/jobs/{job_id}/views"))
    assert "Canary" not in text_of(olga.get(f"/jobs/{job_id}"))
    assert names(database) == ["Canary"]


def test_nobody_saves_a_view_of_a_job_they_may_not_know_of(
    client: ReadingClient, database: Database, job_id: int
) -> None:
    sign_in(client, "ines")
    assert client.get(f"/jobs/{job_id}/views").status_code == 404
    assert client.send(f"/jobs/{job_id}/views/new", {"name": "Mine"}).status_code == 404
    assert names(database) == []
