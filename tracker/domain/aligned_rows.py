"""Statements of a framework brought into rows, and how sure each is of its place."""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain.frameworks import Level, Statement

WEAK_BELOW = 0.5  # of a confidence


@dataclass(frozen=True, slots=True)
class Cell:
    """A statement in its row; `confidence`, 0 to 1, is how surely it belongs there."""

    statement: Statement
    confidence: float

    @property
    def is_weak(self) -> bool:
        """Whether an author should look at it before trusting it."""
        return self.confidence < WEAK_BELOW


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """Statements of different levels on one concern."""

    cells: Mapping[Level, Cell]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Rows of two levels and more, fullest and surest first; what stands alone; and what was folded."""

    rows: tuple[AlignedRow, ...]
    alone: tuple[Statement, ...]
    notices: tuple[str, ...]
