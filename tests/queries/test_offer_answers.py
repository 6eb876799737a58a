"""Answers to offers: one for each application, whatever the versions, as of any instant."""

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_job, make_user
from tests.histories import Written, day, write_history
from tests.queries.test_hires import ACCEPT, BEGIN, MEET, OFFER, behind, count, filters
from tracker.domain.actors import Role
from tracker.domain.moves import MoveKind
from tracker.domain.offers import SalaryPeriod
from tracker.domain.stages import STAGES, Outcome, Stage
from tracker.models.jobs import Job
from tracker.models.offers import Offer

ACTIVE, HIRED, REJECTED, WITHDRAWN = Outcome


@pytest.fixture
def job(session: Session) -> Job:
    return make_job(session, openings=500)


def make_offer(session: Session, written: Written, number: int = 1, **dates) -> Offer:
    drafter, approver = (make_user(session, name, Role.HR) for name in ("Dora", "Olga"))
    offer = Offer(
        application_id=written.application.id,
        number=number,
        salary_cents=3_000_000,
        currency="GBP",
        period=SalaryPeriod.YEAR,
        starts_on=day(60).date(),
        drafted_by_id=drafter.id,
        created_at=day(4),
        expires_at=dates.pop("expires_at", day(20)),
    )
    session.add(offer)
    session.flush()
    offer.approved_at, offer.approved_by_id, offer.sent_at = day(4), approver.id, day(5)
    for name, at in dates.items():
        setattr(offer, name, at)
    session.flush()
    return offer


APPLIED = (0, Stage.APPLICATION, ACTIVE, MoveKind.APPLY)
TO_OFFER = [
    APPLIED,
    *((number, stage, ACTIVE, MoveKind.ADVANCE) for number, stage in enumerate(STAGES[1:5], start=1)),
]


@pytest.mark.parametrize(
    ("dates", "then", "reason", "answer"),
    [
        ({}, [], "", "pending"),
        ({"expires_at": day(8)}, [], "", "expired"),
        ({"expires_at": day(8)}, [(9, Stage.OFFER, REJECTED)], "less_qualified", "expired"),
        ({"declined_at": day(7)}, [], "", "declined"),
        ({"declined_at": day(7)}, [(8, Stage.OFFER, WITHDRAWN)], "offer_declined", "declined"),
        ({}, [(8, Stage.OFFER, WITHDRAWN)], "other_offer", "declined"),
        ({}, [(8, Stage.OFFER, REJECTED)], "job_closed", "taken_back"),
        ({}, [(8, Stage.OFFER, WITHDRAWN)], "considered_for_another_job", "taken_back"),
        ({"withdrawn_at": day(7)}, [], "", "taken_back"),
        ({"accepted_at": day(6)}, [(6, Stage.ONBOARDING, ACTIVE)], "", "accepted"),
        ({"accepted_at": day(6)}, [ACCEPT, (9, Stage.ONBOARDING, WITHDRAWN)], "did_not_start", "accepted"),
        ({"sent_at": None}, [], "", None),
        # An answer that comes after the instant the report is as of.
        ({"declined_at": day(11)}, [], "", "pending"),
    ],
)
def test_each_offer_has_one_answer(session, job, dates, then, reason, answer):
    written = write_history(session, job, *TO_OFFER, *then, reason=reason)
    make_offer(session, written, **dates)
    given = filters(job, as_of=day(10))
    (row,) = count(session, "offers", given)
    answers = ("accepted", "declined", "expired", "pending", "taken_back")
    assert {name: row[name] for name in answers if row[name]} == ({answer: 1} if answer else {})
    assert row["extended"] == len(behind(session, "offers", given, "extended")) == bool(answer)
    decided = answer in ("accepted", "declined", "expired")
    assert row["acceptance"] == ((answer == "accepted") if decided else None)
    # A start that failed stays a hire, and stands apart.
    assert row["failed_starts"] == (reason == "did_not_start")
    for name in (*answers[:4], "failed_starts"):
        assert len(behind(session, "offers", given, name)) == row[name]


def test_several_versions_are_one_offer_and_the_latest_sent_one_counts(session, job):
    written = write_history(session, job, *TO_OFFER)
    make_offer(session, written, declined_at=day(6))
    make_offer(session, written, 2, sent_at=day(8))
    make_offer(session, written, 3, sent_at=None)
    (row,) = count(session, "offers", filters(job, as_of=day(10)))
    assert (row["extended"], row["pending"], row["declined"]) == (1, 1, 0)
    # It was extended once, when it was first sent.
    assert count(session, "offers", filters(job, from_=day(6), as_of=day(10)))[0]["extended"] == 0


def test_imported_offers_are_those_that_came_into_offer(session, job):
    write_history(session, job, BEGIN, OFFER)
    write_history(session, job, BEGIN, OFFER, ACCEPT)
    write_history(session, job, BEGIN, OFFER, (5, Stage.OFFER, WITHDRAWN), reason="offer_declined")
    write_history(session, job, BEGIN, OFFER, (5, Stage.INTERVIEW, ACTIVE))
    write_history(session, job, BEGIN, MEET)
    (row,) = count(session, "offers", filters(job))
    assert row == {
        "extended": 4,
        "accepted": 1,
        "declined": 1,
        "expired": 0,
        "pending": 1,
        "taken_back": 1,
        "acceptance": 0.5,
        "failed_starts": 0,
    }


def test_rows_of_offers_tell_no_terms(session, job):
    written = write_history(session, job, *TO_OFFER)
    make_offer(session, written)
    (row,) = behind(session, "offers", filters(job, as_of=day(10)))
    assert set(row) == {"job", "application", "candidate", "answer", "extended_at", "answered_at", "move"}
