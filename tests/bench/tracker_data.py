"""The tracker's database for the benchmark: the same people, jobs and stages as the floor's, and all that the
tracker keeps beside them.

Rows go past the services, for a million of them, but not past the database: every move is checked and applied
by its guards, and its hash holds.
"""

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from sqlalchemy.orm import Session

from tests.bench import floor_data
from tests.bench.floor_data import CROWDED_JOB, FIRST, MEASURED_JOB, START, SURNAMES, job_of
from tests.factories import actor_of
from tests.interviewing import hand_in, plan_rounds, publish_rubric, schedule
from tracker import schema
from tracker.db import Database
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.history import FIRST as NO_MOVE
from tracker.domain.history import MoveRow, move_hash
from tracker.domain.moves import MoveKind
from tracker.domain.names import fold, search_words
from tracker.domain.stages import STAGES, JobStatus, Outcome, Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job, TeamMember
from tracker.models.users import User
from tracker.services.users import add_user

SHAPE = 2  # goes up when what stands below changes
PASSWORD = "correct horse battery"
RITA = "rita@example.org"
_TEAM = 6
TEAM_JOBS = 60
"""Of how many jobs each is a member of the team: more than anybody looks after, however many there are."""
_PROFILE = '{"basics": {"name": "Somebody"}}'


def tracker_file(home: Path, size: int) -> Path:
    """The database with that many candidates, built if it is not there yet."""
    path = home / f"tracker-{SHAPE}-{schema.newest()}-{size}.sqlite"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        build(unfinished, size)
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.rename(path)
    return path


def build(path: Path, size: int) -> None:
    database = Database.at(f"sqlite:///{path}")
    schema.upgrade(database)
    with database.writing() as session:
        add_people_and_jobs(session, size)
    database.engine.dispose()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; BEGIN;"
    )
    insert(connection, "candidates", candidates(size))
    insert(connection, "applications", applications(size))
    insert(connection, "moves", moves(size))
    connection.execute("COMMIT")
    connection.executescript("ANALYZE; PRAGMA journal_mode=WAL;")
    connection.close()
    database = Database.at(f"sqlite:///{path}")
    with database.writing() as session:
        interview_the_measured(session)
    with database.engine.connect() as at_end:
        at_end.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.engine.dispose()


def add_people_and_jobs(session: Session, size: int) -> None:
    """A team of six on the first jobs; the measured one has a published rubric and a plan."""
    team = [
        add_user(
            session,
            email=RITA if number == 1 else f"person{number}@example.org",
            name=f"{FIRST[number]} {SURNAMES[number]}",
            roles=[Role.RECRUITER] if number == 1 else [Role.HIRING_MANAGER, Role.INTERVIEWER],
            password=PASSWORD if number == 1 else None,
            actor=SYSTEM,
        )
        for number in range(1, _TEAM + 1)
    ]
    for number in range(1, job_of(size, size) + 1):
        job = Job(
            id=number,
            title=f"Order clerk {number}",
            department="Sales",
            status=JobStatus.OPEN,
            openings=size,
            approved_at=START,
            created_at=START,
            minimum_qualifications=[],
            preferred_qualifications=[],
            description="",
        )
        session.add(job)
        session.flush()
        if number <= TEAM_JOBS:
            session.add_all(TeamMember(job_id=number, user_id=user.id, role=_part(user)) for user in team)
        if number in (MEASURED_JOB, CROWDED_JOB):
            job.rubric_id = publish_rubric(session, job).id
            plan_rounds(session, job)
    session.flush()


def _part(user: User) -> TeamRole:
    return TeamRole.RECRUITER if user.email == RITA else TeamRole.INTERVIEWER


def interview_the_measured(session: Session) -> None:
    """Two sessions for each of the measured job's applications in interviews, a card handed in for one."""
    people = session.query(User).order_by(User.id).all()
    rita, *panel = [actor_of(session, user) for user in people[:_TEAM]]
    waiting = session.query(Application).filter_by(job_id=MEASURED_JOB, stage=Stage.INTERVIEW).all()
    for application in waiting:
        sessions = [schedule(session, application, person, actor=rita) for person in panel[:2]]
        hand_in(session, sessions[0], panel[0])


def insert(connection: sqlite3.Connection, table: str, rows: Iterator[dict[str, object]]) -> None:
    first = next(rows)
    names = ", ".join(first)
    places = ", ".join(f":{name}" for name in first)
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", first)
    connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)


def stored(at: datetime) -> str:
    """An instant as the database keeps it."""
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


def candidates(size: int) -> Iterator[dict[str, object]]:
    for number, name, email, phone in floor_data.candidates(size):
        yield {
            "id": number,
            "name": name,
            "sort_name": fold(str(name)),
            "email": email,
            "phone": phone,
            "profile": _PROFILE,
            "search_text": " ".join(search_words(f"{name} {email}")),
            "is_internal": False,
            "created_at": stored(START + timedelta(minutes=int(str(number)) % 400_000)),
        }


def applications(size: int) -> Iterator[dict[str, object]]:
    for number, job, candidate, _, _, source, received, _ in floor_data.applications(size):
        yield {
            "id": number,
            "job_id": job,
            "candidate_id": candidate,
            "version": 0,
            "source": source,
            "consent_notice": "2026-01",
            "recruiter_id": 1,
            "applied_at": stored(datetime.fromisoformat(str(received))),
        }


def moves(size: int) -> Iterator[dict[str, object]]:
    """Every application applies and advances as far as the floor's stands."""
    for number, _, _, stage, _, _, received, entered in floor_data.applications(size):
        began, ended = (datetime.fromisoformat(str(at)) for at in (received, entered))
        previous, from_stage = NO_MOVE, None
        for version, to_stage in enumerate(islice(STAGES, int(str(stage)) + 1), start=1):
            at = ended if version > int(str(stage)) else began + timedelta(minutes=version)
            row = _move(int(str(number)), version, from_stage, to_stage, at, previous)
            yield _as_columns(row)
            previous, from_stage = row.hash, to_stage


def _move(
    application: int, version: int, from_stage: Stage | None, to_stage: Stage, at: datetime, previous: str
) -> MoveRow:
    row = MoveRow(
        application_id=application,
        version=version,
        kind=MoveKind.ADVANCE if from_stage else MoveKind.APPLY,
        from_stage=from_stage,
        to_stage=to_stage,
        from_outcome=Outcome.ACTIVE if from_stage else None,
        to_outcome=Outcome.ACTIVE,
        reason=None,
        actor="user:1" if from_stage else "candidate",
        at=at,
        recorded_at=at,
        imported=False,
        overridden=(),
        text_commitment=None,
        previous_hash=previous,
    )
    return replace(row, hash=move_hash(row))


def _as_columns(row: MoveRow) -> dict[str, object]:
    return {
        "application_id": row.application_id,
        "version": row.version,
        "kind": row.kind.value,
        "from_stage": row.from_stage and row.from_stage.value,
        "to_stage": row.to_stage.value,
        "from_outcome": row.from_outcome and row.from_outcome.value,
        "to_outcome": row.to_outcome.value,
        "reason": None,
        "actor": row.actor,
        "at": stored(row.at),
        "recorded_at": stored(row.recorded_at),
        "imported": False,
        "overridden": "",
        "text_commitment": None,
        "previous_hash": row.previous_hash,
        "hash": row.hash,
    }
