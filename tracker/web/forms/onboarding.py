"""Forms of onboarding: laying out the checklist, and one task."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from tracker.domain.fingerprints import fingerprint
from tracker.domain.onboarding import TASK_OWNER_LABELS, TaskOwner, TaskTemplate
from tracker.models.users import User

NOBODY = "nobody"


class BuddyForm(FlaskForm):
    """Who is the buddy of a new hire; `seen` says who it was when the page was made."""

    buddy = SelectField(
        "Buddy",
        description="They see the new colleague’s name, first day and the buddy’s tasks, and nothing else.",
    )
    seen = HiddenField()

    def offer(self, people: Sequence[User], present: User | None) -> None:
        """Let these be chosen, whoever it is now, and nobody."""
        everybody = {str(one.id): one for one in (*people, present) if one}
        self.buddy.choices = {NOBODY: "Nobody"} | {key: one.name for key, one in everybody.items()}

    def seen_id(self) -> int | None:
        """The user id of who it was."""
        text = self.seen.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class ChecklistForm(FlaskForm):
    starts_on = DateField(
        "First day of work",
        [InputRequired("Choose the first day of work.")],
        description="The tasks are due around it.",
    )


class TemplateForm(FlaskForm):
    title = StringField("What is to be done", [InputRequired("Say what is to be done."), Length(max=200)])
    owner = SelectField(
        "Who sees to it", [InputRequired()], choices={o.value: TASK_OWNER_LABELS[o] for o in TaskOwner}
    )
    days_after_start = IntegerField(
        "Days after the first day of work",
        [InputRequired("Enter a number of days.")],
        description="0 is the first day of work itself, -7 a week before it.",
    )
    is_required = BooleanField("Needed before onboarding is complete", default=True)
    needs_file = BooleanField("The new hire hands in a paper with it", default=False)
    department = StringField(
        "Department", [Length(max=200)], description="Leave empty for new hires of all departments."
    )
    location = StringField("Place", [Length(max=200)], description="Leave empty for all places.")
    seen = HiddenField()

    def template(self) -> TaskTemplate:
        return TaskTemplate(
            title=self.title.data or "",
            owner=TaskOwner(self.owner.data),
            days_after_start=self.days_after_start.data or 0,
            is_required=bool(self.is_required.data),
            department=self.department.data,
            location=self.location.data,
            needs_file=bool(self.needs_file.data),
        )

    def fill(self, template: TaskTemplate) -> None:
        """Show the task that is kept."""
        for name in TaskTemplate.__slots__:
            self[name].data = getattr(template, name)
        self.owner.data = template.owner.value
        self.seen.data = fingerprint(template)


class TaskForm(FlaskForm):
    title = StringField("What is to be done", [InputRequired("Say what is to be done."), Length(max=200)])
    owner = SelectField("Who sees to it", choices={o.value: TASK_OWNER_LABELS[o] for o in TaskOwner})
    due_on = DateField("Due", [InputRequired("Choose the day it is due.")])
    is_required = BooleanField("Needed before onboarding is complete", default=True)
    needs_file = BooleanField("The new hire hands in a paper with it", default=False)
    note = TextAreaField("Note", [Length(max=10_000)])


class PaperlessForm(FlaskForm):
    reason = TextAreaField(
        "Why it is done without the paper",
        [
            InputRequired("No paper was handed in for this task. Say why it is done without one."),
            Length(max=10_000),
        ],
        description="The task asks for a paper, and none was handed in on the new hire’s page.",
    )
