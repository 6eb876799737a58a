"""Forms for several applications at once, or one: tags, and the recruiter who looks after them."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from tracker.models.users import User

NOBODY = "0"


class TagForm(FlaskForm):
    tag = StringField(
        "Tags",
        [InputRequired("Write a tag."), Length(max=840)],
        description="Parted by commas, such as: night shift, forklift.",
        render_kw={"list": "tags-in-use", "autocomplete": "off"},
    )
    in_use: tuple[str, ...] = ()

    def suggest(self, names: Iterable[str]) -> None:
        """Offer the tags that are in use on the job."""
        self.in_use = tuple(names)


class AssignForm(FlaskForm):
    recruiter = SelectField("Recruiter", [InputRequired("Choose a recruiter.")])

    def offer(self, people: Iterable[User]) -> None:
        """Ask for one of these people, or nobody."""
        self.recruiter.choices = {"": "Choose a recruiter"} | {
            str(person.id): f"{person.name} ({person.email})" for person in people
        }
        self.recruiter.choices |= {NOBODY: "Nobody"}
