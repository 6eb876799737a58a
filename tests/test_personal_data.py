"""The list of where a candidate's data lie is complete: a new column with words must be put on it."""

import pytest
from sqlalchemy import JSON, Enum, LargeBinary, String, Text

from tracker.models import Base
from tracker.models.personal import CLEARED, DELETED, KEPT, OF_NOBODY, SHORTENED


def text_columns(table):
    return {
        column.name
        for column in table.columns
        if isinstance(column.type, (String, Text, JSON, LargeBinary)) and not isinstance(column.type, Enum)
    }


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=lambda table: table.name)
def test_every_column_with_words_is_cleared_deleted_or_known_to_be_of_nobody(table):
    if table.name in DELETED or table.name in OF_NOBODY:
        return
    named = set(CLEARED.get(table.name, ())) | KEPT.get(table.name, frozenset())
    named |= set(SHORTENED.get(table.name, ()))
    assert text_columns(table) - named == set()


def test_the_list_of_personal_data_names_only_what_there_is():
    tables = Base.metadata.tables
    assert set(CLEARED) | set(DELETED) | set(KEPT) | OF_NOBODY <= set(tables)
    for name, columns in [*CLEARED.items(), *KEPT.items(), *SHORTENED.items()]:
        assert set(columns) <= set(tables[name].c.keys()), name
