"""What candidates read of their referees: what became of asking each, and what they are asked about."""

import pytest
from flask import Flask
from sqlalchemy import update

from tests.candidates import applied, own_client
from tests.interviewing import RUBRIC, publish_rubric
from tests.web.conftest import ON_BOTH
from tests.web.pages import page_of
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.domain.reference_forms import MOST_ASKED, asked_of_referees
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.references import Reference, ReferenceResult
from tracker.services.references import add_reference, record_consent
from tracker.web.own_page import OWN_REFERENCE_LABELS

pytestmark = ON_BOTH


@pytest.mark.parametrize("result", ReferenceResult)
def test_a_referee_who_did_not_answer_is_not_said_to_have_answered(
    app: Flask, database: Database, result: ReferenceResult
) -> None:
    number, candidate_id = applied(database, Stage.REFERENCES)
    with database.writing() as session:
        application = session.get_one(Application, number)
        named = add_reference(
            session, application, referee_name="Bela Kiss", email="bela@example.org", actor=SYSTEM
        )
        record_consent(session, named, actor=SYSTEM)
        now = clock.now()
        session.execute(update(Reference).values(requested_at=now, result=result, result_at=now))
    page = page_of(own_client(app, database, candidate_id).get(f"/my/applications/{number}"))
    badges = ["".join(one.itertext()).strip() for one in page.iter("span")]
    assert OWN_REFERENCE_LABELS[result] in badges
    assert ("answered" in badges) is (result is ReferenceResult.RECEIVED)


def test_no_more_is_promised_of_referees_than_they_are_asked(app: Flask, database: Database) -> None:
    number, candidate_id = applied(database, Stage.REFERENCES)
    with database.writing() as session:
        publish_rubric(session, session.get_one(Application, number).job)
    assert len(RUBRIC.competencies) > MOST_ASKED
    page = page_of(own_client(app, database, candidate_id).get(f"/my/applications/{number}"))
    promised = ["".join(one.itertext()) for one in page.iter("li") if one.get("dir")]
    assert promised == [row.name for row in asked_of_referees(RUBRIC.competencies)]
