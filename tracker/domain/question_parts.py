"""Parting a behaviour into what a question may ask and what the interviewer listens for.

Level markers ("under close supervision") would tell the answer's level, so they leave the question and stay
in the anchors. Means and outcomes would tell the answer, so they become look-fors.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tracker.domain.statement_openings import Opening, OpeningKind, read_opening
from tracker.domain.work_verbs import ALSO_NOUNS, base_of_gerund, is_verb, word_set

_HOW_MUCH = (
    r"(?:direct|close|general|minimal|limited|little|some|occasional|moderate|constant|regular|full|frequent|"
    r"step-by-step|senior|immediate|reduced|supervisory|no|ongoing|detailed|clear)"
)
_HELP = r"(?:supervision|guidance|oversight|direction|instructions?|assistance|support|help|prompting|eye)"
_BY_WHOM = (
    r"(?:\s+(?:by|of|from)\s+(?:an?|the|their|other)\s+[\w'’-]+"
    r"(?:\s+(?!(?:a|after|all|an|and|as|at|before|by|during|each|every|for|from|in|of|on|or|the|to|until|"
    r"when|while|with)\b)[\w'’-]+){0,2})?"
)
_LEVEL_MARKERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf",?\s*\b(?:under|with|without|from)\s+(?:the\s+)?(?:{_HOW_MUCH}\s+)+(?:supervisor\s+)?{_HELP}\b{_BY_WHOM},?",
        rf",?\s*\b(?:under|with|without)\s+(?:supervisor\s+)?(?:supervision|guidance|oversight)\b{_BY_WHOM},?",
        r",?\s*\bwithout\s+(?:assistance|help|prompting|reminders?|being\s+(?:asked|told|reminded))\b,?",
        (
            rf",?\s*\bwith\s+{_HELP}\s+(?:of|from|by)\s+(?:an?|the|their)\s+(?:senior|lead|experienced|licensed|"
            r"qualified|supervising|supervisor|manager|mentor|trainer|instructor|colleague|coworker)\b"
            r"(?:\s+(?!(?:and|or)\b)[\w-]+)?,?"
        ),
        (
            r",?\s*\bwith\s+(?:close|direct|minimal|limited|regular|frequent)\s+(?:[\w-]+\s+)?"
            r"(?:observation|review|checking|monitoring|help|support|supervision)\b,?"
        ),
        rf",?\s*\bunder\s+(?:an?|the|their)\s+(?:[\w-]+\s+)?(?:[\w-]+['’]s?\s+)?{_HELP}\b{_BY_WHOM},?",
        rf",?\s*\b(?:when|as|if)\s+(?:prompted|asked|told|instructed|directed|requested|shown)\b{_BY_WHOM},?",
        (
            r",?\s*\bwith\s+(?:an?|the)\s+(?:senior|lead|experienced|more experienced|qualified)\s+[\w-]+"
            rf"(?:['’]s?\s+{_HELP}|(?:\s+[\w-]+)?\s+(?:nearby|present|at hand))?,?"
        ),
        r",?\s*\b(?:on\s+(?:their|your|one['’]s)\s+own(?:\s+initiative)?|in\s+a\s+supervised\s+setting)\b",
        r",?\s*\bwhile\s+(?:an?|the|their)\s+(?:[\w-]+\s+){1,3}(?:watch|observ|supervis|oversee|check)\w*",
        r"\s+and\s+(?:independently|autonomously)\b",
        r"\b(?:independently|autonomously|unaided|unsupervised)\s+and\s+(?=\w+ly\b)",
        r"\b(?:independently|autonomously|unaided|unsupervised)\b",
    )
)
_SETTING = re.compile(
    r"\s+(?:in|within|at)\s+(?:an?|the)\s+(?:[\w-]+\s+){0,4}(?:settings?|environments?|workplace|office)$",
    re.IGNORECASE,
)

_CUTS = re.compile(
    r"(?P<doing>,\s+(?:while\s+|thereby\s+|thus\s+)?(?=(?P<doing_verb>[\w-]+ing)\b))"
    r"|(?P<by>\s+(?:by|while)\s+(?=(?:\w+ly\s+)?[\w-]+ing\b))"
    r"|(?P<following>\s+(?=following\s))"
    r"|(?P<aim>,?\s+(?:in\s+order\s+|so\s+as\s+)?to\s+(?=(?:\w+ly\s+)?(?P<aim_verb>[\w-]+)\b))"
    r"|(?P<result>\s+that\s+(?=(?:reduce|improve|minimi[sz]e|increase|enhance|ensure|prevent|raise|lower|save|"
    r"protect|maximi[sz]e)\b))"
    r"|(?P<so_that>,?\s+so\s+that\s+)"
    r"|(?P<basis>,?\s+based\s+on\s+)"
    r"|(?P<means>\s+(?:using|through|via)\s+)",
    re.IGNORECASE,
)
_LOOK_FORS: dict[str, str] = {
    "doing": "Gives an example of {}",
    "by": "Gives an example of {}",
    "following": "Gives an example of {}",
    "aim": "Says what was done to {}",
    "result": "Shows how the work helped to {}",
    "so_that": "Says how far the aim was met: {}",
    "basis": "Says what it was based on: {}",
    "means": "Names what was used: {}",
}
# What asks for a tail without naming it; the rest of a statement is asked for by its kind of work.
_PROBES: dict[str, str] = {
    "by": "How did you go about it?",
    "aim": "What was it meant to achieve?",
    "result": "What did it change?",
    "so_that": "What was it meant to achieve?",
    "basis": "What did you base it on?",
    "means": "What did you have to work with?",
}
_WHOLE = frozenset({"doing", "by", "following"})
_PURPOSE_IS_THE_TASK = word_set(
    """
    advise aid allow ask assist authorise authorize coach collaborate direct employ enable
    encourage expect guide help instruct invite leverage motivate partner persuade remind require
    teach tell train use utilise utilize work
    """
)
_GIVES_TO = word_set(
    "apply assign attach communicate compare deliver explain forward give hand map match offer present "
    "provide report return send show submit transfer"
)
_GOES_THROUGH = word_set(
    "coach drive feed follow go guide lead move navigate pass pull push route run see take talk thread "
    "walk work"
)
_TAKES_TO = word_set(
    """
    ability able access according adherence approach attention changes close commitment
    contribution decide due exposure how learn led likely need needed needs next opportunities
    opportunity plan plans prior ready related relevant required response responses right rules
    similar steps tailored time up want ways what when where whether which
    """
)
_FEWEST_WORDS_BEFORE_MEANS = 5
LONGEST_TASK = 45  # words


@dataclass(frozen=True, slots=True)
class QuestionParts:
    """What may follow "you had to", and what to listen for; `is_sure` says whether it reads well by rule."""

    opening: Opening
    task: str
    look_fors: tuple[str, ...]
    probes: tuple[str, ...]
    is_sure: bool
    tails: tuple[tuple[str, str], ...] = ()
    """What was taken off the task, each with its kind: means, aims, outcomes."""


def question_parts(behaviour: str, topic: str | None) -> QuestionParts | None:
    """Part a behaviour for a question; none where its opening fits no frame.

    `topic` is the statement's own topic, which stands in where the verbs lack their object.
    """
    text = remove_level_markers(" ".join(behaviour.split()).rstrip(" .;"))
    sentence, _, more = re.sub(r"[.;]\s+", "\x1f", text, count=1).partition("\x1f")
    opening = read_opening(sentence)
    if opening.kind is OpeningKind.UNKNOWN or not (opening.rest or topic):
        return None
    core, tails = _cut(opening)
    core = _SETTING.sub("", core)
    task = _with_your(" ".join(part for part in (opening.verbs, _object(opening, topic), core) if part))
    if len(task.split()) > LONGEST_TASK:
        return None
    return QuestionParts(
        opening,
        task,
        look_fors=tuple(_LOOK_FORS[kind].format(tail) for kind, tail in tails),
        probes=tuple(dict.fromkeys(_PROBES[kind] for kind, _ in tails if kind in _PROBES))[:1],
        is_sure=not more and bool(topic or not opening.lacks_object),
        tails=tails,
    )


def remove_level_markers(text: str) -> str:
    """Take out what says how closely somebody is supervised: it would tell the level that is looked for."""
    for marker in _LEVEL_MARKERS:
        text = marker.sub(
            lambda found: "," if found[0].startswith(",") and found[0].endswith(",") else "", text
        )
    return re.sub(r"\s+([,.;])", r"\1", " ".join(text.split())).strip(" ,")


def level_markers(text: str) -> tuple[str, ...]:
    """What a text says of how closely somebody is supervised, in its own words."""
    return tuple(found[0].strip(" ,") for marker in _LEVEL_MARKERS for found in marker.finditer(text))


def _object(opening: Opening, topic: str | None) -> str:
    if not (opening.lacks_object and topic):
        return ""
    first = topic.split(" ", 1)[0]
    return topic if any(letter.isupper() for letter in first[1:]) else topic[:1].lower() + topic[1:]


def _with_your(task: str) -> str:
    task = re.sub(r"\b(?:their|his or her|his/her|one['’]s) own\b", "own", task)
    return re.sub(r"(?<=\s)(?<!your )own\b(?! (?:the|a|an|and)\b)", "your own", task)


def _cut(opening: Opening) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The rest of a statement up to its first means or outcome, and these with their kinds."""
    places: list[re.Match[str]] = []
    for found in _CUTS.finditer(opening.rest):
        # Inside "analysing data to find risks and directing action" nothing may be parted any more.
        is_inside = any(_kind(place) in _WHOLE for place in places) and _kind(found) != "doing"
        if not is_inside and _is_cut(found, opening):
            places.append(found)
    if not places:
        return opening.rest.strip(" ,"), ()
    core = opening.rest[: places[0].start()].strip(" ,")
    return core, tuple(_tails(places, opening.rest))


def _tails(places: list[re.Match[str]], text: str) -> Iterator[tuple[str, str]]:
    ends = [*(found.start() for found in places[1:]), len(text)]
    for found, end in zip(places, ends, strict=True):
        kind = _kind(found)
        tail = _SETTING.sub("", text[found.end() : end].strip(" ,"))
        if tail:
            yield kind, tail


def _kind(found: re.Match[str]) -> str:
    return next(name for name in _LOOK_FORS if found[name] is not None)


def _is_cut(found: re.Match[str], opening: Opening) -> bool:
    before = opening.rest[: found.start()].split()
    if not before or (len(before) < 2 and not opening.lacks_object and len(before[0]) < 4):
        return False
    check = _CHECKS.get(_kind(found))
    return check is None or check(found, before, opening)


def _is_participle_tail(found: re.Match[str], before: list[str], opening: Opening) -> bool:
    """Whether ", doing …" is a tail and not an item of a list such as "washing, peeling, and cutting"."""
    if base_of_gerund(found["doing_verb"].rsplit("-", 1)[-1]) is None or before[-1].lower().endswith("ing"):
        return False
    after = opening.rest[found.end("doing_verb") :]
    if re.match(r"[^,]*,\s+(?:and|or)\s+(?![\w-]+ing\s+(?!across|for|in|of|to|with)\w)", after):
        return False
    return (
        not after.startswith(",")
        and not re.match(r"\s+(?:and|or)\s+(?!\w+ing\b)", after)
        and bool(after.strip())
    )


def _is_following(found: re.Match[str], before: list[str], opening: Opening) -> bool:
    return before[-1].lower() not in {"the", "by", "and", "or"}


def _is_aim(found: re.Match[str], before: list[str], opening: Opening) -> bool:
    verb = found["aim_verb"].lower()
    if (
        not is_verb(verb)
        or before[-1].lower() in _TAKES_TO
        or "from" in (word.lower() for word in before[-4:])
    ):
        return False
    if opening.main_verb in _PURPOSE_IS_THE_TASK or opening.kind is not OpeningKind.VERB:
        return False
    follower = opening.rest[found.end("aim_verb") :].split()[:1]
    if verb not in ALSO_NOUNS or (follower and follower[0].lower() in {"a", "an", "the", "all", "each"}):
        return True
    if opening.main_verb in _GIVES_TO:
        return False
    return bool(follower) and follower[0].lower() not in {"and", "or", "of", "for", "in"}


def _is_means(found: re.Match[str], before: list[str], opening: Opening) -> bool:
    if found[0].strip().lower() == "through":
        return opening.main_verb not in _GOES_THROUGH
    return len(opening.verbs.split()) + len(before) >= _FEWEST_WORDS_BEFORE_MEANS


_CHECKS: dict[str, Callable[[re.Match[str], list[str], Opening], bool]] = {
    "doing": _is_participle_tail,
    "following": _is_following,
    "aim": _is_aim,
    "means": _is_means,
}
