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
        "What year did you finish college?",
        "Could you tell me your age?",
        "In which decade were you born?",
        "When do you plan to retire?",
        "How many years do you have until retirement?",
        "How long before you retire?",
        "Are you over 40?",
        "How would you feel about working for a younger manager?",
        "Which generation do you belong to?",
        "Aren't you a bit old for this work?",
        "Are you older than 50?",
        "What is your birthday?",
    ],
    ProtectedMatter.FAMILY: [
        "Do you have children?",
        "Do you have any kids at home?",
        "Do you want children?",
        "Do you plan to have children?",
        "Are you planning a family?",
        "Are you pregnant?",
        "When is the baby due?",
        "Are you planning to get married?",
        "Is your husband fine with travelling?",
        "What does your spouse do for a living?",
        "Who will watch your kids while you work?",
        "What are your childcare arrangements?",
        "Do you live alone?",
        "Who do you live with?",
        "Are you a single mother?",
        "Are you Miss or Mrs.?",
        "What was your maiden name?",
        "How many children do you have?",
        "How old are your children?",
        "Do you intend to take parental leave?",
        "Is anyone at home dependent on you?",
        "Are you thinking of having a baby soon?",
        "Have you got children?",
        "Do you have a husband?",
        "Who takes care of your kids when you travel?",
    ],
    ProtectedMatter.ORIGIN: [
        "Where are you originally from?",
        "Where were you born?",
        "Were you born here?",
        "What is your native language?",
        "Is English your first language?",
        "Are you a US citizen?",
        "What kind of name is that?",
        "Where does your name come from?",
        "That is an unusual name, where is it from?",
        "Where is your accent from?",
        "Where are your parents from?",
        "How long have you lived in this country?",
        "How did you learn to speak Spanish?",
        "What is your nationality?",
        "When did you come to this country?",
        "Are you an immigrant?",
        "Do you have a green card?",
        "Which passport do you hold?",
        "What's your heritage?",
        "Do you speak English at home?",
    ],
    ProtectedMatter.RELIGION: [
        "Which church do you go to?",
        "Do you go to church?",
        "What is your religion?",
        "Are you a Muslim?",
        "Do you observe any religious holidays?",
        "Which religious holidays do you keep?",
        "Would you be praying at work?",
        "Do you need Saturdays off for your sabbath?",
        "What do you believe in, God?",
        "Does your faith keep you from working on Sundays?",
        "Do you wear a headscarf every day?",
    ],
    ProtectedMatter.HEALTH: [
        "Do you have any disabilities?",
        "How many sick days did you take?",
        "How is your health?",
        "Are you healthy?",
        "Do you take any medication?",
        "Which prescriptions are you taking?",
        "Have you ever filed a workers' compensation claim?",
        "Do you have any physical limitations?",
        "Have you ever seen a psychiatrist?",
        "Have you ever been treated for depression?",
        "Have you ever had a back injury?",
        "How tall are you?",
        "How much do you weigh?",
        "Do you smoke?",
        "How often do you drink alcohol?",
        "Do you have any health problems?",
        "Were you ill often last year?",
        "Is there a medical reason why you could not do this?",
        "Have you been vaccinated?",
        "Will you need any accommodation at work?",
        "Are you disabled?",
        "Are you on any medication?",
        "Do you suffer from anxiety?",
        "Have you had any surgery recently?",
        "Disability",
        "Your disability status:",
        "Which disabilities do you have?",
        "Tell us about disabilities that you have",
        "Do you consider yourself to have a disability?",
        "Would you describe yourself as disabled?",
        "Please describe any disability",
        "Any health problems?",
        "Do you need any adjustments because of a disability?",
    ],
    ProtectedMatter.GENETICS: [
        "Has anyone in your family had cancer?",
        "What is your family medical history?",
        "Does heart disease run in your family?",
        "Have you taken a genetic test?",
        "Did your mother have breast cancer?",
    ],
    ProtectedMatter.ORIENTATION: [
        "Are you gay?",
        "What is your sexual orientation?",
        "Do you have a boyfriend or a girlfriend?",
        "Are you transgender?",
        "Are you non-binary?",
        "What sex were you at birth?",
        "Are you a homosexual?",
    ],
    ProtectedMatter.ARRESTS: [
        "Have you ever been arrested?",
        "Do you have a criminal record?",
        "Have you ever been in trouble with the law?",
        "Have you ever been to jail?",
        "Have you been convicted of a crime?",
        "Do you have any felonies?",
        "Were you ever on probation?",
        "Have you ever been charged with a crime?",
        "Have you served time in prison?",
        "Would a background check turn up any convictions?",
        "Have you got a police record?",
        "Ever been arrested?",
        "Have you any previous convictions?",
    ],
    ProtectedMatter.UNION: [
        "Are you a member of a union?",
        "Do you belong to a union?",
        "Have you ever joined a union?",
        "How do you feel about unions?",
        "What is your opinion of trade unions?",
        "Have you ever been on strike?",
        "Who did you vote for?",
        "Which political party do you support?",
        "Were you a shop steward?",
        "Would you join a union here?",
        "Are you a Republican or a Democrat?",
    ],
    ProtectedMatter.PAST_PAY: [
        "What was your last salary?",
        "How much did you make in your last job?",
        "What are you making now?",
        "What do you earn at present?",
        "How much are you paid today?",
        "What is your current compensation package?",
        "Could you send us your last pay stub?",
        "What was your base salary?",
        "How much were you paid at your previous job?",
        "What is your pay history?",
        "What did they pay you there?",
        "What bonus did you get last year?",
    ],
}


@pytest.mark.parametrize(("matter", "question"), [(m, q) for m, texts in ASKED.items() for q in texts])
def test_questions_on_protected_matters_are_caught_everywhere(matter, question):
    assert matter in {warning.matter for warning in check_question(question, "XX")}


def test_no_generated_question_is_warned_of():
    for path in (SEED, *WRITTEN):
        for item in parse_framework(path.read_bytes()).statements():
            questions = questions_for(item)
            asked = [questions.behavioural, questions.situational, *questions.probes]
            assert check_question(" ".join(asked), "US-CA") == []


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
