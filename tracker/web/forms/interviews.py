"""Forms of an interview: setting up a session, and changing its time, place and panel."""

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from tracker.domain.competencies import Competency
from tracker.domain.days import comes_twice, local_instant
from tracker.domain.interview_plans import DEFAULT_MINUTES, INTERVIEW_KIND_LABELS, InterviewKind
from tracker.models.interviews import Interview
from tracker.models.jobs import InterviewRound
from tracker.models.users import User
from tracker.queries.interviews import Clash

_BOXES: dict[str, Any] = {"widget": ListWidget(prefix_label=False), "option_widget": CheckboxInput()}
# The first is how the field shows a time; a browser may send seconds as well.
_LOCAL_TIMES = [f"%Y-%m-%d{between}%H:%M{seconds}" for seconds in ("", ":%S") for between in "T "]


class SessionForm(FlaskForm):
    """When and where a session is held, and who interviews."""

    starts_at = DateTimeLocalField("Start", [InputRequired("Say when it starts.")], format=_LOCAL_TIMES)
    minutes = IntegerField("Minutes", [InputRequired("Say how long it takes.")], default=DEFAULT_MINUTES)
    place = StringField("Place", [Optional(), Length(max=300)], description="A room, or where to dial in.")
    panel = SelectMultipleField("Interviewers", [InputRequired("Choose at least one interviewer.")], **_BOXES)
    despite_clash = BooleanField("Keep this time although it clashes")

    def offer_people(self, people: Iterable[User], zone: tzinfo) -> None:
        """Ask about these people; the start is in the time zone that the hint names."""
        self.panel.choices = {str(person.id): person.name for person in people}
        self.starts_at.description = f"In your time zone, {zone}."

    def starts_in(self, zone: tzinfo) -> datetime:
        """The start as an instant in UTC. Raises RuleBroken for a time that the zone's clocks leave out."""
        return local_instant(self.starts_at.data, zone, field="starts_at")

    def note_on(self, starts_at: datetime, zone: tzinfo) -> str:
        """What is said of a start that the clocks show twice: which of the two it is."""
        if not comes_twice(self.starts_at.data, zone):
            return ""
        return f" The clocks show that time twice: it starts at {starts_at.astimezone(zone):%H:%M %Z}."

    def panel_ids(self) -> list[int]:
        """The ids of the people chosen."""
        return [int(user_id) for user_id in self.panel.data or ()]

    def stops_at(self, clashes: Iterable[Clash]) -> bool:
        """Whether clashes keep the time from being taken; each is named at the panel."""
        if self.despite_clash.data:
            return False
        said = [
            f"{clash.name or 'The candidate'} has another session then, of {clash.minutes} minutes."
            for clash in clashes
        ]
        self.panel.errors = [*self.panel.errors, *dict.fromkeys(said)]
        return bool(said)


class InterviewForm(SessionForm):
    """Setting up a session; with a round of the plan, its kind, length and competencies stand there."""

    round = IntegerField("Planned round", [Optional()], widget=HiddenInput())
    title = StringField("Title", [Optional(), Length(max=200)], description="The kind of interview if empty.")
    kind = SelectField(
        "Kind",
        choices={kind.value: INTERVIEW_KIND_LABELS[kind] for kind in InterviewKind},
        default=InterviewKind.IN_PERSON.value,
    )
    competencies = SelectMultipleField(
        "Competencies", [InputRequired("Choose the competencies that this session rates.")], **_BOXES
    )

    def offer(self, people: Iterable[User], rows: Iterable[Competency], zone: tzinfo) -> None:
        """Ask about these people and rows."""
        self.offer_people(people, zone)
        self.competencies.choices = {row.key: row.name for row in rows}

    def show_round(self, planned: InterviewRound) -> None:
        """Fill in what the plan says."""
        self.round.data, self.title.data = planned.position, planned.title
        self.kind.data, self.minutes.data = planned.kind.value, planned.minutes
        known: Any = self.competencies.choices
        self.competencies.data = [key for key in planned.competencies if key in known]


class InterviewEditForm(SessionForm):
    """Changing a session that is set up."""

    def show(self, interview: Interview, zone: tzinfo) -> None:
        """The session as it stands."""
        self.starts_at.data = interview.starts_at.astimezone(zone).replace(tzinfo=None)
        self.minutes.data, self.place.data = interview.minutes, interview.place
        self.panel.data = [str(member.user_id) for member in interview.panel]

    def start_of(self, interview: Interview, zone: tzinfo) -> datetime:
        """The start as chosen; the session's own where the field was left alone.

        The field shows no seconds, nor which of two hours of the same name is meant.
        """
        shown = interview.starts_at.astimezone(zone).replace(tzinfo=None, fold=0)
        is_untouched = abs(self.starts_at.data - shown) < timedelta(minutes=1)
        return interview.starts_at if is_untouched else self.starts_in(zone)
