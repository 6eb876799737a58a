"""The form of a saved report: its name, whom it is for, and when its owner is sent the link."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from tracker.domain.saved_reports import MAILED_EVERY_LABELS, MailedEvery
from tracker.domain.saved_views import LONGEST_NAME


class SavedReportForm(FlaskForm):
    name = StringField("Name", [InputRequired("Give the report a name."), Length(max=LONGEST_NAME)])
    is_shared = BooleanField(
        "Share it",
        description="With everyone who may read this report; each sees what they may see.",
    )
    every = SelectField(
        "Mail me the link",
        choices={"": "Never"} | {one.value: label for one, label in MAILED_EVERY_LABELS.items()},
        description="A link that counts anew when you open it; no numbers are mailed.",
    )
    version = HiddenField()

    def seen(self) -> int:
        """The version that the person saw; one that no report has where the field was spoiled."""
        given = self.version.data or ""
        return int(given) if given.isdecimal() and len(given) < 9 else -1

    def mailed_every(self) -> MailedEvery | None:
        """How often the link is sent."""
        return MailedEvery(self.every.data) if self.every.data else None
