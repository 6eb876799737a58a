"""The form of a job's screening queue, built from the qualifications that the job asks for."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from tracker.domain.moves import MoveKind
from tracker.domain.qualifications import LONGEST_REASON, VERDICT_LABELS, Asked, Judged, Verdict
from tracker.domain.stages import Stage
from tracker.web.forms.applications import reason_choices

_LONGEST = Length(max=10_000, message="At most 10,000 characters.")
_SHORT = Length(max=LONGEST_REASON, message=f"At most {LONGEST_REASON} characters.")


class QueueForm(FlaskForm):
    version = HiddenField()
    review = HiddenField()
    """The number of the review that the page showed; empty where there was none."""
    key = HiddenField(validators=[Length(max=100)])
    disposition = SelectField("Reason", validate_choice=False)
    note = TextAreaField(
        "Note", [_LONGEST], description="Some reasons ask for one. It is kept with the history."
    )
    mails = BooleanField(
        "Write to the candidate",
        default=True,
        description="The mail waits until the move can no longer be undone.",
    )
    asked: tuple[Asked, ...] = ()

    @classmethod
    def for_job(cls, asked: Sequence[Asked], **values: Any) -> "QueueForm":
        """The form with three choices and a short reason for each qualification."""
        choices = [SelectChoice(verdict.value, label) for verdict, label in VERDICT_LABELS.items()]
        fields: dict[str, Any] = {"asked": tuple(asked)}
        for one in asked:
            fields[one.key] = RadioField(one.text, [Optional()], choices=choices)
            fields[_reason(one)] = StringField("Why", [_SHORT])
        form: QueueForm = type("QueueFormOfJob", (cls,), fields)(**values)
        form.disposition.choices = [
            SelectChoice("", "Choose a reason"),
            *reason_choices(MoveKind.REJECT, Stage.SCREENING),
        ]
        form.disposition.flags.required = True
        return form

    def rows(self) -> list[tuple[Asked, Any, Any]]:
        """Each qualification with its field and the field of its reason, the minimum first."""
        return [(one, self[one.key], self[_reason(one)]) for one in self.asked]

    def judged(self) -> list[Judged]:
        """What was said of each qualification; those without a word on them are left out."""
        return [
            Judged(one, Verdict(choice.data), reason.data or "")
            for one, choice, reason in self.rows()
            if choice.data
        ]

    def seen(self) -> tuple[int, int | None]:
        """The version and the review that the person saw. Raises ValueError for what cannot be one."""
        return int(self.version.data or ""), int(self.review.data) if self.review.data else None

    def typed(self) -> list[str]:
        """What the person wrote, for a page on which it can no longer be sent."""
        return [text for text in [*(reason.data for _, _, reason in self.rows()), self.note.data] if text]


def _reason(asked: Asked) -> str:
    return f"{asked.key}_reason"
