from datetime import date
from pathlib import Path

import pytest

from tracker.domain.frameworks import parse_framework
from tracker.domain.lawful_questions import (
    PROTECTED_MATTER_LABELS,
    QUESTION_ROWS,
    QUESTION_VERDICT_LABELS,
    ProtectedMatter,
    QuestionVerdict,
    check_question,
)
from tracker.domain.questions import questions_for

SEED = Path(__file__).parents[2] / "seeds" / "frameworks" / "43-4151.00.json"
WRITTEN = sorted(
    path for path in (Path(__file__).parent / "frameworks").glob("*.json") if "answers" not in path.name
)


ASKED = {
    ProtectedMatter.AGE: [
        "How old are you?",
        "What is your date of birth?",
        "When did you graduate from high school?",
    ],
    ProtectedMatter.FAMILY: [
        "Do you have children?",
        "Are you pregnant?",
        "Are you planning to get married?",
    ],
    ProtectedMatter.ORIGIN: [
        "Where are you originally from?",
        "What is your native language?",
        "Are you a US citizen?",
    ],
    ProtectedMatter.RELIGION: ["Which church do you go to?", "What is your religion?", "Are you a Muslim?"],
    ProtectedMatter.HEALTH: [
        "Do you have any disabilities?",
        "How many sick days did you take?",
        "How is your health?",
    ],
    ProtectedMatter.GENETICS: [
        "Has anyone in your family had cancer?",
        "What is your family medical history?",
    ],
    ProtectedMatter.ORIENTATION: ["Are you gay?", "What is your sexual orientation?"],
    ProtectedMatter.ARRESTS: ["Have you ever been arrested?", "Do you have a criminal record?"],
    ProtectedMatter.UNION: ["Are you a member of a union?", "Who did you vote for?"],
    ProtectedMatter.PAST_PAY: ["What was your last salary?", "How much did you make in your last job?"],
}


@pytest.mark.parametrize(("matter", "question"), [(m, q) for m, texts in ASKED.items() for q in texts])
def test_questions_on_protected_matters_are_caught_everywhere(matter, question):
    assert matter in {warning.matter for warning in check_question(question, "XX")}


@pytest.mark.parametrize(
    "question",
    [
        "Tell me about a time when you had to check customers' ages before selling wine.",
        "Suppose you have to care for sick or injured children and record incidents.",
        "How would you file a health record?",
        "Tell me about a time when you had to welcome parents at arrival.",
        "Tell me about a time when you worked with a credit union.",
        "How did you earn the trust of a customer?",
        "What salary do you expect?",
        "Suppose a customer says that her family was charged twice.",
    ],
)
def test_questions_about_the_work_pass(question):
    assert check_question(question, "US-CA") == []


def test_no_generated_question_is_warned_of():
    for path in (SEED, *WRITTEN):
        for item in parse_framework(path.read_bytes()).statements():
            questions = questions_for(item)
            assert check_question(f"{questions.behavioural} {questions.situational}", "US-CA") == []


@pytest.mark.parametrize(
    ("question", "jurisdiction", "verdict"),
    [
        ("Do you have children?", "US", QuestionVerdict.REFUSE),
        ("Do you have children?", "US-TX", QuestionVerdict.REFUSE),
        ("Do you have children?", "XX", QuestionVerdict.WARN),
        ("What was your last salary?", "US", QuestionVerdict.WARN),
        ("What was your last salary?", "US-CA", QuestionVerdict.REFUSE),
        ("What was your last salary?", "us-ca", QuestionVerdict.REFUSE),
        ("What was your last salary?", "EU-DE", QuestionVerdict.REFUSE),
        ("Have you ever been arrested?", "US-NY", QuestionVerdict.WARN),
        ("Have you ever been arrested?", "US-NY-NYC", QuestionVerdict.REFUSE),
        ("How old are you?", "US", QuestionVerdict.WARN),
    ],
)
def test_the_jurisdiction_decides_between_warning_and_refusing(question, jurisdiction, verdict):
    assert [warning.verdict for warning in check_question(question, jurisdiction)] == [verdict]


def test_a_row_holds_from_its_day_on():
    question = "What was your last salary?"
    before, after = date(2017, 12, 31), date(2018, 1, 1)
    assert check_question(question, "US-CA", on=before)[0].verdict is QuestionVerdict.WARN
    assert check_question(question, "US-CA", on=after)[0].verdict is QuestionVerdict.REFUSE


def test_every_matter_holds_everywhere_and_has_its_words():
    assert {row.matter for row in QUESTION_ROWS if row.jurisdiction == "*"} == set(ProtectedMatter)
    assert set(PROTECTED_MATTER_LABELS) == set(ProtectedMatter)
    assert set(QUESTION_VERDICT_LABELS) == set(QuestionVerdict)
    assert all(row.source for row in QUESTION_ROWS)
