"""Cells outside the tracker: instants with their offset, and no text that a spreadsheet would run."""

from datetime import datetime, tzinfo

from tracker.domain.reports import Cell

_MOST_KNOWN = 4096

FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")
"""What spreadsheets take for the beginning of a formula, the full-width signs of Asian keyboards included."""


def neutral(text: str) -> str:
    """The text, with an apostrophe before it if a spreadsheet might take it for a formula.

    Source: OWASP, CSV injection.
    """
    return f"'{text}" if text.startswith(FORMULA_SIGNS) or text.lstrip().startswith(FORMULA_SIGNS) else text


def iso(at: datetime, zone: tzinfo) -> str:
    """An instant in a zone with its offset: `2026-03-02T09:30:00+01:00`."""
    return at.astimezone(zone).isoformat()


def written(cell: Cell, zone: tzinfo) -> str | int | float:
    """A cell as CSV takes it: nothing for what is undefined, numbers as they are, texts made harmless."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return neutral(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return iso(cell, zone) if isinstance(cell, datetime) else cell


class WrittenCells(dict[Cell, str | int | float]):
    """Cells of one column as CSV takes them, each written once while it keeps coming back.

    Stages, titles and people stand in many rows, and the end of one stay is the beginning of the next.
    """

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone

    def __missing__(self, cell: Cell) -> str | int | float:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        self[cell] = found = written(cell, self._zone)
        return found
