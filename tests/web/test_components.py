"""The components: every macro renders with nothing missing, keeps hostile text as text, and is used."""

import re
from pathlib import Path
from typing import Any

import html5lib
import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from wtforms import BooleanField, Form, RadioField, SelectChoice, SelectField, StringField

from tracker.domain.rich_texts import Block, BlockKind, Span
from tracker.web.forms.design import sample_form

TEMPLATES = Path(__file__).parents[2] / "templates"
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
HOSTILE = """"'><hostile onhostile=1>&amp;</textarea></title><hostile>"""


def environment() -> Environment:
    made = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    made.globals.update(
        url_for=lambda endpoint, **values: f"/{endpoint}/{values.get('filename', '')}",
        csrf_token=lambda: "token",
        static_href=lambda filename: f"/static/{filename}",
        get_flashed_messages=lambda **_: [
            ("undo", {"text": HOSTILE, "href": "/undo", "values": {"v": HOSTILE}})
        ],
    )
    return made


class HostileForm(Form):
    name = StringField(HOSTILE, description=HOSTILE)
    is_open = BooleanField(HOSTILE)
    level = RadioField(HOSTILE, choices=[SelectChoice(HOSTILE, HOSTILE)])


def hostile_form() -> HostileForm:
    form = HostileForm(name=HOSTILE)
    form.name.errors = form.level.errors = [HOSTILE]
    form.form_errors = [HOSTILE]
    return form


LINK = {"label": HOSTILE, "href": HOSTILE, "kind": "danger", "key": HOSTILE, "count": 3, "is_current": True}
BAR = {
    "label": HOSTILE,
    "value": 3,
    "open": 1,
    "low": 1,
    "high": 4,
    "median": 2,
    "target": 3,
    "text": HOSTILE,
}
CARD = (
    "name",
    "href",
    "facts",
    "state",
    "state_kind",
    "is_over",
    "face",
    "application_id",
    "version",
    "moves_href",
)
NEED = {"sentence": HOSTILE, "owner": HOSTILE, "is_met": False, "href": HOSTILE, "action": HOSTILE}
_LINE = (
    Span(HOSTILE),
    Span(HOSTILE, is_strong=True),
    Span(HOSTILE, is_emphasis=True),
    Span(HOSTILE, href=HOSTILE),
)
# What an argument of that name is given; every other one is given hostile text.
SAMPLES: dict[str, Any] = {
    "active": [LINK],
    "anchors": [{"value": 1, "label": HOSTILE, "text": HOSTILE}],
    "application_id": 1,
    "blocks": [Block(kind, (_LINE,)) for kind in BlockKind],
    "line": _LINE,
    "attrs": {"title": HOSTILE},
    "columns": 2,
    "details": {HOSTILE: HOSTILE},
    "every": 1,
    "extra": [HOSTILE],
    "headers": [{"label": HOSTILE, "href": HOSTILE, "direction": "ascending"}],
    "height": 100,
    "items": [LINK, LINK | {"post": True, "values": {"v": HOSTILE}}],
    "keys": [{"key": HOSTILE, "does": HOSTILE}],
    "level": 2,
    "lines": [(HOSTILE, HOSTILE)],
    "links": [(HOSTILE, HOSTILE)],
    "look_fors": [HOSTILE],
    "mark": 2,
    "marks": [("limit", HOSTILE)],
    "messages": [("error", HOSTILE)],
    "most": 5,
    "number": 3,
    "part": 1,
    "points": [BAR, BAR],
    "probes": [HOSTILE],
    "rows": [BAR],
    "stages": [{"label": HOSTILE, "state": "here"}],
    "total": 4,
    "undo": {"href": HOSTILE, "values": {"v": HOSTILE}},
    "values": {"v": HOSTILE},
    "version": 2,
    "whole": 4,
}
OF_ITS_OWN: dict[str, dict[str, Any]] = {
    "data_table": {"headers": [HOSTILE], "rows": [[HOSTILE, HOSTILE, None]]},
    "progress": {"value": 3},
    "candidate_line": {"row": {"name": HOSTILE, "is_internal": True, "job": HOSTILE, "email": HOSTILE}},
    "cards": {"rows": [dict.fromkeys(CARD, HOSTILE)]},
    "rail": {
        "places": [LINK | {"current": True}],
        "signed_in": dict.fromkeys(("name", "detail", "href", "sign_out_href"), HOSTILE),
    },
    "requirements": {"items": [NEED, NEED | {"is_met": True}]},
}
PARSED = [(path.name, Environment(autoescape=True).parse(path.read_text())) for path in COMPONENTS]
MACROS = [(file, macro) for file, tree in PARSED for macro in tree.find_all(nodes.Macro)]


def arguments(macro: nodes.Macro, is_full: bool) -> dict[str, Any]:
    """Hostile values for every argument, or for those alone that have no default."""
    names = [argument.name for argument in macro.args]
    wanted = names if is_full else names[: len(names) - len(macro.defaults)]
    field = hostile_form()["level" if macro.name in ("choices", "radio_cards") else "name"]
    known = SAMPLES | {"field": field, "form": hostile_form()} | OF_ITS_OWN.get(macro.name, {})
    return {name: known.get(name, HOSTILE) for name in wanted}


def faults_of(html: str) -> list[str]:
    page = html5lib.parse(html, namespaceHTMLElements=False)
    faults = [element.tag for element in page.iter() if element.tag == "hostile"]
    for element in page.iter():
        faults += [name for name in element.attrib if name == "style" or str(name).startswith("on")]
    return faults


@pytest.mark.parametrize("is_full", [True, False], ids=["full", "bare"])
@pytest.mark.parametrize(("file", "macro"), MACROS, ids=lambda value: getattr(value, "name", value))
def test_a_macro_keeps_hostile_text_as_text_and_holds_nothing_inline(
    file: str, macro: nodes.Macro, is_full: bool
) -> None:
    call = getattr(environment().get_template(f"components/{file}").module, macro.name)
    given = arguments(macro, is_full)
    if call.caller:
        given["caller"] = lambda *_: "inside"
    assert faults_of(f"<body>{call(**given)}</body>") == []


@pytest.mark.parametrize("kind", ["name", "is_open", "level"])
def test_a_field_of_any_kind_keeps_hostile_text_as_text(kind: str) -> None:
    module: Any = environment().get_template("components/field.html").module
    assert faults_of(str(module.field(hostile_form()[kind]))) == []


def test_a_fault_in_escaping_is_noticed() -> None:
    assert faults_of(f'<p title="{HOSTILE}">') == ["hostile", "hostile", "onhostile"]


@pytest.mark.parametrize("given", [{}, {"form": sample_form(), "navigation": [LINK | {"current": True}]}])
def test_the_component_page_renders_with_and_without_what_the_app_gives(given: dict[str, Any]) -> None:
    html = environment().get_template("design/show.html").render(**given)
    assert faults_of(html) == []
    assert html.count("<h1") == 2  # its own, and the one of the keys inside their template


def test_an_error_is_read_with_its_field() -> None:
    module: Any = environment().get_template("components/field.html").module
    page = html5lib.parse(str(module.field(sample_form().title)), namespaceHTMLElements=False)
    box = page.find(".//input")
    described = box.get("aria-describedby").split()
    assert described == ["title-hint", "title-error"]
    assert box.get("aria-invalid") == "true"
    assert {element.get("id") for element in page.iter()} >= set(described)


def test_a_card_stays_small_and_carries_no_form() -> None:
    module: Any = environment().get_template("components/card.html").module
    html = str(
        module.card(
            "Chukwuemeka Oluwaseun Adebayo-Nkemelu of Port Harcourt-Enugu",
            "/applications/1000000",
            "12 days · career fair",
            "2 of 3 scorecards",
            "warn",
            True,
            "RI",
            1000000,
            12,
            "/applications/1000000/moves",
        )
    )
    assert len(html.encode()) <= 500
    assert "<form" not in html
    assert "<svg" not in html


def test_every_macro_is_used() -> None:
    made = environment()
    used: set[str] = set()
    for path in TEMPLATES.rglob("*.html"):
        for call in made.parse(path.read_text()).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name):
                used.add(call.node.name)
    assert {macro.name for _, macro in MACROS} - used == set()


FORM = re.compile(r"<form\b[^>]*\bmethod=\"post\"[^>]*>(.*?)</form>", re.DOTALL)
TOKEN = re.compile(r"csrf_field\(\)|csrf_token\(\)|name=\"csrf_token\" value=\"\{\{ token \}\}\"")


def tokenless(source: str) -> list[str]:
    """The forms of a template that post without the token."""
    return [form for form in FORM.findall(source) if not TOKEN.search(form)]


@pytest.mark.parametrize(
    "path", [path.relative_to(TEMPLATES).as_posix() for path in sorted(TEMPLATES.rglob("*.html"))]
)
def test_every_form_that_posts_carries_its_token(path: str) -> None:
    assert tokenless((TEMPLATES / path).read_text()) == []


def test_a_form_without_a_token_is_noticed() -> None:
    assert tokenless('<form method="post" action="/x"><button>Go</button></form>') == ["<button>Go</button>"]


class ListForm(Form):
    always = SelectField("Always", choices={"a": "A"})
    maybe = SelectField("Maybe", choices={"": "None", "a": "A"})
    number = SelectField("Number", choices={0: "None", 1: "One"}, coerce=int)
    free = StringField("Free")


@pytest.mark.parametrize(("name", "says"), [("always", 0), ("maybe", 1), ("number", 0), ("free", 1)])
def test_a_list_that_always_has_a_value_is_not_called_optional(name: str, says: int) -> None:
    shown = environment().get_template("components/field.html").module.field(ListForm()[name])
    assert str(shown).count("optional</span>") == says
