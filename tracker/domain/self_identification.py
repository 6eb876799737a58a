"""What an applicant may say of themselves, voluntarily: questions by jurisdiction, in dated versions.

Race and ethnicity follow Statistical Policy Directive 15 of 2024 (one question, all that apply, seven
categories) and are also told by the categories of 1997, for reports that still ask for those.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.rules import RuleBroken

DECLINED = "declined"
DECLINED_LABEL = "I do not wish to answer"
SEVERAL = "Multiracial or multiethnic"
SEVERAL_1997 = "Two or more races"


@dataclass(frozen=True, slots=True)
class SelfQuestion:
    """One question with its answers (code, label), of which one or several may be chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    is_multiple: bool = False
    hint: str = ""

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """The answers, and the one that says nothing."""
        return (*self.options, (DECLINED, DECLINED_LABEL))


@dataclass(frozen=True, slots=True)
class SelfForm:
    """The questions that a jurisdiction asks for from a day on."""

    jurisdiction: str
    version: str
    from_day: date
    questions: tuple[SelfQuestion, ...]


_RACE = SelfQuestion(
    "race_ethnicity",
    "What is your race or ethnicity?",
    (
        ("aian", "American Indian or Alaska Native"),
        ("asian", "Asian"),
        ("black", "Black or African American"),
        ("hispanic", "Hispanic or Latino"),
        ("mena", "Middle Eastern or North African"),
        ("nhpi", "Native Hawaiian or Pacific Islander"),
        ("white", "White"),
    ),
    is_multiple=True,
    hint="Choose all that apply.",
)
_SEX = SelfQuestion("sex", "What is your sex?", (("female", "Female"), ("male", "Male")))
_DISABILITY = SelfQuestion(
    "disability",
    "Do you have a disability, or have you had one?",
    (("yes", "Yes"), ("no", "No")),
    hint="A condition of body or mind that substantially limits what you do in daily life.",
)
_VETERAN = SelfQuestion(
    "veteran",
    "Are you a protected veteran?",
    (("yes", "Yes"), ("no", "No")),
    hint="Disabled, recently separated, active duty wartime or campaign badge, or service medal.",
)

SELF_FORMS: tuple[SelfForm, ...] = (
    SelfForm("us", "us-2024", date(2024, 3, 28), (_RACE, _SEX, _DISABILITY, _VETERAN)),
    SelfForm("gb", "gb-2010", date(2010, 10, 1), (_SEX, _DISABILITY)),
)


def self_form(jurisdiction: str | None, on: date) -> SelfForm | None:
    """The newest questions of a jurisdiction on a day, or of the country it lies in; none if it asks none."""
    country = (jurisdiction or "").lower().partition("-")[0]
    fitting = [form for form in SELF_FORMS if form.jurisdiction == country and form.from_day <= on]
    return max(fitting, key=lambda form: form.from_day, default=None)


def checked_codes(question: SelfQuestion, codes: Sequence[str]) -> tuple[str, ...]:
    """The chosen codes in their order; none where nothing was chosen. Raises RuleBroken at the question."""
    known = [code for code, _ in question.choices]
    if any(code not in known for code in codes):
        raise RuleBroken("Choose from the list.", field=question.name)
    chosen = tuple(code for code in known if code in codes)
    if len(chosen) > 1 and (not question.is_multiple or DECLINED in chosen):
        raise RuleBroken("Choose one answer, or say that you do not wish to answer.", field=question.name)
    return chosen


def group_of(question: SelfQuestion, codes: Collection[str]) -> str:
    """The group that a report counts somebody in; several categories are a group of their own."""
    labels = [label for code, label in question.choices if code in codes]
    return labels[0] if len(labels) == 1 else SEVERAL


def group_of_1997(codes: Collection[str]) -> str:
    """Race or ethnicity by the categories of 1997: Hispanic first, Middle Eastern as White."""
    if "hispanic" in codes:
        return "Hispanic or Latino"
    merged = {"white" if code == "mena" else code for code in codes}
    return group_of(_RACE, merged) if len(merged) == 1 else SEVERAL_1997
