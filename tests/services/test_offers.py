"""Offers: approved by another person, answered before they expire; accepting is the move."""

from datetime import date, datetime, time, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.factories import actor_of, join_team, make_actor, make_application, make_job, make_user
from tests.zones import days_of
from tracker import clock
from tracker.domain.actors import Actor, ActorKind, Role, TeamRole
from tracker.domain.deciding import MoveRequest, NotPermitted, RequirementsUnmet
from tracker.domain.moves import MoveKind
from tracker.domain.offers import OfferStatus, SalaryPeriod
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.offers import Offer
from tracker.queries.offers import offers_of, status_of
from tracker.queries.onboarding import tasks_of
from tracker.services.moves import StaleVersion, make_move
from tracker.services.offers import (
    accept_offer,
    approve_offer,
    decline_offer,
    draft_offer,
    send_offer,
    withdraw_offer,
)


@pytest.fixture
def application(session: Session) -> Application:
    # Somebody is there who could approve, whoever drafts.
    make_actor(session, Role.HR, name="Otto")
    return make_application(session, make_job(session, openings=1), stage=Stage.OFFER)


@pytest.fixture
def rita(session: Session, application: Application) -> Actor:
    user = make_user(session, "Rita", Role.RECRUITER)
    join_team(session, application.job, user, TeamRole.RECRUITER)
    return actor_of(session, user)


@pytest.fixture
def olga(session: Session) -> Actor:
    return make_actor(session, Role.HR, name="Olga")


def draft(session: Session, application: Application, actor: Actor, **changed: object) -> Offer:
    given = {
        "salary_cents": 3_150_000,
        "currency": "USD",
        "period": SalaryPeriod.YEAR,
        "starts_on": clock.today() + timedelta(days=30),
        "expires_at": clock.now() + timedelta(days=7),
    }
    return draft_offer(session, application, **{**given, **changed}, actor=actor)


def sent(session: Session, application: Application, drafter: Actor, approver: Actor) -> Offer:
    offer = draft(session, application, drafter)
    approve_offer(session, offer, actor=approver)
    return send_offer(session, offer, letter=b"%PDF", actor=drafter)


def candidate_of(application: Application) -> Actor:
    return Actor(ActorKind.CANDIDATE, application_id=application.id)


def accept(session: Session, offer: Offer, actor: Actor) -> None:
    accept_offer(session, offer, actor=actor, seen_version=offer.application.version)


def test_acceptance_is_the_move(session: Session, application: Application, rita: Actor, olga: Actor) -> None:
    offer = sent(session, application, rita, olga)
    version = application.version
    move = accept_offer(session, offer, actor=rita, seen_version=version)
    assert (move.kind, move.to_stage, move.version) == (MoveKind.ADVANCE, Stage.ONBOARDING, version + 1)
    assert application.stage is Stage.ONBOARDING
    assert offer.accepted_version == application.version
    assert status_of(offer, clock.now()) is OfferStatus.ACCEPTED
    assert tasks_of(session, application.id)


def test_candidate_accepts_their_own_offer_only(
    session: Session, application: Application, rita: Actor, olga: Actor
) -> None:
    offer = sent(session, application, rita, olga)
    stranger = candidate_of(make_application(session, stage=Stage.OFFER))
    with pytest.raises(NotPermitted):
        accept(session, offer, stranger)
    with pytest.raises(NotPermitted):
        decline_offer(session, offer, reason="Not me", actor=stranger)
    accept(session, offer, candidate_of(application))
    assert application.stage is Stage.ONBOARDING


def test_application_does_not_advance_without_an_acceptance(
    session: Session, application: Application, rita: Actor, olga: Actor
) -> None:
    sent(session, application, rita, olga)
    seen = {"seen_stage": Stage.OFFER, "seen_version": application.version}
    with pytest.raises(RequirementsUnmet, match="acceptance"):
        make_move(session, application.id, MoveRequest(MoveKind.ADVANCE), actor=rita, **seen)


def test_acceptance_without_a_free_opening_leaves_no_trace(
    session: Session, application: Application, rita: Actor, olga: Actor
) -> None:
    offer = sent(session, application, rita, olga)
    make_application(session, application.job, stage=Stage.ONBOARDING)
    with pytest.raises(RequirementsUnmet, match="a free opening"):
        accept(session, offer, rita)
    assert (offer.accepted_at, application.stage) == (None, Stage.OFFER)
    assert tasks_of(session, application.id) == []


def test_acceptance_from_an_outdated_page_is_a_conflict(
    session: Session, application: Application, rita: Actor, olga: Actor
) -> None:
    offer = sent(session, application, rita, olga)
    with pytest.raises(StaleVersion):
        accept_offer(session, offer, actor=rita, seen_version=application.version - 1)
    assert offer.accepted_at is None


def test_expired_offer_is_not_accepted(
    session: Session,
    application: Application,
    rita: Actor,
    olga: Actor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    offer = sent(session, application, rita, olga)
    late = offer.expires_at + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: late)
    with pytest.raises(RuleBroken, match="it is expired"):
        accept(session, offer, rita)
    assert draft(session, application, rita).number == 2


def test_database_itself_refuses_a_late_acceptance(
    session: Session, application: Application, rita: Actor, olga: Actor
) -> None:
    offer = sent(session, application, rita, olga)
    offer.accepted_at = offer.expires_at + timedelta(seconds=1)
    with pytest.raises(IntegrityError, match="accepted_in_time"):
        session.flush()


def test_drafter_never_approves(session: Session, application: Application, olga: Actor) -> None:
    offer = draft(session, application, olga)
    with pytest.raises(NotPermitted, match="Somebody other than its drafter"):
        approve_offer(session, offer, actor=olga)
    assert offer.approved_at is None


def test_database_itself_refuses_self_approval(
    session: Session, application: Application, olga: Actor
) -> None:
    offer = draft(session, application, olga)
    attack = text("UPDATE offers SET approved_at = :at, approved_by_id = drafted_by_id WHERE id = :id")
    with pytest.raises(IntegrityError, match="approver_not_drafter"):
        session.execute(attack, {"at": "2026-03-02 09:30:00", "id": offer.id})


def test_recruiter_approves_no_offer(session: Session, application: Application, olga: Actor) -> None:
    offer = draft(session, application, olga)
    with pytest.raises(NotPermitted):
        approve_offer(session, offer, actor=make_actor(session, Role.RECRUITER))


def test_hiring_manager_of_the_job_approves(session: Session, application: Application, rita: Actor) -> None:
    offer = draft(session, application, rita)
    with pytest.raises(NotPermitted):
        approve_offer(session, offer, actor=make_actor(session, Role.HIRING_MANAGER))
    hank = make_actor(session, Role.HIRING_MANAGER, application.job, [TeamRole.HIRING_MANAGER])
    assert approve_offer(session, offer, actor=hank).approved_by_id == hank.id


def test_recruiter_of_another_job_drafts_nothing(session: Session, application: Application) -> None:
    with pytest.raises(NotPermitted):
        draft(session, application, make_actor(session, Role.RECRUITER))


def test_offer_is_sent_only_after_approval(session: Session, application: Application, rita: Actor) -> None:
    offer = draft(session, application, rita)
    with pytest.raises(RuleBroken, match="waiting for approval"):
        send_offer(session, offer, letter=b"%PDF", actor=rita)
    with pytest.raises(RuleBroken, match="cannot be accepted"):
        accept(session, offer, rita)


def test_second_offer_waits_until_the_first_is_closed(
    session: Session, application: Application, rita: Actor
) -> None:
    first = draft(session, application, rita)
    with pytest.raises(RuleBroken, match="open already"):
        draft(session, application, rita)
    with pytest.raises(RuleBroken, match="reason for withdrawing"):
        withdraw_offer(session, first, reason=" ", actor=rita)
    withdraw_offer(session, first, reason="The salary was wrong", actor=rita)
    with pytest.raises(RuleBroken, match="it is withdrawn"):
        withdraw_offer(session, first, reason="Again", actor=rita)
    assert draft(session, application, rita).number == 2
    assert len(offers_of(session, application.id)) == 2


def test_declined_offer_is_answered_for_good(
    session: Session, application: Application, rita: Actor, olga: Actor
) -> None:
    offer = sent(session, application, rita, olga)
    with pytest.raises(RuleBroken, match="reason for declining"):
        decline_offer(session, offer, reason="", actor=rita)
    decline_offer(session, offer, reason="Took another offer", actor=rita)
    assert application.stage is Stage.OFFER
    with pytest.raises(RuleBroken, match="it is declined"):
        accept(session, offer, rita)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"salary_cents": 0}, "salary"),
        ({"currency": "ZZZ"}, "currency"),
        ({"expires_at": clock.now() - timedelta(days=1)}, "expires_at"),
        ({"starts_on": clock.today() - timedelta(days=1)}, "starts_on"),
        ({"starts_on": date.max}, "starts_on"),
        ({"starts_on": clock.today() + timedelta(days=6)}, "starts_on"),
        ({"expires_at": datetime.max.replace(tzinfo=timezone(timedelta(hours=-5)))}, "expires_at"),
    ],
)
def test_terms_that_make_no_sense_are_refused_at_their_field(
    session: Session, application: Application, rita: Actor, changed: dict, field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        draft(session, application, rita, **changed)
    assert refused.value.field == field


def test_the_last_day_to_answer_may_be_the_first_day_of_work_where_the_organisation_is(
    session: Session, application: Application, rita: Actor
) -> None:
    day = clock.today() + timedelta(days=6)
    with days_of("America/Los_Angeles"):
        # In UTC the day after has begun.
        last = datetime.combine(day, time(23, 59, 59), clock.zone())
        assert draft(session, application, rita, starts_on=day, expires_at=last).starts_on == day


def test_offers_belong_to_the_offer_stage_of_an_active_application(
    session: Session, application: Application, rita: Actor, olga: Actor
) -> None:
    with pytest.raises(RuleBroken, match="belongs to Offer"):
        draft(session, make_application(session, stage=Stage.REFERENCES), olga)
    offer = sent(session, application, rita, olga)
    closing = MoveRequest(MoveKind.WITHDRAW, disposition="salary")
    seen = {"seen_stage": Stage.OFFER, "seen_version": application.version}
    make_move(session, application.id, closing, actor=rita, **seen)
    assert application.outcome is Outcome.WITHDRAWN
    with pytest.raises(RuleBroken, match="active application"):
        accept(session, offer, rita)
    session.refresh(offer)
    assert status_of(offer, clock.now()) is OfferStatus.VOID


def test_nothing_is_drafted_that_nobody_could_approve(session: Session) -> None:
    application = make_application(session, make_job(session), stage=Stage.OFFER)
    only = make_actor(session, Role.HR, name="Olga")
    with pytest.raises(RuleBroken, match="Nobody is there to approve"):
        draft(session, application, only)
    # On the team, but a hiring manager no longer.
    former = make_user(session, "Hank", Role.INTERVIEWER)
    join_team(session, application.job, former, TeamRole.HIRING_MANAGER)
    with pytest.raises(RuleBroken, match="Nobody is there to approve"):
        draft(session, application, only)
    join_team(
        session, application.job, make_user(session, "Hedda", Role.HIRING_MANAGER), TeamRole.HIRING_MANAGER
    )
    assert draft(session, application, only).number == 1
