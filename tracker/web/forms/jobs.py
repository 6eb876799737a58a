"""Forms of a job: its details, a change of its status, a candidate put forward, a rejection of several."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from tracker import clock
from tracker.domain.background_checks import WAITING_PERIODS
from tracker.domain.eeo1 import EEO1_CATEGORY_LABELS, suggested_category
from tracker.domain.jobs import JobDetails
from tracker.domain.lawful_questions import QUESTION_ROWS
from tracker.domain.moves import MoveKind
from tracker.domain.rubrics import SENIORITY_LABELS, Seniority
from tracker.domain.sources import SOURCES
from tracker.services.candidates import CandidateDetails
from tracker.web.forms.applications import reason_choices

KNOWN_JURISDICTIONS = sorted(
    ({row.jurisdiction for row in QUESTION_ROWS} | {row.jurisdiction for row in WAITING_PERIODS}) - {"*"}
)
"""Those whose own rules the tables hold."""
_ONE_A_LINE = "One a line."
_LISTS = ("minimum_qualifications", "preferred_qualifications")


class JobForm(FlaskForm):
    title = StringField("Title", [InputRequired("Give the job a title."), Length(max=200)])
    department = StringField("Department", [Optional(), Length(max=200)])
    location = StringField("Location", [Optional(), Length(max=200)])
    openings = IntegerField("Openings", [InputRequired("Say how many people to hire.")], default=1)
    soc = StringField(
        "Occupation code",
        [Optional(), Length(max=20)],
        description="Such as 43-4151.00; its skills framework gives the job its rubric.",
    )
    seniority = SelectField(
        "Seniority",
        [InputRequired("Choose a seniority.")],
        choices=[SelectChoice(s.value, SENIORITY_LABELS[s]) for s in Seniority],
    )
    description = TextAreaField("Description", [Optional(), Length(max=50_000)])
    minimum_qualifications = TextAreaField("Minimum qualifications", [Optional()], description=_ONE_A_LINE)
    preferred_qualifications = TextAreaField(
        "Preferred qualifications", [Optional()], description=_ONE_A_LINE
    )
    references_required = IntegerField("References to receive", [InputRequired("Say how many.")], default=2)
    ratings_required = IntegerField(
        "Independent ratings per competency", [InputRequired("Say how many.")], default=2
    )
    needs_background_check = BooleanField("Ask for a background check")
    jurisdiction = StringField(
        "Jurisdiction",
        [Optional(), Length(max=40)],
        description="Such as US-CA or GB: whose rules on interview questions and waiting days hold.",
    )

    eeo1_category = SelectField(
        "EEO-1 category",
        choices={"": "Not set"} | {one.value: label for one, label in EEO1_CATEGORY_LABELS.items()},
        validate_choice=False,
    )

    def details(self) -> JobDetails:
        """The details as the rules read them."""
        values = {name: field.data for name, field in self._fields.items() if name in JobDetails.__slots__}
        lists = {name: tuple((values[name] or "").splitlines()) for name in _LISTS}
        values["eeo1_category"] = values["eeo1_category"] or None
        return JobDetails(**{**values, "description": values["description"] or "", **lists})

    def differences(self, details: JobDetails) -> list[tuple[str, str]]:
        """The fields that read otherwise than the details as they stand: (label, how it stands)."""
        typed = self.details()
        return [
            (self[name].label.text, _as_text(getattr(details, name)))
            for name in JobDetails.__slots__
            if name in self and (getattr(typed, name) or "") != (getattr(details, name) or "")
        ]

    def fill(self, details: JobDetails) -> None:
        """Show the details of a job as they stand."""
        for name in JobDetails.__slots__:
            if name in self:
                value: Any = getattr(details, name)
                self[name].data = "\n".join(value) if name in _LISTS else value
        self.suggest(details.soc)

    def suggest(self, soc: str | None) -> None:
        """Say which category the occupation code suggests."""
        suggested = suggested_category(soc, clock.today())
        if suggested is not None:
            label = EEO1_CATEGORY_LABELS[suggested]
            self.eeo1_category.description = f"The occupation code suggests: {label}."


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")


class StatusForm(FlaskForm):
    reason = TextAreaField("Reason", [Length(max=2_000)], description="It is kept with the job.")


class NewApplicationForm(FlaskForm):
    name = StringField("Name", [InputRequired("Enter a name."), Length(max=200)])
    email = EmailField("E-mail", [Optional(), Length(max=254)])
    phone = StringField("Phone", [Optional(), Length(max=60)])
    source = SelectField(
        "Source", choices=[SelectChoice(s, s.capitalize()) for s in SOURCES], default="unknown"
    )
    consent_notice = StringField(
        "Version of the privacy notice",
        [Optional(), Length(max=40)],
        description="The one the candidate was given; it can be recorded later.",
    )

    def candidate(self) -> CandidateDetails:
        """The person as the rules read them."""
        return CandidateDetails(self.name.data, self.email.data or None, self.phone.data or None)


class BulkRejectForm(FlaskForm):
    disposition = SelectField(
        "Reason",
        [InputRequired("Choose a reason from the list.")],
        choices=[SelectChoice("", "Choose a reason"), *reason_choices(MoveKind.REJECT)],
    )
    note = TextAreaField("Note", [Length(max=10_000)], description="Kept with the history of each.")
