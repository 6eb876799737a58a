"""The form of a calendar of holidays."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

_LONGEST = 100_000


class CalendarForm(FlaskForm):
    name = StringField("Name", [InputRequired("The name is missing."), Length(max=80)])
    jurisdiction = StringField(
        "Country or region", [Length(max=40)], description="Such as US, US-CA, GB or EU-DE."
    )
    days = TextAreaField(
        "Days",
        [Length(max=_LONGEST)],
        render_kw={"rows": 16, "spellcheck": "false"},
        description="One a line, such as 2026-12-25 Christmas Day; a day that is taken away counts again.",
    )
    version = HiddenField()

    def seen(self) -> int:
        """The version that the person saw; one that no calendar has where the field was spoiled."""
        given = self.version.data or ""
        return int(given) if given.isdecimal() and len(given) < 9 else -1
