"""How long somebody waits at worst while fifty write at once: read, then write, one row of a SQLite file."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select, update

from tests.factories import make_job
from tracker import schema
from tracker.db import Database
from tracker.models.jobs import Job

WRITERS, ROUNDS = 50, 20
GOAL = 2.0
"""Seconds; design: trust, "Faults to survive"."""


@dataclass(frozen=True)
class Waiting:
    """The longest and the median time of a whole change in seconds, and how many of all were kept."""

    worst: float
    median: float
    kept: int

    def __str__(self) -> str:
        missed = "" if self.worst <= GOAL else " over"
        return (
            f"{WRITERS} writers × {ROUNDS} on one row: worst wait {self.worst:.2f} s{missed} "
            f"(goal ≤ {GOAL:g}), median {self.median * 1000:.0f} ms, "
            f"{self.kept:,} of {WRITERS * ROUNDS:,} kept"
        )


def measure_waiting() -> Waiting:
    """Let fifty threads change one row twenty times each, every change durable."""
    with TemporaryDirectory() as folder:
        database = Database.at(f"sqlite:///{Path(folder) / 'tracker.db'}")
        schema.upgrade(database)
        with database.writing() as session:
            job_id = make_job(session, openings=1).id

        def change(_: int) -> list[float]:
            waits = []
            for _ in range(ROUNDS):
                began = time.perf_counter()
                with database.writing() as session:
                    openings = session.scalars(select(Job.openings).where(Job.id == job_id)).one()
                    session.execute(update(Job).where(Job.id == job_id).values(openings=openings + 1))
                waits.append(time.perf_counter() - began)
            return waits

        with ThreadPoolExecutor(WRITERS) as pool:
            waits = sorted(wait for of_one in pool.map(change, range(WRITERS)) for wait in of_one)
        with database.reading() as session:
            kept = session.scalars(select(Job.openings)).one() - 1
        database.engine.dispose()
    return Waiting(waits[-1], waits[len(waits) // 2], kept)
