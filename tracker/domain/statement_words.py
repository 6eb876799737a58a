"""Statements taken apart: topic and behaviour, plain words, and our own light stemming."""

import re
import unicodedata

from tracker.domain.statement_openings import is_adverb, read_opening
from tracker.domain.work_verbs import word_set

_TOPIC_BREAK = re.compile(r"\s+[–—-]+\s+|\s*—\s*|\s*:\s+")
LONGEST_DERIVED_TOPIC = 6
LONGEST_TOPIC = 9  # words; a longer piece before a dash is part of the sentence

_STOPS_A_TOPIC = word_set(
    """
    about according across after against along among and/or as at based before between by during
    following for from if in including into on onto over per so such that through throughout to
    toward towards under until upon using via when where whether which while with within without
    """
)
_DETERMINERS = word_set(
    """
    a an the all any each every its their your own various multiple several
    """
)


def plain(text: str) -> str:
    """A text for comparing: composed, case folded, spacing and end mark left out."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip(" .;!")


def words(text: str) -> list[str]:
    """The words of a text in lower case; hyphens part them, accents stay."""
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)?", unicodedata.normalize("NFKC", text).casefold())


def split_topic(text: str) -> tuple[str, str] | None:
    """Topic and behaviour of a statement written as "Topic — behaviour"; none where it has no such form."""
    line = " ".join(text.split())
    found = _TOPIC_BREAK.search(line)
    if found is None:
        return None
    topic, behaviour = line[: found.start()].strip(), line[found.end() :].strip()
    if not words(topic) or not words(behaviour) or len(topic.split()) > LONGEST_TOPIC or "," in topic[:-1]:
        return None
    return topic, behaviour


def derive_topic(sentence: str) -> str:
    """What a sentence without a topic is about: its first object, in its own words."""
    taken: list[str] = []
    for word in (read_opening(sentence).rest or sentence).split():
        bare = word.strip(".,;:()").casefold()
        if not taken and bare in _DETERMINERS | _STOPS_A_TOPIC:
            continue
        if bare in _STOPS_A_TOPIC or is_adverb(bare) or len(taken) == LONGEST_DERIVED_TOPIC:
            break
        taken.append(word.strip(".,;:()"))
        if word[-1] in ",;:.":
            break
    while taken and taken[-1].casefold() in {"and", "or", "of", *_DETERMINERS}:
        taken.pop()
    topic = " ".join(taken) or " ".join(sentence.split()[:4]).rstrip(".,;:")
    return topic[:1].upper() + topic[1:]


_ENDINGS = (
    ("ies", "y"), ("sses", "ss"), ("ied", "y"), ("ying", "y"), ("ations", ""), ("ation", ""), ("itions", ""),
    ("ition", ""), ("ments", ""), ("ment", ""), ("nesses", ""), ("ness", ""), ("ances", ""), ("ance", ""),
    ("ences", ""), ("ence", ""), ("ancy", ""), ("ency", ""), ("ities", ""), ("ity", ""), ("ings", ""), ("ing", ""),
    ("tions", "t"), ("tion", "t"), ("sions", "s"), ("sion", "s"), ("ives", ""), ("ive", ""), ("ally", ""),
    ("ably", ""), ("able", ""), ("ible", ""), ("ical", "ic"), ("als", ""), ("al", ""), ("ers", ""), ("er", ""),
    ("ors", ""), ("or", ""), ("ures", ""), ("ure", ""), ("ants", ""), ("ant", ""), ("ents", ""), ("ent", ""),
    ("ely", ""), ("ly", ""), ("ed", ""), ("es", ""), ("s", ""), ("ise", ""), ("ize", ""), ("e", ""),
)  # fmt: skip


def stem(word: str) -> str:
    """The stem of a word, so that verify, verifies and verification meet; never shorter than four letters."""
    for ending, replacement in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(replacement) >= 4:
            word = word[: len(word) - len(ending)] + replacement
            break
    word = word.replace("isation", "ization")
    if len(word) > 4 and word[-1] in "ey":
        word = word[:-1]
    if len(word) > 4 and word[-1] == "i":
        word = word[:-1]
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "s":
        word = word[:-1]
    return word
