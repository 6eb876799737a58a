from datetime import UTC, datetime

import pytest

from tests.factories import join_team, make_application, make_job
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import TeamRole
from tracker.domain.stages import Stage
from tracker.models.references import Reference, ReferenceResult
from tracker.models.users import User
from tracker.queries.references import references_of

People = dict[str, int]


@pytest.fixture
def path(database: Database, people: People) -> str:
    with database.writing() as session:
        job = make_job(session)
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        return f"/applications/{make_application(session, job, stage=Stage.REFERENCES).id}/references"


def kept(database: Database, path: str) -> Reference:
    with database.reading() as session:
        (found,) = references_of(session, int(path.split("/")[2]))
        return found


def error_at(response: object, field: str) -> str:
    found = page_of(response).find(f".//*[@id='{field}-error']")  # type: ignore[arg-type]
    return "" if found is None else " ".join("".join(found.itertext()).split())


def test_referee_is_named_agreed_to_asked_and_heard(
    client: ReadingClient, database: Database, path: str
) -> None:
    sign_in(client, "rita")
    assert client.get(path).status_code == 200
    referee = {"referee_name": "Maryam Baker", "relationship": "Manager", "email": "maryam@example.net"}
    assert client.send(f"{path}/new", referee).status_code == 303
    one = f"{path}/{kept(database, path).id}"
    assert client.send(f"{one}/consent").status_code == 303
    assert client.send(f"{one}/request").status_code == 303
    said = {"result": "received", "summary": "Careful and fast.", "would_rehire": "yes"}
    assert client.send(f"{one}/result", said).status_code == 303
    reference = kept(database, path)
    assert (reference.result, reference.would_rehire) == (ReferenceResult.RECEIVED, True)
    assert reference.has_confirmed_employment is None
    assert "Careful and fast." in client.get(path).get_data(as_text=True)


def test_only_a_mail_that_goes_out_is_told_of(client: ReadingClient, database: Database, path: str) -> None:
    sign_in(client, "rita")
    client.send(f"{path}/new", {"referee_name": "Maryam Baker", "email": "maryam@example.net"})
    one = f"{path}/{kept(database, path).id}"
    client.send(f"{one}/consent")
    with clock.standing_at(datetime(2026, 5, 4, 9, 30, tzinfo=UTC)):
        for is_told in (True, False):
            assert client.send(f"{one}/request").status_code == 303
            page = client.get(path).get_data(as_text=True)
            assert "The referee is asked." in page
            assert ("A mail with a link" in page) is is_told


def test_referee_is_not_asked_without_consent(client: ReadingClient, database: Database, path: str) -> None:
    sign_in(client, "rita")
    client.send(f"{path}/new", {"referee_name": "Maryam Baker"})
    answer = client.send(f"{path}/{kept(database, path).id}/result", {"result": "received"})
    assert answer.status_code == 422
    assert "consent" in answer.get_data(as_text=True)
    assert kept(database, path).result is None


def test_mistyped_address_of_a_referee_is_shown_at_its_field(client: ReadingClient, path: str) -> None:
    sign_in(client, "rita")
    answer = client.send(f"{path}/new", {"referee_name": "Maryam Baker", "email": "nowhere"})
    assert answer.status_code == 422
    assert error_at(answer, "email")
    assert 'value="Maryam Baker"' in answer.get_data(as_text=True)


@pytest.mark.parametrize("persona", ["hank", "ines"])
def test_references_are_for_recruiters_and_hr(client: ReadingClient, path: str, persona: str) -> None:
    sign_in(client, persona)
    assert client.get(path).status_code == 403
    assert client.send(f"{path}/new", {"referee_name": "Maryam Baker"}).status_code == 403


def test_reference_is_found_under_its_own_application_only(
    client: ReadingClient, database: Database, path: str
) -> None:
    sign_in(client, "rita")
    client.send(f"{path}/new", {"referee_name": "Maryam Baker"})
    with database.writing() as session:
        other = make_application(session, stage=Stage.REFERENCES).id
    answer = client.send(f"/applications/{other}/references/{kept(database, path).id}/consent")
    assert answer.status_code == 404
