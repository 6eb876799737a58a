"""The form that a referee fills in: a few competencies of the job, and when they worked together."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from tracker.domain.competencies import Competency
from tracker.domain.reference_forms import LONGEST_EXAMPLE, SEEN_LABELS, RefereeAnswers, Seen

_SAID = {"yes": True, "no": False, "unsaid": None}


class RefereeForm(FlaskForm):
    """The same for every job; `referee_form` adds the competencies of one."""

    role = StringField("What was their work?", [InputRequired("Say what their work was."), Length(max=200)])
    worked_from_on = DateField("You worked together from", [InputRequired("Say since when.")])
    worked_until_on = DateField("until", [Optional()], description="Empty if you still do.")
    has_confirmed_employment = RadioField(
        "Did they work there, as you know of it?",
        [InputRequired("Choose one.")],
        choices=[
            SelectChoice("yes", "Yes"),
            SelectChoice("no", "No"),
            SelectChoice("unsaid", "I cannot say"),
        ],
    )
    would_rehire = RadioField(
        "Would you work with them again?",
        [InputRequired("Choose one.")],
        choices=[
            SelectChoice("yes", "Yes"),
            SelectChoice("no", "No"),
            SelectChoice("unsaid", "I would rather not say"),
        ],
    )
    comment = TextAreaField(
        "Anything else?", [Optional(), Length(max=LONGEST_EXAMPLE)], render_kw={"rows": 4}
    )
    rows: Sequence[Competency] = ()

    def answers(self) -> RefereeAnswers:
        """What was filled in, as the rules read it."""
        return RefereeAnswers(
            seen={row.key: Seen(self[f"seen_{row.key}"].data) for row in self.rows},
            examples={row.key: self[f"example_{row.key}"].data or "" for row in self.rows},
            role=self.role.data or "",
            worked_from_on=self.worked_from_on.data,
            worked_until_on=self.worked_until_on.data,
            has_confirmed_employment=_SAID[self.has_confirmed_employment.data],
            would_rehire=_SAID[self.would_rehire.data],
            comment=self.comment.data or "",
        )


def referee_form(rows: Sequence[Competency]) -> RefereeForm:
    """The form about these competencies."""
    fields: dict[str, Any] = {"rows": rows}
    for row in rows:
        fields[f"seen_{row.key}"] = RadioField(
            row.name,
            [InputRequired("Choose one, or say that you could not see it.")],
            choices=[SelectChoice(seen.value, SEEN_LABELS[seen]) for seen in Seen],
        )
        fields[f"example_{row.key}"] = TextAreaField(
            f"An example: {row.name}", [Optional(), Length(max=LONGEST_EXAMPLE)], render_kw={"rows": 2}
        )
    form: RefereeForm = type("RefereeFormOfJob", (RefereeForm,), fields)()
    return form
