"""How likely statements of two levels are to share a row, given what else each of them could stand with.

A likeness is judged against what is usual for the framework and for both statements, as some sound like
everything. Then the statements of two levels share out a chance of 1 each among those of the other level and
standing alone, until both sides agree (Sinkhorn and Knopp 1967); what stands with the same third supports
each other a little.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from tracker.domain.frameworks import Level
from tracker.domain.similarity import Matrix

# Chosen on the frameworks that stand with the tests.
_SHARPNESS = 0.8  # standard deviations that multiply the chance by e
_ALONE = 0.75  # what standing alone weighs, in standard deviations over the mean
_SUPPORT = 0.1  # of the chance through a third statement
_ROUNDS = 20  # after which both sides agree to far more than matters
_FARTHEST = 6.0  # standard deviations; beyond, surer makes no difference
# What is usual where a framework is too short to tell: so many pairs of mean and spread.
_USUAL_PAIRS, _USUAL_MEAN, _USUAL_SPREAD = 40, 0.05, 0.07

_Places = npt.NDArray[np.int64]


def sharing_chances(similarity: Matrix, levels: Sequence[Level]) -> Matrix:
    """The chance, 0 to about 1, that two statements share a row; 0 for two of the same level."""
    ranks = np.array([level.rank for level in levels])
    apart = ranks[:, None] != ranks[None, :]
    places = [np.flatnonzero(ranks == rank) for rank in sorted(set(ranks.tolist()))]
    standard = _standard(_centred(similarity, places), apart)
    chances = np.zeros_like(similarity)
    for one, other in combinations(places, 2):
        shares = _shares(standard[np.ix_(one, other)])
        chances[np.ix_(one, other)] = shares
        chances[np.ix_(other, one)] = shares.T
    support = np.where(apart, chances @ chances, 0.0)
    result: Matrix = chances + _SUPPORT * support / 2
    return result


def _centred(similarity: Matrix, places: Sequence[_Places]) -> Matrix:
    """Likenesses less what each statement has in common with all of the other level."""
    centred = similarity.copy()
    for one, other in combinations(places, 2):
        block = similarity[np.ix_(one, other)]
        if min(block.shape) > 1:
            usual = block.mean(axis=1, keepdims=True) + block.mean(axis=0, keepdims=True) - 2 * block.mean()
            block = block - usual
        centred[np.ix_(one, other)] = block
        centred[np.ix_(other, one)] = block.T
    return centred


def _standard(similarity: Matrix, apart: npt.NDArray[np.bool_]) -> Matrix:
    """In standard deviations from the mean of all pairs of different levels."""
    pairs = similarity[apart]
    count = len(pairs) / 2
    known = count / (count + _USUAL_PAIRS)
    mean = known * float(pairs.mean()) + (1 - known) * _USUAL_MEAN
    variance = known * float(pairs.var()) + (1 - known) * _USUAL_SPREAD**2
    standard: Matrix = np.minimum((similarity - mean) / variance**0.5, _FARTHEST)
    return standard


def _shares(standard: Matrix) -> Matrix:
    """Both sides share out what they have among the other side and standing alone."""
    likely = np.exp(standard / _SHARPNESS)
    alone = np.exp(_ALONE / _SHARPNESS)
    rows, columns = np.ones(standard.shape[0]), np.ones(standard.shape[1])
    for _ in range(_ROUNDS):
        rows = 1 / (likely @ columns + alone)
        columns = 1 / (likely.T @ rows + alone)
    shares: Matrix = rows[:, None] * likely * columns[None, :]
    return shares
