"""Alignments are judged against hand-made ones, which stand beside the frameworks as answers.

Those of TUNED were looked at while weights were chosen and families of words written. Those of HELD_OUT were
not: somebody else wrote them meanwhile, and they were judged twice when all was chosen. Of the firm pairs
0.90 were found, of the cells 0.91 were right. The names of their occupations were known, though, and some
families in `word_families/strands.py` speak of such work: without that file it is 0.82 and 0.85. What changed
later, that a repeated word of no family counts as one, was chosen on TUNED and left these as they were.
"""

import json
import random
from collections.abc import Mapping
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from tracker.domain.aligned_rows import Alignment
from tracker.domain.alignment import TOGETHER_FROM, align
from tracker.domain.frameworks import Framework, Level, Statement, parse_framework, read_statement
from tracker.domain.likely_pairs import sharing_chances
from tracker.domain.similarity import similarities

WRITTEN = Path(__file__).parent / "frameworks"
SEED = Path(__file__).parents[2] / "seeds" / "frameworks" / "43-4151.00.json"
TUNED = (
    "bookkeeping_clerks",
    "dental_assistants",
    "electricians",
    "elementary_teachers",
    "hotel_desk_clerks",
    "human_resources_specialists",
    "industrial_machinery_mechanics",
    "pharmacy_technicians",
    "preschool_teachers",
    "registered_nurses",
    "restaurant_cooks",
    "software_developers",
    "truck_drivers",
    "warehouse_supervisors",
)
HELD_OUT = (
    "civil_engineering_technicians",
    "farm_equipment_operators",
    "graphic_designers",
    "medical_laboratory_technologists",
    "paralegals",
    "retail_store_managers",
)

Cells = Mapping[str, int]


def framework(name: str) -> Framework:
    return parse_framework((SEED if name == "order_clerks" else WRITTEN / f"{name}.json").read_bytes())


def answers(name: str) -> list[dict[str, Any]]:
    return json.loads((WRITTEN / f"{name}.answers.json").read_bytes())["rows"]


def cells_of(alignment: Alignment) -> list[Cells]:
    return [
        {level.value: cell.statement.index for level, cell in row.cells.items()} for row in alignment.rows
    ]


def is_right(answer: dict[str, Any], row: Cells, level: Level) -> bool:
    given_cell, wanted = row.get(level.value), answer["cells"].get(level.value)
    return given_cell == wanted or (given_cell is None and level.value in answer.get("loose", ()))


def judge(name: str) -> tuple[int, int, int, int]:
    """Firm pairs found and asked for, cells right and asked for; rows are matched one to one."""
    rows, wanted = cells_of(align(framework(name).levels)), answers(name)
    row_of = {(level, index): place for place, row in enumerate(rows) for level, index in row.items()}
    firm = [
        pair
        for answer in wanted
        for pair in combinations(
            [cell for cell in answer["cells"].items() if cell[0] not in answer.get("loose", ())], 2
        )
    ]
    found = sum(row_of.get(one, -1) == row_of.get(other, -2) for one, other in firm)
    overlap = np.array(
        [
            [
                10 * sum(row.get(level) == index for level, index in answer["cells"].items())
                + sum(is_right(answer, row, level) for level in Level)
                for row in rows
            ]
            for answer in wanted
        ]
    )
    matched = dict(zip(*linear_sum_assignment(overlap, maximize=True), strict=True))
    right = 0
    for place, answer in enumerate(wanted):
        best = matched.get(place)
        row = rows[best] if best is not None and overlap[place, best] >= 10 else {}
        right += sum(is_right(answer, row, level) for level in Level)
    return found, len(firm), right, len(wanted) * len(Level)


def test_order_clerks_are_aligned_as_by_hand():
    found, firm, right, cells = judge("order_clerks")
    assert found / firm >= 0.90
    assert right / cells >= 0.85


@pytest.mark.parametrize("name", TUNED)
def test_frameworks_used_for_tuning_are_aligned_as_by_hand(name):
    found, firm, right, cells = judge(name)
    assert found / firm >= 0.75
    assert right / cells >= 0.80


def test_frameworks_held_out_are_aligned_as_by_hand():
    found, firm, right, cells = np.sum([judge(name) for name in HELD_OUT], axis=0)
    assert found / firm >= 0.88
    assert right / cells >= 0.89


@pytest.mark.parametrize("name", HELD_OUT)
def test_each_framework_held_out_has_most_cells_right(name):
    """Pairs of laboratory work are the hardest: 16 of 27 were found, more than 0.85 of all others."""
    found, firm, right, cells = judge(name)
    assert found / firm >= (0.55 if name == "medical_laboratory_technologists" else 0.82)
    assert right / cells >= 0.80


def test_pairing_by_position_is_mostly_wrong():
    pairs = [pair for answer in answers("order_clerks") for pair in combinations(answer["cells"].values(), 2)]
    assert sum(one == other for one, other in pairs) / len(pairs) < 0.5


@pytest.mark.parametrize("name", ["order_clerks", *TUNED, *HELD_OUT])
def test_every_statement_stands_in_one_place(name):
    levels = framework(name).levels
    alignment = align(levels)
    placed = [cell.statement for row in alignment.rows for cell in row.cells.values()] + [*alignment.alone]
    assert sorted(placed, key=lambda item: (item.level.rank, item.index)) == [
        item for level in Level for item in levels[level]
    ]
    assert all(len(row.cells) >= 2 for row in alignment.rows)
    assert all(level is cell.statement.level for row in alignment.rows for level, cell in row.cells.items())


def as_texts(alignment: Alignment) -> Any:
    rows = [
        [(level.value, cell.statement.text, cell.confidence) for level, cell in row.cells.items()]
        for row in alignment.rows
    ]
    return rows, sorted(item.text for item in alignment.alone)


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(["order_clerks", *TUNED, *HELD_OUT]), st.randoms(use_true_random=False))
def test_shuffling_statements_and_levels_changes_nothing(name, rnd):
    document = json.loads((SEED if name == "order_clerks" else WRITTEN / f"{name}.json").read_bytes())
    levels = document["framework"]["levels"]
    for level in levels.values():
        rnd.shuffle(level["statements"])
    names = list(levels)
    rnd.shuffle(names)
    document["framework"]["levels"] = {level: levels[level] for level in names}
    shuffled = parse_framework(json.dumps(document).encode())
    assert as_texts(align(shuffled.levels)) == as_texts(align(framework(name).levels))


def lists(**texts: list[str]) -> dict[Level, tuple[Statement, ...]]:
    return {
        level: tuple(read_statement(level, index, text) for index, text in enumerate(texts[level.value]))
        for level in Level
    }


def test_repeats_inside_a_level_are_folded_with_a_notice():
    levels = lists(
        emerging=["Stock — count it.", "Till — open it.", "stock  —  Count it"],
        developing=["Stock — count it daily."],
        proficient=["Stock — plan it."],
        advanced=["Stock — lead the plan."],
    )
    alignment = align(levels)
    assert alignment.notices == ("Emerging statement 3 repeats statement 1 and was folded into it.",)
    placed = [cell.statement.index for row in alignment.rows for cell in row.cells.values()]
    assert 2 not in placed
    assert [item.text for item in alignment.alone] == ["Till — open it."]


def test_statements_of_other_concerns_are_left_alone():
    levels = lists(
        emerging=["Bread — knead dough."],
        developing=["Roofs — nail shingles."],
        proficient=["Law — argue appeals."],
        advanced=["Music — conduct choirs."],
    )
    alignment = align(levels)
    assert alignment.rows == ()
    assert len(alignment.alone) == 4


def test_ties_are_broken_by_words_and_not_by_place():
    one = lists(
        emerging=["Stock — a.", "Stock — b."],
        developing=["Stock — c."],
        proficient=["Law — x."],
        advanced=["Art — y."],
    )
    other = lists(
        emerging=["Stock — b.", "Stock — a."],
        developing=["Stock — c."],
        proficient=["Law — x."],
        advanced=["Art — y."],
    )
    assert as_texts(align(one)) == as_texts(align(other))


def test_weak_cells_are_more_often_wrong_than_firm_ones():
    right: dict[bool, list[bool]] = {True: [], False: []}
    for name in (*TUNED, *HELD_OUT):
        wanted = {frozenset(answer["cells"].items()) for answer in answers(name)}
        for row in align(framework(name).levels).rows:
            own = {(level.value, cell.statement.index) for level, cell in row.cells.items()}
            best = max(wanted, key=lambda cells: len(own & cells))
            for level, cell in row.cells.items():
                right[cell.is_weak].append((level.value, cell.statement.index) in best)
    assert len(right[True]) >= 5
    assert np.mean(right[False]) > np.mean(right[True]) + 0.1
    assert all(
        0 <= cell.confidence <= 1
        for row in align(framework("order_clerks").levels).rows
        for cell in row.cells.values()
    )


def test_joint_search_beats_pairing_level_by_level():
    statements = [item for level in Level for item in framework("order_clerks").levels[level]]
    chances = sharing_chances(similarities(statements), [item.level for item in statements])
    at = {(item.level.value, item.index): place for place, item in enumerate(statements)}

    def value(rows: list[Cells]) -> float:
        pairs = [pair for row in rows for pair in combinations([at[cell] for cell in row.items()], 2)]
        return sum(float(chances[pair]) - TOGETHER_FROM for pair in pairs)

    chained: list[dict[str, int]] = [{"emerging": index} for index in range(10)]
    for before, after in pairwise(level.value for level in Level):
        sides = [[at[level, index] for index in range(10)] for level in (before, after)]
        block = chances[np.ix_(*sides)]
        for left, right in zip(*linear_sum_assignment(block, maximize=True), strict=True):
            next(row for row in chained if row[before] == left)[after] = int(right)
    assert value(cells_of(align(framework("order_clerks").levels))) > value(chained)


def long_lists(count: int) -> dict[Level, tuple[Statement, ...]]:
    rnd = random.Random(7)
    texts = [item.behaviour for name in (*TUNED, *HELD_OUT) for item in framework(name).statements()]
    words = sorted({word.strip(".,") for text in texts for word in text.split() if len(word) > 3})

    def text() -> str:
        topic, more = " ".join(rnd.choices(words, k=2)), " ".join(rnd.choices(words, k=4))
        return f"{topic} — {rnd.choice(texts)} {more}"

    return lists(**{level.value: [text() for _ in range(count)] for level in Level})


def test_long_lists_are_aligned_whole():
    levels = long_lists(60)
    aligned = align(levels)
    placed = sum(len(row.cells) for row in aligned.rows)
    assert placed + len(aligned.alone) == len({item.text for items in levels.values() for item in items})
