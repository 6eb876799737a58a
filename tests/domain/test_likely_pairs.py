import numpy as np
import pytest

from tracker.domain.alignment import align
from tracker.domain.frameworks import Level, read_statement
from tracker.domain.likely_pairs import sharing_chances
from tracker.domain.similarity import similarities

LEVELS = [Level.EMERGING] * 3 + [Level.DEVELOPING] * 3


def chances(block):
    similarity = np.eye(6)
    similarity[:3, 3:] = block
    similarity[3:, :3] = np.transpose(block)
    return sharing_chances(similarity, LEVELS)


def test_no_statement_shares_out_more_than_one():
    found = chances([[0.5, 0.4, 0.1], [0.5, 0.1, 0.1], [0.1, 0.1, 0.1]])
    assert np.all(found[:3, 3:].sum(axis=0) < 1)
    assert np.all(found[:3, 3:].sum(axis=1) < 1)
    assert np.all(found[:3, :3] == 0)
    assert np.allclose(found, found.T)


def test_what_fits_better_elsewhere_is_less_likely_here():
    rivalled = chances([[0.4, 0.0, 0.0], [0.4, 0.0, 0.0], [0.0, 0.0, 0.0]])
    alone = chances([[0.4, 0.0, 0.0], [0.0, 0.4, 0.0], [0.0, 0.0, 0.0]])
    assert alone[0, 3] > rivalled[0, 3] + 0.1


def test_what_sounds_like_everything_gains_nothing_by_it():
    found = chances([[0.3, 0.3, 0.3], [0.0, 0.3, 0.0], [0.0, 0.0, 0.0]])
    assert found[1, 4] > found[0, 3]
    assert found[1, 4] > found[0, 4]


def test_words_of_one_family_and_of_one_beginning_bring_statements_together():
    texts = ["Hygiene — wash hands.", "Disinfection — wipe down.", "Ledgers — post debits."]
    statements = [read_statement(Level.EMERGING, index, text) for index, text in enumerate(texts)]
    found = similarities(statements)
    assert found[0, 1] > found[0, 2]
    assert found.diagonal() == pytest.approx([1, 1, 1])


def test_topics_that_name_only_the_work_itself_belong_together():
    core = ["Complex parcels — settle what is unusual.", "Parcel handling strategy — set the direction."]
    texts = core + [f"Topic{letter} — {letter}lid each parcel in zone{letter}." for letter in "abcdefghijkl"]
    statements = [read_statement(Level.EMERGING, index, text) for index, text in enumerate(texts)]
    few = similarities(statements[:11])
    assert similarities(statements)[0, 1] > few[0, 1] + 0.2


def test_topics_in_words_that_no_family_knows_are_brought_together():
    topics = ("Grumvel", "Plathek", "Sordin", "Wexory", "Quolba")
    behaviours = {
        Level.EMERGING: "follow the card",
        Level.DEVELOPING: "keep the week in order",
        Level.PROFICIENT: "mend what others left",
        Level.ADVANCED: "decide for the house",
    }
    levels = {
        level: tuple(read_statement(level, index, f"{topic} — {text}.") for index, topic in enumerate(topics))
        for level, text in behaviours.items()
    }
    rows = align(levels).rows
    assert len(rows) == len(topics)
    assert all(len({cell.statement.topic for cell in row.cells.values()}) == 1 for row in rows)
    assert all(len(row.cells) == 4 for row in rows)
