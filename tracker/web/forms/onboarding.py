"""Forms of onboarding: laying out the checklist, and one task."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from tracker.domain.onboarding import TASK_OWNER_LABELS, TaskOwner


class ChecklistForm(FlaskForm):
    starts_on = DateField(
        "First day of work",
        [InputRequired("Choose the first day of work.")],
        description="The tasks are due around it.",
    )


class TaskForm(FlaskForm):
    title = StringField("What is to be done", [InputRequired("Say what is to be done."), Length(max=200)])
    owner = SelectField("Who sees to it", choices={o.value: TASK_OWNER_LABELS[o] for o in TaskOwner})
    due_on = DateField("Due", [InputRequired("Choose the day it is due.")])
    is_required = BooleanField("Needed before onboarding is complete", default=True)
    note = TextAreaField("Note", [Length(max=10_000)])
