"""A candidate is asked for consent once, and gets notice, report and rights on their own page, not before."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.candidates import applied, own_client
from tests.careers import come_in, link_in, mails_of, resume, send_form
from tests.enclosing import file_summary
from tests.factories import make_actor, make_application, make_job
from tests.moving import move
from tests.web.conftest import ON_BOTH, sign_in
from tests.web.pages import page_of
from tests.web.uploads import PDF, upload
from tracker.config import Config
from tracker.db import Database
from tracker.domain.actors import Role
from tracker.domain.deciding import MoveRequest
from tracker.domain.mails import MailEvent
from tracker.domain.moves import MoveKind
from tracker.domain.requirements import Requirement
from tracker.domain.stages import Stage
from tracker.models.adverse_notices import RightsSummary
from tracker.models.applications import Application
from tracker.models.audit import AuditEntry
from tracker.models.files import StoredFile
from tracker.models.outbox import OutboxMessage
from tracker.services.background_checks import answer_disclosure
from tracker.services.candidate_access import candidate_actor
from tracker.services.disclosures import check_disclosure_due
from tracker.services.outbox import NotToBeSent

pytestmark = ON_BOTH


def text_of(response: Any) -> str:
    return " ".join("".join(page_of(response).itertext()).split())


def assessed(app: Flask, database: Database, jurisdiction: str | None = "US") -> tuple[Any, int, int]:
    """HR's browser, the application with an adverse report, and its candidate."""
    job = {"needs_background_check": True, "jurisdiction": jurisdiction}
    number, candidate_id = applied(database, Stage.REFERENCES, **job)
    olga = sign_in(app.test_client(), "olga")
    path = f"/applications/{number}/background-check"
    said = ("adverse", "Drives daily.")
    for step, values in [
        ("disclosure", {}),
        ("consent", {"answer": "yes"}),
        ("result", {"result": "consider"}),
        ("assessment", {"assessment": said[0], "reason": said[1]}),
    ]:
        assert olga.send(f"{path}/{step}", values).status_code == 303
    return olga, number, candidate_id


def test_the_notice_waits_for_the_report_and_the_summary(app: Flask, database: Database) -> None:
    olga, number, candidate_id = assessed(app, database)
    path = f"/applications/{number}/background-check"
    refused = olga.send(f"{path}/pre-adverse", {"text": "Dear Amina"})
    assert refused.status_code == 422
    assert "Attach a copy of the report first" in text_of(refused)
    assert "File the summary of rights first" in text_of(refused)
    assert upload(olga, f"/applications/{number}/files/new", "report.pdf", PDF, kind="background_report")
    assert olga.send(f"{path}/pre-adverse", {"text": "Dear Amina"}).status_code == 422
    client = own_client(app, database, candidate_id)
    notice = f"/my/applications/{number}/background-notice"
    with database.reading() as session:
        file_id = session.scalars(select(StoredFile.id)).one()
    for page in (notice, f"{notice}/rights", f"{notice}/report/{file_id}"):
        assert client.get(page).status_code == 404
    olga.get("/notices/pre-adverse")
    sent = {"csrf_token": olga.token, "jurisdiction": "US", "file": resume("rights.txt", b"Your rights")}
    assert send_form(olga, "/notices/pre-adverse", {**sent, "jurisdiction": "XX"}).status_code == 422
    sent["file"] = resume("rights.txt", b"Your rights")
    assert send_form(olga, "/notices/pre-adverse", sent).status_code == 303
    assert olga.send(f"{path}/pre-adverse", {"text": "Because of […]"}).status_code == 422
    assert olga.send(f"{path}/pre-adverse", {"text": "Dear Amina"}).status_code == 303


def test_the_candidate_gets_notice_report_and_rights_by_the_mailed_link(
    app: Flask, database: Database, config: Config
) -> None:
    olga, number, _ = assessed(app, database)
    with database.writing() as session:
        file_summary(session)
    upload(olga, f"/applications/{number}/files/new", "report.pdf", PDF, kind="background_report")
    words = {"text": "Dear Amina,\n\nNothing is decided."}
    assert olga.send(f"/applications/{number}/background-check/pre-adverse", words).status_code == 303
    (mail,) = mails_of(database, config, MailEvent.PRE_ADVERSE)
    assert PDF not in mail.text.encode()
    client = app.test_client()
    assert come_in(client, link_in(mail)).status_code == 303
    notice = f"/my/applications/{number}/background-notice"
    assert "A notice about your background check" in text_of(client.get(f"/my/applications/{number}"))
    said = text_of(client.get(notice))
    assert "Nothing is decided." in said
    assert "report.pdf" in said
    with database.reading() as session:
        file_id = session.scalars(select(StoredFile.id)).one()
    assert client.open(f"{notice}/report/{file_id}", buffered=True).data == PDF
    rights = client.open(f"{notice}/rights", buffered=True)
    assert rights.data == b"%PDF"
    assert rights.headers["Content-Disposition"] == "attachment; filename=rights-US.pdf"
    with database.reading() as session:
        reads = select(func.count()).where(AuditEntry.action == "file:read", AuditEntry.actor == "candidate")
        assert session.scalar(reads) == 1
    # Of somebody else nothing is there, and what HR files later is not what went out.
    _, other_id = applied(database, name="Jonas Berg")
    assert own_client(app, database, other_id).get(f"{notice}/report/{file_id}").status_code == 404
    with database.writing() as session:
        file_summary(session).name = "newer.pdf"
    assert "newer.pdf" not in text_of(client.get(notice))


@pytest.mark.parametrize("persona", ["rita", "hank", "ines"])
def test_only_hr_files_summaries(app: Flask, database: Database, people: Any, persona: str) -> None:
    client = sign_in(app.test_client(), persona)
    client.get("/settings")
    sent = {"csrf_token": client.token, "jurisdiction": "US", "file": resume("rights.txt", b"Your rights")}
    assert send_form(client, "/notices/pre-adverse", sent).status_code == 403
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(RightsSummary)) == 0


def test_consent_is_asked_for_once_where_the_stage_is_reached(database: Database) -> None:
    everything = MoveRequest(MoveKind.ADVANCE, override=frozenset(Requirement), override_reason="Known to us")
    back = MoveRequest(MoveKind.RETURN, to=Stage.INTERVIEW, text="Once more")
    with database.writing() as session:
        olga = make_actor(session, Role.HR, name="Olga")
        for is_needed in (True, False):
            job = make_job(session, needs_background_check=is_needed)
            application = make_application(session, job, stage=Stage.INTERVIEW)
            for request in (everything, back, everything):
                move(session, application, request, olga)
        kind = OutboxMessage.kind == MailEvent.DISCLOSURE_DUE
        (number,) = session.scalars(select(OutboxMessage.application_id).where(kind)).all()
        asked = session.get_one(Application, number)
        assert asked.job.needs_background_check
        check_disclosure_due(session, asked)
        actor = candidate_actor(asked.candidate, asked.id)
        answer_disclosure(session, asked, is_given=True, actor=actor)
        with pytest.raises(NotToBeSent, match="answered"):
            check_disclosure_due(session, asked)
