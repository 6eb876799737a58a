"""What the columns of a list of candidates hold: told by their names, and set right by whoever imports."""

import hashlib
import json
import re
from collections.abc import Sequence
from enum import StrEnum

from tracker.domain.names import fold
from tracker.domain.rules import RuleBroken


class Column(StrEnum):
    """What one column of a list says of a candidate."""

    NAME = "name"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    EMAIL = "email"
    PHONE = "phone"
    LOCATION = "location"
    SOURCE = "source"
    TAGS = "tags"
    NOTE = "note"
    RESUME = "resume"
    PROFILE = "profile"


COLUMN_LABELS = {
    Column.NAME: "Name",
    Column.GIVEN_NAME: "Given name",
    Column.FAMILY_NAME: "Family name",
    Column.EMAIL: "E-mail",
    Column.PHONE: "Phone",
    Column.LOCATION: "Location",
    Column.SOURCE: "Source",
    Column.TAGS: "Tags",
    Column.NOTE: "Note",
    Column.RESUME: "Name of the résumé",
    Column.PROFILE: "JSON Resume",
}
OF_APPLICATIONS = (Column.SOURCE, Column.TAGS, Column.NOTE, Column.RESUME)
"""What an application keeps and a candidate without one has no place for."""

_NAMES = {
    Column.NAME: "name|full name|candidate|candidate name|applicant|applicant name|person",
    Column.GIVEN_NAME: "given name|first name|firstname|forename|first|vorname|prenom|nombre",
    Column.FAMILY_NAME: "family name|last name|lastname|surname|last|nachname|nom|apellido|apellidos",
    Column.EMAIL: "email|e mail|email address|e mail address|mail|mail address|correo",
    Column.PHONE: "phone|phone number|telephone|telephone number|mobile|mobile phone|mobile number|tel|cell"
    "|telefon|handy|telefono|contact number",
    Column.LOCATION: "location|city|town|place|address|ort|stadt|ville|ciudad",
    Column.SOURCE: "source|channel|came from|origin|quelle",
    Column.TAGS: "tags|tag|labels|label|keywords",
    Column.NOTE: "note|notes|comment|comments|remark|remarks|notiz",
    Column.RESUME: "resume|cv",
    Column.PROFILE: "json resume",
}
_BY_NAME = {name: column for column, names in _NAMES.items() for name in names.split("|")}


def guessed_columns(header: Sequence[str], *, has_job: bool = True) -> tuple[Column | None, ...]:
    """What each column of this name likely holds, each thing once; none for those to be left out."""
    found: list[Column | None] = []
    for name in header:
        column = _BY_NAME.get(" ".join(re.findall(r"[^\W_]+", fold(name))))
        is_out = column in found or column is Column.RESUME or (not has_job and column in OF_APPLICATIONS)
        found.append(None if is_out else column)
    if Column.NAME in found:
        # A “Name” beside a first name is the family's; beside both it is the whole.
        is_family = Column.GIVEN_NAME in found and Column.FAMILY_NAME not in found
        parts = (Column.GIVEN_NAME, Column.FAMILY_NAME)
        return tuple(
            (Column.FAMILY_NAME if one is Column.NAME else one)
            if is_family
            else (None if one in parts else one)
            for one in found
        )
    return tuple(found)


def header_fingerprint(header: Sequence[str]) -> str:
    """By which the same columns in the same order are known again: SHA-256, 64 hex digits."""
    return hashlib.sha256(json.dumps(list(header)).encode()).hexdigest()


def check_columns(columns: Sequence[Column | None], *, has_job: bool = True) -> None:
    """Raises RuleBroken on `columns` unless they name and reach a person, each thing once."""
    chosen = [column for column in columns if column is not None]
    twice = next((column for column in chosen if chosen.count(column) > 1), None)
    if twice is not None:
        raise RuleBroken(
            f"Two columns are taken as {COLUMN_LABELS[twice].lower()}: leave one out.", field="columns"
        )
    parts = {Column.GIVEN_NAME, Column.FAMILY_NAME} & set(chosen)
    if Column.NAME in chosen and parts:
        raise RuleBroken("Take the whole name, or given and family name, not both.", field="columns")
    if Column.NAME not in chosen and not parts:
        raise RuleBroken("Say which column holds the name.", field="columns")
    if Column.EMAIL not in chosen:
        raise RuleBroken("Say which column holds the e-mail address.", field="columns")
    homeless = [column for column in chosen if column in OF_APPLICATIONS]
    if homeless and not has_job:
        raise RuleBroken(
            f"{COLUMN_LABELS[homeless[0]]} is kept with an application: choose a job, or leave it out.",
            field="columns",
        )
