from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.enclosing import enclose
from tests.factories import make_application, make_job
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient
from tests.web.test_job_setups import People
from tracker.app import create_app
from tracker.config import Config
from tracker.db import Database
from tracker.domain.stages import Stage
from tracker.models.audit import AuditEntry
from tracker.models.references import BackgroundCheck


@pytest.fixture
def path(database: Database) -> str:
    with database.writing() as session:
        job = make_job(session, needs_background_check=True)
        application = make_application(session, job, stage=Stage.REFERENCES)
        enclose(session, application)
        return f"/applications/{application.id}/background-check"


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
    steps += [
        ("assessment", {"assessment": "adverse", "reason": "Drives daily."}),
        ("pre-adverse", {"text": "Dear"}),
    ]
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


def test_the_notice_of_the_jobs_jurisdiction_stands_with_its_source_and_time(
    client: ReadingClient, database: Database
) -> None:
    with database.writing() as session:
        job = make_job(session, needs_background_check=True, jurisdiction="US-PA-PHL", title="<b>Clerk</b>")
        application = make_application(session, job, stage=Stage.REFERENCES)
        number = application.id
        enclose(session, application)
    path = f"/applications/{number}/background-check"
    sign_in(client, "olga")
    steps = [("disclosure", {}), ("consent", {"answer": "yes"}), ("result", {"result": "consider"})]
    for step, values in steps:
        client.send(f"{path}/{step}", values)
    assert "Before an adverse decision" not in client.get(path).get_data(as_text=True)
    client.send(f"{path}/assessment", {"assessment": "adverse", "reason": "Drives daily."})
    page = client.get(path).get_data(as_text=True)
    assert "10 business days, by Philadelphia Code 9-3504, since 14 Mar 2016" in page
    assert "The words, by Philadelphia Code 9-3504, with 15 USC 1681b(b)(3)(A)" in page
    assert "for &lt;b&gt;Clerk&lt;/b&gt;" in page
    assert "the summary of rights" in page
    assert sign_in(client, "rita").get(path).get_data(as_text=True).count("The words, by") == 0
    sign_in(client, "olga")
    client.send(f"{path}/pre-adverse", {"text": "Dear Amina"})
    page = client.get(path).get_data(as_text=True)
    assert "may answer until the end of" in page
    assert "The words, by" not in page
    with database.reading() as session:
        detail = session.scalars(
            select(AuditEntry.detail).where(AuditEntry.action == "background_check:send_pre_adverse")
        ).one()
    assert detail["business_days"] == 10
    assert detail["waiting"] == "Philadelphia Code 9-3504"


@pytest.mark.parametrize(("persona", "status"), [("olga", 200), ("rita", 403), ("hank", 403), ("ines", 403)])
def test_hr_reads_the_table_of_words_and_times(
    client: ReadingClient, people: dict[str, int], persona: str, status: int
) -> None:
    answer = sign_in(client, persona).get("/notices/pre-adverse")
    assert answer.status_code == status
    if status == 200:
        for source in ("15 USC 1681b(b)(3)(A)", "Cal. Gov. Code 12952(c)", "8-107(11-a)", "9-3504"):
            assert source in answer.get_data(as_text=True)


def test_the_notice_is_the_organisations_where_the_job_names_no_jurisdiction(
    config: Config, database: Database, people: People
) -> None:
    with database.writing() as session:
        job = make_job(session, needs_background_check=True)
        path = f"/applications/{make_application(session, job, stage=Stage.REFERENCES).id}/background-check"
    app = create_app(replace(config, jurisdiction="us-pa-phl"), database)
    app.test_client_class = ReadingClient
    client: ReadingClient = sign_in(app.test_client(), "olga")  # type: ignore[arg-type]
    for step, values in [
        ("disclosure", {}),
        ("consent", {"answer": "yes"}),
        ("result", {"result": "consider"}),
    ]:
        client.send(f"{path}/{step}", values)
    client.send(f"{path}/assessment", {"assessment": "adverse", "reason": "Drives daily."})
    assert "10 business days, by Philadelphia Code" in client.get(path).get_data(as_text=True)
