"""`tracker jobs`: needs to hire, added, planned and listed."""

import click

from tracker import clock
from tracker.cli.home import acting, as_option, open_home
from tracker.cli.naming import find_job
from tracker.cli.refusals import Refused
from tracker.domain.interview_plans import DEFAULT_MINUTES, MOST_SESSIONS
from tracker.domain.jobs import JobDetails
from tracker.domain.stages import JOB_STATUS_LABELS
from tracker.queries.jobs import JobFilters, list_jobs
from tracker.queries.rubrics import scoring_rubric
from tracker.services.job_plans import plan_from_rubric
from tracker.services.jobs import create_job, open_job


@click.group()
def jobs() -> None:
    """Add jobs, plan their interviews, and list them."""


@jobs.command()
@click.argument("title")
@click.option("--openings", default=1, show_default=True, type=int, help="How many people to hire.")
@click.option("--soc", help="Occupation code of a framework, such as 43-4151.00.")
@click.option("--open", "is_open", is_flag=True, help="Open it to applications at once.")
@as_option
def add(title: str, openings: int, soc: str | None, is_open: bool, acting_as: str | None) -> None:
    """Draft a job; its id alone is printed."""
    with open_home() as home, home.database.writing() as session:
        actor = acting(session, acting_as)
        details = JobDetails(title=title, openings=openings, soc=soc, jurisdiction=home.config.jurisdiction)
        job = create_job(session, details, actor=actor)
        if is_open:
            open_job(session, job, actor=actor)
        job_id = job.id
    click.echo(job_id)


@jobs.command()
@click.argument("job")
@click.option("--minutes", default=DEFAULT_MINUTES, show_default=True, type=int, help="Of each round.")
@click.option("--most", default=MOST_SESSIONS, show_default=True, type=int, help="At most so many rounds.")
@as_option
def plan(job: str, minutes: int, most: int, acting_as: str | None) -> None:
    """Lay out the interview rounds by the published rubric: place, title, minutes, competencies.

    Rounds planned before are replaced.
    """
    with open_home() as home, home.database.writing() as session:
        row = find_job(session, job)
        rubric = scoring_rubric(session, row)
        if rubric is None:
            raise Refused("The job has no published rubric: publish one first.")
        rounds = plan_from_rubric(
            session, row, rubric, minutes=minutes, most_sessions=most, actor=acting(session, acting_as)
        )
        for one in rounds:
            click.echo(f"{one.position}\t{one.title}\t{one.minutes}\t{', '.join(one.competencies)}")


@jobs.command("list")
@as_option
def list_(acting_as: str | None) -> None:
    """Every job by title: id, title, status, openings taken and in all, active applications."""
    with open_home() as home, home.database.reading() as session:
        actor, now, after = acting(session, acting_as), clock.now(), None
        while True:
            page = list_jobs(session, actor, JobFilters(), now, after=after)
            for job in page.rows:
                status = JOB_STATUS_LABELS[job.status]
                click.echo(f"{job.id}\t{job.title}\t{status}\t{job.taken}/{job.openings}\t{job.active}")
            after = page.next_after
            if after is None:
                return
