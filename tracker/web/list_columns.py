"""The columns of a list of candidates on a page: their names, examples, and what each is taken as."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.candidate_columns import COLUMN_LABELS, Column, guessed_columns
from tracker.domain.candidate_tables import Table
from tracker.domain.rules import RuleBroken

OFFERED = {column.value: label for column, label in COLUMN_LABELS.items() if column is not Column.RESUME}
_LONGEST_HEADER = 80  # characters


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column on the page: the name of its field, its name in the file, examples, and what is chosen."""

    field: str
    header: str
    samples: tuple[str, ...]
    chosen: str


def field_name(number: int) -> str:
    """The field of a column, by its place from 0."""
    return f"column-{number}"


def chosen_columns(
    table: Table,
    sent: Mapping[str, str],
    *,
    remembered: Sequence[Column | None] | None,
    is_guessed: bool,
    has_job: bool,
) -> tuple[Column | None, ...]:
    """What each column is taken as: as was sent, else as the last time, else as its name lets guess.

    Raises RuleBroken on `columns` for what no column can be taken as.
    """
    guessed = tuple(remembered or guessed_columns(table.header, has_job=has_job))
    if is_guessed:
        return guessed
    texts = [sent.get(field_name(number), column or "") for number, column in enumerate(guessed)]
    if any(text and text not in OFFERED for text in texts):
        raise RuleBroken("Choose one of the kinds for each column.", field="columns")
    return tuple(Column(text) if text else None for text in texts)


def shown_columns(table: Table, columns: Sequence[Column | None]) -> list[ListColumn]:
    """The columns of a table as the page shows them."""
    return [
        ListColumn(field_name(number), name[:_LONGEST_HEADER], _samples(table, number, column), column or "")
        for number, (name, column) in enumerate(zip(table.header, columns, strict=True))
    ]


def _samples(table: Table, number: int, column: Column | None) -> tuple[str, ...]:
    return ("kept whole",) if column is Column.PROFILE else table.samples(number)
