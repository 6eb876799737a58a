"""What stands between a person and their erasure: legal holds, the talent pool, and wishes that must wait."""

from datetime import date, timedelta

import pytest

from tests.erasing import US, erase, later, old, rejected, store
from tests.factories import make_actor, make_job
from tracker.domain.actors import Role
from tracker.domain.notices import NoticeKind
from tracker.domain.rules import RuleBroken
from tracker.models.data_requests import DataRequestState
from tracker.models.erasures import ErasureCause
from tracker.models.notices import Consent
from tracker.queries.retention import conflicts, judge_everyone
from tracker.services.erasure_requests import ask_for_erasure
from tracker.services.erasures import plan_purge
from tracker.services.legal_holds import place_hold, release_hold

__all__ = ["later", "old", "store"]


def test_a_hold_keeps_and_its_release_lets_go(session, store, old, later):
    olga = make_actor(session, Role.HR)
    hold = place_hold(session, "A charge was filed", candidate=old, actor=olga)
    assert plan_purge(session, policy=US, actor=olga).candidate_ids == ()
    with pytest.raises(RuleBroken, match="Held"):
        erase(session, store, old, cause=ErasureCause.REQUEST)
    release_hold(session, hold, actor=olga)
    with pytest.raises(RuleBroken, match="released already"):
        release_hold(session, hold, actor=olga)
    assert plan_purge(session, policy=US, actor=olga).candidate_ids == (old.id,)
    erase(session, store, old)
    assert hold.reason == "Erased"


@pytest.mark.parametrize(
    ("job", "from_on", "to_on", "is_held"),
    [
        (True, None, None, True),
        (False, date(2026, 3, 1), date(2026, 3, 1), True),
        (False, date(2026, 3, 2), None, False),
        (False, None, date(2026, 2, 28), False),
        (True, date(2026, 3, 2), None, False),
    ],
)
def test_a_hold_reaches_whom_all_of_it_is_true_of(session, later, job, from_on, to_on, is_held):
    one, other = make_job(session, jurisdiction="US"), make_job(session, jurisdiction="US")
    held = rejected(session, job=one)
    free = rejected(session, job=other)
    olga = make_actor(session, Role.HR)
    place_hold(session, "Audit", job=one if job else None, from_on=from_on, to_on=to_on, actor=olga)
    due = {line.candidate_id for line in judge_everyone(session, later, policy=US) if line.verdict.is_due}
    assert (held.id not in due) is is_held
    assert (free.id not in due) is (is_held and not job)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 2001}, "reason"),
        ({}, "candidate"),
        ({"from_on": date(2026, 2, 2), "to_on": date(2026, 2, 1)}, "to_on"),
        ({"from_on": date(20, 2, 2)}, "from_on"),
    ],
)
def test_a_hold_says_whom_and_why(session, given, field):
    with pytest.raises(RuleBroken) as refused:
        place_hold(session, **({"reason": "Audit"} | given), actor=make_actor(session, Role.HR))
    assert refused.value.field == field


def test_agreeing_to_the_talent_pool_keeps_until_it_ends_or_is_taken_back(session, old, later):
    def is_due():
        (line,) = judge_everyone(session, later, policy=US)
        return line.verdict.is_due

    def say(is_given, days):
        session.add(
            Consent(
                candidate_id=old.id,
                kind=NoticeKind.TALENT_POOL,
                version="talent_pool-0",
                is_given=is_given,
                at=later,
                expires_on=later.date() + timedelta(days=days),
            )
        )
        session.flush()

    assert is_due()
    say(True, 1)
    assert not is_due()
    say(True, 0)
    assert is_due()
    say(True, 9)
    say(False, 9)
    assert is_due()


def test_an_erasure_settles_the_wish_for_it(session, store, old, later):
    olga = make_actor(session, Role.HR)
    asked = ask_for_erasure(session, old, note="I am Amina", actor=olga)
    assert conflicts(session, later, policy=US) == []
    hold = place_hold(session, "Audit", candidate=old, actor=olga)
    assert [line.candidate_id for line in conflicts(session, later, policy=US)] == [old.id]
    release_hold(session, hold, actor=olga)
    erase(session, store, old, cause=ErasureCause.REQUEST, actor=olga)
    assert (asked.state, asked.note) == (DataRequestState.DONE, None)
    assert conflicts(session, later, policy=US) == []
