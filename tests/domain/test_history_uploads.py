"""Mappings of histories that are brought by a page: kept as text, read again, set right word by word."""

from dataclasses import replace

import pytest

from tracker.domain.event_logs import LoggedOutcome, default_mapping, read_mapping
from tracker.domain.history_uploads import mapping_text, meaning_of, with_columns, with_meanings
from tracker.domain.rules import RuleBroken


def test_a_mapping_written_and_read_again_is_the_same():
    first = default_mapping()
    assert read_mapping(mapping_text(first)) == first
    with_table = with_columns(first, ['a"b', "When it was", "x"], ["application", "event", ""], "UTC")
    assert read_mapping(mapping_text(with_table)) == with_table


def test_only_a_note_is_said_of_what_a_beginning_would_take():
    given = replace(default_mapping(), outcomes={"Archived: *": LoggedOutcome.REJECTED})
    note = with_meanings(given, {"Archived: spam": ""})
    assert meaning_of(note, "Archived: spam") == ""
    assert meaning_of(note, "Archived: other") == "outcome:rejected"
    assert read_mapping(mapping_text(note)) == note
    staged = with_meanings(note, {"Archived: spam": "stage:screening"})
    assert meaning_of(staged, "Archived: spam") == "stage:screening"
    assert read_mapping(mapping_text(staged)) == staged


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (["Application: ID", "at", "activity"], "colon or a brace"),
        (["", "at", "activity"], "without a name"),
        (["id", "at", "at"], "Several columns"),
    ],
)
def test_columns_that_no_mapping_can_name_are_told(header, said):
    with pytest.raises(RuleBroken, match=said):
        with_columns(default_mapping(), header, ["application", "at", "activity"], "UTC")
