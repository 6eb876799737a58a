"""The filters of the audit log, read from the address."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import Length, Optional, Regexp

from tracker.models.users import User

_DAY = {"type": "date"}


class AuditForm(FlaskForm):
    class Meta:
        # A question changes nothing, and its address is to be passed on.
        csrf = False

    actor = SelectField("Who", default="")
    noun = SelectField("About", default="")
    application = StringField(
        "Application",
        [Optional(), Regexp(r"[0-9]{1,10}\Z", message="Write its number.")],
        description="Its number.",
    )
    from_ = StringField("From", [Length(max=40)], name="from", description="The first day that counts.")
    to = StringField("To", [Length(max=40)], description="The first day that no longer counts.")

    def offer(self, people: Iterable[User], nouns: Iterable[str]) -> None:
        """Give the people and the nouns to choose from."""
        self.actor.choices = [
            ("", "Anybody"),
            *((f"user:{person.id}", f"{person.name} ({person.email})") for person in people),
            *(("candidate", "Candidates"), ("referee", "Referees"), ("system", "The system")),
        ]
        self.noun.choices = [("", "Anything"), *((one, one.replace("_", " ").capitalize()) for one in nouns)]
