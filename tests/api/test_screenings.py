"""Screening by API stays as it was, whatever the pages of the job ask besides."""

from tests.api.conftest import People, Program, said, team_job
from tests.factories import actor_of, make_application
from tracker.db import Database
from tracker.domain.qualifications import Judged, Verdict, asked_of
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.users import User
from tracker.services.screening_queues import pass_resume

MINIMUM, PREFERRED = ["Types fast", "Forklift licence"], ["Some German"]


def test_call_by_program_has_a_result_alone_and_what_cannot_be_told_is_left_out(
    rita: Program, database: Database, people: People
) -> None:
    with database.writing() as session:
        job = team_job(
            session,
            people,
            minimum_qualifications=MINIMUM,
            preferred_qualifications=PREFERRED,
            screening_points=["Why this job", "Notice period", "Shifts"],
        )
        number = make_application(session, job, stage=Stage.SCREENING).id
        application = session.get_one(Application, number)
        verdicts = (Verdict.MET, Verdict.UNCLEAR, Verdict.NOT_MET)
        asked = asked_of(MINIMUM, PREFERRED)
        judged = [Judged(one, verdict, "So it says") for one, verdict in zip(asked, verdicts, strict=True)]
        pass_resume(
            session,
            application,
            judged,
            seen_version=application.version,
            seen_review_id=None,
            actor=actor_of(session, session.get_one(User, people["rita"])),
        )
    shown = said(rita.put(f"/applications/{number}/screening", {"call": {"result": "strong"}}))
    assert shown["call"]["result"] == "strong"
    assert shown["resume_review"]["qualifications"] == {"Types fast": True}
