"""Practising: kept for the person alone, once for each attempt, and before a first card where a job asks."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_application, make_job
from tests.interviewing import hand_in, publish_rubric, schedule
from tracker.domain.actors import SYSTEM, Actor, Role
from tracker.domain.deciding import NotPermitted
from tracker.domain.frameworks import Level, parse_framework
from tracker.domain.practices import SAMPLES
from tracker.domain.rubrics import generate_rubric, rubric_as_document
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.domain.stages import Stage
from tracker.models.interviews import Interview
from tracker.models.jobs import Job
from tracker.models.practices import Practice
from tracker.queries.practices import asks_for_practice, attempts_of, practice_state
from tracker.services.practices import ask_for_practice, samples_for, take_practice

COOKS = Path(__file__).parents[1] / "domain" / "frameworks" / "restaurant_cooks.json"


@pytest.fixture
def ines(session: Session) -> Actor:
    return make_actor(session, Role.INTERVIEWER, name="Ines")


@pytest.fixture
def interview(session: Session, ines: Actor) -> Interview:
    job = make_job(session)
    publish_rubric(session, job)
    return schedule(session, make_application(session, job, stage=Stage.INTERVIEW), ines, actor=SYSTEM)


def take(session: Session, interview: Interview, actor: Actor, attempt: int = 0) -> Practice:
    samples = samples_for(interview, attempt=attempt, actor=actor)
    given: dict[str, int | None] = {one.competency.key: one.level.rank for one in samples}
    return take_practice(session, interview, given, attempt=attempt, actor=actor)


def test_practice_keeps_what_was_read_what_it_shows_and_what_was_chosen(
    session: Session, interview: Interview, ines: Actor
) -> None:
    practice = take(session, interview, ines)
    session.expire_all()
    assert len(practice.ratings) == SAMPLES
    assert all(one.value == one.shown_level.rank for one in practice.ratings)
    assert {one.competency for one in practice.ratings} <= set(interview.competencies)
    assert practice_state(session, ines).times == 1


def test_practice_on_another_occupation_is_made_from_its_rubric_and_rated_by_its_key(
    session: Session, ines: Actor
) -> None:
    cooks = parse_framework(COOKS.read_bytes())
    content = rubric_as_document(generate_rubric(cooks, target_level=Level.DEVELOPING), cooks)
    job = make_job(session)
    rubric = publish_rubric(session, job, content=content)
    keys = [row["key"] for row in content["competencies"]][:4]
    application = make_application(session, job, stage=Stage.INTERVIEW)
    interview = schedule(session, application, ines, actor=SYSTEM, competencies=keys)
    practice = take(session, interview, ines)
    session.expire_all()
    assert practice.rubric_id == rubric.id
    for one in practice.ratings:
        row = next(row for row in content["competencies"] if row["key"] == one.competency)
        assert row["anchors"][one.shown_level.value]["statement"].rstrip(".")[:60] in one.why
        assert one.value == one.shown_level.rank


def test_attempt_is_kept_once_and_the_next_shows_other_samples(
    session: Session, interview: Interview, ines: Actor
) -> None:
    first = take(session, interview, ines)
    with pytest.raises(ChangedMeanwhile):
        take(session, interview, ines)
    second = take(session, interview, ines, attempt=1)
    assert [one.answer for one in second.ratings] != [one.answer for one in first.ratings]
    assert attempts_of(session, ines.id or 0) == 2


def test_only_the_panel_practises_on_a_session(session: Session, interview: Interview) -> None:
    with pytest.raises(NotPermitted):
        take(session, interview, make_actor(session, Role.INTERVIEWER, name="Noor"))
    assert not session.scalars(select(Practice)).all()


def test_sample_without_a_choice_is_refused_and_nothing_is_kept(
    session: Session, interview: Interview, ines: Actor
) -> None:
    with pytest.raises(RuleBroken) as broken:
        take_practice(session, interview, {}, attempt=0, actor=ines)
    assert (broken.value.field or "").startswith("answers.")
    assert not session.scalars(select(Practice)).all()


def test_first_scorecard_waits_for_a_practice_only_where_the_job_asks(
    session: Session, interview: Interview, ines: Actor
) -> None:
    job = session.get_one(Job, interview.application.job_id)
    ask_for_practice(session, job, is_needed=True, actor=SYSTEM)
    with pytest.raises(RuleBroken, match="practise before your first scorecard"):
        hand_in(session, interview, ines)
    take(session, interview, ines)
    assert hand_in(session, interview, ines).submitted_at


def test_who_has_handed_in_before_is_not_held_up(session: Session, interview: Interview, ines: Actor) -> None:
    hand_in(session, interview, ines)
    job = session.get_one(Job, interview.application.job_id)
    ask_for_practice(session, job, is_needed=True, actor=SYSTEM)
    assert hand_in(session, schedule(session, interview.application, ines, actor=SYSTEM), ines).submitted_at


def test_no_job_asks_unless_told_and_interviewers_do_not_tell(
    session: Session, interview: Interview, ines: Actor
) -> None:
    assert hand_in(session, interview, ines).submitted_at
    job = session.get_one(Job, interview.application.job_id)
    with pytest.raises(NotPermitted):
        ask_for_practice(session, job, is_needed=True, actor=ines)
    assert not asks_for_practice(session, job.id)
