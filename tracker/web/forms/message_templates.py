"""The form of a template of messages."""

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from tracker.domain.mails import LONGEST_MAIL, LONGEST_SUBJECT, VARIABLES, MailEvent
from tracker.domain.message_templates import LONGEST_NAME, MOMENT_LABELS, MessageWords, Moment

_NAMES = ", ".join(f"{{{{{name}}}}}" for name in VARIABLES[MailEvent.MESSAGE])


class MessageTemplateForm(FlaskForm):
    name = StringField("Name", [InputRequired("Give it a name."), Length(max=LONGEST_NAME)])
    moment = SelectField(
        "Suggested after",
        choices={"": "Never: it can be chosen only"} | {one.value: MOMENT_LABELS[one] for one in Moment},
        description="It is suggested on the application’s page, and sent by nobody but who presses Send.",
    )
    subject = StringField("Subject", [InputRequired("Write a subject."), Length(max=LONGEST_SUBJECT)])
    text = TextAreaField(
        "Text",
        [InputRequired("Write a text."), Length(max=LONGEST_MAIL)],
        description=f"What stands in braces is filled in for each: {_NAMES}. A line of dots (…) is to be "
        "replaced by whoever writes.",
        render_kw={"rows": 12},
    )

    def words(self) -> MessageWords:
        moment = Moment(self.moment.data) if self.moment.data else None
        return MessageWords(self.name.data or "", self.subject.data or "", self.text.data or "", moment)

    def fill(self, words: MessageWords) -> None:
        """Show the template that is kept."""
        self.name.data, self.subject.data, self.text.data = words.name, words.subject, words.text
        self.moment.data = words.moment.value if words.moment else ""
