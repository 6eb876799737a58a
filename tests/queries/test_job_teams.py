"""Who could join a team, and the scorecards that are due, told only to those who may know."""

import pytest

from tests.factories import actor_of, join_team, make_actor, make_application, make_job, make_user
from tests.interviewing import hand_in, publish_rubric, schedule
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.stages import Stage
from tracker.models.interviews import InterviewStatus
from tracker.queries.job_teams import cards_due, team_of, who_may_join


@pytest.mark.parametrize("part", TeamRole)
def test_only_active_people_with_the_role_who_are_not_on_it_may_join(session, part):
    job = make_job(session)
    fits = make_user(session, "Bea", Role(part.value))
    joined = make_user(session, "Cleo", Role(part.value))
    left = make_user(session, "Dan", Role(part.value))
    left.is_active = False
    make_user(session, "Olga", Role.HR)
    join_team(session, job, joined, part)
    mine = [user.id for user in who_may_join(session, job, part)]
    assert fits.id in mine
    assert not {joined.id, left.id} & set(mine)
    assert all(Role(part.value) in user.roles for user in who_may_join(session, job, part))
    assert [member.user_id for member in team_of(session, job)] == [joined.id]


@pytest.fixture
def office(session):
    job = make_job(session)
    publish_rubric(session, job)
    ines, hank = (make_actor(session, role, name=role) for role in (Role.INTERVIEWER, Role.HIRING_MANAGER))
    return job, ines, hank


def test_cards_are_due_until_handed_in_called_off_or_closed(session, office):
    job, ines, hank = office
    applications = [make_application(session, job, stage=Stage.INTERVIEW) for _ in range(3)]
    sessions = [schedule(session, one, ines, actor=SYSTEM) for one in applications]
    other = make_application(session, publish_other(session), stage=Stage.INTERVIEW)
    schedule(session, other, ines, actor=SYSTEM)
    assert cards_due(session, job, actor=hank) == {ines.id: 3}
    hand_in(session, sessions[0], ines)
    assert cards_due(session, job, actor=hank) == {ines.id: 2}
    sessions[1].status = InterviewStatus.CANCELLED
    session.flush()
    assert cards_due(session, job, actor=hank) == {ines.id: 1}


def publish_other(session):
    job = make_job(session)
    publish_rubric(session, job)
    return job


def test_who_owes_a_card_learns_of_no_other_card_on_the_application(session, office):
    job, ines, hank = office
    together = make_application(session, job, stage=Stage.INTERVIEW)
    both = schedule(session, together, ines, hank, actor=SYSTEM)
    alone = make_application(session, job, stage=Stage.INTERVIEW)
    schedule(session, alone, ines, actor=SYSTEM)
    before = cards_due(session, job, actor=hank)
    assert before == {ines.id: 1, hank.id: 1}
    hand_in(session, both, ines)
    assert cards_due(session, job, actor=hank) == before
    hand_in(session, both, hank)
    assert cards_due(session, job, actor=hank) == {ines.id: 1}


def test_people_of_the_team_come_by_name(session):
    job = make_job(session)
    for name in ("Zoe", "Ada"):
        join_team(session, job, make_user(session, name, Role.RECRUITER), TeamRole.RECRUITER)
    assert [member.user.name for member in team_of(session, job)] == ["Ada", "Zoe"]
    assert actor_of(session, team_of(session, job)[0].user).is_on_team(job.id)
