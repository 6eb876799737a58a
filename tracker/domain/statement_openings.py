"""How a statement opens: which words are its verbs, brought to the base form, and what they act on.

Statements mostly open with a base form ("verify orders"); adverbs first, third person, gerunds, passives,
"Ability to" and "Knowledge of" are the exceptions that are known here.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto

from tracker.domain.work_verbs import (
    ALSO_NOUNS,
    PARTICLES,
    VERBS,
    WITH_PREPOSITION,
    base_of_gerund,
    base_of_participle,
    base_of_third_person,
    is_verb,
    takes_particle,
    word_set,
)

_ABILITY = re.compile(
    r"^(?:(?:demonstrates?|shows?|has|have|possess(?:es)?)\s+)?(?:an?\s+|the\s+)?(?:[a-z]+\s+)?"
    r"(?:ability|capacity|capability)\s+to\s+|^(?:is\s+|be\s+)?able\s+to\s+|"
    r"^(?:can|will|must|should)\s+(?:also\s+)?",
    re.IGNORECASE,
)
_SKILL_IN = re.compile(
    r"^(?:(?:demonstrates?|shows?|has|have|possess(?:es)?)\s+)?(?:[a-z]+\s+)?"
    r"(?:(?:skills?|proficien(?:cy|t)|competen(?:ce|cy|t)|skilled|experienced?|expertise)\s+(?:in|at|with)|"
    r"responsible\s+for|capable\s+of)\s+",
    re.IGNORECASE,
)
_KNOWLEDGE = re.compile(
    r"^(?:(?:demonstrates?|shows?|has|have|possess(?:es)?|applies|apply)\s+)?(?:an?\s+|the\s+)?"
    r"((?:(?:[a-z]+\s+)?(?:knowledge|understanding|awareness|grasp|command)\s+of)|"
    r"(?:(?:[a-z]+\s+)?(?:familiarity|proficiency|experience|expertise|competence|skills?)\s+"
    r"(?:with|in)))\s+",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"^(?P<subject>(?:[^\s,]+\s+){1,8}?)(?P<be>is|are)\s+(?P<adverb>[a-z]+ly\s+)?(?P<participle>[a-z]+)\b",
    re.IGNORECASE,
)
_IRREGULAR_PARTICIPLES = word_set(
    """
    built chosen cut done drawn driven found given held kept known laid led made met put read run
    seen sent set shown sold taken taught told understood written
    """
)
_PREPOSITIONS = word_set(
    """
    about above according across after against alongside among around as at based before behind
    below between beyond by during following for from in inside into on onto out over per prior
    through throughout to toward towards under until up upon using via when where whenever while
    with within without because if once so such
    """
)
_NOT_ADVERBS = word_set(
    """
    apply assembly comply daily early family friendly imply likely monthly multiply only orderly
    quarterly rely reply supply timely weekly yearly hourly
    """
)
_HOW_OFTEN = word_set("daily hourly monthly quarterly weekly yearly")
_NOUN_ENDINGS = tuple(word_set("able al ance ed ence ful ing ion ism ity ment ness or ous s ship"))
_DETERMINERS = word_set("a all an any each every his her its own that the their these this those your")
_ADVERBS = word_set(
    """
    also always often then together well further proactively best
    """
)


class OpeningKind(Enum):
    """How far a statement can be put after "you had to"."""

    VERB = auto()
    KNOWLEDGE = auto()
    PASSIVE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Opening:
    """The opening of a statement: `verbs` with adverbs in base form, and the `rest` that follows them.

    `lacks_object` says that the verbs are followed by no object, which then stands in the topic.
    """

    kind: OpeningKind
    verbs: str
    rest: str
    lacks_object: bool = False

    @property
    def main_verb(self) -> str:
        """The first verb, in lower case; empty for an unknown opening."""
        return next((word for word in re.findall(r"[\w-]+", self.verbs.lower()) if is_verb(word)), "")


def read_opening(behaviour: str) -> Opening:
    """Take the opening of a behaviour apart; what fits no known form comes back as unknown, untouched."""
    text = " ".join(behaviour.split()).rstrip(" .;")
    for pattern in (_ABILITY, _SKILL_IN):
        found = pattern.match(text)
        if found:
            opened = _read_verbs(text[found.end() :].split())
            if opened is not None:
                return opened
    known = _KNOWLEDGE.match(text)
    if known:
        return Opening(OpeningKind.KNOWLEDGE, f"use your {known[1].lower()}", text[known.end() :])
    opened = _read_verbs(text.split())
    if opened is not None:
        return opened
    return _read_passive(text) or Opening(OpeningKind.UNKNOWN, "", text)


def _read_passive(text: str) -> Opening | None:
    found = _PASSIVE.match(text)
    if found is None:
        return None
    participle = found["participle"].lower()
    if base_of_participle(participle) is None and participle not in _IRREGULAR_PARTICIPLES:
        return None
    subject = found["subject"].strip()
    return Opening(
        OpeningKind.PASSIVE, "make sure that", f"{lower_first(subject)} {text[found.start('be') :]}"
    )


def _read_verbs(tokens: list[str]) -> Opening | None:
    """Read "independently receive, investigate, and resolve" as the verbs and leave the rest."""
    taken = _leading_adverbs(tokens)
    position, form = len(taken), ""
    while position < len(tokens):
        token = tokens[position]
        bare = token.strip(",").lower()
        if taken and bare in {"and", "or", "and/or"} and _verb_form(tokens, position + 1, form):
            taken.append(token)
            position += 1
            continue
        if is_adverb(bare) and _verb_form(tokens, position + 1, form):
            taken.append(lower_first(token))
            position += 1
            continue
        found = _verb_form(tokens, position, form)
        if not found or (form and not _is_joined(taken)):
            break
        base, form = found
        taken.append(base + ("," if token.endswith(",") else ""))
        position += 1
        if position < len(tokens) and takes_particle(base, tokens[position].strip(",").lower()):
            token = tokens[position]
            taken.append(token)
            position += 1
        if not token.endswith(",") and not _continues(tokens, position, form):
            break
    if not form:
        return None
    rest = tokens[position:]
    verbs = " ".join(taken).rstrip(",")
    return Opening(OpeningKind.VERB, verbs, " ".join(rest), _lacks_object(verbs.split()[-1].lower(), rest))


def _leading_adverbs(tokens: list[str]) -> list[str]:
    """The adverbs in "accurately and promptly measure", when a verb follows them."""
    position = 0
    while position < len(tokens) and (
        is_adverb(tokens[position].strip(",").lower()) or (position and tokens[position].lower() == "and")
    ):
        position += 1
    if not _verb_form(tokens, position, ""):
        return []
    return [lower_first(token) for token in tokens[:position]]


def _continues(tokens: list[str], position: int, form: str) -> bool:
    """Whether another verb is joined on: "and resolve", "and independently resolve"."""
    if position >= len(tokens) or tokens[position].lower() not in {"and", "or", "and/or"}:
        return False
    after = position + 1
    if after < len(tokens) and is_adverb(tokens[after].lower()):
        after += 1
    return _verb_form(tokens, after, form) is not None


def _is_joined(taken: list[str]) -> bool:
    before = taken[-1].lower()
    if is_adverb(before.strip(",")) and len(taken) > 1:
        before = taken[-2].lower()
    return before.endswith(",") or before in {"and", "or", "and/or"} or is_adverb(before)


def _verb_form(tokens: list[str], position: int, form: str) -> tuple[str, str] | None:
    """The base form of a word and the form it had; later verbs must have the form of the first."""
    if position >= len(tokens):
        return None
    word = tokens[position].strip(",").lower()
    follower = tokens[position + 1].strip(",").lower() if position + 1 < len(tokens) else ""
    is_listed = bool(form) and _is_in_list_of_verbs(tokens, position)
    if (
        form in ("", "base")
        and is_verb(word)
        and (is_listed or not _reads_as_noun(word, follower, bool(form)))
    ):
        return word, "base"
    if not form and position == 0 and _looks_like_verb(tokens, word, follower):
        return word, "base"
    for name, to_base in (("third", base_of_third_person), ("gerund", base_of_gerund)):
        if form in ("", name):
            base = to_base(word)
            if base is not None and not (name == "third" and _plural_noun(base, follower)):
                return base, name
    return None


def _is_in_list_of_verbs(tokens: list[str], position: int) -> bool:
    """Whether a word stands in the middle of "label, index, and store", where a noun cannot."""
    if not tokens[position].endswith(",") or position + 2 >= len(tokens):
        return False
    last = tokens[position + 2].strip(",").lower()
    return tokens[position + 1].lower() in {"and", "or"} and is_verb(last) and bool(tokens[position + 3 :])


def _looks_like_verb(tokens: list[str], word: str, follower: str) -> bool:
    """Whether an unknown first word can only be a verb: its object or a second verb follows it."""
    if (
        not word.isalpha()
        or len(word) < 3
        or word.endswith(_NOUN_ENDINGS)
        or word in _PREPOSITIONS | _DETERMINERS
    ):
        return False
    if follower in {"and", "or"}:
        return len(tokens) > 2 and is_verb(tokens[2]) and tokens[2].lower() not in ALSO_NOUNS
    return follower in _DETERMINERS and not tokens[0].endswith(",")


def _plural_noun(base: str, follower: str) -> bool:
    # "Orders are checked" and "records of sales" open with a noun, "records sales" with a verb.
    return base in ALSO_NOUNS and (
        not follower or follower in _PREPOSITIONS | {"is", "are", "of", "and", "or"}
    )


def _reads_as_noun(word: str, follower: str, is_later: bool) -> bool:
    if word in ALSO_NOUNS and follower in {"of", "is", "are"}:
        return True
    if word in ALSO_NOUNS and not is_later and follower == "for":
        return "for" not in WITH_PREPOSITION.get(word, frozenset())
    # In "order entry" or "quality checks" a later word is an object, unless it is clearly a verb.
    return (
        is_later and word in ALSO_NOUNS and (not follower or follower in _PREPOSITIONS or follower == "and")
    )


def is_adverb(word: str) -> bool:
    """Whether a word in lower case says how something is done."""
    return (word.endswith("ly") and word not in _NOT_ADVERBS and word not in VERBS) or word in _ADVERBS


def _lacks_object(verb: str, rest: list[str]) -> bool:
    following = [word.strip(",").lower() for word in rest]
    while following and is_adverb(following[0]):
        following = following[1:]
    if following and following[0] in _HOW_OFTEN and (len(following) == 1 or following[1] in _PREPOSITIONS):
        following = following[1:]
    if not following:
        return verb not in WITH_PREPOSITION
    if verb in PARTICLES and following[0] in {"with", "to", "on", "from"}:
        return False
    return following[0] in _PREPOSITIONS and following[0] not in WITH_PREPOSITION.get(verb, frozenset())


def lower_first(text: str) -> str:
    """A text as it reads inside a sentence: its first letter small, unless it opens with an abbreviation."""
    first = text.split(" ", 1)[0]
    return text if any(letter.isupper() for letter in first[1:]) else text[:1].lower() + text[1:]
