"""The form by which HR settles a request for erasure."""

from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from tracker.models.data_requests import DataRequestState


class SettlingForm(FlaskForm):
    outcome = RadioField(
        "What was done",
        [InputRequired("Say what was done.")],
        choices=[
            SelectChoice(DataRequestState.DONE.value, "The data are erased"),
            SelectChoice(DataRequestState.REFUSED.value, "It is refused, for a reason of law"),
        ],
    )
    answer = TextAreaField(
        "Answer", [Optional(), Length(max=10_000)], description="The candidate reads it on their own page."
    )
