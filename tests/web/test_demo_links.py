"""Without a mail server a demonstration opens the links of its mails; nothing else ever does."""

from dataclasses import replace

from sqlalchemy import select

from tests.careers import fill_in_application, posted_job
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient
from tracker.app import create_app
from tracker.config import Config
from tracker.db import Database
from tracker.models.candidate_access import CandidateLink


def test_hr_opens_the_link_of_a_mail_in_a_demonstration(
    config: Config, database: Database, people: dict[str, int]
) -> None:
    app = create_app(replace(config, is_demo=True), database)
    app.test_client_class = ReadingClient
    client = app.test_client()
    fill_in_application(client, posted_job(database))
    assert "Olga of HR" in client.get("/careers/applied").get_data(as_text=True)
    sign_in(client, "olga")
    assert "/outbox/1/open-link" in client.get("/outbox/1").get_data(as_text=True)
    answer = client.send("/outbox/1/open-link")
    assert answer.status_code == 303
    assert "Open my page" in client.get(answer.headers["Location"]).get_data(as_text=True)
    assert sign_in(client, "rita").send("/outbox/1/open-link").status_code == 403


def test_outside_a_demonstration_nobody_of_the_house_opens_it(
    client: ReadingClient, database: Database
) -> None:
    fill_in_application(client, posted_job(database))
    sign_in(client, "olga")
    assert "open-link" not in client.get("/outbox/1").get_data(as_text=True)
    assert client.send("/outbox/1/open-link").status_code == 404
    with database.reading() as session:
        assert session.scalars(select(CandidateLink)).all() == []


def test_where_mail_goes_out_a_demonstration_says_nothing_else(
    config: Config, database: Database, people: dict[str, int]
) -> None:
    app = create_app(replace(config, is_demo=True, mail_url="smtp://127.0.0.1:2525"), database)
    app.test_client_class = ReadingClient
    client = app.test_client()
    fill_in_application(client, posted_job(database))
    assert "no mail goes out" not in client.get("/careers/applied").get_data(as_text=True)
    sign_in(client, "olga")
    assert "no mail goes out" not in client.get("/outbox/1").get_data(as_text=True)
    assert client.send("/outbox/1/open-link").status_code == 404
