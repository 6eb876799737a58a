"""Cells outside the tracker: instants with their offset, and no text that a spreadsheet would run."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from types import NoneType
from zoneinfo import ZoneInfo

from tracker.domain.reports import Cell

_MOST_KNOWN = 4096
_UTC = frozenset({"UTC", "Etc/UTC"})
_WHOLE_NUMBERS = {int, NoneType}
"""True is of neither type."""
_OFFSET, _WHOLE = "+00:00", ".000000"
_MINUTE, _SECOND, _ISO = len("2026-03-02T09:30"), len("2026-03-02T09:30:00"), len("2026-03-02T09:30:00+01:00")

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


def written_texts(cells: Sequence[Cell], zone: tzinfo) -> Sequence[Cell]:
    """A column of texts as CSV takes it, made harmless: most begin with a letter or a digit.

    Titles, stages and people stand in many rows: each is looked at once.
    """
    if all(map(_is_harmless, set(cells))):
        return cells
    return [written(cell, zone) for cell in cells]


def written_numbers(cells: Sequence[Cell], zone: tzinfo) -> Sequence[Cell]:
    """A column of numbers as CSV takes it: most are whole, and stay what they are."""
    return cells if set(map(type, cells)) <= _WHOLE_NUMBERS else [written(cell, zone) for cell in cells]


def _is_harmless(cell: Cell) -> bool:
    """Whether it is nothing, or a text that needs no second look."""
    return cell is None or (isinstance(cell, str) and (not cell or cell[0].isalnum()))


class WrittenInstants:
    """Columns of instants as CSV takes them, in a zone with their offset; nothing for what is undefined.

    Instants may be texts of UTC: most of each is the same in the zone, and need not be read to be written.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._known: dict[Cell, str] = {}
        self._minutes = _Minutes(zone)

    def __call__(self, cells: Sequence[Cell]) -> Sequence[Cell]:
        """The column, cell by cell in the same order."""
        kinds = set(map(type, cells)) - {NoneType}
        if kinds != {str}:
            return [self._one(cell) for cell in cells] if kinds else cells
        texts: list[str] = list(filter(None, cells))  # type: ignore[arg-type]
        told = _in_utc(texts) if self._zone.key in _UTC else list(map(self._minutes.told, texts))
        if len(told) == len(cells):
            return told
        coming = iter(told)
        return [cell and next(coming) for cell in cells]

    def _one(self, cell: Cell) -> str:
        """The end of one stay is the beginning of the next: what comes back is written once."""
        found = self._known.get(cell)
        if found is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            found = self._known[cell] = str(written(cell, self._zone))
        return found


def _in_utc(texts: list[str]) -> list[str]:
    """Instants of UTC with their offset, all in one go: whole seconds without a fraction, as in ISO."""
    together = f"{_OFFSET}\n".join(texts) + _OFFSET
    return together.replace(_WHOLE, "").replace(" ", "T").split("\n")


class _Minutes(dict[str, tuple[str, str] | None]):
    """What stands before and after the seconds of the instants of a minute of UTC, in a zone.

    None where the zone was a part of a minute off, as clocks by the sun were.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def __missing__(self, minute: str) -> tuple[str, str] | None:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        told = iso(datetime.fromisoformat(f"{minute}Z"), self._zone)
        self[minute] = found = (told[:_MINUTE], told[_SECOND:]) if len(told) == _ISO else None
        return found

    def told(self, text: str) -> str:
        """An instant of UTC in the zone with its offset."""
        around = self[text[:_MINUTE]]
        if around is None:
            return iso(datetime.fromisoformat(f"{text}Z"), self._zone)
        seconds = text[_MINUTE:_SECOND] if text.endswith(_WHOLE) else text[_MINUTE:]
        return around[0] + seconds + around[1]
