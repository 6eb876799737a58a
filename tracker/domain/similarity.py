"""How much two framework statements speak of the same concern, 0 to 1.

Words are stemmed and joined to their families, weighted by how rare they are in this framework and by
where they stand: the topic and its head noun most, what the verb acts on next, outcome tails least. No
single set of such weights is right for every occupation, so several readings are taken and averaged.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from tracker.domain.frameworks import Statement
from tracker.domain.statement_openings import read_opening
from tracker.domain.statement_words import stem, words
from tracker.domain.word_families import FAMILIES_BY_STEM
from tracker.domain.work_verbs import word_set

Matrix = npt.NDArray[np.float64]

_STOP_WORDS = word_set(
    """
    a an the and or of to in on at by for from with into onto over per as is are be been being that
    this these those their its his her your our it they them who which while when where how what such
    other others than then so but not no nor if before after during through across between among
    within without under above below about against along via using use used based upon up out off both
    each every all any some more most own also including include new high low good well one two
    several various multiple common simple basic routine complex standard appropriate relevant
    approved provided assigned specific general clear full complete effective timely proper key daily
    ensure ensuring make provide support perform carry conduct apply maintain manage handle help lead
    direct supervised supervision supervisor guidance oversight minimal independently autonomously
    close step instruction prompted senior setting environment organization organizational
    organisational cross non co multi less self etc
    """
)
# Words of every framework, which say little about the concern.
_COMMON_STEMS = frozenset(
    stem(word)
    for word in word_set(
        """
        accuracy accurate activity administration adoption advanced analysis approach assess awareness
        basic control create data define design detail develop development effort establish evaluate
        excellence expertise function governance handling identify implement improve improvement
        information issue knowledge leadership level management member method need operation
        operational oversight plan planning policy practice principle procedure process professional
        program programme quality record report resolution result review service skill software
        solution staff standard stewardship strategy system task team technique time tool vision work
        """
    )
)
# Where the core of a behaviour ends and its means and outcomes begin.
_TAIL = re.compile(
    r", (?=\w+ing\b)| (?:to|by|using|when|while|during|under|within|across|in|throughout|through|covering|"
    r"including|based on) ",
    re.IGNORECASE,
)
_VERBS_OF_USE = word_set("apply employ follow leverage operate use utilise utilize")
_SINGLE_USE = (
    0.35  # weight of what occurs once: it can match nothing, yet says that there is more to the text
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """How much each part of a statement weighs in one reading."""

    topic: float
    head: float
    verb: float
    tail: float
    common: float
    family: float
    pair: float
    rarity: float


_READINGS = (
    _Reading(topic=2, head=0.5, verb=0.3, tail=0.6, common=0.5, family=0.75, pair=2, rarity=1.2),
    _Reading(topic=1.5, head=1, verb=0.3, tail=0.7, common=0.5, family=0.9, pair=1.5, rarity=1.2),
    _Reading(topic=2, head=1, verb=0.6, tail=0.9, common=0.4, family=1.1, pair=2, rarity=1),
    _Reading(topic=2, head=0.5, verb=0.6, tail=0.9, common=0.3, family=0.75, pair=1.5, rarity=0.9),
    _Reading(topic=2, head=1, verb=0.9, tail=0.8, common=0.7, family=0.9, pair=1, rarity=1),
    _Reading(topic=2, head=1, verb=0.3, tail=0.9, common=0.7, family=1.1, pair=1, rarity=1),
)
_PAIR_IN_BEHAVIOUR = 0.3


@dataclass(frozen=True, slots=True)
class _Parts:
    """The stems of a statement by where they stand."""

    topic: tuple[str, ...]
    core: tuple[str, ...]
    tail: tuple[str, ...]
    verb: str


def similarities(statements: Sequence[Statement]) -> Matrix:
    """The similarity of all statements to each other, a square matrix in their order."""
    parts = [_parts(statement) for statement in statements]
    total = np.zeros((len(parts), len(parts)))
    for reading in _READINGS:
        total += _cosines([_features(part, reading) for part in parts], reading.rarity)
    similarity: Matrix = total / len(_READINGS)
    return similarity


def _parts(statement: Statement) -> _Parts:
    core, *tails = _TAIL.split(statement.behaviour, maxsplit=1)
    verb = read_opening(statement.behaviour).main_verb
    if verb in _VERBS_OF_USE:
        core, tails = statement.behaviour, []
    return _Parts(
        topic=_stems(statement.topic) if statement.has_own_topic else (),
        core=_stems(core),
        tail=_stems(" ".join(tails)),
        verb=stem(verb),
    )


def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in words(text) if word not in _STOP_WORDS and len(word) > 1)


def _features(parts: _Parts, reading: _Reading) -> dict[str, float]:
    features: dict[str, float] = {}
    head = len(parts.topic) - 1
    for place, word in enumerate(parts.topic):
        _add_word(features, word, reading.topic + (reading.head if place == head else 0), reading)
    core_weight = 1.0 if parts.topic else 1.5
    for word in parts.core:
        _add_word(features, word, core_weight * (reading.verb if word == parts.verb else 1), reading)
    for word in parts.tail:
        _add_word(features, word, reading.tail, reading)
    _add_pairs(features, parts.topic, reading.pair)
    _add_pairs(features, parts.core + parts.tail, reading.pair * _PAIR_IN_BEHAVIOUR)
    return features


def _add_word(features: dict[str, float], word: str, weight: float, reading: _Reading) -> None:
    weight *= reading.common if word in _COMMON_STEMS else 1
    before = features.get(word, 0.0)
    features[word] = max(before, weight) + 0.25 * min(before, weight)
    for family in FAMILIES_BY_STEM.get(word, ()):
        name = f"family {family}"
        features[name] = max(features.get(name, 0.0), weight * reading.family)


def _add_pairs(features: dict[str, float], stems: Iterable[str], weight: float) -> None:
    for pair in pairwise(stems):
        name = " + ".join(sorted(pair))
        features[name] = max(features.get(name, 0.0), weight)


def _cosines(rows: Sequence[dict[str, float]], rarity: float) -> Matrix:
    """Cosine of the weighted features, rare ones counting more (inverse document frequency)."""
    uses = Counter(name for row in rows for name in row)
    column = {name: place for place, name in enumerate(sorted(uses))}
    weight = {
        name: float(np.log(1 + len(rows) / count) ** rarity) * (_SINGLE_USE if count == 1 else 1)
        for name, count in uses.items()
    }
    entries = [
        (line, column[name], value * weight[name])
        for line, row in enumerate(rows)
        for name, value in sorted(row.items())
    ]
    lines = np.array([line for line, _, _ in entries], dtype=np.int64)
    columns = np.array([place for _, place, _ in entries], dtype=np.int64)
    values = np.array([value for _, _, value in entries], dtype=np.float64)
    table = csr_array((values, (lines, columns)), shape=(len(rows), len(column)))
    cosines: Matrix = (table @ table.T).toarray()
    length = np.sqrt(np.maximum(cosines.diagonal(), 1e-12))
    return cosines / length[:, None] / length[None, :]
