import pytest

from tests.factories import make_application, make_job
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient
from tracker.db import Database
from tracker.domain.stages import Stage
from tracker.models.references import BackgroundCheck


@pytest.fixture
def path(database: Database) -> str:
    with database.writing() as session:
        job = make_job(session, needs_background_check=True)
        return f"/applications/{make_application(session, job, stage=Stage.REFERENCES).id}/background-check"


def kept(database: Database, path: str) -> BackgroundCheck | None:
    with database.reading() as session:
        return session.get(BackgroundCheck, int(path.split("/")[2]))


def test_report_is_assessed_by_hr_and_answered_before_the_adverse_notice(
    client: ReadingClient, database: Database, path: str
) -> None:
    sign_in(client, "olga")
    steps = [
        ("disclosure", {}),
        ("consent", {"answer": "yes"}),
        ("order", {}),
        ("result", {"result": "consider"}),
    ]
    steps += [("assessment", {"assessment": "adverse", "reason": "Drives daily."}), ("pre-adverse", {})]
    assert client.get(path).status_code == 200
    for step, values in steps:
        assert client.send(f"{path}/{step}", values).status_code == 303, step
        assert client.get(path).status_code == 200
    early = client.send(f"{path}/adverse")
    assert early.status_code == 422
    assert "may answer the report until" in early.get_data(as_text=True)
    check = kept(database, path)
    assert check is not None
    assert check.pre_adverse_sent_at
    assert check.adverse_sent_at is None


def test_check_is_not_ordered_without_consent(client: ReadingClient, database: Database, path: str) -> None:
    sign_in(client, "rita")
    client.send(f"{path}/disclosure")
    assert client.send(f"{path}/consent", {"answer": "no"}).status_code == 303
    answer = client.send(f"{path}/order")
    assert (answer.status_code, "consent first" in answer.get_data(as_text=True)) == (422, True)


def test_recruiters_record_but_only_hr_assesses_and_others_read_nothing(
    client: ReadingClient, path: str
) -> None:
    sign_in(client, "rita")
    assert client.send(f"{path}/assessment", {"assessment": "adverse", "reason": "No."}).status_code == 403
    for persona in ("hank", "ines"):
        sign_in(client, persona)
        assert client.get(path).status_code == 403
