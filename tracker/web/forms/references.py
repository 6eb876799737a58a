"""Forms of references: naming a referee, and what they said."""

from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from tracker.models.references import REFERENCE_RESULT_LABELS, ReferenceResult


class ReferenceForm(FlaskForm):
    referee_name = StringField("Name", [InputRequired("Name the referee."), Length(max=200)])
    relationship = StringField(
        "How they know the candidate", [Optional(), Length(max=200)], description="Such as former manager."
    )
    email = EmailField("E-mail", [Optional(), Length(max=254)])
    phone = StringField("Phone", [Optional(), Length(max=60)])


class ReferenceResultForm(FlaskForm):
    result = RadioField(
        "What came of it",
        [InputRequired("Choose what came of it.")],
        choices={
            result.value: REFERENCE_RESULT_LABELS[result]
            for result in ReferenceResult
            if result is not ReferenceResult.RECEIVED
        },
    )
    summary = TextAreaField("A word about it", [Length(max=10_000)])
