"""The rows of a spreadsheet (XLSX): a pure function of bytes, which runs in the child process only.

Source: ECMA-376, part 1, sections 18.2 (workbook), 18.3 (sheets) and 18.4 (shared texts).
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from xml.parsers import expat

from tracker.extraction.readers import Unreadable

MOST_UNPACKED = 60 * 1024 * 1024  # bytes of one part
MOST_ROWS = 10_000
MOST_SHEETS = 20
MOST_COLUMNS = 256
LONGEST_CELL = 32_767  # characters, the most that a spreadsheet holds
MOST_LETTERS = 2_000_000
MOST_STYLES = 100_000
TOO_LONG = f"It has more than {MOST_ROWS:,} rows or is otherwise beyond measure: import it in parts."
_CHUNK = 64 * 1024
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_PLACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_STRICT_PLACE = "http://purl.oclc.org/ooxml/officeDocument/relationships id"
# Formats of dates that every spreadsheet knows by number (18.8.30).
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')

Row = tuple[int, list[str], str]
Sheet = dict[str, Any]


def read_sheets(data: bytes) -> list[Sheet]:
    """Every visible sheet that is not empty, as name and rows: number, cells, what is wrong.

    Dates become ISO 8601, formulas their last result, numbers the text that people see without its format.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _sheets(archive)
    except Unreadable:
        raise
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        raise Unreadable("The spreadsheet is damaged.") from None


def _sheets(archive: zipfile.ZipFile) -> list[Sheet]:
    named, starts_1904 = _workbook(archive)
    texts = _texts(archive)
    dates = _date_styles(archive)
    found: list[Sheet] = []
    for name, part in named[:MOST_SHEETS]:
        rows = _Rows(texts, dates, starts_1904)
        _parse(archive, part, rows.start, rows.end, rows.letters)
        if rows.found:
            found.append({"name": name[:80], "rows": _evened(rows.found)})
    return found


def _workbook(archive: zipfile.ZipFile) -> tuple[list[tuple[str, str]], bool]:
    """Names of the visible sheets with their parts, and whether days are counted from 1904."""
    sheets: list[tuple[str, str]] = []
    parts: dict[str, str] = {}
    from_1904 = False

    def in_workbook(tag: str, values: dict[str, str]) -> None:
        nonlocal from_1904
        if tag == "sheet" and values.get("state", "visible") == "visible":
            sheets.append((values.get("name", ""), values.get(_PLACE) or values.get(_STRICT_PLACE, "")))
        elif tag == "workbookPr":
            from_1904 = values.get("date1904") in ("1", "true")

    def in_places(tag: str, values: dict[str, str]) -> None:
        if tag == "Relationship" and values.get("TargetMode") != "External":
            target = values.get("Target", "")
            parts[values.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")

    _parse(archive, "xl/workbook.xml", in_workbook)
    _parse(archive, "xl/_rels/workbook.xml.rels", in_places)
    return [(name, parts[key]) for name, key in sheets if key in parts], from_1904


def _texts(archive: zipfile.ZipFile) -> list[str]:
    """The shared texts; how a word is spoken stands beside it and is passed over."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    found: list[str] = []
    pieces: list[str] = []
    is_text = is_spoken = False

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal is_text, is_spoken
        is_spoken = is_spoken or tag == "rPh"
        is_text = tag == "t" and not is_spoken

    def end(tag: str) -> None:
        nonlocal is_text, is_spoken
        is_text = False
        is_spoken = is_spoken and tag != "rPh"
        if tag == "si":
            found.append("".join(pieces)[:LONGEST_CELL])
            pieces.clear()

    def letters(text: str) -> None:
        if is_text:
            pieces.append(text)

    _parse(archive, "xl/sharedStrings.xml", start, end, letters)
    return found


def _date_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """The numbers of the cell styles that show a date or a time."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    own: set[int] = set()
    found: list[bool] = []
    is_of_cells = False

    def start(tag: str, values: dict[str, str]) -> None:
        nonlocal is_of_cells
        if tag == "numFmt" and re.search("[ymdhs]", _QUOTED.sub("", values.get("formatCode", "")).lower()):
            own.add(int(values.get("numFmtId", "0")))
        elif tag == "cellXfs":
            is_of_cells = True
        elif tag == "xf" and is_of_cells and len(found) < MOST_STYLES:
            number = int(values.get("numFmtId", "0"))
            found.append(number in own or number in _DATES)

    def end(tag: str) -> None:
        nonlocal is_of_cells
        is_of_cells = is_of_cells and tag != "cellXfs"

    _parse(archive, "xl/styles.xml", start, end)
    return frozenset(number for number, is_date in enumerate(found) if is_date)


class _Rows:
    """Takes the cells of one sheet as they are told by the parser."""

    def __init__(self, texts: list[str], dates: frozenset[int], from_1904: bool) -> None:
        self.found: list[Row] = []
        self._texts, self._dates, self._from_1904 = texts, dates, from_1904
        self._number, self._column, self._size = 0, -1, 0
        self._cells: dict[int, str] = {}
        self._fault, self._kind, self._style = "", "", -1
        self._pieces: list[str] = []
        self._is_value = self._is_formula = self._is_spoken = False

    def start(self, tag: str, values: dict[str, str]) -> None:
        if tag == "row":
            self._number = int(values.get("r", self._number + 1))
            self._cells, self._fault, self._column = {}, "", -1
        elif tag == "c":
            place = _CELL.fullmatch(values.get("r", ""))
            self._column = _column_number(place[1]) if place else self._column + 1
            self._kind, self._style = values.get("t", "n"), int(values.get("s", "-1"))
            self._pieces, self._is_formula = [], False
        elif tag == "f":
            self._is_formula = True
        elif tag == "rPh":
            self._is_spoken = True
        self._is_value = tag in ("v", "t") and not self._is_spoken

    def letters(self, text: str) -> None:
        if self._is_value:
            self._pieces.append(text)
            self._size += len(text)
            if self._size > MOST_LETTERS:
                raise Unreadable(TOO_LONG)

    def end(self, tag: str) -> None:
        self._is_value = False
        if tag == "rPh":
            self._is_spoken = False
        elif tag == "c":
            self._take_cell("".join(self._pieces)[:LONGEST_CELL])
        elif tag == "row" and (any(cell.strip() for cell in self._cells.values()) or self._fault):
            width = max(self._cells, default=-1) + 1
            self.found.append((self._number, [self._cells.get(at, "") for at in range(width)], self._fault))
            if len(self.found) > MOST_ROWS + 1:
                raise Unreadable(TOO_LONG)

    def _take_cell(self, text: str) -> None:
        if self._column >= MOST_COLUMNS and (text or self._is_formula):
            raise Unreadable(f"It has more than {MOST_COLUMNS} columns.")
        place = f"Cell {_letters_of(self._column)}{self._number}"
        if self._kind == "e":
            self._fault = self._fault or f"{place} holds an error: {text[:20]}"
        elif self._is_formula and not text:
            self._fault = self._fault or f"{place} is a formula without a result: put the value in its place."
        elif text or self._column in self._cells:
            self._cells[self._column] = self._shown(text)

    def _shown(self, text: str) -> str:
        if self._kind == "s":
            number = int(text)
            if not 0 <= number < len(self._texts):
                raise Unreadable("The spreadsheet is damaged.")
            # Counted again: one long text may be named by every cell.
            self._size += len(self._texts[number])
            if self._size > MOST_LETTERS:
                raise Unreadable(TOO_LONG)
            return self._texts[number]
        if self._kind == "b":
            return "TRUE" if text == "1" else "FALSE"
        if self._kind == "n":
            return _number_shown(text, is_date=self._style in self._dates, from_1904=self._from_1904)
        return text


def _number_shown(text: str, *, is_date: bool, from_1904: bool) -> str:
    number = float(text)
    if is_date and 0 <= number < 2_958_466:
        # Day 60 of the older count is 29 February 1900, which never was (18.17.4.1).
        start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - of no zone
        at = start + timedelta(seconds=round(number * 86_400))
        return at.date().isoformat() if number == int(number) else at.isoformat(" ")
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else text


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _letters_of(column: int) -> str:
    letters = ""
    column += 1
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _evened(rows: list[Row]) -> list[Row]:
    """Rows as long as the first: cells at the end of a row that stay empty are not written."""
    width = len(rows[0][1])
    return [(number, cells + [""] * (width - len(cells)), fault) for number, cells, fault in rows]


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    size = 0
    with archive.open(part) as content:
        while piece := content.read(_CHUNK):
            size += len(piece)
            if size > MOST_UNPACKED:
                raise Unreadable("It unpacks to more than is read.")
            yield piece


def _parse(
    archive: zipfile.ZipFile,
    part: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    letters: Callable[[str], None] | None = None,
) -> None:
    """Tell the elements of a part by their names alone; a document type is refused: it names other files."""

    def refuse(*_: object) -> int:
        raise Unreadable("It names a document type, which no spreadsheet needs.")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.StartElementHandler = lambda name, values: start(name.rpartition(" ")[2], values)
    parser.EndElementHandler = lambda name: end(name.rpartition(" ")[2]) if end else None
    if letters is not None:
        parser.CharacterDataHandler = letters
    try:
        for piece in _pieces(archive, part):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise Unreadable("The spreadsheet is damaged.") from None
