"""Approving offers step by step: by the amount, each by another person, held by the database too."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.factories import actor_of, join_team, make_actor, make_application, make_job, make_user
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import Actor, Role, TeamRole
from tracker.domain.deciding import NotPermitted
from tracker.domain.offers import SalaryPeriod
from tracker.domain.requirements import Owner, Requirement, unmet
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.offers import Offer
from tracker.queries.facts import gather_facts
from tracker.queries.my_work import my_work
from tracker.queries.offers import approval_rules, rules_in_use, steps_of
from tracker.queries.work_kinds import Work
from tracker.services.offer_approvals import add_approval_rule, remove_approval_rule
from tracker.services.offers import approve_offer, draft_offer, send_offer

MANAGER, HR = Role.HIRING_MANAGER, Role.HR
NOW = "'2026-03-02 09:30:00.000000'"


@pytest.fixture
def application(session: Session) -> Application:
    return make_application(session, make_job(session, openings=1), stage=Stage.OFFER)


@pytest.fixture
def people(session: Session, application: Application) -> dict[str, Actor]:
    def of_team(name: str, role: Role, part: TeamRole) -> Actor:
        user = make_user(session, name, role)
        join_team(session, application.job, user, part)
        return actor_of(session, user)

    return {
        "rita": of_team("Rita", Role.RECRUITER, TeamRole.RECRUITER),
        "hank": of_team("Hank", MANAGER, TeamRole.HIRING_MANAGER),
        "olga": make_actor(session, HR, name="Olga"),
        "otto": make_actor(session, HR, name="Otto"),
        "stranger": make_actor(session, MANAGER, name="Sten"),
    }


def rule(session: Session, people: dict[str, Actor], pounds: int, role: Role) -> None:
    add_approval_rule(session, currency="GBP", from_cents=pounds * 100, role=role, actor=people["olga"])


def draft(session: Session, application: Application, actor: Actor, pounds: int = 100_000) -> Offer:
    return draft_offer(
        session,
        application,
        salary_cents=pounds * 100,
        currency="GBP",
        period=SalaryPeriod.YEAR,
        starts_on=clock.today() + timedelta(days=30),
        expires_at=clock.now() + timedelta(days=7),
        actor=actor,
    )


def asked(session: Session, actor: Actor) -> bool:
    """Whether an offer to approve is among what waits for this person."""
    return any(one.work is Work.APPROVE_OFFER for one in my_work(session, actor, clock.now()))


def owner(session: Session, application: Application) -> Role | None:
    return gather_facts(session, [application.id], now=clock.now())[application.id].offer_step


def test_an_offer_is_approved_once_each_step_is_taken_by_another_person(
    session: Session, application: Application, people: dict[str, Actor]
) -> None:
    for pounds, role in ((0, MANAGER), (60_000, HR), (90_000, HR)):
        rule(session, people, pounds, role)
    offer = draft(session, application, people["rita"])
    assert [step.role for step in steps_of(session, offer)] == [MANAGER, HR, HR]
    with pytest.raises(NotPermitted):
        approve_offer(session, offer, actor=people["olga"])
    with pytest.raises(NotPermitted):
        approve_offer(session, offer, actor=people["stranger"])
    approve_offer(session, offer, actor=people["hank"])
    assert offer.approved_at is None
    with pytest.raises(NotPermitted, match="earlier step"):
        approve_offer(session, offer, actor=people["hank"])
    approve_offer(session, offer, actor=people["olga"])
    with pytest.raises(NotPermitted, match="earlier step"):
        approve_offer(session, offer, actor=people["olga"])
    with pytest.raises(RuleBroken, match="waiting for approval"):
        send_offer(session, offer, letter=b"%PDF", actor=people["rita"])
    approve_offer(session, offer, actor=people["otto"])
    assert offer.approved_by_id == people["otto"].id
    send_offer(session, offer, letter=b"%PDF", actor=people["rita"])


def test_what_waits_and_who_owes_it_follow_the_steps(
    session: Session, application: Application, people: dict[str, Actor]
) -> None:
    rule(session, people, 0, MANAGER)
    rule(session, people, 0, HR)
    offer = draft(session, application, people["rita"])
    waiting = [asked(session, people[name]) for name in ("hank", "olga", "stranger")]
    assert (waiting, owner(session, application)) == ([True, False, False], MANAGER)
    approve_offer(session, offer, actor=people["hank"])
    waiting = [asked(session, people[name]) for name in ("hank", "olga", "stranger")]
    assert (waiting, owner(session, application)) == ([False, True, False], HR)
    approve_offer(session, offer, actor=people["olga"])
    assert not any(asked(session, person) for person in people.values())


def test_who_drafted_an_offer_takes_no_step_of_it(
    session: Session, application: Application, people: dict[str, Actor]
) -> None:
    rule(session, people, 0, HR)
    offer = draft(session, application, people["olga"])
    assert not asked(session, people["olga"])
    with pytest.raises(NotPermitted, match="drafter"):
        approve_offer(session, offer, actor=people["olga"])
    approve_offer(session, offer, actor=people["otto"])
    assert offer.approved_at is not None


def test_rules_change_only_the_offers_that_are_drafted_after_them(
    session: Session, application: Application, people: dict[str, Actor]
) -> None:
    rule(session, people, 0, MANAGER)
    offer = draft(session, application, people["rita"])
    for one in approval_rules(session):
        remove_approval_rule(session, one, actor=people["olga"])
    rule(session, people, 0, HR)
    with pytest.raises(NotPermitted):
        approve_offer(session, offer, actor=people["olga"])
    approve_offer(session, offer, actor=people["hank"])
    assert offer.approved_at is not None


def test_below_every_amount_one_approval_does(
    session: Session, application: Application, people: dict[str, Actor]
) -> None:
    rule(session, people, 90_000, HR)
    offer = draft(session, application, people["rita"], 89_999)
    assert list(steps_of(session, offer)) == []
    approve_offer(session, offer, actor=people["hank"])
    assert offer.approved_at is not None


@pytest.mark.parametrize("name", ["rita", "hank", "stranger"])
def test_only_hr_settles_who_approves(session: Session, people: dict[str, Actor], name: str) -> None:
    rule(session, people, 0, HR)
    with pytest.raises(NotPermitted):
        add_approval_rule(session, currency="EUR", from_cents=0, role=HR, actor=people[name])
    with pytest.raises(NotPermitted):
        remove_approval_rule(session, approval_rules(session)[0], actor=people[name])
    assert len(rules_in_use(session)) == 1


@pytest.fixture
def victim(database: Database) -> Iterator[tuple[Connection, dict[str, int]]]:
    """A raw connection, and the ids of an offer with two steps, of its drafter and of two others."""
    with database.writing() as session:
        application = make_application(session, make_job(session, openings=1), stage=Stage.OFFER)
        drafter = make_actor(session, HR, name="Rita")
        others = [make_actor(session, HR, name=name) for name in ("Olga", "Otto")]
        for pounds in (0, 1):
            add_approval_rule(session, currency="GBP", from_cents=pounds, role=HR, actor=drafter)
        offer = draft(session, application, drafter)
        ids = {"offer": offer.id, "drafter": drafter.id or 0}
        ids |= {"olga": others[0].id or 0, "otto": others[1].id or 0}
    with database.engine.connect() as connection:
        yield connection, ids
        connection.rollback()


STEP = "UPDATE offer_approval_steps SET"
LAID = "INSERT INTO offer_approval_steps"
ATTACKS = [
    ("an earlier step", f"{STEP} approved_at = {NOW}, approved_by_id = :olga WHERE position = 2"),
    ("the drafter takes no", f"{STEP} approved_at = {NOW}, approved_by_id = :drafter WHERE position = 1"),
    ("taken once and stays", f"{STEP} role = 'recruiter' WHERE position = 1"),
    ("taken once and stays", f"{STEP} position = 3 WHERE position = 1"),
    ("never taken away", "DELETE FROM offer_approval_steps WHERE position = 2"),
    (
        "laid out once",
        "INSERT INTO offer_approval_steps (offer_id, position, role) VALUES (:offer, 1, 'hr')",
    ),
    (
        "before its approval",
        f"{LAID} (offer_id, position, role, approved_by_id, approved_at) VALUES (:offer, 3, 'hr', 1, {NOW})",
    ),
    (
        "not taken yet",
        f"UPDATE offers SET approved_at = {NOW}, approved_by_id = :olga WHERE id = :offer",
    ),
]


@pytest.mark.parametrize(("message", "attack"), ATTACKS)
def test_the_database_refuses_a_way_round_the_steps(
    victim: tuple[Connection, dict[str, int]], message: str, attack: str
) -> None:
    connection, ids = victim
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA foreign_keys = OFF"))
    with pytest.raises(DBAPIError, match=message):
        connection.execute(text(attack), ids)


def test_the_database_lets_nobody_take_two_steps_nor_one_twice(
    victim: tuple[Connection, dict[str, int]],
) -> None:
    connection, ids = victim
    take = f"{STEP} approved_at = {NOW}, approved_by_id = :olga WHERE position = "
    connection.execute(text(f"{take} 1"), ids)
    for attack, message in (
        (f"{take} 2", "somebody else takes each step"),
        (f"{STEP} approved_by_id = :otto WHERE position = 1", "taken once and stays"),
    ):
        with pytest.raises(DBAPIError, match=message), connection.begin_nested():
            connection.execute(text(attack), ids)
    connection.execute(text(f"{take.replace(':olga', ':otto')} 2"), ids)
    connection.execute(
        text(f"UPDATE offers SET approved_at = {NOW}, approved_by_id = :otto WHERE id = :offer"), ids
    )


def test_steps_are_never_emptied_nor_replaced(victim: tuple[Connection, dict[str, int]]) -> None:
    connection, ids = victim
    if connection.dialect.name == "sqlite":
        attack = (
            "INSERT OR REPLACE INTO offer_approval_steps (offer_id, position, role) VALUES (:offer, 1, 'hr')"
        )
    else:
        attack = "TRUNCATE offer_approval_steps CASCADE"
    with pytest.raises(DBAPIError, match=r"laid out once|never emptied"):
        connection.execute(text(attack), ids)


def test_what_is_missing_names_who_takes_the_next_step(
    session: Session, application: Application, people: dict[str, Actor]
) -> None:
    rule(session, people, 0, HR)
    draft(session, application, people["rita"])
    facts = gather_facts(session, [application.id], now=clock.now())[application.id]
    (missing,) = unmet((Requirement.OFFER_APPROVED,), facts, clock.today())
    assert missing.owner is Owner.HR


def test_an_offer_that_nobody_could_approve_to_its_end_is_not_drafted(
    session: Session, application: Application, people: dict[str, Actor]
) -> None:
    rule(session, people, 0, MANAGER)
    rule(session, people, 90_000, MANAGER)
    draft(session, application, people["rita"], pounds=89_999)
    with pytest.raises(RuleBroken, match="2 by a hiring manager of the job"):
        draft(session, make_application(session, application.job, stage=Stage.OFFER), people["rita"])
    other = make_user(session, "Hedda", MANAGER)
    join_team(session, application.job, other, TeamRole.HIRING_MANAGER)
    draft(session, make_application(session, application.job, stage=Stage.OFFER), people["rita"])
    other.is_active = False
    session.flush()
    with pytest.raises(RuleBroken, match="could never be approved"):
        draft(session, make_application(session, application.job, stage=Stage.OFFER), people["rita"])
