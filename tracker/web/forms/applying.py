"""What applicants fill in: who they are, their résumé, the job's questions; and the voluntary questions."""

import secrets
from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, StopValidation
from wtforms.widgets import CheckboxInput, FileInput, ListWidget

from tracker.domain.file_formats import endings_taken, formats_said
from tracker.domain.links import LONGEST_LINKS
from tracker.domain.resume_contacts import Contacts
from tracker.domain.screening_answers import LONGEST_ANSWER, QuestionKind
from tracker.domain.self_identification import SelfForm, SelfQuestion
from tracker.models.jobs import JobQuestion
from tracker.services.candidates import CandidateDetails
from tracker.services.careers import Sheet, question_field
from tracker.web.uploads import handed_in

_FILE_HINT, _ACCEPT = formats_said(), endings_taken()
_NEEDED = "This needs an answer."


class FileGiven:
    """That a file was chosen, now or at an earlier try whose file the form holds."""

    def __init__(self, message: str) -> None:
        self.message = message
        self.field_flags = {"required": True}

    def __call__(self, form: FlaskForm, field: Any) -> None:
        if handed_in(field) is None:
            field.errors[:] = []
            raise StopValidation(self.message)


class ApplyForm(FlaskForm):
    """The same for every job; `apply_form` adds the questions of one."""

    name = StringField(
        "Name", [InputRequired("Enter your name."), Length(max=200)], render_kw={"autocomplete": "name"}
    )
    email = EmailField(
        "E-mail",
        [InputRequired("Enter your e-mail address."), Length(max=254)],
        description="We write to you there, and nowhere else.",
        render_kw={"autocomplete": "email"},
    )
    phone = TelField("Phone", [Optional(), Length(max=60)], render_kw={"autocomplete": "tel"})
    location = StringField(
        "Where you live",
        [Optional(), Length(max=200)],
        description="A town or region is enough.",
        render_kw={"autocomplete": "address-level2"},
    )
    links = TextAreaField(
        "Links",
        [Optional(), Length(max=LONGEST_LINKS)],
        description="Pages that speak of your work, one a line.",
        render_kw={"rows": 2},
    )
    resume = FileField(
        "Résumé",
        [FileGiven("Choose your résumé.")],
        description=_FILE_HINT,
        widget=FileInput(),
        render_kw={"accept": _ACCEPT},
    )
    has_read = BooleanField(
        "I have read how my data are used", [InputRequired("Please read how we use your data, and say so.")]
    )
    notice = HiddenField()
    key = HiddenField()
    questions: Sequence[JobQuestion] = ()

    def offer(self, notice_version: str) -> None:
        """Show these words of the notice, and give the form its key, so that twice sent is once taken."""
        self.notice.data = notice_version
        given = self.key.data or ""
        is_key = 20 <= len(given) <= 64 and given.isascii() and given.replace("-", "").isalnum()
        self.key.data = given if is_key else secrets.token_hex(16)

    def sheet(self, *, came_by: str, is_staff: bool, notice: str) -> Sheet:
        """What was filled in, as the rules read it."""
        fields = [(row, self[question_field(row.id)]) for row in self.questions]
        return Sheet(
            person=CandidateDetails(
                self.name.data or "", self.email.data, self.phone.data or None, self.location.data or None
            ),
            resume=handed_in(self.resume),
            notice=notice,
            key=self.key.data or "",
            answers={
                row.id: as_text(field.data) for row, field in fields if row.kind is not QuestionKind.FILE
            },
            files={
                row.id: file
                for row, field in fields
                if row.kind is QuestionKind.FILE and (file := handed_in(field)) is not None
            },
            came_by=came_by,
            is_staff=is_staff,
            links=self.links.data or "",
        )

    def fill(self, told: Contacts) -> list[str]:
        """Put what a résumé tells into the fields that are empty; the labels of those, in lower case."""
        filled = []
        given = {"links": "\n".join(told.links)}
        for name in ("name", "email", "phone", "location", "links"):
            value = given.get(name) or getattr(told, name)
            if value and not (self[name].data or "").strip():
                self[name].data = value
                filled.append(self[name].label.text.lower())
        return filled


def apply_form(questions: Sequence[JobQuestion]) -> ApplyForm:
    """The form of a job with its questions, each by its kind."""
    fields: dict[str, Any] = {question_field(row.id): question_of(row) for row in questions}
    form: ApplyForm = type("ApplyFormOfJob", (ApplyForm,), {**fields, "questions": questions})()
    return form


def as_text(value: Any) -> str:
    """An answer as text."""
    return "" if value is None else str(value)


def answers_form(questions: Sequence[JobQuestion]) -> FlaskForm:
    """The form of these questions of a job alone."""
    fields = {question_field(row.id): question_of(row) for row in questions}
    form: FlaskForm = type("AnswersForm", (FlaskForm,), fields)()
    return form


def question_of(row: JobQuestion) -> Any:
    """The field of a question, by its kind."""
    needed = [InputRequired(_NEEDED)] if row.is_required else [Optional()]
    if row.kind is QuestionKind.CHOICE:
        choices = [
            SelectChoice("", "Choose an answer"),
            *(SelectChoice(one, one) for one in row.choices or ()),
        ]
        return SelectField(row.text, needed, choices=choices)
    if row.kind is QuestionKind.DATE:
        return DateField(row.text, needed)
    if row.kind is QuestionKind.FILE:
        asked = [FileGiven(_NEEDED)] if row.is_required else []
        return FileField(
            row.text, asked, description=_FILE_HINT, widget=FileInput(), render_kw={"accept": _ACCEPT}
        )
    if row.kind is QuestionKind.NUMBER:
        return StringField(row.text, [*needed, Length(max=40)], render_kw={"inputmode": "decimal"})
    return TextAreaField(row.text, [*needed, Length(max=LONGEST_ANSWER)], render_kw={"rows": 3})


def voluntary_form(asked: SelfForm) -> Any:
    """The voluntary questions; nothing of them has to be answered."""
    fields = {question.name: _self_question(question) for question in asked.questions}
    return type("VoluntaryForm", (FlaskForm,), fields)()


def _self_question(question: SelfQuestion) -> Any:
    choices = [SelectChoice(code, label) for code, label in question.choices]
    if question.is_multiple:
        return SelectMultipleField(
            question.label,
            [Optional()],
            choices=choices,
            description=question.hint,
            widget=ListWidget(prefix_label=False),
            option_widget=CheckboxInput(),
        )
    return RadioField(question.label, [Optional()], choices=choices, description=question.hint)
