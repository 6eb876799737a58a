"""Forms of an interview: setting up a session."""

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.domain.competencies import Competency
from tracker.domain.interview_plans import DEFAULT_MINUTES, INTERVIEW_KIND_LABELS, InterviewKind
from tracker.models.users import User

_BOXES: dict[str, Any] = {"widget": ListWidget(prefix_label=False), "option_widget": CheckboxInput()}


class InterviewForm(FlaskForm):
    kind = SelectField(
        "Kind",
        choices={kind.value: INTERVIEW_KIND_LABELS[kind] for kind in InterviewKind},
        default=InterviewKind.IN_PERSON.value,
    )
    starts_at = DateTimeLocalField("Start", [InputRequired("Say when it starts.")])
    minutes = IntegerField("Minutes", [InputRequired("Say how long it takes.")], default=DEFAULT_MINUTES)
    place = StringField("Place", [Optional(), Length(max=300)], description="A room, or where to dial in.")
    panel = SelectMultipleField("Interviewers", [InputRequired("Choose at least one interviewer.")], **_BOXES)
    competencies = SelectMultipleField(
        "Competencies", [InputRequired("Choose the competencies that this session rates.")], **_BOXES
    )

    def offer(self, people: Iterable[User], rows: Iterable[Competency], zone: tzinfo) -> None:
        """Ask about these people and rows; the start is in the time zone that the hint names."""
        self.panel.choices = {str(person.id): person.name for person in people}
        self.competencies.choices = {row.key: row.name for row in rows}
        self.starts_at.description = f"In your time zone, {zone}."

    def starts_in(self, zone: tzinfo) -> datetime:
        """The start as an instant."""
        start: datetime = self.starts_at.data
        return start.replace(tzinfo=zone)
