"""What waits of offers: with those who see to each, and of the latest offer of an application alone."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.queries.test_my_work import Office
from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.deciding import MoveRequest
from tracker.domain.moves import MoveKind
from tracker.domain.offers import SalaryPeriod
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.offers import Offer
from tracker.queries.my_work import my_work
from tracker.queries.work_kinds import Work
from tracker.services.moves import make_move
from tracker.services.offers import accept_offer, approve_offer, decline_offer, draft_offer, send_offer


@pytest.fixture
def office(session: Session) -> Office:
    return Office(session)


def drafted_offer(office: Office, application: Application, drafter: Actor | None = None) -> Offer:
    return draft_offer(
        office.session,
        application,
        salary_cents=3_000_000,
        currency="EUR",
        period=SalaryPeriod.YEAR,
        starts_on=clock.today() + timedelta(days=20),
        expires_at=clock.now() + timedelta(days=2),
        actor=drafter or office.rita,
    )


def sent_offer(office: Office, application: Application) -> Offer:
    offer = drafted_offer(office, application)
    approve_offer(office.session, offer, actor=office.hank)
    return send_offer(office.session, offer, letter=b"%PDF", actor=office.rita)


def test_an_offer_waits_for_those_who_approve_and_never_for_its_drafter(office: Office) -> None:
    drafted_offer(office, office.place(Stage.OFFER), office.olga)
    assert office.who_waits(Work.APPROVE_OFFER) == {"hank"}


def test_offers_wait_for_the_recruiters_of_the_job_and_not_for_whom_the_application_was_given_to(
    office: Office,
) -> None:
    application = office.place(Stage.OFFER)
    application.recruiter_id = office.other_rita.id
    offer = drafted_offer(office, application)
    assert office.who_waits(Work.APPROVE_OFFER) == {"hank", "olga"}
    approve_offer(office.session, offer, actor=office.hank)
    assert office.who_waits(Work.SEND_OFFER) == {"rita"}
    send_offer(office.session, offer, letter=b"%PDF", actor=office.rita)
    assert office.who_waits(Work.OFFER_ENDING) == {"rita"}
    accept_offer(office.session, offer, actor=office.rita, seen_version=application.version)
    assert office.who_waits(Work.OFFER_ENDING) == set()
    assert office.who_waits(Work.OFFER_ACCEPTED) == {"rita"}


def test_an_offer_that_ended_unanswered_waits_until_a_later_one_is_drafted(office: Office) -> None:
    application = office.place(Stage.OFFER)
    with clock.standing_at(clock.now() - timedelta(days=5)):
        ended = sent_offer(office, application)
    assert office.waiting(office.rita, Work.OFFER_ENDING) == [ended.id]
    later = sent_offer(office, application)
    assert office.waiting(office.rita, Work.OFFER_ENDING) == [later.id]
    decline_offer(office.session, later, reason="Too far", actor=office.rita)
    assert office.who_waits(Work.OFFER_ENDING) == set()


def test_a_declined_offer_waits_with_its_reason_until_somebody_drafts_another_or_closes(
    office: Office,
) -> None:
    application = office.place(Stage.OFFER)
    declined = decline_offer(
        office.session, sent_offer(office, application), reason="Too far", actor=office.rita
    )
    assert office.who_waits(Work.OFFER_DECLINED) == {"rita"}
    (group,) = [
        one for one in my_work(office.session, office.rita, clock.now()) if one.work is Work.OFFER_DECLINED
    ]
    assert [(row.id, row.application_id, row.detail) for row in group.rows] == [
        (declined.id, application.id, "Too far")
    ]
    again = sent_offer(office, application)
    assert office.who_waits(Work.OFFER_DECLINED) == set()
    decline_offer(office.session, again, reason="Still too far", actor=office.rita)
    assert office.waiting(office.rita, Work.OFFER_DECLINED) == [again.id]
    request = MoveRequest(MoveKind.WITHDRAW, disposition="offer_declined")
    seen = {"seen_version": application.version, "seen_stage": application.stage}
    make_move(office.session, application.id, request, actor=office.rita, **seen)
    assert office.who_waits(Work.OFFER_DECLINED) == set()
