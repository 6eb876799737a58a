"""A chart as the template draws it."""

from dataclasses import dataclass
from typing import Any

MOST_BARS = 12
"""How many rows a chart draws; the table below it has all."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as the template draws it: which macro, its rows, and the legend as (mark, words)."""

    kind: str
    title: str
    rows: list[dict[str, Any]]
    legend: tuple[tuple[str, str], ...] = ()
    most: float = 0
    """The end of the scale, where it has one."""
    mark: float | None = None
    """Where a line is drawn across."""
