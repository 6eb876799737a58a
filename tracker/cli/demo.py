"""`tracker demo`: an empty home filled with people, jobs and applications to look around in."""

import random
from dataclasses import replace
from datetime import datetime, timedelta

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.cli.demo_jobs import JOBS, QUESTIONS
from tracker.cli.demo_people import PLACES, make_cases
from tracker.cli.home import Home, open_home
from tracker.cli.progress import progress
from tracker.cli.refusals import Refused
from tracker.config import data_folder
from tracker.domain.actors import SYSTEM, Actor, Role, TeamRole
from tracker.domain.event_logs import default_mapping
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.models.users import User
from tracker.queries.users import actor_of
from tracker.services.applications import record_consent_notice
from tracker.services.candidates import CandidateDetails, edit_candidate
from tracker.services.event_log_files import EventLog
from tracker.services.frameworks import import_framework
from tracker.services.history_import import ImportedFile, import_batch
from tracker.services.history_plans import batches, plan_import
from tracker.services.interviews import schedule_interview
from tracker.services.job_plans import add_question, plan_from_rubric
from tracker.services.job_teams import add_team_member
from tracker.services.jobs import create_job, open_job
from tracker.services.references import add_reference
from tracker.services.rubrics import generate_rubric_draft, publish_rubric
from tracker.services.screenings import record_resume_review
from tracker.services.users import add_user

_PEOPLE = (
    ("rita@example.org", "Rita Lindqvist", Role.RECRUITER, TeamRole.RECRUITER),
    ("hank@example.org", "Hank Osei", Role.HIRING_MANAGER, TeamRole.HIRING_MANAGER),
    ("ines@example.org", "Ines Duarte", Role.INTERVIEWER, TeamRole.INTERVIEWER),
    ("olga@example.org", "Olga Petrenko", Role.HR, None),
)
_FRAMEWORK = "43-4151.00.json"


@click.command()
@click.option("--candidates", default=300, show_default=True, type=click.IntRange(1, 20_000))
@click.option("--seed", default=1, show_default=True, help="Another seed gives other people.")
def demo(candidates: int, seed: int) -> None:
    """Fill an empty home with made-up people, jobs and applications."""
    chance = random.Random(seed)  # noqa: S311
    now = clock.now()
    with open_home() as home, home.database.writing() as session:
        _require_empty(session)
        team = [_add_person(session, *person[:3]) for person in _PEOPLE]
        jobs = _add_jobs(session, team, home.config.jurisdiction)
        _add_applications(session, jobs, candidates, chance, now)
        _add_details(session, [actor_of(session, user) for user in team], chance, now)
        _tell(home, candidates)


def _require_empty(session: Session) -> None:
    if session.scalar(select(User.id).limit(1)) or session.scalar(select(Candidate.id).limit(1)):
        raise Refused("This home has people in it already: a demo needs an empty one (see TRACKER_HOME).")


def _add_person(session: Session, email: str, name: str, role: Role) -> User:
    return add_user(session, email=email, name=name, roles=[role], actor=SYSTEM)


def _add_jobs(session: Session, team: list[User], jurisdiction: str) -> list[Job]:
    rita, hr = (actor_of(session, team[place]) for place in (0, 3))
    framework = import_framework(
        session, (data_folder("seeds") / "frameworks" / _FRAMEWORK).read_bytes(), actor=hr
    )
    jobs = []
    for details in JOBS:
        job = create_job(session, replace(details, jurisdiction=jurisdiction), actor=rita)
        for user, (_, _, _, role) in zip(team, _PEOPLE, strict=True):
            if role is not None:
                add_team_member(session, job, user, role, actor=hr)
        for question in QUESTIONS:
            add_question(session, job, question, actor=hr, is_required=False)
        rubric = generate_rubric_draft(session, job, framework, actor=hr)
        publish_rubric(session, rubric, edits=rubric.edits, actor=hr)
        plan_from_rubric(session, job, rubric, actor=hr)
        jobs.append(open_job(session, job, actor=hr))
    return jobs


def _add_applications(
    session: Session, jobs: list[Job], count: int, chance: random.Random, now: datetime
) -> None:
    cases = list(make_cases(count, chance, now, [job.title for job in jobs]))
    with progress("Filling", count) as advance:
        for job in jobs:
            log = EventLog({case.key: case for case in cases if case.job == job.title})
            plan = plan_import(session, job, log, default_mapping())
            for batch in batches(plan):
                import_batch(session, job, batch, ImportedFile("demo", f"{job.id:064}"), actor=SYSTEM)
                advance(len(batch))


def _add_details(session: Session, team: list[Actor], chance: random.Random, now: datetime) -> None:
    rita, hank, ines, _ = team
    session.expire_all()
    active = select(Application).where(Application.outcome == Outcome.ACTIVE).order_by(Application.id)
    for application in session.scalars(active).all():
        _describe_candidate(session, application, rita, chance)
        record_consent_notice(session, application, "2026-01", actor=rita)
        if application.stage is Stage.SCREENING and chance.random() < 0.5:
            record_resume_review(session, application, passed=True, reason="Meets every minimum.", actor=rita)
        elif application.stage is Stage.INTERVIEW:
            _schedule(session, application, rita, [hank, ines], chance, now)
        elif application.stage is Stage.REFERENCES:
            add_reference(
                session, application, referee_name="Former supervisor", relationship="Supervisor", actor=rita
            )


def _describe_candidate(
    session: Session, application: Application, actor: Actor, chance: random.Random
) -> None:
    person = application.candidate
    place = chance.choice(PLACES)
    details = CandidateDetails(
        name=person.name,
        email=person.email,
        phone=f"+1 555 01{chance.randrange(100):02}",
        location=place,
        profile={"basics": {"name": person.name, "email": person.email, "location": {"city": place}}},
    )
    edit_candidate(session, person, details, actor=actor)


def _schedule(
    session: Session,
    application: Application,
    actor: Actor,
    panel: list[Actor],
    chance: random.Random,
    now: datetime,
) -> None:
    first = application.job.rounds[0]
    day = (now + timedelta(days=chance.randint(1, 8))).replace(minute=0, second=0, microsecond=0)
    schedule_interview(
        session,
        application,
        kind=first.kind,
        starts_at=day.replace(hour=chance.randint(9, 16)),
        minutes=first.minutes,
        panel=[person.id for person in panel if person.id is not None],
        competencies=first.competencies,
        title=first.title,
        round_position=first.position,
        actor=actor,
    )


def _tell(home: Home, candidates: int) -> None:
    click.echo(
        f"{home.config.home} now has {len(_PEOPLE)} people, {len(JOBS)} jobs and {candidates:,} applications."
    )
    click.echo("`tracker serve --demo` lets you sign in as each of the people with one click.")
