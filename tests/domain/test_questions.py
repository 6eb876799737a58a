import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.frameworks import Level, parse_framework, read_statement
from tracker.domain.question_parts import remove_level_markers
from tracker.domain.questions import Questions, is_early_career, questions_for
from tracker.domain.statement_openings import OpeningKind, read_opening
from tracker.domain.work_verbs import is_verb

SEED = Path(__file__).parents[2] / "seeds" / "frameworks" / "43-4151.00.json"
WRITTEN = sorted(
    path for path in (Path(__file__).parent / "frameworks").glob("*.json") if "answers" not in path.name
)
FRAME = "Tell me about a time when you had to "


def asked(text: str, *, early_career: bool = False) -> Questions:
    return questions_for(read_statement(Level.EMERGING, 0, text), early_career=early_career)


def task(text: str) -> str:
    question = asked(text).behavioural
    assert question.startswith(FRAME)
    return question.removeprefix(FRAME).removesuffix(".")


@pytest.mark.parametrize(
    "statement", list(parse_framework(SEED.read_bytes()).statements()), ids=lambda s: s.text[:30]
)
def test_every_statement_of_the_file_fits_a_frame(statement):
    questions = questions_for(statement)
    assert not questions.needs_review
    assert questions.behavioural.startswith(FRAME)
    verb = questions.behavioural.removeprefix(FRAME).split()[0].strip(",")
    assert is_verb(verb)
    assert not re.search(
        r"supervis\w+\b(?<!supervisors)|independently|autonomously|oversight\b", questions.behavioural
    )
    assert questions.situational.startswith(
        f"Suppose you have to {questions.behavioural.removeprefix(FRAME)}"
    )
    assert questions.situational.endswith("What would you do, and why?")
    assert 1 <= len(questions.probes) <= 3


def test_most_statements_of_other_occupations_fit_a_frame():
    statements = [item for path in WRITTEN for item in parse_framework(path.read_bytes()).statements()]
    fallbacks = [item.text for item in statements if not questions_for(item).behavioural.startswith(FRAME)]
    assert len(statements) > 700
    assert len(fallbacks) / len(statements) < 0.005


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # base form, as it stands
        ("Orders — verify names and addresses.", "verify names and addresses"),
        # an adverb first; one that marks the level goes
        ("Costs — accurately compute totals.", "accurately compute totals"),
        ("Doses — accurately and promptly measure liquids.", "accurately and promptly measure liquids"),
        ("Costs — independently reconcile totals.", "reconcile totals"),
        # the object stands in the topic
        ("Order forms — complete with name and address.", "complete order forms with name and address"),
        (
            "Patient records — update and file in accordance with policy.",
            "update and file patient records in accordance with policy",
        ),
        ("ERP reports — compile weekly.", "compile ERP reports weekly"),
        ("Guest requests — respond to promptly.", "respond to promptly"),
        # third person
        ("Orders — verifies and enters names.", "verify and enter names"),
        ("Rooms — checks, cleans, and restocks bathrooms.", "check, clean, and restock bathrooms"),
        # gerund
        ("Pumps — monitoring, testing, and repairing seals.", "monitor, test, and repair seals"),
        ("Budget — planning the year.", "plan the year"),
        # passive
        ("Orders — orders are checked against lists.", "make sure that orders were checked against lists"),
        ("Stock — stock is counted every day.", "make sure that stock was counted every day"),
        # ability and knowledge
        ("Costs — ability to compute totals.", "compute totals"),
        ("Costs — demonstrates the ability to compute totals.", "compute totals"),
        ("Forklifts — proficient in operating forklifts.", "operate forklifts"),
        ("Food — knowledge of hygiene rules.", "use your knowledge of hygiene rules"),
        (
            "Food — demonstrates a basic understanding of hygiene rules.",
            "use your basic understanding of hygiene rules",
        ),
        # verbs of two words
        ("Leaflets — hand out leaflets to visitors.", "hand out leaflets to visitors"),
        ("Pupils — sit with pupils who need help.", "sit with pupils who need help"),
        ("Tools — scrub, bag, and load used instruments.", "scrub, bag, and load used instruments"),
        ("Cable — feed wire through raceways.", "feed wire through raceways"),
        ("Forms — fill in start and finish times.", "fill in start and finish times"),
        ("Defects — write up for the shop.", "write up defects for the shop"),
        ("Errors — follow up with the team.", "follow up with the team"),
        # somebody's own
        ("Tasks — plan own tasks for the week.", "plan your own tasks for the week"),
    ],
)
def test_exceptions_are_brought_into_the_frame(text, expected):
    assert task(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Customer service — friendly and warm with all.",
        "Order entry — support for new staff.",
        "Records — records of sales.",
        "Quality — 99 % of orders without fault.",
        "Music — 演奏",
        f"Orders — check {'very ' * 60}long lists.",
    ],
)
def test_what_fits_no_frame_falls_back_to_its_topic_and_is_marked(text):
    questions = asked(text)
    topic = text.split(" — ")[0].lower()
    assert questions.behavioural == f"Tell me about a time that shows your experience with {topic}."
    assert questions.needs_review


def test_topic_of_a_fallback_keeps_abbreviations():
    assert "experience with ERP use." in asked("ERP use — 7 of 9.").behavioural


@pytest.mark.parametrize(
    "marker",
    [
        " under close supervision",
        " under direct supervisor guidance",
        " under a preceptor's supervision",
        " under the direction of a senior mechanic",
        " with minimal oversight",
        " with step-by-step instruction",
        " with limited guidance from a senior clerk",
        " without supervision",
        " when prompted by a supervisor",
        " when asked",
        " as directed",
        " while a senior assistant watches",
        " as shown by the line cook",
        " with a senior nurse",
        " with a senior developer's guidance",
        " independently",
        " autonomously",
        " on their own",
        " with help from a senior technician",
        " with close attorney review",
        " with a senior team member present",
        " without assistance",
    ],
)
def test_level_markers_leave_the_question(marker):
    assert remove_level_markers(f"check stock levels{marker} every day") == "check stock levels every day"
    assert task(f"Stock — check stock levels{marker}.") == "check stock levels"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Files — label, index, and store case papers.", "label, index, and store case papers"),
        ("Results — own profit and loss for the shop.", "own profit and loss for the shop"),
        ("Samples — centrifuge, aliquot, and store tubes.", "centrifuge, aliquot, and store tubes"),
    ],
)
def test_verbs_that_are_also_nouns_stay_verbs_in_a_list(text, expected):
    assert task(text) == expected


def test_level_marker_before_a_tail_leaves_the_tail():
    questions = asked("Orders — manage orders autonomously, resolving issues.")
    assert questions.behavioural == f"{FRAME}manage orders."
    assert "Gives an example of resolving issues" in questions.look_fors


@pytest.mark.parametrize(
    ("text", "kept", "look_for"),
    [
        (
            "A — audit outgoing orders, identifying recurring errors.",
            "audit outgoing orders",
            "Gives an example of identifying recurring errors",
        ),
        (
            "A — input order data to minimise errors.",
            "input order data",
            "Says what was done to minimise errors",
        ),
        (
            "A — answer routine questions by reading from scripts.",
            "answer routine questions",
            "Gives an example of reading from scripts",
        ),
        (
            "A — verify customer names following a standard procedure.",
            "verify customer names",
            "Gives an example of following a standard procedure",
        ),
        (
            "A — design intake procedures that reduce errors.",
            "design intake procedures",
            "Shows how the work helped to reduce errors",
        ),
        (
            "A — compute merchandise and shipping costs using a spreadsheet.",
            "compute merchandise and shipping costs",
            "Names what was used: a spreadsheet",
        ),
        (
            "A — assess customer needs through active listening.",
            "assess customer needs",
            "Names what was used: active listening",
        ),
        (
            "A — suggest products based on customer history.",
            "suggest products",
            "Says what it was based on: customer history",
        ),
        (
            "A — oversee checks, analysing data to find risks and directing action.",
            "oversee checks",
            "Gives an example of analysing data to find risks and directing action",
        ),
    ],
)
def test_means_and_outcomes_become_look_fors(text, kept, look_for):
    assert task(text) == kept
    assert look_for in asked(text).look_fors


@pytest.mark.parametrize(
    "text",
    [
        "compute merchandise, service, and shipping charges",
        "complete forms with name, address, and billing details",
        "wipe down surfaces, cutting boards, and slicers",
        "shape career paths, hiring standards, and mentoring across the department",
        "use word processing tools to draft letters",
        "guide clerks through order entry",
        "work with owners to plan the week",
        "present results to management",
        "match invoices to purchase orders",
        "manage orders from intake to delivery",
        "use trimmings",
        "log attention to detail",
    ],
)
def test_lists_and_objects_are_not_taken_for_tails(text):
    assert task(f"Topic — {text}.") == text


def test_setting_of_the_statement_leaves_the_question():
    assert task("A — log initial complaints in a call-center or office setting.") == "log initial complaints"


def test_markup_stays_text_in_questions():
    assert task("A — check <b>orders</b> & lists.") == "check <b>orders</b> & lists"


def test_people_early_in_a_career_may_speak_of_work_study_or_volunteering():
    question = asked("Orders — verify names.", early_career=True).behavioural
    assert question == "Tell me about a time at work, study or volunteering when you had to verify names."
    fallback = asked("Orders — 7 of 9.", early_career=True).behavioural
    assert (
        fallback
        == "Tell me about a time at work, study or volunteering that shows your experience with orders."
    )
    assert [is_early_career(zone) for zone in (None, 1, 2, 3, 5)] == [False, True, True, False, False]


def test_situational_question_does_not_hold_its_answer():
    questions = asked("Complaints — log complaints, escalating unresolved ones to a supervisor.")
    assert "escalat" not in questions.situational
    assert questions.situational.count("?") == 1


@given(st.text(max_size=120))
def test_any_text_gives_questions(text):
    if re.search(r"\w", text):
        questions = asked(f"Topic — {text}")
        assert questions.behavioural.startswith("Tell me about a time")
        assert questions.behavioural.endswith(".")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("check lists", OpeningKind.VERB),
        ("knowledge of lists", OpeningKind.KNOWLEDGE),
        ("lists are checked", OpeningKind.PASSIVE),
        ("warm manner", OpeningKind.UNKNOWN),
    ],
)
def test_openings_are_told_apart(text, kind):
    assert read_opening(text).kind is kind
