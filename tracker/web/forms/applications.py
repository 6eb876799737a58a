"""Forms of an application: moving it, noting, answering its job's questions."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.domain.deciding import MoveOption, MoveRequest
from tracker.domain.dispositions import reasons_for
from tracker.domain.moves import MoveKind
from tracker.domain.requirements import NEVER_OVERRIDDEN, Requirement
from tracker.domain.stages import STAGE_LABELS, STAGES, Outcome, Stage

_LONGEST = Length(max=10_000, message="At most 10,000 characters.")
CLOSES_AS = {MoveKind.REJECT: Outcome.REJECTED, MoveKind.WITHDRAW: Outcome.WITHDRAWN}


class ChecksField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def reason_choices(kind: MoveKind, stage: Stage | None = None) -> list[SelectChoice]:
    """The reasons for closing in a stage to choose from; a note is asked where its line says so."""
    reasons = reasons_for(CLOSES_AS[kind], stage) if kind in CLOSES_AS else ()
    return [SelectChoice(r.key, f"{r.label} (say why)" if r.needs_note else r.label) for r in reasons]


class PlainMoveForm(FlaskForm):
    """What every move sends, and most send nothing more; its token is asked for before any view, once."""

    class Meta:
        csrf = False

    move = HiddenField(validators=[InputRequired()])
    from_ = HiddenField(name="from", validators=[InputRequired()])
    version = HiddenField(validators=[InputRequired()])
    key = HiddenField(validators=[Length(max=100)])
    back = HiddenField()
    to: Any = HiddenField()
    text = TextAreaField("Reason", [_LONGEST], description="It is kept with the history.")

    @classmethod
    def holds(cls, sent: Collection[str]) -> bool:
        """Whether these names of fields are all that this form reads."""
        return _PLAIN.issuperset(sent)

    def kind(self) -> MoveKind:
        """The kind of move asked for. Raises ValueError for one that does not exist."""
        return MoveKind(self.move.data)

    def seen(self) -> tuple[Stage, int]:
        """The stage and version that the person saw. Raises ValueError for what cannot be one."""
        return Stage(self.from_.data), int(self.version.data or "")

    def job_id(self) -> int | None:
        """The job to transfer to: here none is chosen."""
        return None

    def asked(self) -> MoveRequest:
        """The move as the rules read it. Raises ValueError for a stage or requirement that does not exist."""
        to = Stage(self.to.data) if self.to.data else None
        return MoveRequest(kind=self.kind(), to=to, text=_text(self.text))


_PLAIN = frozenset({"csrf_token", "move", "from", "version", "key", "back", "to", "text"})


class MoveForm(PlainMoveForm):
    """A move with all that any kind of it may need."""

    to = SelectField("Stage to return to", validate_choice=False)
    disposition = SelectField("Reason", validate_choice=False)
    note = TextAreaField(
        "Note", [_LONGEST], description="Some reasons ask for one. It is kept with the history."
    )
    override = ChecksField("Go on without", validate_choice=False)
    override_reason = TextAreaField("Why without", [_LONGEST], description="It is kept and reported.")
    to_job = SelectField("Job", validate_choice=False)
    mails = BooleanField(
        "Write to the candidate",
        default=True,
        description="The mail waits until the move can no longer be undone.",
    )

    def offer(self, options: Sequence[MoveOption], jobs: Sequence[tuple[int, str]] = ()) -> None:
        """Fill the lists with what these options, all of one kind, leave to choose."""
        kind = options[0].edge.kind
        stages = [o.edge.to_stage for o in options] if kind is MoveKind.RETURN else []
        self.to.choices = [SelectChoice(s.value, STAGE_LABELS[s]) for s in STAGES if s in stages]
        self.disposition.choices = [
            SelectChoice("", "Choose a reason"),
            *reason_choices(kind, options[0].edge.from_stage),
        ]
        # Ways back have the same needs whatever stage they lead to.
        self.override.choices = [
            SelectChoice(m.requirement.value, m.detail)
            for m in options[0].unmet
            if m.requirement not in NEVER_OVERRIDDEN
        ]
        self.to_job.choices = [
            SelectChoice("", "Choose a job"),
            *(SelectChoice(str(number), title) for number, title in jobs),
        ]
        asked = (self.disposition, self.text, self.to_job, self.to, self.override, self.override_reason)
        for field in asked:
            field.flags.required = True

    def job_id(self) -> int | None:
        """The job to transfer to, none where no job was chosen."""
        return int(self.to_job.data) if (self.to_job.data or "").isdecimal() else None

    def asked(self) -> MoveRequest:
        """The move as the rules read it. Raises ValueError for a stage or requirement that does not exist."""
        return replace(
            super().asked(),
            disposition=self.disposition.data or None,
            note=_text(self.note),
            override=frozenset(Requirement(name) for name in self.override.data or ()),
            override_reason=_text(self.override_reason),
        )

    def show_refusal(self, message: str, field: str | None) -> None:
        """Put a broken rule at its field, or above the form."""
        if field and field in self:
            self[field].errors = [*self[field].errors, message]
        else:
            self.form_errors.append(message)


def _text(field: Any) -> str | None:
    return (field.data or "").strip() or None


class NoteForm(FlaskForm):
    text = TextAreaField(
        "Note",
        [InputRequired("Write something first."), Length(max=20_000)],
        description="An @ before a name mentions a colleague.",
    )
    mention = StringField(
        "Mention a colleague",
        [Length(max=300)],
        description="They find the note under their My work.",
        render_kw={"list": "may-be-mentioned", "autocomplete": "off"},
    )


class ConsentNoticeForm(FlaskForm):
    consent_notice = StringField(
        "Version of the privacy notice",
        [InputRequired("Name the version of the notice."), Length(max=40)],
        description="The one the candidate was given, such as 2026-01.",
    )
