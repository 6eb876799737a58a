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

    def show_card(self, card: Scorecard, *, is_final: bool = False) -> None:
        """Show a card as it was saved."""
        self.version.data = card.draft_version
        for name, value in shown(card, is_final=is_final).items():
            self[name].data = value

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

    def contradicts(self, rows: Sequence[Competency]) -> bool:
        """Whether a row is marked as not assessed and has evidence all the same; each is told so."""
        wrong = [
            row.key
            for row in rows
            if self[f"ratings.{row.key}.value"].data == NOT_ASSESSED
            and (self[f"ratings.{row.key}.evidence"].data or "").strip()
        ]
        for key in wrong:
            sentence = "What was not assessed has no evidence: clear the text, or choose a level."
            self._show(RuleBroken(sentence, f"ratings.{key}.value"))
        return bool(wrong)

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


class AmendmentForm(ScorecardForm):
    """A corrected card, with why it is corrected."""

    amendment_reason = TextAreaField(
        "Why it is amended", [InputRequired("Say why the scorecard is amended."), Length(max=10_000)]
    )


def shown(card: Scorecard, *, is_final: bool = False) -> dict[str, str]:
    """The fields of a form that shows this card; in a draft, evidence without a level has no level chosen."""
    fields = {
        "summary": card.summary or "",
        "recommendation": card.recommendation.value if card.recommendation else "",
    }
    for row in card.ratings:
        unrated = "" if row.evidence and not is_final else NOT_ASSESSED
        fields[f"ratings.{row.competency}.evidence"] = row.evidence or ""
        fields[f"ratings.{row.competency}.value"] = unrated if row.value is None else str(row.value)
    return fields


def drafted(card: Scorecard) -> list[Rating]:
    """The rows of a draft that are rated or marked as not assessed; evidence alone is neither yet."""
    return [
        Rating(row.competency, row.value, row.evidence or "")
        for row in card.ratings
        if row.value is not None or not row.evidence
    ]


def scorecard_form(rows: Sequence[Competency], kind: type[ScorecardForm] = ScorecardForm) -> ScorecardForm:
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
    form: ScorecardForm = type("RowsForm", (kind,), fields)()
    # A draft may leave it open; the card as a whole may not, so its label does not say optional.
    form.recommendation.flags.required = True
    return form
