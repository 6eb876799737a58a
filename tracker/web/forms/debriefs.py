"""The form of a debrief: the decision and its reason."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from tracker.models.debriefs import DEBRIEF_DECISION_LABELS, DebriefDecision


class DebriefForm(FlaskForm):
    decision = RadioField(
        "Decision",
        [InputRequired("Choose a decision.")],
        choices={d.value: DEBRIEF_DECISION_LABELS[d] for d in DebriefDecision},
    )
    reason = TextAreaField("Reason", [InputRequired("Give the reason for the decision."), Length(max=10_000)])
    knows_score = BooleanField("I decide against the score, for this reason")
