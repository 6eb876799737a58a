"""The form of a notice's words."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length

from tracker.domain.notices import LONGEST_NOTICE


class NoticeForm(FlaskForm):
    text = TextAreaField(
        "Text", [InputRequired("The text is missing."), Length(max=LONGEST_NOTICE)], render_kw={"rows": 16}
    )
    number = HiddenField()

    def seen(self) -> int:
        """The number that the person saw; one that nobody has where the field was spoiled."""
        given = self.number.data or ""
        return int(given) if given.isdecimal() and len(given) < 9 else -1
