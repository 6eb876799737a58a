"""What a job has of its set-up, counted from its rows."""

from tests.factories import join_team, make_job, make_user
from tests.interviewing import KEYS, RUBRIC, plan_rounds, publish_rubric
from tests.queries.test_board import statements
from tracker import clock
from tracker.domain.actors import Role, TeamRole
from tracker.domain.interview_plans import InterviewKind
from tracker.domain.job_setups import SetupFacts
from tracker.domain.stages import Stage
from tracker.models.jobs import InterviewRound, JobQuestion, StageTarget
from tracker.queries.job_setups import plan_cover, setup_facts


def a_round(session, job, keys, minutes=45, position=1):
    kind = InterviewKind.PANEL
    row = InterviewRound(job_id=job.id, position=position, title="R", kind=kind, minutes=minutes)
    row.competencies = keys
    session.add(row)
    session.flush()


def test_a_bare_job_has_nothing(session):
    assert setup_facts(session, make_job(session)) == SetupFacts()


def test_everything_that_is_there_is_counted(session):
    job = make_job(
        session, description="Takes orders", minimum_qualifications=["Types"], references_required=1
    )
    for name, role in (("Hank", TeamRole.HIRING_MANAGER), ("Rita", TeamRole.RECRUITER)):
        join_team(session, job, make_user(session, name, Role(role.value)), role)
    for text, is_required, retired_at in (("A?", True, None), ("B?", False, None), ("C?", True, clock.now())):
        row = JobQuestion(job_id=job.id, position=1, text=text, is_required=is_required)
        row.retired_at = retired_at
        session.add(row)
    session.add(StageTarget(job_id=job.id, stage=Stage.OFFER, days=2))
    publish_rubric(session, job)
    plan_rounds(session, job)
    assert setup_facts(session, job) == SetupFacts(
        has_description=True,
        minimum_qualifications=1,
        hiring_managers=("Hank",),
        recruiters=("Rita",),
        rubric_version=1,
        rounds=len(plan_cover(session, job).rounds),
        without_cover=tuple(row.name for row in plan_cover(session, job).lacking),
        questions=2,
        questions_required=1,
        own_targets=1,
        references_required=1,
    )


def test_rows_that_too_few_rounds_rate_are_named_and_optional_ones_hold_nothing_back(session):
    job = make_job(session)
    publish_rubric(session, job)
    a_round(session, job, [KEYS[0], KEYS[1]])
    a_round(session, job, [KEYS[0], "gone"], minutes=7, position=2)
    plan = plan_cover(session, job)
    assert plan.room == (6, 1)
    assert plan.unknown == {"gone"}
    assert [(row.competency.key, row.rated_in, row.times) for row in plan.rows[:3]] == [
        (KEYS[0], (True, True), 2),
        (KEYS[1], (True, False), 1),
        (KEYS[2], (False, False), 0),
    ]
    lacking = {row.key for row in plan.lacking}
    assert KEYS[0] not in lacking
    assert lacking == {row.key for row in RUBRIC.competencies if row.is_required} - {KEYS[0]}
    job.ratings_required = 1
    assert KEYS[1] not in {row.key for row in plan_cover(session, job).lacking}


def test_the_set_up_takes_a_constant_number_of_queries(session):
    asked = []
    for people in (1, 12):
        job = make_job(session)
        publish_rubric(session, job)
        plan_rounds(session, job)
        for _ in range(people):
            join_team(session, job, make_user(session, "Ines", Role.INTERVIEWER), TeamRole.INTERVIEWER)
        session.expire_all()
        session.refresh(job)
        with statements(session) as seen:
            setup_facts(session, job)
        asked.append(len(seen))
    assert asked[0] == asked[1] <= 6
