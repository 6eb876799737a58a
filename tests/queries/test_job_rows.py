"""Jobs page by page: each once, in order, with its rubric; and only those that the reader may know of."""

from sqlalchemy.orm import Session

from tests.factories import make_actor, make_application, make_job
from tests.interviewing import publish_rubric
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.stages import JobStatus, Stage
from tracker.queries.job_rows import active_known, job_page, job_row

TITLES = ["Baker", "Baker", "Cook", "Nurse", "Porter"]


def test_pages_hold_every_job_once_in_order(session: Session) -> None:
    made = [make_job(session, title=f"Paged {title}").id for title in reversed(TITLES)]
    found, after = [], ("Paged", 0)
    while after is not None:
        rows, after = job_page(session, SYSTEM, after=after, limit=2)
        found += [row.Job for row in rows if row.Job.id in made]
    assert [job.title for job in found] == [f"Paged {title}" for title in TITLES]
    assert {job.id for job in found} == set(made)


def test_people_find_the_jobs_of_their_teams_and_status(session: Session) -> None:
    ours, _ = make_job(session), make_job(session)
    hank = make_actor(session, Role.HIRING_MANAGER, ours, [TeamRole.HIRING_MANAGER])
    assert [row.Job.id for row in job_page(session, hank)[0]] == [ours.id]
    assert job_page(session, hank, status=JobStatus.DRAFT)[0] == []


def test_a_job_is_scored_on_the_pinned_rubric_else_the_latest_published(session: Session) -> None:
    job = make_job(session)
    assert job_row(session, job).rubric_id is None
    first = publish_rubric(session, job)
    second = publish_rubric(session, job, number=2)
    assert job_row(session, job).rubric_id == second.id
    job.rubric_id = first.id
    session.flush()
    assert (job_row(session, job).rubric_id, job_row(session, job).rubric_number) == (first.id, 1)


def test_openings_taken_and_active_applications_are_counted(session: Session) -> None:
    job = make_job(session)
    for stage in (Stage.APPLICATION, Stage.APPLICATION, Stage.ONBOARDING):
        make_application(session, job, stage=stage)
    assert job_row(session, job).taken == 1
    assert active_known(session, SYSTEM, job.id) == {Stage.APPLICATION: 2, Stage.ONBOARDING: 1}
    ines = make_actor(session, Role.INTERVIEWER, job, [TeamRole.INTERVIEWER])
    assert active_known(session, ines, job.id) == {}
