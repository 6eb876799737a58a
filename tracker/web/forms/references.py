"""Forms of references: naming a referee, and what they said."""

from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from tracker.models.references import REFERENCE_RESULT_LABELS, ReferenceResult

_ANSWERS = {"": "Not said", "yes": "Yes", "no": "No"}


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
        choices={r.value: REFERENCE_RESULT_LABELS[r] for r in ReferenceResult},
    )
    summary = TextAreaField("What they said", [Length(max=10_000)])
    has_confirmed_employment = SelectField("Do they confirm the employment?", [Optional()], choices=_ANSWERS)
    would_rehire = SelectField("Would they hire the candidate again?", [Optional()], choices=_ANSWERS)

    def said(self, name: str) -> bool | None:
        """The answer to one of the two questions, none where it was not said."""
        return {"yes": True, "no": False}.get(self[name].data or "")
