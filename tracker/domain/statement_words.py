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


# Longest first; what remains must keep four letters.
_ENDINGS = tuple(
    sorted(
        word_set(
            """
            ification ifications ify ifies ified ifying isation ization ise ize ised ized ising izing
            ation ate ated ating ator ative ition ment ness ance ence ancy ency ety ity ing ion ive
            ively ally ably able ible ical ic al er or ure ant ent ely ly ed es is ist ism ics acy age
            y e
            """
        ),
        key=lambda ending: (-len(ending), ending),
    )
)
_SAME_STEM = {
    "analyt": "analys",
    "analyz": "analys",
    "behaviour": "behav",
    "complaint": "complain",
    "decis": "decid",
    "diagnost": "diagnos",
    "mainten": "maintain",
    "reduct": "reduc",
}


def stem(word: str) -> str:
    """The stem of a word, so that verify, verifies and verification meet; short words stay whole."""
    word = _singular(word)
    if word.endswith("ply"):
        return word[:-1]
    for _ in range(3):
        ending = next((end for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= 4), None)
        if ending is None:
            break
        word = word[: -len(ending)]
        word = word[:-1] if word[-1] == word[-2] and word[-1] != "s" else word
    word = word.rstrip("i") if len(word) > 4 else word
    return _SAME_STEM.get(word, word)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word
