"""Forms of screening: the review of a résumé and the call."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.domain.screening_points import POINT_RATING_LABELS, PointRating, RatedPoint, point_key
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
    result: RadioField
    notes: TextAreaField
    points: tuple[str, ...] = ()

    @classmethod
    def for_points(cls, points: Sequence[str]) -> "ScreeningCallForm":
        """The form with a rating and its evidence for each point of the job, and then how it went."""
        ratings = {rating.value: label for rating, label in POINT_RATING_LABELS.items()}
        fields: dict[str, Any] = {"points": tuple(points)}
        for point in points:
            key = point_key(point)
            fields[key] = RadioField(point, [Optional()], choices=ratings)
            fields[f"{key}_evidence"] = TextAreaField(
                "Evidence", [_LONGEST], description="What the candidate said or did, not your impression."
            )
        fields["result"] = RadioField(
            "How it went",
            [InputRequired("Choose how the call went.")],
            choices={r.value: CALL_RESULT_LABELS[r] for r in CallResult if r is not CallResult.WAIVED},
        )
        fields["notes"] = TextAreaField("Notes", [_LONGEST])
        form: ScreeningCallForm = type("ScreeningCallFormOfJob", (cls,), fields)()
        for point in points:
            # A call that reached nobody rates nothing: so the rule asks for them, not the form.
            form[point_key(point)].flags.required = True
        return form

    def rated(self) -> list[RatedPoint]:
        """How the call went on each point; a point without a rating has none."""
        keys = [(point, point_key(point)) for point in self.points]
        return [
            RatedPoint(
                point,
                PointRating(self[key].data) if self[key].data else None,
                self[f"{key}_evidence"].data or "",
            )
            for point, key in keys
        ]
