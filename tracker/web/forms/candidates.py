"""Forms of a candidate: what is kept of a person, and an application to another job."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from sqlalchemy import Row
from wtforms import BooleanField, EmailField, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from tracker.domain.sources import SOURCES
from tracker.services.candidates import CandidateDetails

_FIELDS = ("name", "email", "phone", "location", "is_internal")


class CandidateForm(FlaskForm):
    """What is kept of a person; `seen` says which details the page was made from."""

    name = StringField("Name", [InputRequired("Enter a name."), Length(max=200)])
    email = EmailField("E-mail", [Optional(), Length(max=254)])
    phone = StringField("Phone", [Optional(), Length(max=60)])
    location = StringField("Location", [Optional(), Length(max=200)])
    is_internal = BooleanField("Works here already")
    seen = HiddenField()

    def details(self, kept: CandidateDetails | None = None) -> CandidateDetails:
        """The person as the rules read them; the profile stays as it is kept."""
        return CandidateDetails(
            name=self.name.data or "",
            email=self.email.data or None,
            phone=self.phone.data or None,
            location=self.location.data or None,
            profile=kept.profile if kept else None,
            is_internal=self.is_internal.data,
        )

    def fill(self, details: CandidateDetails) -> None:
        """Show what is kept of somebody."""
        for name in _FIELDS:
            self[name].data = getattr(details, name)

    def differences(self, details: CandidateDetails) -> list[tuple[str, str]]:
        """The fields that read otherwise than what is kept now: (label, how it stands)."""
        return [
            (self[name].label.text, _as_text(getattr(details, name)))
            for name in _FIELDS
            if (self[name].data or "") != (getattr(details, name) or "")
        ]


class CandidateApplicationForm(FlaskForm):
    """Putting a candidate forward for a job."""

    job = SelectField("Job", [InputRequired("Choose a job.")])
    source = SelectField(
        "Source", choices={source: source.capitalize() for source in SOURCES}, default="unknown"
    )
    consent_notice = StringField(
        "Version of the privacy notice",
        [Optional(), Length(max=40)],
        description="The one the candidate was given; it can be recorded later.",
    )

    def offer_jobs(self, jobs: Iterable[Row[Any]]) -> None:
        """Ask about these jobs."""
        self.job.choices = job_choices(jobs)


def job_choices(jobs: Iterable[Row[Any]]) -> dict[str, str]:
    """Jobs to choose from, none chosen yet."""
    return {"": "Choose a job"} | {str(job.id): job.title for job in jobs}


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or "–")
