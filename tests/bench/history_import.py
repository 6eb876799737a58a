"""The import of a long history: `python -m tests.bench.history_import --events 200000`.

Prints events a second and memory of the whole way: reading, planning and writing, as the command line does.
"""

import argparse
import csv
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from pathlib import Path
from random import Random

from tests.bench.__main__ import number_of
from tracker import schema
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.domain.event_logs import default_mapping
from tracker.domain.stages import STAGES, JobStatus
from tracker.models.jobs import Job
from tracker.services.event_logs import read_log
from tracker.services.history_import import ImportedFile, import_batch
from tracker.services.history_plans import batches, plan_import

BEGAN = datetime(2024, 1, 1, tzinfo=UTC)
_HEADER = ("application", "candidate", "email", "at", "activity", "actor")


def events() -> Iterator[tuple[str, ...]]:
    """Applications one after the other, each with one to five events and every other one rejected at last."""
    dice, number = Random(7), 0
    while True:
        number += 1
        at = BEGAN + timedelta(minutes=number % 800_000)
        steps = [stage.value for stage in STAGES[: dice.randint(1, 4)]]
        for activity in steps if number % 2 else [*steps, "rejected"]:
            at += timedelta(hours=dice.randint(1, 90))
            who = (f"a{number}", f"Amina Yusuf {number}", f"amina{number}@example.org")
            yield (*who, at.isoformat(), activity, f"Recruiter {number % 20}")


def megabytes() -> int:
    """The most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def tell(step: str, number: int, seconds: float) -> None:
    print(f"{step:9} {seconds:6.1f} s  {number / seconds:9,.0f} events/s  {megabytes()} MB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=number_of, default=200_000, metavar="N", help="200k, 1M")
    wanted = parser.parse_args().events
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.csv"
        with path.open("w", newline="") as file:
            csv.writer(file).writerows(chain([_HEADER], islice(events(), wanted)))
        database = Database.at(f"sqlite:///{folder}/tracker.db")
        schema.upgrade(database)
        with database.writing() as session:
            job = Job(title="Order clerk", status=JobStatus.OPEN, openings=1, description="")
            job.minimum_qualifications, job.preferred_qualifications = [], []
            job.created_at = job.approved_at = BEGAN
            session.add(job)
            session.flush()
            job_id = job.id
        idle = megabytes()
        print(f"{wanted:,} events, {path.stat().st_size / 1e6:.1f} MB; idle {idle} MB")
        began = time.perf_counter()
        log = read_log(path, path.name, None, zone=UTC)
        read = time.perf_counter()
        tell("read", wanted, read - began)
        with database.reading() as session:
            plan = plan_import(session, session.get_one(Job, job_id), log, default_mapping())
        planned = time.perf_counter()
        tell("planned", wanted, planned - read)
        for batch in batches(plan):
            with database.writing() as session:
                import_batch(
                    session,
                    session.get_one(Job, job_id),
                    batch,
                    ImportedFile(path.name, "0" * 64),
                    actor=SYSTEM,
                )
        written = time.perf_counter()
        tell("written", wanted, written - planned)
        tell("all", wanted, written - began)
        database.engine.dispose()


if __name__ == "__main__":
    main()
