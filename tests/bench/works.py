"""What is measured: for each work the floor's way and the tracker's, and the ratio that is the goal.

A call does the work once and may answer its size in bytes. A work whose tracker call is None shows the floor
alone.
"""

import csv
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from tests.bench.calling import Caller
from tests.bench.floor import REPORT, REPORT_HEADER, create_floor
from tests.bench.floor_data import (
    CROWDED_APPLICATIONS,
    CROWDED_JOB,
    MEASURED_APPLICATIONS,
    MEASURED_JOB,
    SURNAMES,
    floor_file,
)
from tests.bench.tracker_data import tracker_file
from tests.bench.tracker_side import TrackerSide

BOARD = "board, 150 cards"
_A_CANDIDATE = 302  # whose application is in interviews

Call = Callable[[], int]


@dataclass(frozen=True)
class Work:
    """One line of the table. `goal` is the highest ratio tracker / floor; `growth` the highest ratio of the
    tracker's time to its time with the fewest candidates, for the same work or the one named `grows_from`;
    `most_ms` the longest that the tracker may take where no floor stands beside it."""

    name: str
    floor_call: Call | None
    tracker_call: Call | None = None
    goal: float | None = None
    growth: float | None = None
    grows_from: str | None = None
    most_ms: float | None = None


def works(size: int, home: Path) -> list[Work]:
    """The works at this number of candidates, over the databases in the home folder."""
    path = floor_file(home, size)
    floor = Caller(create_floor(path))
    tracked = tracker_file(home, size)
    side = TrackerSide(tracked)
    exported = min(size, 100_000)
    found = [
        Work(
            BOARD, page(floor, f"/jobs/{MEASURED_JOB}"), page(side.caller, f"/jobs/{MEASURED_JOB}"), 2.5, 1.25
        ),
        Work("move, durable", floor_moves(floor, path), side.mover(tracked), 2.5, 1.25),
        Work("application page", None, page(side.caller, f"/applications/{_A_CANDIDATE}"), growth=1.25),
        Work(
            "search, a surname",
            page(floor, f"/search?q={SURNAMES[5]}"),
            page(side.caller, f"/candidates?q={SURNAMES[5]}"),
            3.0,
            3.0,
        ),
        Work("candidates, page 1", page(floor, "/candidates"), page(side.caller, "/candidates"), growth=1.25),
        Work(f"CSV, {exported:,} rows", lambda: floor.get(f"/report.csv?rows={exported}").size),
        Work(
            f"CSV, {exported:,} rows: csv.writer",
            lambda: plain_csv(path, home / "plain.csv", exported),
            goal=1.3,
        ),
    ]
    if shell := shutil.which("sqlite3"):
        found.append(
            Work(f"CSV, {exported:,} rows: sqlite3 -csv", lambda: shell_csv(shell, path, exported), goal=4.0)
        )
    if size > CROWDED_APPLICATIONS:
        crowded = f"/jobs/{CROWDED_JOB}"
        found.append(
            Work(
                "board, a job of 100,000",
                page(floor, crowded),
                page(side.caller, crowded),
                growth=1.25,
                grows_from=BOARD,
            )
        )
    return found


def page(caller: Caller, path: str) -> Call:
    """Fetching a page."""
    return lambda: caller.get(path).size


def floor_moves(floor: Caller, path: Path) -> Call:
    """Moves the measured job's applications on, one after the other, round and round."""
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT id, version FROM applications WHERE job_id = ?", (MEASURED_JOB,))
    versions = dict(rows.fetchall())
    connection.close()
    turns = cycle(range(1, MEASURED_APPLICATIONS + 1))

    def move() -> int:
        application = next(turns)
        answer = floor.post(f"/applications/{application}/moves", {"version": versions[application]})
        versions[application] += 1
        return answer.size

    return move


def plain_csv(path: Path, out: Path, rows: int) -> int:
    """The same query through the driver alone into the standard library's writer."""
    connection = sqlite3.connect(path)
    with out.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(REPORT_HEADER)
        writer.writerows(connection.execute(REPORT + " LIMIT ?", (rows,)))
    connection.close()
    return out.stat().st_size


def shell_csv(shell: str, path: Path, rows: int) -> int:
    """The same query through SQLite's own shell."""
    command = [shell, "-csv", "-header", str(path), f"{REPORT} LIMIT {rows}"]
    return len(subprocess.run(command, check=True, capture_output=True).stdout)
