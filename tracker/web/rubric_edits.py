"""The edits of a draft rubric, each through a small form; who was slower keeps what they typed."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from tracker.domain.competencies import Competency
from tracker.domain.frameworks import LEVEL_LABELS, Level
from tracker.domain.permissions import Permission
from tracker.domain.rubric_documents import rubric_from_document
from tracker.domain.rubric_edits import QUESTION_KIND_LABELS, QuestionKind
from tracker.models.rubrics import Rubric, RubricStatus
from tracker.services import rubric_edits
from tracker.web.access import current_actor, requires
from tracker.web.forms.rubrics import (
    DraftForm,
    LevelForm,
    NameForm,
    QuestionsForm,
    RequiredForm,
    WeightForm,
)
from tracker.web.rubrics import load_rubric, rubric_page
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("rubric_edits", __name__, url_prefix="/rubrics/<int:rubric_id>")

Verb = Callable[..., object]
_ROW = "/competencies/<key>"
_HINTS = ("probes", "look_fors")


@bp.route("/competencies/new", methods=["GET", "POST"])
@requires(Permission.RUBRIC_EDIT, writes=True)
def begin(rubric_id: int) -> Any:
    rubric, form = load_draft(rubric_id), NameForm()
    return keep_edit(
        rubric,
        form,
        rubric_edits.begin_competency,
        lambda: (form.name.data,),
        title="Add a competency",
        about=["It begins without anchors: write at least one before publishing."],
        label="Add",
    )


@bp.route(f"{_ROW}/name", methods=["GET", "POST"])
@requires(Permission.RUBRIC_EDIT, writes=True)
def rename(rubric_id: int, key: str) -> Any:
    rubric, row = load_row(rubric_id, key)
    form = NameForm(name=row.name if row else "")
    about = [name_now(rubric, key)]
    return keep_edit(
        rubric,
        form,
        rubric_edits.rename_competency,
        lambda: (key, form.name.data),
        title="Rename the competency",
        about=about,
        key=key,
    )


@bp.route(f"{_ROW}/questions", methods=["GET", "POST"])
@requires(Permission.RUBRIC_EDIT, writes=True)
def ask(rubric_id: int, key: str) -> Any:
    rubric, row = load_row(rubric_id, key)
    asked = {kind.value: getattr(row.questions, kind.value) if row else "" for kind in QuestionKind}
    hints = {name: "\n".join(getattr(row.questions, name)) if row else "" for name in _HINTS}
    hints["task"] = row.questions.task if row else ""
    form = QuestionsForm(data=asked | hints)
    has_new_hints = any(_lines(form[name].data) != _lines(text) for name, text in hints.items())
    changed = [kind for kind in QuestionKind if _words(form[kind.value].data) != _words(asked[kind.value])]

    def rewrite(session: Any, rubric: Rubric, *, edits: int, **who: Any) -> None:
        # A question that is kept as it is has been looked at all the same.
        for number, kind in enumerate(changed or [QuestionKind.BEHAVIOURAL]):
            text = form[kind.value].data
            rubric_edits.rewrite_question(session, rubric, key, kind, text, edits=edits + number, **who)
        if has_new_hints:
            probes, look_fors = (_lines(form[name].data) for name in _HINTS)
            given = (probes, look_fors, form.task.data or "")
            rubric_edits.rewrite_hints(session, rubric, key, *given, edits=rubric.edits, **who)

    now = [f"{QUESTION_KIND_LABELS[kind]} as it stands: “{asked[kind.value]}”" for kind in changed]
    about = [name_now(rubric, key), *now]
    return keep_edit(rubric, form, rewrite, tuple, title="Rewrite the questions", about=about, key=key)


@bp.route(f"{_ROW}/weight", methods=["GET", "POST"])
@requires(Permission.RUBRIC_EDIT, writes=True)
def weigh(rubric_id: int, key: str) -> Any:
    rubric, row = load_row(rubric_id, key)
    form = WeightForm(weight=row.weight if row else None, weight_reason=row.weight_reason if row else "")
    now = f"{row.name} weighs {row.weight:g}." if row else ""
    return keep_edit(
        rubric,
        form,
        rubric_edits.set_weight,
        lambda: (key, form.weight.data, form.weight_reason.data or ""),
        title="Weigh the competency",
        about=[now],
        key=key,
    )


@bp.route(f"{_ROW}/required", methods=["GET", "POST"])
@requires(Permission.RUBRIC_EDIT, writes=True)
def require(rubric_id: int, key: str) -> Any:
    rubric, row = load_row(rubric_id, key)
    form = RequiredForm(data={"is_required": bool(row and row.is_required)})
    return keep_edit(
        rubric,
        form,
        rubric_edits.set_required,
        lambda: (key, form.is_required.data),
        title="Required or not",
        about=[name_now(rubric, key)],
        key=key,
    )


@bp.route(f"{_ROW}/target-level", methods=["GET", "POST"])
@requires(Permission.RUBRIC_EDIT, writes=True)
def aim(rubric_id: int, key: str) -> Any:
    rubric, row = load_row(rubric_id, key)
    form = LevelForm(
        target_level=row.target_level.value if row else None, target_reason=row.target_reason if row else ""
    )
    asked = f"The rubric asks for {LEVEL_LABELS[Level(rubric.content['target_level'])].lower()}."
    anew = "With another level its questions are made anew from that anchor, those written by hand too."
    return keep_edit(
        rubric,
        form,
        rubric_edits.set_target_level,
        lambda: (key, Level(form.target_level.data), form.target_reason.data or ""),
        title="Set the target level",
        about=[name_now(rubric, key), asked, anew],
        key=key,
    )


@bp.route(f"{_ROW}/remove", methods=["GET", "POST"])
@requires(Permission.RUBRIC_EDIT, writes=True)
def remove(rubric_id: int, key: str) -> Any:
    rubric, _row = load_row(rubric_id, key)
    kept = "Its statements become leftovers, so none is lost; its questions go."
    return keep_edit(
        rubric,
        DraftForm(),
        rubric_edits.remove_competency,
        lambda: (key,),
        title="Remove the competency",
        about=[name_now(rubric, key), kept],
        label="Remove",
        kind="danger",
    )


def keep_edit(
    rubric: Rubric,
    form: DraftForm,
    verb: Verb,
    values: Callable[[], tuple[object, ...]],
    *,
    title: str,
    about: Sequence[str],
    key: str | None = None,
    label: str = "Save",
    kind: str = "main",
) -> Any:
    """Do the edit of a form that holds and go back to its row; else say what stands against it."""
    if form.validate_on_submit():
        with rule_errors_on(form):
            verb(db_session(), rubric, *values(), edits=form.seen_edits(), actor=current_actor())
            flash("Saved.", "success")
            anchor = f"competency-{key}" if key else None
            return redirect(url_for("rubrics.show", rubric_id=rubric.id, _anchor=anchor), 303)
    # The page shows how the draft stands now, so the next try is about that.
    form.edits.data = str(rubric.edits)
    page = {"title": title, "label": label, "kind": kind, "advice": [one for one in about if one]}
    status = 422 if form.is_submitted() else 200
    return render_template("rubrics/edit.html", form=form, **page, **rubric_page(rubric)), status


def load_draft(rubric_id: int) -> Rubric:
    """The draft for somebody who may edit it; who opens a form of a published version is led to that."""
    rubric = load_rubric(rubric_id, Permission.RUBRIC_EDIT)
    if rubric.status is not RubricStatus.DRAFT and request.method == "GET":
        flash("A published rubric never changes: begin a new version.", "warn")
        abort(redirect(url_for("rubrics.show", rubric_id=rubric_id), 303))
    return rubric


def load_row(rubric_id: int, key: str) -> tuple[Rubric, Competency | None]:
    """The draft and its row; none for one that is sent, so that what was typed meets the rule's answer."""
    rubric = load_draft(rubric_id)
    row = next((one for one in rubric_from_document(rubric.content).competencies if one.key == key), None)
    if row is None and request.method == "GET":
        abort(404)
    return rubric, row


def name_now(rubric: Rubric, key: str) -> str:
    """What the competency is called at the moment; empty where somebody took it out."""
    return next((row["name"] for row in rubric.content["competencies"] if row["key"] == key), "")


def _lines(text: str | None) -> list[str]:
    return [line for line in map(_words, (text or "").splitlines()) if line]


def _words(text: str | None) -> str:
    return " ".join((text or "").split())
