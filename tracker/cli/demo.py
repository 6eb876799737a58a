"""`tracker demo`: an empty home filled with people, jobs and applications to look around in.

Everything enters through the services, each deed by the person and at the time it would be done; only the
clock stands elsewhere meanwhile.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.cli.demo_cases import Case, Scene, World
from tracker.cli.demo_days import Story, live
from tracker.cli.demo_jobs import JOBS, set_up_job
from tracker.cli.demo_people import make_person
from tracker.cli.demo_stories import story_of
from tracker.cli.home import Home, open_home
from tracker.cli.progress import progress
from tracker.cli.refusals import Refused
from tracker.config import Config, data_folder
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.files import FileStore
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.models.users import User
from tracker.queries.users import actor_of
from tracker.services.frameworks import import_framework
from tracker.services.users import add_user

_PEOPLE = (
    ("rita@example.org", "Rita Lindqvist", Role.RECRUITER, TeamRole.RECRUITER),
    ("hank@example.org", "Hank Osei", Role.HIRING_MANAGER, TeamRole.HIRING_MANAGER),
    ("ines@example.org", "Ines Duarte", Role.INTERVIEWER, TeamRole.INTERVIEWER),
    ("olga@example.org", "Olga Petrenko", Role.HR, None),
    ("tomas@example.org", "Tomáš Havel", Role.RECRUITER, TeamRole.RECRUITER),
    ("noor@example.org", "Noor Aziz", Role.INTERVIEWER, TeamRole.INTERVIEWER),
    ("ivo@example.org", "Ivo Marek", Role.INTERVIEWER, TeamRole.INTERVIEWER),
    ("grace@example.org", "Grace Abiola", Role.INTERVIEWER, TeamRole.INTERVIEWER),
    ("kenji@example.org", "Kenji Arai", Role.INTERVIEWER, TeamRole.INTERVIEWER),
    ("dagny@example.org", "Dagny Holm", Role.INTERVIEWER, TeamRole.INTERVIEWER),
)
_FRAMEWORK = "43-4151.00.json"
_USUAL = 300  # applications, for which the openings of the jobs are meant
_FOUNDED_DAYS_AGO = 200
_LATELY, _LATELY_SHARE = 14, 0.4  # days; many began lately, so that every stage has somebody to act on
# Each scene with the place of its job, and how many days ago the candidate applied: time enough to get there.
_SCENES = (
    (Scene.READY_TO_MOVE, 0, 9),
    (Scene.CARD_DUE, 0, 13),
    (Scene.DEBRIEF_DUE, 0, 27),
    (Scene.OFFER_TO_APPROVE, 0, 40),
    (Scene.REPORT_TO_ASSESS, 1, 38),
    (Scene.STARTS_SOON, 0, 45),
    (Scene.READY_TO_MOVE, 2, 10),
)


@click.command()
@click.option("--candidates", default=_USUAL, show_default=True, type=click.IntRange(1, 20_000))
@click.option("--seed", default=1, show_default=True, help="Another seed gives other people.")
def demo(candidates: int, seed: int) -> None:
    """Fill an empty home with made-up people, jobs and applications."""
    now = clock.now()
    with open_home() as home, home.database.writing() as session:
        _require_empty(session)
        with clock.standing_at(now - timedelta(days=_FOUNDED_DAYS_AGO)):
            world = _found(session, home.config, now, candidates)
        with progress("Filling", candidates) as advance:
            live(_stories(world, candidates, seed), now, told=lambda: advance(1))
        _tell(session, home)


def _require_empty(session: Session) -> None:
    if session.scalar(select(User.id).limit(1)) or session.scalar(select(Candidate.id).limit(1)):
        raise Refused("This home has people in it already: a demo needs an empty one (see TRACKER_HOME).")


def _found(session: Session, config: Config, now: datetime, count: int) -> World:
    """The people and the jobs, before anybody applies."""
    users = [
        add_user(session, email=email, name=name, roles=[role], actor=SYSTEM)
        for email, name, role, _ in _PEOPLE
    ]
    hr = actor_of(session, users[3])
    framework = import_framework(
        session, (data_folder("seeds") / "frameworks" / _FRAMEWORK).read_bytes(), actor=hr
    )
    team = [(user, role) for user, (*_, role) in zip(users, _PEOPLE, strict=True) if role is not None]
    jobs: list[Job] = []
    known = partial(actor_of, session)
    for posted in JOBS:
        with clock.standing_at(now - timedelta(days=posted.opened_days_ago)):
            jobs.append(set_up_job(session, posted, framework, team, known, hr=hr, times=count / _USUAL))
    rita, hank, ines, olga, tomas, *others = (actor_of(session, user) for user in users)
    return World(
        session=session,
        store=FileStore(config.files_folder),
        config=config,
        now=now,
        rita=rita,
        tomas=tomas,
        hank=hank,
        olga=olga,
        ines=ines,
        interviewers=[ines, *others],
        jobs=jobs,
        posted={job.id: posted for job, posted in zip(jobs, JOBS, strict=True)},
    )


def _stories(world: World, count: int, seed: int) -> Iterator[tuple[datetime, Story]]:
    """So many applications, the scenes first; each has a chance of its own, so that none disturbs another."""
    for number in range(1, count + 1):
        chance = random.Random(f"{seed} {number}")  # noqa: S311
        person = make_person(number, chance, world.now.date())
        if number <= len(_SCENES):
            scene, place, days_ago = _SCENES[number - 1]
            at = world.now - timedelta(days=days_ago)
            case = Case(world, person, world.jobs[place], chance, scene)
        else:
            job = chance.choices(world.jobs, [posted.share for posted in JOBS])[0]
            at = _applied_at(world, job, chance)
            case = Case(world, person, job, chance)
        yield at, story_of(case)


def _applied_at(world: World, job: Job, chance: random.Random) -> datetime:
    longest = world.posted[job.id].opened_days_ago - 1
    days = chance.uniform(0.1, _LATELY if chance.random() < _LATELY_SHARE else longest)
    return world.now - timedelta(days=days)


def _tell(session: Session, home: Home) -> None:
    count = session.scalar(select(func.count()).select_from(Application)) or 0
    click.echo(
        f"{home.config.home} now has {len(_PEOPLE)} people, {len(JOBS)} jobs and {count:,} applications."
    )
    click.echo("`tracker serve --demo` lets you sign in as each of the people with one click.")
