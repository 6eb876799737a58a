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
    action = SelectField("Action", default="")
    application = StringField(
        "Application",
        [Optional(), Regexp(r"[0-9]{1,10}\Z", message="Write its number.")],
        description="Its number.",
    )
    from_ = StringField("From", [Length(max=40)], name="from", description="The first day that counts.")
    to = StringField("To", [Length(max=40)], description="The first day that no longer counts.")

    def offer(self, people: Iterable[User], actions: Iterable[str]) -> None:
        """Give the people and the actions to choose from; a noun alone stands for all that is done to it."""
        self.actor.choices = [
            ("", "Anybody"),
            *((f"user:{person.id}", f"{person.name} ({person.email})") for person in people),
            *(("candidate", "Candidates"), ("referee", "Referees"), ("system", "The system")),
        ]
        known = list(actions)
        nouns = sorted({action.partition(":")[0] for action in known})
        self.action.choices = [
            ("", "Anything"),
            *((f"{noun}:", f"{noun.replace('_', ' ').capitalize()}: all") for noun in nouns),
            *((action, action.replace("_", " ").replace(":", ": ")) for action in known),
        ]
