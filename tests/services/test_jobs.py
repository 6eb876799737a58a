"""Drafting, editing and opening jobs; their teams, questions, rounds and targets."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.factories import actor_of, join_team, make_actor, make_application, make_job, make_user
from tests.interviewing import publish_rubric, schedule
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.deciding import NotPermitted
from tracker.domain.interview_plans import InterviewKind
from tracker.domain.jobs import JobDetails, RoundDetails
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.domain.stages import JobStatus, Stage
from tracker.models.audit import AuditEntry
from tracker.models.jobs import JobStatusChange
from tracker.services import job_plans, job_teams, jobs
from tracker.services.interviews import cancel_interview

A_JOB = JobDetails(title="Order clerk", openings=2)
A_ROUND = RoundDetails("Desk visit", InterviewKind.IN_PERSON, 45, ("orders",))


@pytest.fixture
def olga(session):
    return make_actor(session, Role.HR, name="Olga")


@pytest.fixture
def rita(session):
    return make_actor(session, Role.RECRUITER, name="Rita")


def statuses(session, job):
    rows = session.scalars(select(JobStatusChange).where(JobStatusChange.job_id == job.id))
    return [(row.from_status, row.to_status, row.reason, row.actor) for row in rows]


def test_a_job_begins_as_a_draft_with_its_drafter_on_the_team(session):
    hank = make_actor(session, Role.HIRING_MANAGER, name="Hank")
    job = jobs.create_job(session, A_JOB, actor=hank)
    assert (job.status, job.version, job.created_by_id) == (JobStatus.DRAFT, 1, hank.id)
    assert [(m.user_id, m.role) for m in job.team] == [(hank.id, TeamRole.HIRING_MANAGER)]
    assert statuses(session, job) == [(None, JobStatus.DRAFT, None, hank.key)]


def test_an_interviewer_drafts_no_job(session):
    with pytest.raises(NotPermitted):
        jobs.create_job(session, A_JOB, actor=make_actor(session, Role.INTERVIEWER))


def test_hr_opens_and_the_approval_is_kept_through_reopening(session, olga, rita):
    job = jobs.create_job(session, A_JOB, actor=rita)
    with pytest.raises(NotPermitted):
        jobs.open_job(session, job, actor=rita)
    jobs.open_job(session, job, actor=olga)
    approved = (job.approved_at, job.approved_by_id)
    assert approved[0] is not None
    assert approved[1] == olga.id
    jobs.hold_job(session, job, actor=rita, reason="Budget review")
    jobs.resume_job(session, job, actor=rita)
    jobs.close_job(session, job, actor=rita)
    jobs.reopen_job(session, job, "The budget came through", actor=rita)
    assert (job.approved_at, job.approved_by_id) == approved
    assert [after for _, after, _, _ in statuses(session, job)][1:] == [
        *(JobStatus.OPEN, JobStatus.ON_HOLD, JobStatus.OPEN, JobStatus.CLOSED, JobStatus.OPEN)
    ]
    assert statuses(session, job)[-1][2:] == ("The budget came through", rita.key)


def test_a_draft_closes_without_approval_and_only_hr_opens_it_after_all(session, olga, rita):
    job = jobs.create_job(session, A_JOB, actor=rita)
    jobs.close_job(session, job, actor=rita, reason="The need went away")
    assert (job.status, job.approved_at) == (JobStatus.CLOSED, None)
    with pytest.raises(NotPermitted):
        jobs.reopen_job(session, job, "It came back", actor=rita)
    assert job.status is JobStatus.CLOSED
    jobs.reopen_job(session, job, "It came back", actor=olga)
    assert (job.status, job.approved_by_id) == (JobStatus.OPEN, olga.id)
    assert job.approved_at is not None


def test_last_hiring_manager_of_a_running_job_stays(session, olga):
    job = make_job(session)
    hank, hanna = (make_user(session, name, Role.HIRING_MANAGER) for name in ("Hank", "Hanna"))
    for user in (hank, hanna):
        job_teams.add_team_member(session, job, user, TeamRole.HIRING_MANAGER, actor=olga)
    job_teams.remove_team_member(session, job, hanna, TeamRole.HIRING_MANAGER, actor=olga)
    with pytest.raises(RuleBroken, match="keeps a hiring manager") as refused:
        job_teams.remove_team_member(session, job, hank, TeamRole.HIRING_MANAGER, actor=olga)
    assert refused.value.field == "user"
    assert [m.user_id for m in job.team] == [hank.id]
    jobs.close_job(session, job, actor=olga)
    job_teams.remove_team_member(session, job, hank, TeamRole.HIRING_MANAGER, actor=olga)
    assert job.team == []


def test_reopening_without_a_reason_is_refused_and_leaves_no_row(session, olga):
    job = make_job(session, status=JobStatus.CLOSED)
    with pytest.raises(RuleBroken, match="reason") as refused:
        jobs.reopen_job(session, job, "  ", actor=olga)
    assert refused.value.field == "reason"
    assert job.status is JobStatus.CLOSED
    assert statuses(session, job) == []


def test_a_job_with_free_openings_is_not_filled(session, olga):
    job = make_job(session, openings=2)
    make_application(session, job, stage=Stage.ONBOARDING)
    with pytest.raises(RuleBroken, match="1 opening is still free"):
        jobs.fill_job(session, job, actor=olga)
    make_application(session, job, stage=Stage.ONBOARDING)
    assert jobs.fill_job(session, job, actor=olga).status is JobStatus.FILLED


def test_openings_never_fall_below_those_taken(session, olga):
    job = make_job(session, openings=3)
    for _ in range(2):
        make_application(session, job, stage=Stage.ONBOARDING)
    for change in (
        lambda: jobs.set_openings(session, job, 1, actor=olga),
        lambda: jobs.edit_job(session, job, replace(jobs.details_of(job), openings=1), version=1, actor=olga),
    ):
        with pytest.raises(RuleBroken, match="2 openings are taken already"):
            change()
    assert jobs.set_openings(session, job, 2, actor=olga).openings == 2


def test_an_edit_of_an_older_version_is_a_conflict_and_changes_nothing(session, olga):
    job = make_job(session)
    details = jobs.details_of(job)
    jobs.edit_job(session, job, replace(details, title="Order clerk, nights"), version=1, actor=olga)
    with pytest.raises(ChangedMeanwhile):
        jobs.edit_job(session, job, replace(details, title="Something else"), version=1, actor=olga)
    assert (job.title, job.version) == ("Order clerk, nights", 2)


def test_a_manager_edits_only_jobs_of_their_team(session):
    job, other = make_job(session), make_job(session)
    hank = make_actor(session, Role.HIRING_MANAGER, job, [TeamRole.HIRING_MANAGER])
    details = replace(jobs.details_of(job), title="Clerk")
    assert jobs.edit_job(session, job, details, version=1, actor=hank).title == "Clerk"
    with pytest.raises(NotPermitted):
        jobs.edit_job(session, other, details, version=1, actor=hank)


def test_a_manager_changes_no_status(session):
    job = make_job(session)
    hank = make_actor(session, Role.HIRING_MANAGER, job, [TeamRole.HIRING_MANAGER])
    with pytest.raises(NotPermitted):
        jobs.close_job(session, job, actor=hank)


def test_each_change_leaves_an_audit_row(session, olga):
    job = jobs.create_job(session, A_JOB, actor=olga)
    jobs.open_job(session, job, actor=olga)
    rows = session.scalars(select(AuditEntry).where(AuditEntry.subject_id == job.id)).all()
    assert [(row.action, row.actor) for row in rows] == [("job:create", olga.key), ("job:open", olga.key)]


def test_the_system_may_open_a_job_and_no_person_is_named(session):
    job = jobs.create_job(session, A_JOB, actor=SYSTEM)
    jobs.open_job(session, job, actor=SYSTEM)
    assert (job.approved_by_id, job.team) == (None, [])


def test_a_part_on_the_team_takes_the_matching_role(session, olga):
    job = make_job(session)
    ines = make_user(session, "Ines", Role.INTERVIEWER)
    with pytest.raises(RuleBroken, match="Ines does not have the role of recruiter"):
        job_teams.add_team_member(session, job, ines, TeamRole.RECRUITER, actor=olga)
    for _ in range(2):
        job_teams.add_team_member(session, job, ines, TeamRole.INTERVIEWER, actor=olga)
    assert [(m.user_id, m.role) for m in job.team] == [(ines.id, TeamRole.INTERVIEWER)]
    assert actor_of(session, ines).is_on_team(job.id)
    job_teams.remove_team_member(session, job, ines, TeamRole.INTERVIEWER, actor=olga)
    assert job.team == []
    with pytest.raises(RuleBroken, match="is not interviewer"):
        job_teams.remove_team_member(session, job, ines, TeamRole.INTERVIEWER, actor=olga)


def test_who_has_left_joins_no_team(session, olga):
    ines = make_user(session, "Ines", Role.INTERVIEWER)
    ines.is_active = False
    with pytest.raises(RuleBroken, match="can no longer sign in"):
        job_teams.add_team_member(session, make_job(session), ines, TeamRole.INTERVIEWER, actor=olga)


def test_an_interviewer_of_the_team_sets_no_team(session):
    job = make_job(session)
    user = make_user(session, "Ines", Role.INTERVIEWER)
    join_team(session, job, user, TeamRole.INTERVIEWER)
    with pytest.raises(NotPermitted):
        job_teams.add_team_member(session, job, user, TeamRole.INTERVIEWER, actor=actor_of(session, user))


def test_a_question_that_may_not_be_asked_there_is_refused(session, rita):
    job = make_job(session, jurisdiction="us")
    with pytest.raises(RuleBroken) as refused:
        job_plans.add_question(session, job, "Do you have a disability?", actor=rita)
    assert refused.value.field == "text"
    first = job_plans.add_question(session, job, "When could you start?", actor=rita)
    second = job_plans.add_question(session, job, "Can you work nights?", actor=rita, is_required=False)
    assert [q.id for q in job.questions] == [first.id, second.id]
    job_plans.retire_question(session, job, first, actor=rita)
    assert first.retired_at is not None
    with pytest.raises(RuleBroken, match="does not ask"):
        job_plans.retire_question(session, make_job(session), second, actor=rita)


def test_rounds_keep_their_rows_when_the_plan_is_edited(session, olga):
    job = make_job(session)
    kept = job_plans.set_rounds(session, job, [A_ROUND, A_ROUND], actor=olga)[0].id
    longer = replace(A_ROUND, title="Panel", kind=InterviewKind.PANEL, minutes=60)
    (row,) = job_plans.set_rounds(session, job, [longer], actor=olga)
    assert (row.id, row.title, row.minutes, row.position) == (kept, "Panel", 60, 1)
    session.expire_all()
    assert [r.id for r in job.rounds] == [kept]


def test_a_plan_of_an_older_version_is_a_conflict_and_changes_nothing(session, olga):
    job = make_job(session)
    seen = job.version
    job_plans.set_rounds(session, job, [A_ROUND], version=seen, actor=olga)
    for late in (
        lambda: job_plans.set_rounds(session, job, [], version=seen, actor=olga),
        lambda: job_plans.remove_round(session, job, 1, version=seen, actor=olga),
    ):
        with pytest.raises(ChangedMeanwhile):
            late()
    assert len(job.rounds) == 1


def test_a_round_is_taken_out_and_those_after_it_move_up(session, olga):
    job = make_job(session)
    plan = [replace(A_ROUND, title=title) for title in ("Call", "Visit", "Panel")]
    job_plans.set_rounds(session, job, plan, actor=olga)
    job_plans.remove_round(session, job, 2, actor=olga)
    assert [(row.position, row.title) for row in job.rounds] == [(1, "Call"), (2, "Panel")]
    for position in (0, 3):
        with pytest.raises(RuleBroken, match="not planned"):
            job_plans.remove_round(session, job, position, actor=olga)


def test_a_round_with_sessions_keeps_its_place(session, olga):
    job = make_job(session)
    publish_rubric(session, job)
    job_plans.set_rounds(session, job, [replace(A_ROUND, competencies=())] * 3, actor=olga)
    application = make_application(session, job, stage=Stage.INTERVIEW)
    ines = make_actor(session, Role.INTERVIEWER, name="Ines")
    interview = schedule(session, application, ines, actor=olga)
    interview.round_position = 2
    session.flush()
    for refused in (
        lambda: job_plans.remove_round(session, job, 1, actor=olga),
        lambda: job_plans.remove_round(session, job, 2, actor=olga),
        lambda: job_plans.set_rounds(session, job, [replace(A_ROUND, competencies=())], actor=olga),
    ):
        with pytest.raises(RuleBroken, match="Round 2 has sessions"):
            refused()
    assert len(job_plans.remove_round(session, job, 3, actor=olga)) == 2
    cancel_interview(session, interview, reason="Ill", actor=olga)
    assert len(job_plans.remove_round(session, job, 1, actor=olga)) == 1


def test_an_interviewer_of_the_team_takes_no_round_out(session, olga):
    job = make_job(session)
    job_plans.set_rounds(session, job, [A_ROUND], actor=olga)
    ines = make_actor(session, Role.INTERVIEWER, job, [TeamRole.INTERVIEWER])
    with pytest.raises(NotPermitted):
        job_plans.remove_round(session, job, 1, actor=ines)


def test_a_stage_target_is_set_and_goes_back_to_the_default(session, olga):
    job = make_job(session)
    job_plans.set_stage_target(session, job, Stage.SCREENING, 7, actor=olga)
    job_plans.set_stage_target(session, job, Stage.SCREENING, 8, actor=olga)
    assert [(t.stage, t.days) for t in job.stage_targets] == [(Stage.SCREENING, 8)]
    with pytest.raises(RuleBroken):
        job_plans.set_stage_target(session, job, Stage.SCREENING, 0, actor=olga)
    job_plans.set_stage_target(session, job, Stage.SCREENING, None, actor=olga)
    assert job.stage_targets == []
