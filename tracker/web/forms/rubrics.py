"""Forms of a rubric: its generation, the edits of a draft, and its publication."""

from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import BooleanField, FloatField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from tracker.domain.competencies import LONGEST_NAME
from tracker.domain.frameworks import LEVEL_LABELS, Level
from tracker.domain.questions import MOST_PROBES
from tracker.domain.rubric_edits import HIGHEST_WEIGHT, LONGEST_QUESTION, LONGEST_REASON
from tracker.domain.rubric_hints import LONGEST_TASK, MOST_LOOK_FORS
from tracker.domain.rubric_writing import LONGEST_ANCHOR

NO_EDITS = -1
_LEVELS = {level.value: LEVEL_LABELS[level] for level in Level}


class GenerateForm(FlaskForm):
    target_level = RadioField(
        "Target level", [InputRequired("The level is not guessed: choose one.")], choices=_LEVELS
    )
    target_reason = TextAreaField(
        "Why this level",
        [Optional(), Length(max=2_000)],
        description="It is kept with the rubric, where the level is not the default.",
    )


class DraftForm(FlaskForm):
    """An edit of a draft; `edits` says how many there were when the person looked at it."""

    edits = HiddenField("Edits")

    def seen_edits(self) -> int:
        """How many edits the person had seen; a number that no draft has where it cannot be read."""
        text = self.edits.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else NO_EDITS


class NameForm(DraftForm):
    name = StringField(
        "Name",
        [InputRequired("Give the competency a name.")],
        description=f"At most {LONGEST_NAME} characters.",
    )


class AnchorForm(DraftForm):
    statement = TextAreaField(
        "What it looks like at this level",
        [InputRequired("Write what one sees or hears at this level.")],
        description=f"What can be observed, as “Topic — behaviour”. At most {LONGEST_ANCHOR:,} characters.",
    )


class BeginForm(FlaskForm):
    target_level = RadioField(
        "Target level", [InputRequired("The level is not guessed: choose one.")], choices=_LEVELS
    )


class CopyForm(FlaskForm):
    rubric_id = SelectField("Rubric", [InputRequired("Choose a rubric.")], coerce=str)

    def offer(self, rubrics: Mapping[str, str]) -> None:
        """Ask for one of these published rubrics."""
        self.rubric_id.choices = {"": "Choose a rubric", **rubrics}


class PlaceForm(DraftForm):
    to_key = SelectField("Competency", [InputRequired("Choose a competency.")])

    def offer(self, rows: Mapping[str, str]) -> None:
        """Ask for one of these competencies."""
        self.to_key.choices = {"": "Choose a competency", **rows}


class QuestionsForm(DraftForm):
    behavioural = TextAreaField(
        "Behavioural question",
        [InputRequired("Write a question.")],
        description=f"What somebody did. At most {LONGEST_QUESTION:,} characters.",
    )
    situational = TextAreaField(
        "Situational question",
        [InputRequired("Write a question.")],
        description="What somebody would do; it does not give away its answer.",
    )
    probes = TextAreaField(
        "Probes",
        [Optional()],
        description=f"Neutral follow-ups, a line each, at most {MOST_PROBES}. They do not lead to an answer.",
    )
    look_fors = TextAreaField(
        "Look for",
        [Optional()],
        description=f"What can be heard or seen in an answer, a line each, at most {MOST_LOOK_FORS}.",
    )
    task = TextAreaField(
        "Task",
        [Optional(), Length(max=LONGEST_TASK)],
        description="What the candidate does in a skills assessment, the same for everybody; where there is"
        " none, the questions are asked there too.",
    )


class WeightForm(DraftForm):
    weight = FloatField(
        "Weight",
        [InputRequired("Enter a number.")],
        description=f"1 is as much as every other competency; at most {HIGHEST_WEIGHT:g}.",
    )
    weight_reason = TextAreaField(
        "Reason", [Optional(), Length(max=LONGEST_REASON)], description="Needed for any weight but 1."
    )


class RequiredForm(DraftForm):
    is_required = BooleanField("It must be rated before a candidate can move on")


class LevelForm(DraftForm):
    target_level = RadioField("Target level", [InputRequired("Choose a level.")], choices=_LEVELS)
    target_reason = TextAreaField(
        "Reason",
        [Optional(), Length(max=LONGEST_REASON)],
        description="Needed for another level than the rubric's; it stands at the competency with your name.",
    )


class PublishForm(DraftForm):
    is_read = BooleanField(
        "I have read every anchor and question", [InputRequired("Publish only what you have read.")]
    )
