"""How much two framework statements speak of the same concern, 0 to 1.

Words are stemmed, weighted by how rare they are in this framework and by where they stand (the topic most,
outcome tails least), and compared in three ways: as words and pairs of words, by the families they belong
to, and by their beginnings. The weights were chosen on frameworks that stand with the tests.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
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

# Words that tell a topic of the occupation's own work from its name, as in "Order processing strategy".
_CORE_WORK = frozenset(
    stem(word)
    for word in word_set(
        """
        administration entry excellence form fulfillment fulfilment governance handling intake leadership
        lifecycle manage management operation procedure process processing program programme strategy
        """
    )
)

# Weights of a word by where it stands; 1 in the behaviour of a statement with a topic.
_IN_TOPIC, _IN_TAIL, _WITHOUT_TOPIC = 2.1, 0.5, 1.5
_AS_VERB, _AS_COMMON = 0.7, 0.45
_AGAIN = 0.25  # of the smaller weight, where a word stands in two places
_RARITY = 1.4  # exponent of the inverse document frequency
# Of what occurs once: it can match nothing, yet says that there is more to the text.
_SINGLE_WORD, _SINGLE_FAMILY = 0.45, 0.35
_PAIR_IN_TOPIC, _PAIR_IN_BEHAVIOUR = 1.8, 1.45
# A word in many families says less of each; a rare word says more of its families, a rare family little more.
_SHARED_WORD, _RARE_WORD, _RARE_FAMILY = 0.7, 1.6, 0.2
_OF_WORDS, _OF_FAMILIES, _OF_BEGINNINGS = 1.0, 2.0, 0.25  # shares of the three comparisons
_BEGINNING = 5  # letters, the sign for the start of a word included
_CORE_FROM = 0.4  # share of statements that a word must stand in to name the work of the occupation
_CORE_IN_TOPICS = 0.1
_FEW = 12  # statements under which no word can be said to name the work

Weights = dict[str, float]


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
    weights = [_word_weights(one) for one in parts]
    total: Matrix = (
        _OF_WORDS * _by_words(parts, weights)
        + _OF_FAMILIES * _by_families(parts, weights)
        + _OF_BEGINNINGS * _by_beginnings(statements)
    ) / (_OF_WORDS + _OF_FAMILIES + _OF_BEGINNINGS)
    return total


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
    """The stems of a text, and after them the pairs of words that are one word in a family."""
    found = words(text)
    single = [stem(word) for word in found if word not in _STOP_WORDS and len(word) > 1]
    joined = [f"{stem(one)} {stem(other)}" for one, other in pairwise(found)]
    return tuple(single + [pair for pair in joined if pair in FAMILIES_BY_STEM])


def _word_weights(parts: _Parts) -> Weights:
    weights: Weights = {}
    of_behaviour = 1.0 if parts.topic else _WITHOUT_TOPIC
    for word in parts.topic:
        _add(weights, word, _IN_TOPIC)
    for word in parts.core:
        _add(weights, word, of_behaviour * (_AS_VERB if word == parts.verb else 1))
    for word in parts.tail:
        _add(weights, word, _IN_TAIL)
    return weights


def _add(weights: Weights, word: str, weight: float) -> None:
    weight *= _AS_COMMON if word in _COMMON_STEMS else 1
    before = weights.get(word, 0.0)
    weights[word] = max(before, weight) + _AGAIN * min(before, weight)


def _by_words(parts: Sequence[_Parts], weights: Sequence[Weights]) -> Matrix:
    """Cosine of the words and of the pairs of words that follow each other."""
    rarity, uses = _rarities(weights), Counter(word for line in weights for word in line)
    rows = [
        {
            word: weight * rarity[word] * (_SINGLE_WORD if uses[word] == 1 else 1)
            for word, weight in line.items()
        }
        for line in weights
    ]
    pairs = [_pair_weights(one) for one in parts]
    rarity, uses = _rarities(pairs), Counter(pair for line in pairs for pair in line)
    for row, line in zip(rows, pairs, strict=True):
        row.update({pair: weight * rarity[pair] for pair, weight in line.items() if uses[pair] > 1})
    return _cosines(rows)


def _pair_weights(parts: _Parts) -> Weights:
    weights: Weights = {}
    for stems, weight in ((parts.topic, _PAIR_IN_TOPIC), (parts.core + parts.tail, _PAIR_IN_BEHAVIOUR)):
        for pair in pairwise(word for word in stems if " " not in word):
            name = " + ".join(sorted(pair))
            weights[name] = max(weights.get(name, 0.0), weight)
    return weights


def _by_families(parts: Sequence[_Parts], weights: Sequence[Weights]) -> Matrix:
    """Cosine of the families that the words belong to, and of whether a topic names the core of the work."""
    rarity = _rarities(weights, exponent=_RARITY * _RARE_WORD)
    uses = Counter(word for line in weights for word in line)
    rows: list[Weights] = []
    for line in weights:
        row: Weights = {}
        for word, weight in line.items():
            # A repeated word of no family is one by itself, so that what nobody foresaw still counts.
            families = FAMILIES_BY_STEM.get(word) or ((word,) if uses[word] > 1 else ())
            for family in families:
                name = f"family {family}"
                share = weight * rarity[word] / len(families) ** _SHARED_WORD
                row[name] = row.get(name, 0.0) + share
        rows.append(row)
    rare, uses = _rarities(rows, exponent=_RARE_FAMILY), Counter(name for row in rows for name in row)
    for row, is_core in zip(rows, _of_core_work(parts, weights), strict=True):
        for name in row:
            row[name] *= rare[name] * (_SINGLE_FAMILY if uses[name] == 1 else 1)
        if is_core:
            # As much as all its families together.
            row["core"] = sum(value**2 for value in row.values()) ** 0.5
    return _cosines(rows)


def _of_core_work(parts: Sequence[_Parts], weights: Sequence[Weights]) -> list[bool]:
    """Whose topic names nothing but the occupation's own work, as "Complex orders" does among order clerks.

    Only an occupation whose statements keep naming one thing has such a word.
    """
    uses = Counter(word for line in weights for word in line)
    in_topics = Counter(word for one in parts for word in set(one.topic))
    named = [
        word
        for word, count in sorted(in_topics.items())
        if count >= _CORE_IN_TOPICS * len(parts)
        and uses[word] >= _CORE_FROM * len(parts)
        and word not in _COMMON_STEMS
        and " " not in word
    ]
    if len(parts) < _FEW or not named:
        return [False] * len(parts)
    main = max(named, key=lambda word: (uses[word], word))
    plain_words = {*named, *_CORE_WORK}
    topics = [{word for word in one.topic if " " not in word} for one in parts]
    return [main in topic and topic <= plain_words for topic in topics]


def _by_beginnings(statements: Sequence[Statement]) -> Matrix:
    """Cosine of runs of letters, so that derived words meet where their stems do not."""
    lines = [_beginnings(statement) for statement in statements]
    rarity, uses = _rarities(lines, exponent=1), Counter(name for line in lines for name in line)
    return _cosines(
        [
            {
                name: weight * rarity[name] * (_SINGLE_FAMILY if uses[name] == 1 else 1)
                for name, weight in line.items()
            }
            for line in lines
        ]
    )


def _beginnings(statement: Statement) -> Weights:
    weights: Weights = {}
    for text, weight in ((statement.topic, 2.0), (statement.behaviour, 1.0)):
        for word in words(text):
            if word in _STOP_WORDS or len(word) < _BEGINNING - 1:
                continue
            marked = f"<{word}"
            for start in range(len(marked) - _BEGINNING + 1):
                name = marked[start : start + _BEGINNING]
                weights[name] = max(weights.get(name, 0.0), weight)
    return weights


def _rarities(rows: Sequence[Weights], *, exponent: float = _RARITY) -> Weights:
    """How rare each feature is among the statements: its inverse document frequency to a power."""
    uses = Counter(name for row in rows for name in row)
    return {name: math.log(1 + len(rows) / count) ** exponent for name, count in uses.items()}


def _cosines(rows: Sequence[Weights]) -> Matrix:
    column = {name: place for place, name in enumerate(sorted({name for row in rows for name in row}))}
    entries = [
        (line, column[name], value) for line, row in enumerate(rows) for name, value in sorted(row.items())
    ]
    lines = np.array([line for line, _, _ in entries], dtype=np.int64)
    columns = np.array([place for _, place, _ in entries], dtype=np.int64)
    values = np.array([value for _, _, value in entries], dtype=np.float64)
    table = csr_array((values, (lines, columns)), shape=(len(rows), max(len(column), 1)))
    cosines: Matrix = (table @ table.T).toarray()
    length = np.sqrt(np.maximum(cosines.diagonal(), 1e-12))
    return cosines / length[:, None] / length[None, :]
