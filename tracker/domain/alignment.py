"""Bringing the four lists of a framework into rows: at most one statement per level, gaps where none belongs.

The place of a statement in its list says nothing, so rows are found by similarity alone. What is maximised is
the sum over all pairs that share a row, of all six pairs of levels together; a pair less likely than the
threshold counts against its row, so a forced statement costs more than an empty cell.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from tracker.domain.aligned_rows import AlignedRow, Alignment, Cell
from tracker.domain.frameworks import LEVEL_LABELS, Level, Statement
from tracker.domain.likely_pairs import sharing_chances
from tracker.domain.similarity import Matrix, similarities
from tracker.domain.statement_words import plain

TOGETHER_FROM = 0.14  # chance from which sharing a row beats standing apart
FIRM_FROM = 0.30  # mean chance with the rest of the row under which a cell is weak

_ROUNDS = 30  # far more than ever needed; each round can only gain


def align(levels: Mapping[Level, Sequence[Statement]]) -> Alignment:
    """Find the rows of four lists of statements; the same for every order of the statements in a list."""
    statements, notices = _fold_repeats(levels)
    at = [statement.level for statement in statements]
    chances = sharing_chances(similarities(statements), at)
    rows = _best_rows(at, chances - TOGETHER_FROM)
    shared = [row for row in rows if len(row) > 1]
    aligned = [_aligned_row(row, statements, chances) for row in shared]
    return Alignment(
        rows=tuple(sorted(aligned, key=_row_order)),
        alone=tuple(statements[place] for place in sorted(row[0] for row in rows if len(row) == 1)),
        notices=tuple(notices),
    )


def _fold_repeats(levels: Mapping[Level, Sequence[Statement]]) -> tuple[list[Statement], list[str]]:
    """The statements in an order of their words, with repeats inside a level folded into the first."""
    kept: list[Statement] = []
    notices: list[str] = []
    for level in Level:
        first: dict[str, Statement] = {}
        for statement in levels[level]:
            earlier = first.setdefault(plain(statement.text), statement)
            if earlier is not statement:
                notices.append(
                    f"{LEVEL_LABELS[level]} statement {statement.index + 1} repeats statement "
                    f"{earlier.index + 1} and was folded into it."
                )
        kept.extend(first[words] for words in sorted(first))
    return kept, notices


_SPLITS: tuple[frozenset[Level], ...] = (
    *(frozenset({level}) for level in Level),
    *(frozenset({Level.EMERGING, level}) for level in Level if level is not Level.EMERGING),
)


def _best_rows(levels: Sequence[Level], gain: Matrix) -> list[list[int]]:
    """The best of several searches, each starting with another split of the levels."""
    found: list[tuple[float, list[list[int]]]] = []
    for start in range(len(Level)):
        rows = [[place] for place in range(len(levels))]
        found.append(_improve(rows, levels, gain, _SPLITS[start:] + _SPLITS[:start]))
    return max(found, key=lambda item: round(item[0], 9))[1]


def _improve(
    rows: list[list[int]], levels: Sequence[Level], gain: Matrix, splits: Iterable[frozenset[Level]]
) -> tuple[float, list[list[int]]]:
    """Part all rows along a split of the levels and join the halves in the best way, until nothing gains.

    Each joining is an optimal assignment, so no round loses; the seven splits cover every way to part a row.
    """
    value = 0.0
    for _ in range(_ROUNDS):
        for split in splits:
            rows = _rejoin(rows, levels, gain, split)
        reached = sum(float(np.triu(gain[np.ix_(row, row)], 1).sum()) for row in rows)
        if reached <= value + 1e-9:
            break
        value = reached
    return value, rows


def _rejoin(
    rows: list[list[int]], levels: Sequence[Level], gain: Matrix, split: frozenset[Level]
) -> list[list[int]]:
    inside = [part for row in rows if (part := [place for place in row if levels[place] in split])]
    outside = [part for row in rows if (part := [place for place in row if levels[place] not in split])]
    if not inside or not outside:
        return rows
    joint = np.maximum(_sums(gain, inside, outside), 0)
    left, right = linear_sum_assignment(joint, maximize=True)
    joined = [(a, b) for a, b in zip(left.tolist(), right.tolist(), strict=True) if joint[a, b] > 0]
    taken_inside, taken_outside = {a for a, _ in joined}, {b for _, b in joined}
    result = [sorted(inside[a] + outside[b]) for a, b in joined]
    result += [part for a, part in enumerate(inside) if a not in taken_inside]
    result += [part for b, part in enumerate(outside) if b not in taken_outside]
    return sorted(result)


def _sums(gain: Matrix, left: list[list[int]], right: list[list[int]]) -> Matrix:
    """The gain between each left and each right part, summed over their members."""
    left_starts = np.cumsum([0, *(len(part) for part in left[:-1])])
    right_starts = np.cumsum([0, *(len(part) for part in right[:-1])])
    block = gain[
        np.ix_([place for part in left for place in part], [place for part in right for place in part])
    ]
    sums: Matrix = np.add.reduceat(np.add.reduceat(block, left_starts, axis=0), right_starts, axis=1)
    return sums


def _aligned_row(row: list[int], statements: Sequence[Statement], chances: Matrix) -> AlignedRow:
    cells = {}
    for place in row:
        others = [other for other in row if other != place]
        cells[statements[place].level] = Cell(
            statements[place], _confidence(float(chances[place, others].mean()))
        )
    return AlignedRow({level: cells[level] for level in Level if level in cells})


def _confidence(chance: float) -> float:
    """The chance of standing with the rest of the row on a scale where a firm cell begins at one half."""
    missing: float = 0.5 ** (max(chance, 0.0) / FIRM_FROM)
    return round(1 - missing, 4)


def _row_order(row: AlignedRow) -> tuple[int, float, str]:
    confidence = sum(cell.confidence for cell in row.cells.values()) / len(row.cells)
    return (
        -len(row.cells),
        -round(confidence, 4),
        min(plain(cell.statement.text) for cell in row.cells.values()),
    )
