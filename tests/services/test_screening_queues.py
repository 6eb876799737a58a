"""The screening queue: who waits, in which order, and what passing and rejecting keep."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_application, make_job
from tracker import clock
from tracker.domain.actors import Actor, Role, TeamRole
from tracker.domain.deciding import MoveRequest, NotPermitted
from tracker.domain.moves import MoveKind
from tracker.domain.qualifications import Judged, Verdict, asked_of
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.models.moves import Move
from tracker.models.outbox import OutboxMessage
from tracker.models.screenings import CallResult
from tracker.queries.screening_queues import first_in_queue, place_of, what_is_ahead
from tracker.queries.screenings import reviews_of
from tracker.services.moves import StaleVersion, make_move
from tracker.services.screening_queues import AlreadyReviewed, pass_resume, reject_at_screening
from tracker.services.screenings import record_resume_review, record_screening_call

LICENCE, GERMAN = "Forklift licence", "Some German"


@pytest.fixture
def rita(session: Session) -> Actor:
    return make_actor(session, Role.RECRUITER)


@pytest.fixture
def olga(session: Session) -> Actor:
    return make_actor(session, Role.HR, name="Olga")


@pytest.fixture
def job(session: Session) -> Job:
    return make_job(session, minimum_qualifications=[LICENCE], preferred_qualifications=[GERMAN])


@pytest.fixture
def queue(session: Session, job: Job, monkeypatch: pytest.MonkeyPatch) -> list[Application]:
    """Three applications that came into Screening on three days, the middle one made last."""
    now = clock.now()
    made = {}
    for days in (3, 1, 2):
        monkeypatch.setattr(clock, "now", lambda days=days: now - timedelta(days=days))
        made[days] = make_application(session, job, stage=Stage.SCREENING)
    monkeypatch.setattr(clock, "now", lambda: now)
    return [made[3], made[2], made[1]]


def judged(verdict: Verdict = Verdict.MET, reason: str = "") -> list[Judged]:
    return [Judged(asked_of([LICENCE], [])[0], verdict, reason)]


def passes(session: Session, application: Application, actor: Actor, **more: object) -> object:
    seen = {"seen_version": application.version, "seen_review_id": None, **more}
    return pass_resume(session, application, judged(), actor=actor, **seen)


def rejects(
    session: Session, application: Application, actor: Actor, said: list[Judged], **more: object
) -> Move:
    values = {
        "disposition": "minimum_qualifications",
        "seen_version": application.version,
        "seen_review_id": None,
        **more,
    }
    return reject_at_screening(session, application, said, actor=actor, **values)


def test_who_waits_longest_comes_first_and_each_knows_its_neighbours(
    session: Session, job: Job, queue: list[Application], rita: Actor
) -> None:
    first, second, third = queue
    make_application(session, job)
    make_application(session, job, stage=Stage.INTERVIEW)
    make_application(session, stage=Stage.SCREENING)
    assert first_in_queue(session, job.id, rita) == first.id
    places = [place_of(session, one, rita) for one in queue]
    assert [(place.position, place.total) for place in places] == [(1, 3), (2, 3), (3, 3)]
    assert [place.next_id for place in places] == [second.id, third.id, None]
    assert [place.previous_id for place in places] == [None, first.id, second.id]


def test_applications_of_the_same_instant_each_come_once(
    session: Session, job: Job, rita: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    made = [make_application(session, job, stage=Stage.SCREENING) for _ in range(3)]
    seen, here = [], first_in_queue(session, job.id, rita)
    while here is not None:
        seen.append(here)
        here = place_of(session, session.get_one(Application, here), rita).next_id
    assert seen == [one.id for one in made]


def test_reviewed_ones_leave_the_queue_and_what_is_ahead_is_counted(
    session: Session, job: Job, queue: list[Application], rita: Actor
) -> None:
    first, second, third = queue
    assert what_is_ahead(session, job.id, rita) == (3, 0, 0)
    passes(session, first, rita)
    assert (first_in_queue(session, job.id, rita), place_of(session, third, rita).position) == (second.id, 2)
    record_resume_review(session, second, passed=False, reason="No licence", actor=rita)
    assert what_is_ahead(session, job.id, rita) == (1, 1, 1)
    record_screening_call(session, first, result=CallResult.STRONG, actor=rita)
    assert what_is_ahead(session, job.id, rita) == (1, 0, 1)


def test_queue_is_for_those_who_screen(session: Session, job: Job, queue: list[Application]) -> None:
    hank = make_actor(session, Role.HIRING_MANAGER, job, [TeamRole.HIRING_MANAGER], name="Hank")
    assert first_in_queue(session, job.id, hank) is None
    for deed in (passes, lambda *args: rejects(*args, judged(Verdict.NOT_MET))):
        with pytest.raises(NotPermitted):
            deed(session, queue[0], hank)


def test_passing_keeps_each_judgement_with_its_reason(
    session: Session, queue: list[Application], rita: Actor
) -> None:
    said = judged(Verdict.UNCLEAR, "Ask on the call")
    review = pass_resume(session, queue[0], said, seen_version=2, seen_review_id=None, actor=rita)
    assert review.passed
    assert review.qualifications == [{"qualification": LICENCE, "is_met": None, "reason": "Ask on the call"}]


def test_same_pass_sent_twice_is_one_review(session: Session, queue: list[Application], rita: Actor) -> None:
    assert passes(session, queue[0], rita) is passes(session, queue[0], rita)
    assert len(reviews_of(session, queue[0].id)) == 1


def test_second_recruiter_learns_of_the_first_and_may_insist(
    session: Session, queue: list[Application], rita: Actor, olga: Actor
) -> None:
    first = passes(session, queue[0], rita)
    with pytest.raises(AlreadyReviewed) as refused:
        passes(session, queue[0], olga)
    assert refused.value.review is first
    with pytest.raises(AlreadyReviewed):
        rejects(session, queue[0], olga, judged(Verdict.NOT_MET))
    again = passes(session, queue[0], olga, seen_review_id=first.id)
    assert [one.id for one in reviews_of(session, queue[0].id)] == [again.id, first.id]


def test_application_that_moved_meanwhile_is_a_conflict_that_says_how(
    session: Session, queue: list[Application], rita: Actor
) -> None:
    seen = queue[0].version
    closing = MoveRequest(MoveKind.WITHDRAW, disposition="other_offer")
    make_move(session, queue[0].id, closing, actor=rita, seen_stage=Stage.SCREENING, seen_version=seen)
    for deed in (passes, lambda *args, **more: rejects(*args, judged(Verdict.NOT_MET), **more)):
        with pytest.raises(StaleVersion) as refused:
            deed(session, queue[0], rita, seen_version=seen)
        assert [move.kind for move in refused.value.moves] == [MoveKind.WITHDRAW]
    assert not reviews_of(session, queue[0].id)


def test_rejection_is_one_move_with_its_review(
    session: Session, queue: list[Application], rita: Actor
) -> None:
    seen = queue[0].version
    move = rejects(session, queue[0], rita, judged(Verdict.NOT_MET, "Expired"), idempotency_key="once")
    again = rejects(
        session, queue[0], rita, judged(Verdict.NOT_MET, "Expired"), idempotency_key="once", seen_version=seen
    )
    assert (again, move.reason, queue[0].outcome) == (move, "minimum_qualifications", Outcome.REJECTED)
    (review,) = reviews_of(session, queue[0].id)
    assert (review.passed, review.reason) == (False, "Does not meet a minimum qualification")
    assert review.qualifications == [{"qualification": LICENCE, "is_met": False, "reason": "Expired"}]


@pytest.mark.parametrize("mails", [True, False])
def test_rejection_writes_to_the_candidate_only_if_asked(
    session: Session, queue: list[Application], rita: Actor, mails: bool
) -> None:
    before = len(session.scalars(select(OutboxMessage)).all())
    rejects(session, queue[0], rita, judged(Verdict.NOT_MET), mails=mails)
    assert len(session.scalars(select(OutboxMessage)).all()) - before == int(mails)


@pytest.mark.parametrize(
    ("disposition", "said", "keeps"),
    [
        ("less_qualified", [], True),
        ("position_filled", [], False),
        ("position_filled", judged(), True),
        ("duplicate", [], False),
    ],
)
def test_reason_that_is_not_about_the_resume_says_nothing_of_it(
    session: Session,
    queue: list[Application],
    rita: Actor,
    disposition: str,
    said: list[Judged],
    keeps: bool,
) -> None:
    rejects(session, queue[0], rita, said, disposition=disposition)
    assert bool(reviews_of(session, queue[0].id)) is keeps


@pytest.mark.parametrize("said", [[], judged(), judged(Verdict.UNCLEAR)])
def test_missed_minimum_must_be_named(
    session: Session, queue: list[Application], rita: Actor, said: list[Judged]
) -> None:
    with pytest.raises(RuleBroken, match="Mark the minimum") as refused:
        rejects(session, queue[0], rita, said)
    assert refused.value.field == "disposition"


@pytest.mark.parametrize("disposition", [None, "", "other_offer", "nonsense"])
def test_rejection_without_a_reason_of_the_list_is_refused(
    session: Session, queue: list[Application], rita: Actor, disposition: str | None
) -> None:
    with pytest.raises(RuleBroken):
        rejects(session, queue[0], rita, [], disposition=disposition)
    session.expire_all()
    assert queue[0].outcome is Outcome.ACTIVE
