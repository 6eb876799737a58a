"""Many at once: one mover wins, an opening is taken once, and no writer's work is lost."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select, text, update

from tests.factories import make_application, make_job, make_user
from tests.postgres import PostgresServer
from tracker.db import Database
from tracker.domain.actors import Actor, ActorKind, Role
from tracker.domain.deciding import IllegalMove, MoveRequest, RequirementsUnmet
from tracker.domain.moves import MoveKind
from tracker.domain.onboarding import CHECKLIST, TaskOwner, TaskTemplate
from tracker.domain.requirements import Requirement
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.models.moves import Move
from tracker.models.outbox import OutboxMessage
from tracker.queries.onboarding import onboarding_templates
from tracker.services.moves import StaleVersion, make_move
from tracker.services.onboarding_templates import add_onboarding_template

REJECT = MoveRequest(MoveKind.REJECT, disposition="less_qualified")
EVERYTHING = MoveRequest(
    MoveKind.ADVANCE,
    override=frozenset({Requirement.OFFER_APPROVED, Requirement.OFFER_ACCEPTED}),
    override_reason="Agreed by telephone",
)


def at_once(people: int, deed) -> Counter:  # type: ignore[no-untyped-def,type-arg]
    """What came of the deed when so many people did it at the same moment."""
    barrier = Barrier(people)

    def one(number: int) -> str:
        barrier.wait()
        return deed(number)

    with ThreadPoolExecutor(people) as pool:
        return Counter(pool.map(one, range(people)))


def attempt(database: Database, application_id: int, request: MoveRequest, actor: Actor, version: int) -> str:
    try:
        with database.writing() as session:
            application = session.get_one(Application, application_id)
            assert application.stage is not None
            make_move(
                session,
                application.id,
                request,
                actor=actor,
                seen_stage=application.stage,
                seen_version=version,
            )
    except RuleBroken as error:
        return type(error).__name__
    return "moved"


@pytest.mark.parametrize("people", [30, 100])
def test_of_many_movers_of_one_application_exactly_one_wins(database: Database, people: int) -> None:
    with database.writing() as session:
        application = make_application(session)
        users = [make_user(session, f"Rita{n}", Role.RECRUITER) for n in range(people)]
        actors = [Actor(ActorKind.USER, id=u.id, roles=frozenset({Role.RECRUITER})) for u in users]
    came = at_once(people, lambda n: attempt(database, application.id, REJECT, actors[n], 1))
    assert came == {"moved": 1, StaleVersion.__name__: people - 1}
    with database.reading() as session:
        moves = select(func.count()).where(Move.application_id == application.id)
        mails = select(func.count()).where(
            OutboxMessage.application_id == application.id, OutboxMessage.version == 2
        )
        assert (session.scalar(moves), session.scalar(mails)) == (2, 1)


def test_twenty_people_fill_one_opening_once(database: Database) -> None:
    people = 20
    with database.writing() as session:
        job = make_job(session, openings=1)
        ids = [make_application(session, job, stage=Stage.OFFER).id for _ in range(people)]
        olga = make_user(session, "Olga", Role.HR)
        actor = Actor(ActorKind.USER, id=olga.id, roles=frozenset({Role.HR}))
    came = at_once(people, lambda n: attempt(database, ids[n], EVERYTHING, actor, 5))
    assert came == {"moved": 1, RequirementsUnmet.__name__: people - 1}
    with database.reading() as session:
        taken = select(func.count()).where(
            Application.job_id == job.id, Application.stage == Stage.ONBOARDING
        )
        assert session.scalar(taken) == 1


def test_a_checklist_is_taken_over_once(database: Database) -> None:
    with database.writing() as session:
        olga = make_user(session, "Olga", Role.HR)
        actor = Actor(ActorKind.USER, id=olga.id, roles=frozenset({Role.HR}))

    def add(number: int) -> str:
        with database.writing() as session:
            template = TaskTemplate(f"Hand out badge {number}", TaskOwner.IT, 0)
            add_onboarding_template(session, template, actor=actor)
        return "added"

    assert at_once(8, add) == {"added": 8}
    with database.reading() as session:
        assert len(onboarding_templates(session)) == len(CHECKLIST) + 8


def test_transfers_that_cross_wait_for_each_other(database: Database) -> None:
    with database.writing() as session:
        jobs = [make_job(session).id for _ in range(2)]
        crossing = [make_application(session, session.get_one(Job, jobs[n % 2])).id for n in range(16)]
        olga = make_user(session, "Olga", Role.HR)
        actor = Actor(ActorKind.USER, id=olga.id, roles=frozenset({Role.HR}))

    def transfer(number: int) -> str:
        with database.writing() as session:
            application = session.get_one(Application, crossing[number])
            make_move(
                session,
                application.id,
                MoveRequest(MoveKind.TRANSFER, text="Fits better there"),
                actor=actor,
                seen_stage=Stage.APPLICATION,
                seen_version=1,
                to_job_id=jobs[1 - number % 2],
            )
        return "moved"

    # A deadlock is an error of the database, which the deed does not catch.
    assert at_once(len(crossing), transfer) == {"moved": len(crossing)}


@pytest.mark.postgres
def test_the_two_jobs_of_a_transfer_are_locked_in_the_order_of_their_ids(
    postgres: PostgresServer,
) -> None:
    """One transfer is held up at the job with the lower id, and holds nothing that the other one needs."""
    with postgres.fresh_database("migrated") as url:
        database = Database.at(url)
        with database.writing() as session:
            low, high = make_job(session), make_job(session)
            application_id = make_application(session, high).id
            low_id, high_id = low.id, high.id
            olga = make_user(session, "Olga", Role.HR)
            actor = Actor(ActorKind.USER, id=olga.id, roles=frozenset({Role.HR}))
        with ThreadPoolExecutor(1) as pool, database.session(may_write=True) as other:
            other.execute(select(Job.id).where(Job.id == low_id).with_for_update())

            def transfer() -> str:
                request = MoveRequest(MoveKind.TRANSFER, text="Fits better there")
                with database.writing() as session:
                    application = session.get_one(Application, application_id)
                    make_move(
                        session, application.id, request, actor=actor, seen_stage=Stage.APPLICATION,
                        seen_version=1, to_job_id=low_id,
                    )  # fmt: skip
                return "moved"

            moving = pool.submit(transfer)
            waits = text(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE wait_event_type = 'Lock' AND datname = current_database()"
            )
            is_waiting = 0
            while not moving.done() and not is_waiting:
                with database.engine.connect() as watching:
                    is_waiting = watching.execute(waits).scalar_one()
            # NOWAIT: an error if the transfer held the job with the higher id already.
            other.execute(select(Job.id).where(Job.id == high_id).with_for_update(nowait=True))
            other.commit()
            assert moving.result() == "moved"
        database.engine.dispose()


def test_fifty_writers_lose_nothing(database: Database) -> None:
    writers, rounds = 50, 20
    with database.writing() as session:
        job = make_job(session, openings=1)

    def deed(number: int) -> str:
        for _ in range(rounds):
            with database.writing() as session:
                seen = session.scalars(select(Job.openings).where(Job.id == job.id).with_for_update()).one()
                session.execute(update(Job).where(Job.id == job.id).values(openings=seen + 1))
        return "done"

    assert at_once(writers, deed) == {"done": writers}
    with database.reading() as session:
        assert session.scalar(select(Job.openings).where(Job.id == job.id)) == 1 + writers * rounds


def test_a_rejection_and_an_advance_at_once_leave_one_of_them(database: Database) -> None:
    with database.writing() as session:
        application = make_application(session, stage=Stage.OFFER)
        olga = make_user(session, "Olga", Role.HR)
        actor = Actor(ActorKind.USER, id=olga.id, roles=frozenset({Role.HR}))
    came = at_once(2, lambda n: attempt(database, application.id, (REJECT, EVERYTHING)[n], actor, 5))
    assert came["moved"] == 1
    assert came[StaleVersion.__name__] + came[IllegalMove.__name__] == 1
    with database.reading() as session:
        row = session.get_one(Application, application.id)
        assert (row.version, row.outcome is Outcome.REJECTED) in ((6, True), (6, False))
