"""The form of a mail's words."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired


class MailTemplateForm(FlaskForm):
    """Subject and plain text with their variables, and the version that the person saw."""

    subject = StringField("Subject", [InputRequired("The subject is missing.")])
    text = TextAreaField("Text", [InputRequired("The text is missing.")], render_kw={"rows": 16})
    version = HiddenField()

    def seen(self) -> int:
        """The version that the person saw; one that nobody has where the field was spoiled."""
        given = self.version.data or ""
        return int(given) if given.isdecimal() and len(given) < 9 else -1
