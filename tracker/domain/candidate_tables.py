"""Tables that people bring as files: CSV as spreadsheets write it, and sheets as they were read elsewhere."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.domain.rules import RuleBroken

MOST_COLUMNS = 60
MOST_SAMPLES = 3
LONGEST_SAMPLE = 60  # characters
_DELIMITERS = ",;\t"
_CONFLICT_MARKS = ("<<<<<<< ", "||||||| ", ">>>>>>> ")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row with the line it begins on, from 1; `fault` says why its cells cannot be told, else empty.

    `file` is the file that it came from, where each row comes from one of its own.
    """

    number: int
    cells: tuple[str, ...]
    fault: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a file: its name (empty for CSV), the names of its columns, and its rows without blank
    ones.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[TableRow, ...]

    def samples(self, column: int) -> tuple[str, ...]:
        """The first values of a column that are not empty, at most three, each cut to 60 characters."""
        values = (row.cells[column] for row in self.rows if len(row.cells) > column)
        found = dict.fromkeys(" ".join(value.split())[:LONGEST_SAMPLE] for value in values if value.strip())
        return tuple(found)[:MOST_SAMPLES]


def csv_table(data: bytes) -> Table:
    """The table of a CSV parted by commas, semicolons or tabs. Raises RuleBroken on `file` if it is none."""
    text = _decoded(data)
    _refuse_conflicts(text)
    delimiter = max(_DELIMITERS, key=text.partition("\n")[0].count)
    return table_of("", list(_csv_rows(text, delimiter)))


def table_of(name: str, rows: Sequence[TableRow]) -> Table:
    """The table of these rows, whose first names the columns. Raises RuleBroken on `file` if it cannot."""
    if not rows:
        raise RuleBroken("The file is empty.", field="file")
    first, *others = rows
    if first.fault:
        raise RuleBroken(f"The first line must be the names of columns. {first.fault}", field="file")
    header = tuple(cell.strip() for cell in first.cells)
    if len(header) > MOST_COLUMNS:
        raise RuleBroken(
            f"The list has {len(header)} columns, and at most {MOST_COLUMNS} are read: "
            "remove those that say nothing of the person.",
            field="file",
        )
    return Table(name, header, tuple(others))


def kept_tables(tables: Sequence[Table]) -> bytes:
    """Tables as they are laid by between two pages, to be read again by `tables_kept`."""
    sheets = [
        {
            "name": one.name,
            "header": one.header,
            "rows": [(r.number, r.cells, r.fault, r.file) for r in one.rows],
        }
        for one in tables
    ]
    return json.dumps(sheets).encode()


def tables_kept(data: bytes) -> tuple[Table, ...]:
    """The tables that `kept_tables` wrote."""
    return tuple(
        Table(
            sheet["name"],
            tuple(sheet["header"]),
            tuple(TableRow(number, tuple(cells), *more) for number, cells, *more in sheet["rows"]),
        )
        for sheet in json.loads(data)
    )


def _decoded(data: bytes) -> str:
    if not data.strip():
        raise RuleBroken("The file is empty.", field="file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise RuleBroken(
            f"Line {line} is not UTF-8 text: save the list as “CSV UTF-8”.", field="file"
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse_conflicts(text: str) -> None:
    if not any(mark in text for mark in _CONFLICT_MARKS):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith(_CONFLICT_MARKS):
            raise RuleBroken(
                f"Line {number} begins with “{line[:7]}”, as two versions of a file that were put together "
                "and never settled: settle them first.",
                field="file",
            )


def _csv_rows(text: str, delimiter: str) -> Iterator[TableRow]:
    """Each row that is not blank with the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield TableRow(number, (), "The quotation marks do not match.")
            continue
        if any(cell.strip() for cell in cells):
            yield TableRow(number, tuple(cells))
