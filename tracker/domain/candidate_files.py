"""Lists of candidates, line by line: who can be taken, and each fault with its line, column and reason."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tracker.domain.candidate_columns import COLUMN_LABELS, Column
from tracker.domain.candidate_tables import Table, TableRow, csv_table
from tracker.domain.names import clean_email, clean_line, clean_text
from tracker.domain.resume_profiles import clean_profile
from tracker.domain.rules import RuleBroken
from tracker.domain.tags import tag_names

COLUMNS = ("name", "email", "phone", "source", "resume")
NEEDED = ("name", "email")
LONGEST_LINE = 100_000  # characters
LONGEST_NOTE = 20_000  # characters


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """One candidate of the file, cleaned; `number` is the line of the file that it begins on, from 1."""

    number: int
    name: str
    email: str
    phone: str
    source: str
    resume: str
    location: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    profile: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be taken, and why not; `column` names where it is wrong, empty for all of it.

    `file` is the one that the line came from, where each comes from one of its own.
    """

    number: int
    reason: str
    column: str = ""
    file: str = ""


def read_candidates(data: bytes) -> tuple[list[CandidateLine], list[BadLine]]:
    """The good and the bad lines of a CSV with the header of the command line.

    Raises RuleBroken on `file` for what is no such list at all.
    """
    table = csv_table(data)
    return candidate_lines(table, _checked_header(table.header))


def candidate_lines(
    table: Table, columns: Sequence[Column | None]
) -> tuple[list[CandidateLine], list[BadLine]]:
    """The good and the bad lines of a table whose columns hold this; what is none is left out."""
    good: list[CandidateLine] = []
    bad: list[BadLine] = []
    first_with: dict[str, str] = {}
    for row in table.rows:
        try:
            line = _line(row, columns)
            if line.email in first_with:
                reason = f"{first_with[line.email]} has the same e-mail address."
                raise RuleBroken(reason, field=Column.EMAIL)
        except RuleBroken as broken:
            column = _column_named(table, columns, broken.field)
            bad.append(BadLine(row.number, broken.message, column, row.file))
        else:
            first_with[line.email] = f"“{row.file}”" if row.file else f"Line {row.number}"
            good.append(line)
    return good, bad


def _column_named(table: Table, columns: Sequence[Column | None], field: str | None) -> str:
    """The file's own name of the column that a fault is about, else what the column holds."""
    of_parts = (Column.GIVEN_NAME, Column.FAMILY_NAME) if field == Column.NAME else ()
    for name, column in zip(table.header, columns, strict=True):
        if column is not None and (column == field or column in of_parts):
            return name[:80] or COLUMN_LABELS[column]
    return ""


def _checked_header(header: Sequence[str]) -> tuple[Column, ...]:
    wanted = ",".join(COLUMNS)
    names = [cell.lower() for cell in header]
    missing = [name for name in NEEDED if name not in names]
    unknown = [name for name in names if name not in COLUMNS]
    if missing:
        raise RuleBroken(
            f"The column {missing[0]} is missing: the first line must be {wanted}.", field="file"
        )
    if unknown:
        shown = unknown[0][:40] or "without a name"
        raise RuleBroken(f"The column “{shown}” is unknown: the first line must be {wanted}.", field="file")
    if len(set(names)) < len(names):
        raise RuleBroken(f"A column stands twice: the first line must be {wanted}.", field="file")
    return tuple(map(Column, names))


def _line(row: TableRow, columns: Sequence[Column | None]) -> CandidateLine:
    if row.fault:
        raise RuleBroken(row.fault)
    if len(row.cells) != len(columns):
        values = "1 value" if len(row.cells) == 1 else f"{len(row.cells)} values"
        raise RuleBroken(f"The line has {values}, but the first line names {len(columns)} columns.")
    if sum(map(len, row.cells)) > LONGEST_LINE:
        raise RuleBroken(f"The line has more than {LONGEST_LINE:,} characters.")
    given = {column: cell for column, cell in zip(columns, row.cells, strict=True) if column is not None}
    name = given.get(Column.NAME) or f"{given.get(Column.GIVEN_NAME, '')} {given.get(Column.FAMILY_NAME, '')}"
    tags = given.get(Column.TAGS, "").replace(";", ",").strip(" ,")
    return CandidateLine(
        number=row.number,
        name=_checked_name(name),
        email=clean_email(given.get(Column.EMAIL, "")),
        phone=clean_line(given.get(Column.PHONE, ""), "The phone number", "phone", longest=60),
        source=clean_line(given.get(Column.SOURCE, ""), "The source", "source", longest=80),
        resume=clean_line(given.get(Column.RESUME, ""), "The name of the résumé", "resume", longest=255),
        location=clean_line(given.get(Column.LOCATION, ""), "The location", "location", longest=200),
        tags=_checked_tags(tags) if tags else (),
        note=clean_text(given.get(Column.NOTE, ""), "The note", "note", longest=LONGEST_NOTE),
        profile=_checked_profile(given.get(Column.PROFILE, "")),
    )


def _checked_profile(text: str) -> dict[str, Any] | None:
    if not text.strip():
        return None
    try:
        return clean_profile(json.loads(text))
    except (ValueError, RecursionError):
        raise RuleBroken("This is no JSON Resume.", field=Column.PROFILE) from None


def _checked_name(text: str) -> str:
    name = clean_line(text, "The name", "name", longest=200, needed=True)
    if not any(letter.isalpha() for letter in name):
        raise RuleBroken("The name has no letter in it.", field="name")
    return name


def _checked_tags(text: str) -> tuple[str, ...]:
    try:
        return tag_names(text)
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field="tags") from None
