"""What holds for the questions of every statement, in the frameworks of all occupations."""

import re

import pytest

from tests.domain.test_questions import FRAME, SEED, WRITTEN, asked
from tracker.domain.frameworks import Statement, parse_framework
from tracker.domain.question_parts import question_parts
from tracker.domain.questions import questions_for
from tracker.domain.traits import names_trait
from tracker.domain.work_kinds import OTHER_WORK, WORK_KINDS
from tracker.domain.work_verbs import is_verb

FRAMEWORKS = [SEED, *WRITTEN]
# The statements that fit no frame are known by name: each is marked for its author to reword.
WITHOUT_FRAME = {"Microscope use — focus and adjust the microscope"}
MARKERS = re.compile(
    r"\b(?:supervision|supervised|(?:supervisor|preceptor|attorney)(?:'s)? (?:guidance|review|oversight)"
    r"|under (?:close|direct|minimal|general|limited|the direction)|independent(?:ly)?|autonomously|oversight"
    r"|unaided|when (?:asked|prompted|told|directed)|as (?:directed|instructed|told|shown by)"
    r"|without (?:help|assistance|supervision|guidance|prompting)"
    r"|with (?:minimal|limited|close|some|little) (?:guidance|help|supervision|support|assistance)"
    r"|on (?:their|your|one's) own(?=$|[,.?]| (?:and|or|in|at|for|to)\b))",
    re.IGNORECASE,
)
LEADS = re.compile(
    r"^(?:Gives an example of|Says what was done to|Shows how the work helped to|Names what was used:"
    r"|Says what it was based on:|Says how far the aim was met:) "
)
# Words for what somebody is like; that some are names of things as well is settled by the word after them.
PERSONALITY = re.compile(
    r"(?<![\w-])(?:(?:un)?friendly|enthusias\w+|passion\w*|personalit\w+|charisma\w*|likeab\w+|attitudes?"
    r"|cheerful\w*|honesty|sincer\w+|energetic|motivated|humble|charming|extro?vert\w*|introvert\w*|mature"
    r"|ambitious|assertive|self-starter|resilien\w+|empath\w+|team player|hard-?working|pleasant"
    r"|trustworthy|optimis(?:m|tic)|upbeat|confident|intelligent|smart)\b",
    re.IGNORECASE,
)


def statements_of(framework: object) -> list[Statement]:
    return list(parse_framework(framework.read_bytes()).statements())  # type: ignore[attr-defined]


def in_each_framework(test: object) -> object:
    return pytest.mark.parametrize("framework", FRAMEWORKS, ids=lambda path: path.stem)(test)  # type: ignore[arg-type]


def test_frameworks_of_many_occupations_are_asked() -> None:
    assert len(FRAMEWORKS) >= 20
    assert sum(len(statements_of(one)) for one in FRAMEWORKS) > 750


@in_each_framework
def test_every_question_asks_for_an_activity_in_the_base_form(framework: object) -> None:
    for statement in statements_of(framework):
        questions = questions_for(statement)
        if any(statement.text.startswith(known) for known in WITHOUT_FRAME):
            assert questions.needs_review
            continue
        assert questions.behavioural.startswith(FRAME), statement.text
        words = [word.strip(",") for word in questions.behavioural.removeprefix(FRAME).split()]
        verb = next(word for word in words if is_verb(word) or not word.endswith("ly"))
        assert is_verb(verb), f"{verb}: {statement.text}"
        assert questions.behavioural.endswith(".")
        assert questions.situational.startswith("Suppose you have to ")
        assert questions.situational.count("?") == 1
        assert 1 <= len(questions.probes) <= 3


@in_each_framework
def test_no_question_tells_the_level(framework: object) -> None:
    for statement in statements_of(framework):
        questions = questions_for(statement)
        for text in (questions.behavioural, questions.situational, *questions.probes):
            assert not MARKERS.search(text), f"{text} | {statement.text}"


@in_each_framework
def test_no_question_holds_what_is_listened_for(framework: object) -> None:
    held = 0
    for statement in statements_of(framework):
        questions = questions_for(statement)
        parts = question_parts(statement.behaviour, statement.topic if statement.has_own_topic else None)
        for look_for in parts.look_fors if parts else ():
            answer = LEADS.sub("", look_for).lower()
            assert answer != look_for.lower(), f"a new way to begin a look-for: {look_for}"
            held += 1
            for text in (questions.behavioural, questions.situational, *questions.probes):
                assert answer not in text.lower(), f"{text} | {look_for}"
    assert held, "every framework has statements that say how or what for"


@in_each_framework
def test_look_fors_are_facts_and_no_traits(framework: object) -> None:
    for statement in statements_of(framework):
        for look_for in questions_for(statement).look_fors:
            assert not PERSONALITY.search(look_for), look_for
            assert not names_trait(look_for), look_for


@pytest.mark.parametrize("kind", [*WORK_KINDS, OTHER_WORK], ids=lambda kind: kind.name)
def test_look_fors_and_probes_of_each_kind_of_work_name_no_traits(kind: object) -> None:
    for text in (kind.look_for, *kind.probes, *kind.complications):  # type: ignore[attr-defined]
        assert not PERSONALITY.search(text), text
        assert not MARKERS.search(text), text


@pytest.mark.parametrize(
    "text",
    [
        "Welcome — greet guests at the front desk using a friendly, upbeat tone.",
        "Welcome — answer calls from customers, showing enthusiasm and a positive attitude.",
        "Selling — suggest further products to customers through a charming personality.",
    ],
)
def test_trait_in_a_statement_becomes_no_look_for(text: str) -> None:
    parts = question_parts(text.split(" — ")[1], "Welcome")
    assert parts is not None
    assert parts.look_fors, "the statement says how it is done"
    questions = asked(text)
    assert not any(PERSONALITY.search(look_for) for look_for in questions.look_fors)
    assert not PERSONALITY.search(questions.behavioural + questions.situational)


@pytest.mark.parametrize(
    "text",
    ["user-friendly screens", "a friendship", "motivating staff", "outgoing post", "caring for patients"],
)
def test_words_that_look_like_traits_are_none(text: str) -> None:
    assert not names_trait(text)
