"""Forms that several records share: a step that asks for nothing more, and one that asks for a reason."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length


class StepForm(FlaskForm):
    """A step that is taken or not; it has nothing to fill in."""


class ReasonForm(FlaskForm):
    reason = TextAreaField("Reason", [InputRequired("Give a reason."), Length(max=10_000)])
