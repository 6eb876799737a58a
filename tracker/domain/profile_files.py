"""Files of JSON Resume as a list of candidates: one line a file, with what it says and the whole of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tracker.domain.candidate_columns import COLUMN_LABELS, Column
from tracker.domain.candidate_tables import Table, TableRow
from tracker.domain.resume_contacts import contacts_of_profile

_COLUMNS = (Column.NAME, Column.EMAIL, Column.PHONE, Column.LOCATION, Column.PROFILE)
_HEADER = tuple(COLUMN_LABELS[column] for column in _COLUMNS)


@dataclass(frozen=True, slots=True)
class ProfileFile:
    """One file: its name (empty where it came alone) and its JSON Resume, or why it has none."""

    name: str
    profile: dict[str, Any] | None
    reason: str = ""


def profile_table(files: Sequence[ProfileFile]) -> Table:
    """These files as a table, whose lines are numbered from 1 in the order of the files."""
    return Table("", _HEADER, tuple(_row(number, one) for number, one in enumerate(files, start=1)))


def _row(number: int, file: ProfileFile) -> TableRow:
    if file.profile is None:
        return TableRow(number, (), file.reason, file.name)
    told = contacts_of_profile(file.profile)
    written = json.dumps(file.profile, ensure_ascii=False, separators=(",", ":"))
    # An address that cannot stand is shown as it is written, so that the report can say what is wrong.
    email = told.email or str(file.profile["basics"].get("email") or "")[:300]
    return TableRow(number, (told.name, email, told.phone, told.location, written), "", file.name)
