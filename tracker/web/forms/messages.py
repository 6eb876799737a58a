"""Writing to candidates by hand."""

import secrets

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from tracker.domain.mails import LONGEST_MAIL, LONGEST_SUBJECT, VARIABLES, MailEvent

_NAMES = ", ".join(f"{{{{{name}}}}}" for name in VARIABLES[MailEvent.MESSAGE])


class MessageForm(FlaskForm):
    subject = StringField("Subject", [InputRequired("Write a subject."), Length(max=LONGEST_SUBJECT)])
    text = TextAreaField(
        "Text",
        [InputRequired("Write a text."), Length(max=LONGEST_MAIL)],
        description=f"What stands in braces is filled in for each: {_NAMES}, the link to their own page.",
        render_kw={"rows": 12},
    )
    key = HiddenField(validators=[Length(max=64)], default=lambda: secrets.token_urlsafe(12))
