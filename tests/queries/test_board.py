from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.factories import (
    actor_of,
    join_team,
    make_actor,
    make_application,
    make_candidate,
    make_job,
    make_user,
)
from tests.interviewing import plan_rounds, publish_rubric, schedule
from tracker import clock
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.deciding import MoveRequest
from tracker.domain.moves import MoveKind
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import STAGES, Stage
from tracker.models.jobs import Job, StageTarget
from tracker.queries.board import CARDS, BoardFilters, Column, board
from tracker.services.moves import make_move

ALL = BoardFilters()


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        seen.append(statement)

    engine = session.connection().engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def fill(session: Session, each: int) -> Job:
    job = make_job(session, openings=2 * each)
    for stage in STAGES:
        for _ in range(each):
            make_application(session, job, stage=stage)
    return job


def by_stage(columns: tuple[Column, ...]) -> dict[Stage, Column]:
    return {column.stage: column for column in columns}


def test_board_asks_the_same_number_of_queries_for_six_cards_and_for_a_full_page(session: Session) -> None:
    rita = make_actor(session, Role.RECRUITER)
    asked = []
    for each in (1, CARDS):
        job = fill(session, each)
        with statements(session) as seen:
            columns = board(session, job.id, rita, ALL, clock.now())
        assert [len(column.cards) for column in columns] == [each] * len(STAGES)
        asked.append(len(seen))
    assert asked[0] == asked[1]
    assert asked[1] <= 12


def test_column_counts_every_active_application_and_shows_the_oldest_twenty_five(session: Session) -> None:
    rita = make_actor(session, Role.RECRUITER)
    job = make_job(session)
    made = [make_application(session, job) for _ in range(CARDS + 2)]
    gone = make_application(session, job)
    reject = MoveRequest(MoveKind.REJECT, disposition="incomplete")
    make_move(session, gone.id, reject, actor=rita, seen_stage=Stage.APPLICATION, seen_version=1)
    column = board(session, job.id, rita, ALL, clock.now())[0]
    assert column.number == str(CARDS + 2)
    assert [card.id for card in column.cards] == [one.id for one in made[:CARDS]]
    assert column.next_after is not None
    (rest,) = board(session, job.id, rita, ALL, clock.now(), stage=Stage.APPLICATION, after=column.next_after)
    assert [card.id for card in rest.cards] == [one.id for one in made[CARDS:]]
    assert rest.next_after is None


@pytest.mark.parametrize("place", ["x", "7", "-1-5", "1-x", "99999999999999999999-1", "1-" + "9" * 30])
def test_a_place_that_is_none_is_refused_in_words(session: Session, place: str) -> None:
    rita = make_actor(session, Role.RECRUITER)
    job = make_job(session)
    with pytest.raises(RuleBroken, match="begin at the first"):
        board(session, job.id, rita, ALL, clock.now(), stage=Stage.OFFER, after=place)


def test_card_says_what_is_missing_or_that_nothing_is(session: Session) -> None:
    rita = make_actor(session, Role.RECRUITER)
    job = make_job(session)
    make_application(session, job)
    make_application(session, job, candidate=make_candidate(session, profile={"basics": {}}))
    make_application(session, job, stage=Stage.SCREENING)
    columns = by_stage(board(session, job.id, rita, ALL, clock.now()))
    first, second = columns[Stage.APPLICATION].cards
    assert (first.missing, first.is_ready) == ("résumé or a profile", False)
    assert (second.missing, second.is_ready) == (None, True)
    assert columns[Stage.SCREENING].cards[0].missing == "résumé review and 1 more"


def test_card_is_over_once_it_waits_longer_than_the_jobs_own_target(session: Session) -> None:
    rita = make_actor(session, Role.RECRUITER)
    job = make_job(session)
    session.add(StageTarget(job_id=job.id, stage=Stage.APPLICATION, days=2))
    session.flush()
    application = make_application(session, job)
    entered = application.stage_entered_at
    assert entered is not None
    late = BoardFilters(is_over=True)
    moments = {timedelta(days=2): 2, timedelta(days=3) - timedelta(seconds=1): 2, timedelta(days=3): 3}
    for waited, days in moments.items():
        (card,) = board(session, job.id, rita, ALL, entered + waited)[0].cards
        assert (card.days, card.is_over) == (days, days > 2)
        assert len(board(session, job.id, rita, late, entered + waited)[0].cards) == (days > 2)


def test_card_counts_the_interviews_held_in_plain_words(session: Session) -> None:
    rita = make_actor(session, Role.RECRUITER)
    job = make_job(session)
    publish_rubric(session, job)
    rounds = plan_rounds(session, job)
    application = make_application(session, job, stage=Stage.INTERVIEW)

    def missing() -> str | None:
        return by_stage(board(session, job.id, rita, ALL, clock.now()))[Stage.INTERVIEW].cards[0].missing

    assert missing() == "no interview held yet and 3 more"
    ines = make_actor(session, Role.INTERVIEWER, name="Ines")
    planned = rounds[0].competencies
    held = schedule(session, application, ines, actor=SYSTEM, competencies=planned)
    held.round_position = rounds[0].position
    session.flush()
    assert missing() == f"1 of {len(rounds)} interviews held and 3 more"


def test_filters_leave_out_other_sources_and_other_recruiters(session: Session) -> None:
    rita = make_actor(session, Role.RECRUITER)
    job = make_job(session)
    make_application(session, job)
    mine = make_application(session, job)
    mine.source, mine.recruiter_id = "agency", rita.id
    session.flush()
    for filters in (BoardFilters(source="agency"), BoardFilters(is_mine=True)):
        column = board(session, job.id, rita, filters, clock.now())[0]
        assert [card.id for card in column.cards] == [mine.id]
        assert column.number == "1"


def test_team_interviewer_sees_no_card_and_no_count_of_others(session: Session) -> None:
    ines = make_user(session, "Ines", Role.INTERVIEWER)
    job = make_job(session)
    join_team(session, job, ines, TeamRole.INTERVIEWER)
    make_application(session, job)
    column = board(session, job.id, actor_of(session, ines), ALL, clock.now())[0]
    assert (column.cards, column.number) == ((), "0")
