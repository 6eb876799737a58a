"""What is measured once, for no number of candidates changes it: starting cold, and aligning a framework."""

import subprocess
import sys
from pathlib import Path

from tests.bench.floor_data import SURNAMES, floor_file
from tests.bench.tracker_data import tracker_file
from tests.bench.tracker_side import settings_for
from tests.bench.works import Call, Work
from tracker.domain.alignment import align
from tracker.domain.frameworks import Level, Statement, read_statement

SMALLEST = 1_000
_VERBS = ("check", "enter", "resolve", "plan", "compare", "explain", "record", "oversee")
_MEANS = (
    "against the order",
    "by telephone",
    "for new colleagues",
    "before the busy season",
    "in the system",
)
# Imports, application, first page; then what it occupies, in KB.
_START = """
import re, resource
from werkzeug.test import create_environ, run_wsgi_app
from pathlib import Path
{make}
body, status, _ = run_wsgi_app(app, create_environ({path!r}, "http://127.0.0.1:8000"))
size = len(b"".join(body))
assert status.startswith("200"), status
status = Path("/proc/self/status")
if status.exists():  # where it does, the usage counts the process that this one was forked from
    print(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1])
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
_FLOOR = "from tests.bench.floor import create_floor\napp = create_floor(Path({!r}))"
# Not by way of the benchmark's own modules, which load more than the server does.
_TRACKER = """
from tracker.app import create_app
from tracker.config import load_config
app = create_app(load_config({!r}))
"""


def works_once(home: Path) -> list[Work]:
    """The works that no number of candidates changes; a cold start answers the memory it took as its size."""
    floor, tracker = floor_file(home, SMALLEST), tracker_file(home, SMALLEST)
    small, large = framework_of(10), framework_of(300)
    return [
        Work(
            "cold start, and resident KB",
            cold_start(_FLOOR.format(str(floor)), "/jobs/1"),
            cold_start(_TRACKER.format(settings_for(tracker)), "/sign-in"),
            2.0,
        ),
        Work("alignment, 4 × 10 statements", None, lambda: len(align(small).rows)),
        Work("alignment, 4 × 300 statements", None, lambda: len(align(large).rows)),
    ]


def cold_start(make: str, path: str) -> Call:
    """Starting an interpreter that makes the app and answers one page."""
    program = _START.format(make=make, path=path)

    def start() -> int:
        told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
        return int(told.stdout) * 1024

    return start


def framework_of(rows: int) -> dict[Level, list[Statement]]:
    """Made-up statements on so many topics, each topic at every level in other words."""
    return {
        level: [
            read_statement(
                level,
                index,
                f"{SURNAMES[index]} {SURNAMES[-index - 1].lower()} — "
                f"{_VERBS[(index + level.rank) % len(_VERBS)]} {SURNAMES[index].lower()} papers "
                f"{_MEANS[(index * level.rank) % len(_MEANS)]}",
            )
            for index in range(rows)
        ]
        for level in Level
    }
