"""Lists of candidates as CSV, as spreadsheets write them: each fault with its line and reason."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.domain.names import clean_email, clean_line
from tracker.domain.rules import RuleBroken

COLUMNS = ("name", "email", "phone", "source", "resume")
NEEDED = ("name", "email")
LONGEST_LINE = 100_000  # characters
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """One candidate of the file, cleaned; `number` is the line of the file that it begins on, from 1."""

    number: int
    name: str
    email: str
    phone: str
    source: str
    resume: str


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be taken, and why not."""

    number: int
    reason: str


def read_candidates(data: bytes) -> tuple[list[CandidateLine], list[BadLine]]:
    """The good and the bad lines of a file. Raises RuleBroken on `file` for what is no such list at all."""
    text = _decoded(data)
    delimiter = max(_DELIMITERS, key=text.partition("\n")[0].count)
    rows = _rows(text, delimiter)
    header = _checked_header(next(rows, None))
    good: list[CandidateLine] = []
    bad: list[BadLine] = []
    first_with: dict[str, int] = {}
    for number, cells in rows:
        try:
            line = _line(number, header, cells)
            if line.email in first_with:
                raise RuleBroken(f"Line {first_with[line.email]} has the same e-mail address.")
        except RuleBroken as broken:
            bad.append(BadLine(number, broken.message))
        else:
            first_with[line.email] = number
            good.append(line)
    return good, bad


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


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Each row that is not blank with the line it begins on; a text in place of cells says what is wrong."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield number, "The quotation marks do not match."
            continue
        if any(cell.strip() for cell in cells):
            yield number, cells


def _checked_header(row: tuple[int, list[str] | str] | None) -> list[str]:
    wanted = ",".join(COLUMNS)
    if row is None or isinstance(row[1], str):
        raise RuleBroken(f"The first line must be {wanted}.", field="file")
    header = [cell.strip().lower() for cell in row[1]]
    missing = [name for name in NEEDED if name not in header]
    unknown = [name for name in header if name not in COLUMNS]
    if missing:
        raise RuleBroken(
            f"The column {missing[0]} is missing: the first line must be {wanted}.", field="file"
        )
    if unknown:
        shown = unknown[0][:40] or "without a name"
        raise RuleBroken(f"The column “{shown}” is unknown: the first line must be {wanted}.", field="file")
    if len(set(header)) < len(header):
        raise RuleBroken(f"A column stands twice: the first line must be {wanted}.", field="file")
    return header


def _line(number: int, header: list[str], cells: list[str] | str) -> CandidateLine:
    if isinstance(cells, str):
        raise RuleBroken(cells)
    if len(cells) != len(header):
        values = "1 value" if len(cells) == 1 else f"{len(cells)} values"
        raise RuleBroken(f"The line has {values}, but the first line names {len(header)} columns.")
    if sum(map(len, cells)) > LONGEST_LINE:
        raise RuleBroken(f"The line has more than {LONGEST_LINE:,} characters.")
    given = dict(zip(header, cells, strict=True))
    return CandidateLine(
        number=number,
        name=clean_line(given["name"], "The name", "name", longest=200, needed=True),
        email=clean_email(given["email"]),
        phone=clean_line(given.get("phone", ""), "The phone number", "phone", longest=60),
        source=clean_line(given.get("source", ""), "The source", "source", longest=80),
        resume=clean_line(given.get("resume", ""), "The name of the résumé", "resume", longest=255),
    )
