"""The form of a scorecard: its fields come from the competencies that the session rates."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from tracker.domain.competencies import Competency
from tracker.domain.rules import RuleBroken
from tracker.domain.scorecards import (
    HIGHEST_RATING,
    LONGEST_EVIDENCE,
    LOWEST_RATING,
    RATING_LABELS,
    RECOMMENDATION_LABELS,
    Rating,
    Recommendation,
    scorecard_problems,
)
from tracker.models.scorecards import Scorecard

NOT_ASSESSED = "na"
_VALUES = {NOT_ASSESSED: RATING_LABELS[None]} | {
    str(value): RATING_LABELS[value] for value in range(LOWEST_RATING, HIGHEST_RATING + 1)
}


class ScorecardForm(FlaskForm):
    """What every card has beside its rows: `ratings.KEY.evidence` and `ratings.KEY.value` for each row."""

    version = IntegerField(
        "Version of the draft", [InputRequired("Load the page again.")], widget=HiddenInput(), default=0
    )
    recommendation = SelectField(
        "Overall recommendation",
        [Optional()],
        choices={"": "Choose last"} | {r.value: RECOMMENDATION_LABELS[r] for r in Recommendation},
    )
    summary = TextAreaField("Summary", [Optional(), Length(max=10_000)])

    def show_draft(self, card: Scorecard) -> None:
        """Show a draft as it was saved; evidence without a level has no level chosen."""
        self.version.data = card.draft_version
        self.summary.data = card.summary
        self.recommendation.data = card.recommendation.value if card.recommendation else ""
        for row in card.ratings:
            self[f"ratings.{row.competency}.evidence"].data = row.evidence
            chosen = "" if row.evidence else NOT_ASSESSED
            self[f"ratings.{row.competency}.value"].data = chosen if row.value is None else str(row.value)

    def ratings(self, rows: Sequence[Competency], *, is_draft: bool) -> list[Rating]:
        """The rows as written; a draft also keeps evidence whose level is not chosen yet."""
        found = []
        for row in rows:
            chosen = self[f"ratings.{row.key}.value"].data
            evidence = self[f"ratings.{row.key}.evidence"].data or ""
            if chosen or (is_draft and evidence.strip()):
                value = int(chosen) if chosen and chosen != NOT_ASSESSED else None
                found.append(Rating(row.key, value, evidence))
        return found

    def chosen_recommendation(self) -> Recommendation | None:
        """The overall word, or none yet."""
        return Recommendation(self.recommendation.data) if self.recommendation.data else None

    def is_ready(self, rows: Sequence[Competency]) -> bool:
        """Whether the card may be handed in; what keeps it from that is shown at each row."""
        problems = scorecard_problems(self.ratings(rows, is_draft=False), self.chosen_recommendation(), rows)
        for problem in problems:
            self._show(problem)
        return not problems

    def _show(self, problem: RuleBroken) -> None:
        field = self[problem.field or "recommendation"]
        field.errors = [*field.errors, problem.message]


def scorecard_form(rows: Sequence[Competency]) -> ScorecardForm:
    """The form of a card on these rows, as sent or empty."""
    fields: dict[str, object] = {}
    for row in rows:
        # The list of what to correct leads to the row as a whole.
        fields[f"ratings.{row.key}.value"] = RadioField(
            row.name, [Optional()], choices=_VALUES, id=f"competency-{row.key}"
        )
        fields[f"ratings.{row.key}.evidence"] = TextAreaField(
            row.name,
            [
                Optional(),
                Length(max=LONGEST_EVIDENCE, message=f"At most {LONGEST_EVIDENCE:,} characters."),
            ],
        )
    form: ScorecardForm = type("RowsForm", (ScorecardForm,), fields)()
    return form
