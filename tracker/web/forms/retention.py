"""Placing a legal hold."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional


class WishForm(FlaskForm):
    note = TextAreaField(
        "Who asked, and how",
        [InputRequired("Say who asked for it, and how."), Length(max=2000)],
        description="The time is not over, so somebody must have asked for it: by telephone, in a letter.",
    )


class HoldForm(FlaskForm):
    reason = TextAreaField("Reason", [InputRequired("Say why the records are held."), Length(max=2000)])
    job = SelectField("Job", [Optional()], description="Everybody who applied for it.")
    from_on = DateField("Applied from", [Optional()])
    to_on = DateField("Applied until", [Optional()], description="That day counts.")

    def offer(self, jobs: Iterable[Any]) -> None:
        """Give the jobs to choose from, as (id, title)."""
        self.job.choices = [("", "Any"), *((str(number), title) for number, title in jobs)]
