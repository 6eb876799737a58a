"""The form of how a job screens."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import Length, Optional

from tracker.domain.screening_points import FEWEST_POINTS, MOST_POINTS


class ScreeningSetupForm(FlaskForm):
    version = HiddenField()
    needs_resume_review = BooleanField("Advancing needs a résumé review that was passed", default=True)
    needs_screening_call = BooleanField(
        "Advancing needs a screening call, or a reason to waive it", default=True
    )
    points = TextAreaField(
        "Points of the screening call",
        [Optional(), Length(max=5_000)],
        description=f"One a line, {FEWEST_POINTS} to {MOST_POINTS}; or none, and a call has a result alone.",
    )
    has_hidden_names = BooleanField(
        "Hide names and contact data until the résumé is decided on",
        description="On the screening queue from everybody; elsewhere from all but HR and the recruiter who "
        "writes to the person. Names and contact data are left out of the text of a résumé and the answers; "
        "what else people wrote, and the file, may say who they are.",
    )

    def lines(self) -> list[str]:
        """The points as they were typed."""
        return (self.points.data or "").splitlines()
