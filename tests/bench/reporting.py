"""The measured lines as a table for people and as JSON."""

import os
import platform
import sqlite3
from dataclasses import asdict
from datetime import UTC, datetime

from rich.table import Table

from tests.bench.measuring import Line, Side

HEADINGS = ("floor", "tracker", "ratio", "goal", "growth", "goal", "floor SQL, KB", "tracker SQL, KB")


def as_table(lines: list[Line]) -> Table:
    """Medians in milliseconds; a ratio above its goal is marked. What was not measured is a dash."""
    table = Table("candidates", "work", title="Medians in milliseconds", title_justify="left")
    for heading in HEADINGS:
        table.add_column(heading, justify="right")
    for line in lines:
        table.add_row(
            f"{line.candidates:,}",
            line.work.name,
            *(f"{side.median_ms:.2f}" if side else "–" for side in (line.floor, line.tracker)),
            *_beside_goal(line.ratio, line.work.goal, _too_long(line)),
            *_beside_goal(growth(line, lines), line.work.growth),
            *(_asked(side) for side in (line.floor, line.tracker)),
        )
    return table


def growth(line: Line, lines: list[Line]) -> float | None:
    """The tracker's time over its time for the same work with the fewest candidates."""
    name = line.work.grows_from or line.work.name
    first = next((other for other in lines if other.work.name == name), None)
    if line.work.growth is None or first is None or first is line:
        return None
    if line.tracker is None or first.tracker is None:
        return None
    return line.tracker.median_ms / first.tracker.median_ms


def as_json(lines: list[Line]) -> dict[str, object]:
    return {
        "taken_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "processors": os.cpu_count(),
        "lines": [
            {
                "work": line.work.name,
                "candidates": line.candidates,
                "floor": asdict(line.floor) if line.floor else None,
                "tracker": asdict(line.tracker) if line.tracker else None,
                "ratio": line.ratio,
                "goal": line.work.goal,
                "growth": growth(line, lines),
                "growth_goal": line.work.growth,
                "most_ms": line.work.most_ms,
            }
            for line in lines
        ],
    }


def _too_long(line: Line) -> tuple[str, str] | None:
    """For a work without a floor: whether it takes longer than it may, and how long that is."""
    most = line.work.most_ms
    if most is None or line.tracker is None:
        return None
    return ("[red]over[/red]" if line.tracker.median_ms > most else "within"), f"≤ {most:,.0f} ms"


def _beside_goal(
    value: float | None, goal: float | None, in_all: tuple[str, str] | None = None
) -> tuple[str, str]:
    if in_all is not None:
        return in_all
    wanted = "" if goal is None else f"≤ {goal:g}"
    if value is None:
        return "–", wanted
    missed = goal is not None and value > goal
    return f"[red]{value:.2f} over[/red]" if missed else f"{value:.2f}", wanted


def _asked(side: Side | None) -> str:
    return f"{side.statements}, {side.size / 1000:.1f}" if side else "–"
