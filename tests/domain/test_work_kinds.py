"""Questions differ by the kind of work; their dilemmas and probes leave the answer open."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tracker.domain.frameworks import Level, parse_framework, read_statement
from tracker.domain.questions import Questions, questions_for
from tracker.domain.statement_words import stem, words
from tracker.domain.work_kinds import OTHER_WORK, WORK_KINDS
from tracker.domain.work_verbs import is_verb

SEED = Path(__file__).parents[2] / "seeds" / "frameworks" / "43-4151.00.json"
WRITTEN = sorted(
    path for path in (Path(__file__).parent / "frameworks").glob("*.json") if "answers" not in path.name
)


def asked(text: str) -> Questions:
    return questions_for(read_statement(Level.EMERGING, 0, text))


ALL_STATEMENTS = [
    item for path in (SEED, *WRITTEN) for item in parse_framework(path.read_bytes()).statements()
]
KINDS = {kind.name: kind for kind in (*WORK_KINDS, OTHER_WORK)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Orders — verify names.", "checking"),
        ("Totals — compute shipping costs.", "reckoning"),
        ("Forms — enter names.", "records"),
        ("Guests — greet arriving guests.", "serving people"),
        ("Letters — draft replies.", "writing"),
        ("Shifts — schedule crews.", "tracking and planning"),
        ("Trends — interpret stock data.", "analysing"),
        ("Lamps — wire starters.", "technical work"),
        ("Shelves — refill drawers.", "handling goods"),
        ("Partners — liaise between teams.", "working across teams"),
        ("Crews — oversee the night shift.", "leading people"),
        ("Intake — redesign the path of orders.", "designing and changing"),
        ("New staff — guide clerks.", "teaching"),
        # the matter of the topic outweighs the verb
        ("Customer complaints — log details.", "complaints"),
        ("Lockout — verify that breakers are off.", "safety"),
        # a verb that says nothing leaves it to what it acts on
        ("Accuracy — conduct audits of outgoing orders.", "checking"),
        ("Night — survive.", "other work"),
    ],
)
def test_probes_and_dilemma_follow_the_kind_of_work(text, kind):
    questions = asked(text)
    assert questions.probes == KINDS[kind].probes
    assert kind == "other work" or KINDS[kind].look_for in questions.look_fors
    assert kind == "other work" or any(text in questions.situational for text in KINDS[kind].complications)


def test_a_tail_is_asked_for_without_being_named():
    questions = asked("Orders — verify names against records by calling the customer.")
    assert questions.probes == ("How did you go about it?", *KINDS["checking"].probes[:2])
    assert not any(
        "call" in text for text in (questions.behavioural, questions.situational, *questions.probes)
    )


def test_the_same_words_always_give_the_same_questions():
    assert asked("Orders — verify names.") == asked("  Orders —  verify   names")
    assert "A colleague of longer standing says" in asked("Stock — verify lists.").situational


def test_rows_of_one_framework_are_asked_in_many_ways():
    asked_of = [questions_for(item) for item in parse_framework(SEED.read_bytes()).statements()]
    probes = Counter(questions.probes for questions in asked_of)
    dilemmas = Counter(questions.situational.split(". ")[1] for questions in asked_of)
    assert len(probes) >= 15
    assert max(probes.values()) <= len(asked_of) / 5
    assert len(dilemmas) >= 18
    assert max(dilemmas.values()) <= len(asked_of) / 8


def test_each_verb_stands_in_one_kind_of_work_and_is_known():
    verbs = Counter(verb for kind in WORK_KINDS for verb in kind.verbs)
    assert [verb for verb, count in verbs.items() if count > 1 or not is_verb(verb)] == []


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_asks_open_questions_and_leaves_the_dilemma_open(kind):
    assert len(kind.probes) == 3
    assert all(re.match(r"(How|What|Where|Who)\b.*\?$", probe) for probe in kind.probes)
    assert len(kind.complications) >= 2
    assert all(text.endswith(".") and "?" not in text for text in kind.complications)
    assert not kind.look_for.endswith(".")


def test_no_question_names_what_it_listens_for():
    told = []
    for item in ALL_STATEMENTS:
        questions = questions_for(item)
        task = {stem(word) for word in words(f"{item.topic} {questions.behavioural}")}
        tails = [text.split(" ", 3)[-1] for text in questions.look_fors[1:-1]]
        answer = {stem(word) for text in tails for word in words(text) if len(word) > 4} - task
        said = {stem(word) for word in words(questions.situational.replace(questions.behavioural, ""))}
        said |= {stem(word) for probe in questions.probes for word in words(probe)}
        told.extend((item.text, word) for word in sorted(answer & (said - task)))
    assert len(ALL_STATEMENTS) > 500
    assert len({text for text, _ in told}) <= len(ALL_STATEMENTS) / 100, told
