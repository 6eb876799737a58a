"""The floor's database: as many candidates as asked, of whom 600 are on the job that is measured."""

import os
import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice, product
from pathlib import Path

SHAPE = 2  # goes up when what stands below changes, so that no file of an older shape is measured
MEASURED_JOB, MEASURED_APPLICATIONS = 1, 600
CROWDED_JOB, CROWDED_APPLICATIONS = 2, 100_000
STAGES = 6
START = datetime(2026, 1, 5, 8, tzinfo=UTC)

SCHEMA = """
CREATE TABLE jobs (id INTEGER PRIMARY KEY, title TEXT NOT NULL, department TEXT NOT NULL);
CREATE TABLE people (id INTEGER PRIMARY KEY, job_id INTEGER NOT NULL, name TEXT NOT NULL);
CREATE TABLE candidates (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL,
  phone TEXT NOT NULL);
CREATE TABLE applications (id INTEGER PRIMARY KEY, job_id INTEGER NOT NULL, candidate_id INTEGER NOT NULL,
  stage INTEGER NOT NULL, version INTEGER NOT NULL, source TEXT NOT NULL, received_at TEXT NOT NULL,
  stage_entered_at TEXT NOT NULL);
CREATE TABLE moves (application_id INTEGER NOT NULL, version INTEGER NOT NULL, from_stage INTEGER,
  to_stage INTEGER NOT NULL, actor_id INTEGER NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (application_id, version)) WITHOUT ROWID;
CREATE VIRTUAL TABLE candidate_words USING fts5(name, content='candidates', content_rowid='id',
  tokenize='porter unicode61 remove_diacritics 2');
"""
INDEXES = """
CREATE INDEX applications_on_board ON applications (job_id, stage, stage_entered_at);
CREATE INDEX applications_of_candidate ON applications (candidate_id, received_at);
CREATE INDEX people_of_job ON people (job_id);
INSERT INTO candidate_words (candidate_words) VALUES ('rebuild');
ANALYZE;
"""
FIRST = (
    "Ada",
    "Bo",
    "Cleo",
    "Dara",
    "Emre",
    "Fatou",
    "Goran",
    "Hana",
    "Ivo",
    "Jun",
    "Kofi",
    "Lena",
    "Mai",
    "Noor",
)
SYLLABLES = ("ba", "den", "for", "gil", "han", "jor", "kel", "lim", "mar", "nov", "or", "pet", "ros")
SOURCES = ("referral", "careers page", "job board", "agency", "university")
SURNAMES = tuple("".join(parts).title() for parts in product(SYLLABLES, repeat=3))


def floor_file(home: Path, size: int) -> Path:
    """The database with that many candidates, built if it is not there yet."""
    path = home / f"floor-{SHAPE}-{size}.sqlite"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        build(unfinished, size)
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())  # or the disk would still be at it while durable moves are timed
        unfinished.rename(path)
    return path


def build(path: Path, size: int) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA + "BEGIN;")
    insert(connection, "jobs", 3, jobs(size))
    insert(connection, "people", 3, people())
    insert(connection, "candidates", 4, candidates(size))
    insert(connection, "applications", 8, applications(size))
    insert(connection, "moves", 6, moves(size))
    connection.execute("COMMIT")
    connection.executescript(INDEXES + "PRAGMA journal_mode=WAL;")
    connection.close()


def insert(
    connection: sqlite3.Connection, table: str, columns: int, rows: Iterator[tuple[object, ...]]
) -> None:
    connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * columns)})", rows)


def job_of(application: int, size: int) -> int:
    """The measured job first, a crowded one where there are enough people, then jobs of 600 each."""
    if application <= MEASURED_APPLICATIONS:
        return MEASURED_JOB
    if size > CROWDED_APPLICATIONS and application <= MEASURED_APPLICATIONS + CROWDED_APPLICATIONS:
        return CROWDED_JOB
    return CROWDED_JOB + application // MEASURED_APPLICATIONS


def jobs(size: int) -> Iterator[tuple[object, ...]]:
    for job in range(1, job_of(size, size) + 1):
        yield job, f"Order clerk {job}", "Sales"


def people() -> Iterator[tuple[object, ...]]:
    for number in range(1, 7):
        yield number, MEASURED_JOB, f"{FIRST[number]} {SURNAMES[number]}"


def candidates(size: int) -> Iterator[tuple[object, ...]]:
    dice = random.Random(7)
    for number in range(1, size + 1):
        first, surname = dice.choice(FIRST), SURNAMES[number % len(SURNAMES)]
        yield (
            number,
            f"{first} {surname}",
            f"{first}.{surname}.{number}@example.org".lower(),
            f"+1 555 {number:07}",
        )


def applications(size: int) -> Iterator[tuple[object, ...]]:
    dice = random.Random(8)
    for number in range(1, size + 1):
        received = START + timedelta(minutes=number % 400_000)
        entered = received + timedelta(hours=dice.randrange(1, 900))
        stage = number % STAGES
        source = SOURCES[number % len(SOURCES)]
        job = job_of(number, size)
        yield number, job, number, stage, stage + 1, source, received.isoformat(), entered.isoformat()


def moves(size: int) -> Iterator[tuple[object, ...]]:
    for number, _, _, stage, *_, received, _ in applications(size):
        for reached in islice(range(STAGES), int(str(stage)) + 1):
            yield number, reached + 1, reached - 1 if reached else None, reached, 1 + reached % 6, received
