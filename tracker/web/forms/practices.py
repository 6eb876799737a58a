"""The form of a practice: one choice for each sample; and whether a job asks for one."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from tracker.domain.practices import Sample
from tracker.domain.scorecards import HIGHEST_RATING, LOWEST_RATING, RATING_LABELS

NOT_ASSESSED = "na"
_CHOICES = {
    **{str(value): RATING_LABELS[value] for value in range(LOWEST_RATING + 1, HIGHEST_RATING + 1)},
    str(LOWEST_RATING): "Asked, no evidence",
    NOT_ASSESSED: RATING_LABELS[None],
}


class PracticeForm(FlaskForm):
    """What every practice has beside its samples, which are `answers.KEY`."""

    attempt = IntegerField("Practice", [InputRequired("Load the page again.")], widget=HiddenInput())

    def given(self) -> dict[str, int | None]:
        """What was chosen, by the key of the row."""
        return {
            name.removeprefix("answers."): None if value == NOT_ASSESSED else int(value)
            for name, value in self.data.items()
            if name.startswith("answers.")
        }


class PracticeNeedForm(FlaskForm):
    is_needed = BooleanField(
        "Ask for a practice before a first scorecard",
        description="Whoever has never handed in a scorecard rates two sample answers first.",
    )


def practice_form(samples: Sequence[Sample]) -> PracticeForm:
    """The form for these samples, as sent or empty."""
    fields = {
        f"answers.{one.competency.key}": RadioField(
            f"Which level does the answer show on {one.competency.name}?",
            [InputRequired("Choose the level that the answer shows.")],
            choices=_CHOICES,
            id=f"sample-{one.competency.key}",
        )
        for one in samples
    }
    form: PracticeForm = type("SamplesForm", (PracticeForm,), fields)()
    return form
