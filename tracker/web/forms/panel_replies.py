"""The form by which a panel member hands a session over."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from tracker.models.users import User


class HandOverForm(FlaskForm):
    """Why, and who could sit there instead."""

    reason = TextAreaField(
        "Reason",
        [InputRequired("Say why you cannot be there."), Length(max=1_000)],
        description="Whoever sees the session reads it.",
    )
    proposed = SelectField("Who could instead")

    def offer(self, people: Iterable[User]) -> None:
        """Ask about these people."""
        self.proposed.choices = {"": "Nobody in mind"} | {str(user.id): user.name for user in people}
