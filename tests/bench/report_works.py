"""Reports over all candidates: pages beside the tracker's own board, files beside the plainest way.

Where a page shows a kept answer, that was counted before as a worker counts it, and the work is named so.
"""

import csv
import sqlite3
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Engine, event, select

from tests.bench.calling import Caller
from tests.bench.floor_data import MEASURED_JOB
from tests.bench.tracker_data import tracker_file
from tests.bench.tracker_side import TrackerSide
from tests.bench.works import Call, Work, page
from tracker.cli.kept_reports import count_awaited
from tracker.db import Database
from tracker.domain.metrics.survival import median_time
from tracker.domain.permissions import Permission
from tracker.domain.report_outlines import OUTLINES
from tracker.models.kept_reports import KeptReport

TIMES_A_BOARD = 10.0
PAGES = tuple(outline.name for outline in OUTLINES.values() if outline.permission is Permission.REPORT_READ)
"""Those that the measuring recruiter may read."""
KEPT = tuple(outline.name for outline in OUTLINES.values() if outline.is_kept)
ROWS = "/reports/pipeline/export?format=csv&rows=1"
_ROWS_BEGIN = "SELECT jobs.title AS job"
SPELLS = 1_000_000


def report_works(size: int, home: Path) -> list[Work]:
    """The works over the tracker's database of this size, which is only read."""
    tracked = tracker_file(home, size)
    caller = TrackerSide(tracked).caller
    board = page(caller, f"/jobs/{MEASURED_JOB}")
    kept = count_as_a_worker(caller, tracked)
    found = [
        Work(
            f"report {name}{', kept' if name in kept else ''}: to the board",
            board,
            page(caller, f"/reports/{name}"),
            TIMES_A_BOARD,
        )
        for name in PAGES
    ]
    return [
        *found,
        Work(
            "CSV of all stays: to csv.writer",
            plain_rows(caller, tracked, home / "plain.csv"),
            page(caller, ROWS),
            1.3,
        ),
    ]


def count_as_a_worker(caller: Caller, tracked: Path) -> frozenset[str]:
    """Ask for the reports whose answers are kept, and count as the worker does; those that came to be kept.

    Of so few moves that a page counts them itself nothing is kept.
    """
    for name in KEPT:
        caller.get(f"/reports/{name}")
    database = Database.at(f"sqlite:///{tracked}")
    count_awaited(database)
    with database.reading() as session:
        told = select(KeptReport.report).where(KeptReport.told.is_not(None))
        found = frozenset(session.scalars(told))
    database.engine.dispose()
    return found


def plain_rows(caller: Caller, tracked: Path, out: Path) -> Call:
    """The query that the tracker sends for the file, through the driver alone into the library's writer."""
    statement, values = _sent(caller)

    def write() -> int:
        connection = sqlite3.connect(tracked)
        with out.open("w", newline="") as file:
            csv.writer(file).writerows(connection.execute(statement, values))
        connection.close()
        return out.stat().st_size

    return write


def _sent(caller: Caller) -> tuple[str, Any]:
    sent: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if statement.startswith(_ROWS_BEGIN):
            sent.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        caller.get(ROWS)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return sent[0]


def survival_work() -> Work:
    """The median stay of a million people, a third of whom are still there; no two stayed equally long."""
    dice = Random(9)
    finished, going_on = Counter[float](), Counter[float]()
    for _ in range(SPELLS):
        (finished if dice.random() < 2 / 3 else going_on)[dice.expovariate(1 / 20)] += 1
    return Work(
        f"Kaplan–Meier of {SPELLS:,} stays",
        None,
        lambda: round(median_time(finished, going_on).median or 0),
        most_ms=2_000,
    )
