"""Where statements stand in a draft rubric: an anchor is moved, left out or confirmed, a leftover placed."""

from typing import Any

from flask import Blueprint, abort, request

from tracker.domain.frameworks import LEVEL_LABELS, Level
from tracker.domain.permissions import Permission
from tracker.domain.rubric_documents import rubric_from_document
from tracker.models.rubrics import Rubric
from tracker.services import rubric_edits
from tracker.web.access import requires
from tracker.web.forms.rubrics import AnchorForm, DraftForm, NameForm, PlaceForm
from tracker.web.rubric_edits import keep_edit, load_draft, load_row, name_now

bp = Blueprint("rubric_anchors", __name__, url_prefix="/rubrics/<int:rubric_id>")

_ANCHOR = "/competencies/<key>/anchors/<level>"
_LEFTOVER = "/leftovers/<level>/<int(signed=True):index>"


@bp.route(f"{_ANCHOR}/move", methods=["GET", "POST"])
@requires(Permission.RUBRIC_EDIT, writes=True)
def move(rubric_id: int, key: str, level: str) -> Any:
    rubric, of_level, said = _load_anchor(rubric_id, key, level)
    form = PlaceForm(to_key=request.args.get("to_key"))
    form.offer(_places(rubric, of_level, but=key))
    return keep_edit(
        rubric,
        form,
        rubric_edits.move_anchor,
        lambda: (key, of_level, form.to_key.data),
        title=f"Move the {LEVEL_LABELS[of_level].lower()} anchor",
        about=said,
        key=form.to_key.data,
        label="Move",
    )


@bp.route(f"{_ANCHOR}/blank", methods=["GET", "POST"])
@requires(Permission.RUBRIC_EDIT, writes=True)
def blank(rubric_id: int, key: str, level: str) -> Any:
    rubric, of_level, said = _load_anchor(rubric_id, key, level)
    kept = "An empty anchor beats a forced one; the statement becomes a leftover."
    return keep_edit(
        rubric,
        DraftForm(),
        rubric_edits.blank_cell,
        lambda: (key, of_level),
        title="Leave the cell blank",
        about=[*said, kept],
        key=key,
        label="Leave it blank",
    )


@bp.route(f"{_ANCHOR}/confirm", methods=["GET", "POST"])
@requires(Permission.RUBRIC_EDIT, writes=True)
def confirm(rubric_id: int, key: str, level: str) -> Any:
    rubric, of_level, said = _load_anchor(rubric_id, key, level)
    return keep_edit(
        rubric,
        DraftForm(),
        rubric_edits.confirm_anchor,
        lambda: (key, of_level),
        title="Confirm the anchor",
        about=said,
        key=key,
        label="It belongs here",
    )


@bp.route(f"{_ANCHOR}/write", methods=["GET", "POST"])
@requires(Permission.RUBRIC_EDIT, writes=True)
def write(rubric_id: int, key: str, level: str) -> Any:
    of_level = _level(level)
    rubric, row = load_row(rubric_id, key)
    anchor = row.anchors.get(of_level) if row else None
    form = AnchorForm(statement=anchor.statement if anchor else "")
    kept = "The statement that stands here becomes a leftover, so none is lost." if anchor else ""
    return keep_edit(
        rubric,
        form,
        rubric_edits.write_anchor,
        lambda: (key, of_level, form.statement.data),
        title=f"Write the {LEVEL_LABELS[of_level].lower()} anchor",
        about=[name_now(rubric, key), kept],
        key=key,
    )


@bp.route(f"{_LEFTOVER}/place", methods=["GET", "POST"])
@requires(Permission.RUBRIC_EDIT, writes=True)
def place(rubric_id: int, level: str, index: int) -> Any:
    rubric, of_level, said = _load_leftover(rubric_id, level, index)
    form = PlaceForm(to_key=request.args.get("to_key"))
    form.offer(_places(rubric, of_level))
    return keep_edit(
        rubric,
        form,
        rubric_edits.place_leftover,
        lambda: (of_level, index, form.to_key.data),
        title="Place the statement",
        about=said,
        key=form.to_key.data,
        label="Place",
    )


@bp.route(f"{_LEFTOVER}/competency", methods=["GET", "POST"])
@requires(Permission.RUBRIC_EDIT, writes=True)
def add(rubric_id: int, level: str, index: int) -> Any:
    rubric, of_level, said = _load_leftover(rubric_id, level, index)
    form = NameForm()
    return keep_edit(
        rubric,
        form,
        rubric_edits.add_competency,
        lambda: (of_level, index, form.name.data),
        title="Begin a competency with it",
        about=said,
        label="Add",
    )


def _load_anchor(rubric_id: int, key: str, level: str) -> tuple[Rubric, Level, list[str]]:
    of_level = _level(level)
    rubric, row = load_row(rubric_id, key)
    anchor = row.anchors.get(of_level) if row else None
    if anchor is None and request.method == "GET":
        abort(404)
    said = [f"“{anchor.statement}”"] if anchor else []
    return rubric, of_level, [name_now(rubric, key), *said] if row else []


def _load_leftover(rubric_id: int, level: str, index: int) -> tuple[Rubric, Level, list[str]]:
    of_level = _level(level)
    rubric = load_draft(rubric_id)
    left = [
        f"{LEVEL_LABELS[of_level]}: “{item.statement}”"
        for item in rubric_from_document(rubric.content).leftovers
        if (item.level, item.index) == (of_level, index)
    ]
    if not left and request.method == "GET":
        abort(404)
    return rubric, of_level, left


def _places(rubric: Rubric, level: Level, but: str = "") -> dict[str, str]:
    """The competencies that a statement of this level can go to, and which of them have one there."""
    taken = " (replaces its anchor, which becomes a leftover)"
    rows = rubric_from_document(rubric.content).competencies
    return {row.key: row.name + (taken if row.anchors.get(level) else "") for row in rows if row.key != but}


def _level(text: str) -> Level:
    try:
        return Level(text)
    except ValueError:
        abort(404)
