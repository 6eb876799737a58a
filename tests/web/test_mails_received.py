"""Answers that came in by mail, on the timeline, for those who may reach the candidate."""

import pytest

from tests.factories import actor_of, join_team, make_application, make_job
from tests.interviewing import publish_rubric, schedule
from tests.web.conftest import sign_in
from tests.web.known_candidates import text_of
from tracker import clock
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.domain.stages import Stage
from tracker.models.incoming_mails import IncomingMail
from tracker.models.users import User

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def application_id(database, people):
    with database.writing() as session:
        job = make_job(session)
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        publish_rubric(session, job)
        application = make_application(session, job, stage=Stage.INTERVIEW)
        ines = actor_of(session, session.get_one(User, people["ines"]))
        schedule(session, application, ines, actor=SYSTEM)
        session.add(
            IncomingMail(
                application_id=application.id,
                message_hash="x",
                from_name=f"Amina {HOSTILE}",
                from_email="amina@example.net",
                is_from_candidate=True,
                subject=f"Re: {HOSTILE}",
                text=f"CANARY {HOSTILE}",
                left_out=["run.exe"],
                received_at=clock.now(),
            )
        )
        return application.id


@pytest.mark.parametrize(
    ("persona", "reads"), [("rita", True), ("olga", True), ("hank", True), ("ines", False)]
)
def test_the_timeline_shows_it_as_text(client, application_id, persona, reads):
    answer = sign_in(client, persona).get(f"/applications/{application_id}")
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert ("CANARY" in page) is reads
    assert HOSTILE not in page
    if reads:
        assert "Came with it and was not taken in: run.exe" in text_of(answer)
