"""Forms of notices: their words, and the summaries of rights that go with some."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import FileInput

from tracker.domain.adverse_notices import ADVERSE_NOTICES
from tracker.domain.file_formats import endings_taken
from tracker.domain.jurisdictions import EVERYWHERE
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


class RightsSummaryForm(FlaskForm):
    jurisdiction = SelectField(
        "Jurisdiction",
        [InputRequired("Choose the jurisdiction.")],
        choices={
            row.jurisdiction: "everywhere else" if row.jurisdiction == EVERYWHERE else row.jurisdiction
            for row in ADVERSE_NOTICES
        },
    )
    file = FileField(
        "Summary of rights",
        [FileRequired("Choose a file.")],
        description="Your own file, as the authority publishes it; at most 4 MB.",
        widget=FileInput(),
        render_kw={"accept": endings_taken()},
    )
