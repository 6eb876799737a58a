"""Several moves at once: each is decided for itself, and no refusal stops the others."""

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_application, make_candidate, make_job
from tests.moving import REJECT, move
from tracker.domain.actors import Actor, Role
from tracker.domain.deciding import MoveRequest, RequirementsUnmet
from tracker.domain.moves import MoveKind
from tracker.domain.rules import ChangedMeanwhile
from tracker.domain.stages import Outcome, Stage
from tracker.models.guards import Guard, trigger_statements
from tracker.services.moves import StaleVersion, move_many


@pytest.fixture
def rita(session: Session) -> Actor:
    return make_actor(session, Role.RECRUITER)


def test_bulk_moves_answer_for_each(session: Session, rita: Actor) -> None:
    job = make_job(session)
    good = make_application(session, job)
    gone = make_application(session, job)
    move(session, gone, REJECT, rita)
    seen = [(good, Stage.APPLICATION, 1), (gone, Stage.APPLICATION, 1)]
    results = {r.application_id: r for r in move_many(session, seen, REJECT, actor=rita)}
    assert results[good.id].move is not None
    assert isinstance(results[gone.id].error, StaleVersion)
    assert (good.outcome, gone.version) == (Outcome.REJECTED, 2)


def test_bulk_reopening_goes_on_past_an_application_with_a_younger_one(session: Session, rita: Actor) -> None:
    job, candidate = make_job(session), make_candidate(session)
    held = make_application(session, job, candidate=candidate)
    free = make_application(session, job)
    for application in (held, free):
        move(session, application, REJECT, rita)
    make_application(session, job, candidate=candidate)
    seen = [(held, Stage.APPLICATION, 2), (free, Stage.APPLICATION, 2)]
    again = MoveRequest(MoveKind.REOPEN, text="The job was approved once more")
    results = {r.application_id: r for r in move_many(session, seen, again, actor=rita)}
    assert isinstance(results[held.id].error, RequirementsUnmet)
    assert (results[free.id].error, free.outcome) == (None, Outcome.ACTIVE)


def test_what_only_the_database_refuses_stops_no_other_of_a_bulk(session: Session, rita: Actor) -> None:
    job = make_job(session)
    odd, good = make_application(session, job), make_application(session, job)
    planted = Guard("planted", "moves", "INSERT", ((f"NEW.application_id = {odd.id}", "refused by a test"),))
    for statement in trigger_statements([planted], session.get_bind().dialect.name):
        session.connection().exec_driver_sql(statement)
    seen = [(odd, Stage.APPLICATION, 1), (good, Stage.APPLICATION, 1)]
    results = {r.application_id: r for r in move_many(session, seen, REJECT, actor=rita)}
    assert isinstance(results[odd.id].error, ChangedMeanwhile)
    assert (good.outcome, odd.outcome) == (Outcome.REJECTED, Outcome.ACTIVE)
