"""Forms of the candidate's own page."""

from flask_wtf import FlaskForm
from wtforms import EmailField
from wtforms.validators import InputRequired, Length


class StepForm(FlaskForm):
    """A step that is taken or not."""


class LinkForm(FlaskForm):
    email = EmailField(
        "E-mail",
        [InputRequired("Enter the address you applied with."), Length(max=254)],
        description="The address that you applied with.",
        render_kw={"autocomplete": "email"},
    )
