"""Forms of a background check: the candidate's answer, the report, and its individual assessment."""

from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from tracker.models.references import (
    ASSESSMENT_RESULT_LABELS,
    BACKGROUND_RESULT_LABELS,
    AssessmentResult,
    BackgroundResult,
)


class ConsentForm(FlaskForm):
    answer = RadioField(
        "Does the candidate agree?",
        [InputRequired("Choose what the candidate answered.")],
        choices={"yes": "The candidate agrees", "no": "The candidate does not agree"},
    )


class BackgroundResultForm(FlaskForm):
    result = RadioField(
        "What the report says",
        [InputRequired("Choose what the report says.")],
        choices={r.value: BACKGROUND_RESULT_LABELS[r] for r in BackgroundResult},
    )


class PreAdverseForm(FlaskForm):
    text = TextAreaField(
        "The notice",
        [InputRequired("Write the notice."), Length(max=10_000)],
        description="The candidate reads it on their own page, with the report and the summary of "
        "their rights; a mail leads them there. Have counsel look at these words where you hire.",
        render_kw={"rows": 18},
    )


class AssessmentForm(FlaskForm):
    assessment = RadioField(
        "For this job the report is",
        [InputRequired("Choose what the assessment decided.")],
        choices={r.value: ASSESSMENT_RESULT_LABELS[r] for r in AssessmentResult},
    )
    reason = TextAreaField("Reason", [InputRequired("Give a reason."), Length(max=10_000)])
