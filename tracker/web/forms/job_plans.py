"""Forms of how a job hires: rounds, a proposed plan, questions, target days."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.domain.competencies import Competency
from tracker.domain.interview_plans import (
    DEFAULT_MINUTES,
    INTERVIEW_KIND_LABELS,
    MINUTES_PER_ROW,
    MOST_SESSIONS,
    InterviewKind,
)
from tracker.domain.jobs import MOST_ROUNDS, RoundDetails
from tracker.domain.screening_answers import QUESTION_KIND_LABELS, QuestionKind, QuestionShape
from tracker.domain.stages import STAGE_LABELS, STAGES, TARGET_DAYS
from tracker.models.jobs import InterviewRound

_MINUTES = NumberRange(5, 480, "A round lasts from 5 to 480 minutes.")
_ROUNDS = NumberRange(1, MOST_ROUNDS, f"A plan has from 1 to {MOST_ROUNDS} rounds.")
_DAYS = NumberRange(1, 365, "A target is from 1 to 365 days.")


class RoundForm(FlaskForm):
    version = HiddenField()
    title = StringField("Title", [DataRequired("Give the round a title."), Length(max=200)])
    kind = SelectField(
        "Kind",
        [InputRequired("Choose how it is held.")],
        choices={kind.value: INTERVIEW_KIND_LABELS[kind] for kind in InterviewKind},
        default=InterviewKind.IN_PERSON.value,
    )
    minutes = IntegerField(
        "Minutes",
        [InputRequired("Say how long it takes."), _MINUTES],
        default=DEFAULT_MINUTES,
        description=f"Rating one competency takes about {MINUTES_PER_ROW} minutes.",
    )
    competencies = SelectMultipleField(
        "Competencies",
        [Optional()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description="What this round rates. Each should be rated in several rounds, by different people.",
    )

    def offer(self, rows: Iterable[Competency]) -> None:
        """Ask about these competencies; without any, the job has no rubric yet and is not asked."""
        self.competencies.choices = {row.key: row.name for row in rows}
        if not self.competencies.choices:
            del self.competencies

    def show(self, planned: InterviewRound) -> None:
        """Show a round as it is planned."""
        self.title.data, self.kind.data = planned.title, planned.kind.value
        self.minutes.data = planned.minutes
        if "competencies" in self:
            self.competencies.data = list(planned.competencies)

    def details(self, otherwise: Iterable[str] = ()) -> RoundDetails:
        """The round as the rules read it; `otherwise` it rates what it rated before."""
        keys = self.competencies.data if "competencies" in self else otherwise
        return RoundDetails(
            self.title.data, InterviewKind(self.kind.data), self.minutes.data, tuple(keys or ())
        )


class RemovalForm(FlaskForm):
    version = HiddenField()


class ProposalForm(FlaskForm):
    version = HiddenField()
    minutes = IntegerField(
        "Minutes of each round",
        [InputRequired("Say how long a round takes."), _MINUTES],
        default=DEFAULT_MINUTES,
    )
    most = IntegerField(
        "At most so many rounds", [InputRequired("Say how many rounds."), _ROUNDS], default=MOST_SESSIONS
    )


class QuestionForm(FlaskForm):
    text = StringField(
        "Question",
        [InputRequired("Write the question."), Length(max=500)],
        description="The same for every applicant, about the work only.",
    )
    is_required = BooleanField("An answer is needed before Screening", default=True)
    kind = SelectField(
        "Kind of answer",
        choices={kind.value: QUESTION_KIND_LABELS[kind] for kind in QuestionKind},
        default=QuestionKind.TEXT.value,
    )
    choices = TextAreaField("Choices", [Optional(), Length(max=5_000)], description="Of a list: one a line.")
    no_choices = TextAreaField(
        "Choices that suggest a no",
        [Optional(), Length(max=5_000)],
        description="One a line. It is a hint to whoever reviews; nobody is rejected by it.",
    )
    least = StringField(
        "Below this suggests a no",
        [Optional(), Length(max=40)],
        description="A number, or a day as 2026-11-23.",
    )
    most = StringField("Above this suggests a no", [Optional(), Length(max=40)])

    def shape(self) -> QuestionShape:
        """How the question is answered, as the rules read it."""
        rule = {
            "choices": (self.no_choices.data or "").splitlines(),
            "least": self.least.data,
            "most": self.most.data,
        }
        choices = tuple((self.choices.data or "").splitlines())
        return QuestionShape(QuestionKind(self.kind.data), choices, rule)


class RetirementForm(FlaskForm):
    """A question is asked no longer; there is nothing to fill in."""


def _days(stage: Any) -> IntegerField:
    usual = "1 day" if TARGET_DAYS[stage] == 1 else f"{TARGET_DAYS[stage]} days"
    return IntegerField(STAGE_LABELS[stage], [Optional(), _DAYS], description=f"{usual} unless you set it.")


TargetsForm: Any = type("TargetsForm", (FlaskForm,), {stage.value: _days(stage) for stage in STAGES})
"""One field a stage, named by its key; empty for the usual target."""
