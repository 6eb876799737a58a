"""Forms of screening: the review of a résumé and the call."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.models.screenings import CALL_RESULT_LABELS, CallResult

_LONGEST = Length(max=10_000, message="At most 10,000 characters.")


class ResumeReviewForm(FlaskForm):
    qualifications = SelectMultipleField(
        "Minimum qualifications that are met",
        [Optional()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    verdict = RadioField(
        "Does the résumé pass?",
        [InputRequired("Choose whether the résumé passes.")],
        choices={"passed": "It passes", "failed": "It does not pass"},
    )
    reason = TextAreaField("Reason", [_LONGEST], description="Needed where the résumé does not pass.")

    def offer(self, qualifications: Sequence[str]) -> None:
        """Ask about the minimum qualifications of the job, or about none."""
        self.qualifications.choices = {q: q for q in qualifications}
        if not qualifications:
            del self.qualifications

    def answers(self, qualifications: Sequence[str]) -> dict[str, bool]:
        """Whether each minimum qualification is met."""
        return {q: q in (self.qualifications.data or ()) for q in qualifications}


class ScreeningCallForm(FlaskForm):
    result = RadioField(
        "How it went",
        [InputRequired("Choose how the call went.")],
        choices={r.value: CALL_RESULT_LABELS[r] for r in CallResult if r is not CallResult.WAIVED},
    )
    notes = TextAreaField("Notes", [_LONGEST])
