"""Forms of a job's hiring team: somebody joins it, somebody leaves it."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.validators import InputRequired

from tracker.models.users import User


class TeamMemberForm(FlaskForm):
    user = SelectField("Person", [InputRequired("Choose a person.")])

    def offer(self, people: Iterable[User]) -> None:
        """Ask about these people, who have the role that the part takes."""
        self.user.choices = {"": "Choose a person"} | {
            str(person.id): f"{person.name} ({person.email})" for person in people
        }


class LeavingForm(FlaskForm):
    """Somebody leaves the team; there is nothing to fill in."""
