"""A form with one field of each kind, half filled in wrongly: the component page shows how fields look."""

from wtforms import (
    BooleanField,
    DateField,
    FileField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget


class SampleForm(Form):
    title = StringField(
        "Title", [InputRequired("Give the job a title.")], description="As candidates know it."
    )
    openings = IntegerField(
        "Openings", [InputRequired("Say how many people are needed."), NumberRange(min=1)]
    )
    starts_on = DateField("Start", [Optional()])
    department = SelectField("Department", [InputRequired()], choices=["Orders", "Warehouse"])
    about = TextAreaField("About the job", [Optional()], description="Shown on the careers page.")
    target_level = RadioField(
        "Target level",
        [InputRequired()],
        choices={"emerging": "Emerging", "developing": "Developing", "proficient": "Proficient"},
        default="developing",
    )
    kinds = SelectMultipleField(
        "Interviews",
        [Optional()],
        choices={"phone": "Phone screen", "panel": "Panel"},
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    resume = FileField("Résumé", [Optional()], description="PDF or Word, up to 5 MB.")
    is_public = BooleanField("Show the job on the careers page")


def sample_form() -> SampleForm:
    form = SampleForm(title="", openings=0, department="Orders", kinds=["panel"], is_public=True)
    for field in (form.title, form.openings):
        field.raw_data = [str(field.data)] if field.data else [""]
        field.validate(form)
    return form
