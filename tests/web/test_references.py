from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests.factories import join_team, make_application, make_job
from tests.interviewing import publish_rubric
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import TeamRole
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.audit import AuditEntry
from tracker.models.referees import RefereeAnswer
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
    # By telephone the same is asked as by the link, and it is marked as such.
    assert client.send(f"{one}/result", {"result": "received"}).status_code == 422
    said = {"role": "Clerk", "worked_from_on": "2020-01-31", "comment": "Careful and fast."}
    said |= {"has_confirmed_employment": "unsaid", "would_rehire": "yes"}
    refused = client.send(f"{one}/phone", said | {"worked_from_on": "2999-01-01"})
    assert refused.status_code == 422
    assert error_at(refused, "worked_from_on")
    assert client.send(f"{one}/phone", said).status_code == 303
    reference = kept(database, path)
    assert (reference.result, reference.would_rehire) == (ReferenceResult.RECEIVED, True)
    assert reference.has_confirmed_employment is None
    page = client.get(path).get_data(as_text=True)
    assert "Careful and fast." in page
    assert "Recorded by phone by Rita" in page
    assert client.send(f"{one}/phone", said).status_code == 422


def test_by_telephone_a_referee_is_asked_about_the_same_parts_of_the_work(
    client: ReadingClient, database: Database, path: str
) -> None:
    with database.writing() as session:
        publish_rubric(session, session.get_one(Application, int(path.split("/")[2])).job)
    sign_in(client, "rita")
    client.send(f"{path}/new", {"referee_name": "Maryam Baker"})
    one = f"{path}/{kept(database, path).id}"
    said = {"role": "Clerk", "worked_from_on": "2020-01-31"}
    said |= {"has_confirmed_employment": "yes", "would_rehire": "yes"}
    page = page_of(client.get(f"{one}/phone"))
    radios = {field.get("name") for field in page.iter("input") if field.get("type") == "radio"}
    parts = {name: "mostly" for name in radios if name and name.startswith("seen_")}
    assert parts
    assert client.send(f"{one}/phone", said).status_code == 422
    assert "consent" in client.send(f"{one}/phone", said | parts).get_data(as_text=True)
    client.send(f"{one}/consent")
    assert client.send(f"{one}/phone", said | parts).status_code == 303
    with database.reading() as session:
        answer = session.scalars(select(RefereeAnswer)).one()
        assert {row["seen"] for row in answer.answers} == {"mostly"}
        assert answer.recorded_by == session.scalars(select(AuditEntry.actor)).all()[-1]


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
    answer = client.send(f"{path}/{kept(database, path).id}/result", {"result": "refused"})
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
