"""The style sheets: colours that can be read, tokens that exist, pictures that are there."""

import math
import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[2]
SHEETS = sorted((ROOT / "tracker/static/css").glob("*.css"))
TOKENS = (ROOT / "tracker/static/css/tokens.css").read_text()
SURFACES = ["paper", "sheet", "raised", "sunk", "hover", "tint"]
# Text, and what it stands on.
TEXTS = dict.fromkeys(("ink", "soft", "accent"), SURFACES)
TEXTS |= {name: [*SURFACES[:5], f"{name}-tint"] for name in ("good", "warn", "bad")}
TEXTS |= {"on-accent": ["accent-fill", "accent-hover"], "on-tint": ["tint", "tint-strong"]}
EDGES = dict.fromkeys(("edge", "accent-fill", "good-mark", "warn-mark", "bad-mark"), SURFACES)
PAIR = re.compile(r"--([\w-]+): light-dark\(oklch\(([^/)]+)\), oklch\(([^/)]+)\)\);")


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2 for "42% 0.1 230" in OKLCH (Ottosson 2020)."""
    light, chroma, hue = (
        float(part.rstrip("%")) / (100 if part.endswith("%") else 1) for part in colour.split()
    )
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    parts = (min(1.0, max(0.0, part)) for part in (red, green, blue))
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


COLOURS = {name: (luminance(light), luminance(dark)) for name, light, dark in PAIR.findall(TOKENS)}


def contrast(one: str, other: str, theme: int) -> float:
    low, high = sorted((COLOURS[one][theme], COLOURS[other][theme]))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXTS, 7), (EDGES, 3)], ids=["text", "controls"])
def test_colours_can_be_told_from_what_they_stand_on(
    pairs: dict[str, list[str]], least: int, theme: int
) -> None:
    weak = {
        f"{one} on {other}": round(contrast(one, other, theme), 2)
        for one, others in pairs.items()
        for other in others
        if contrast(one, other, theme) < least
    }
    assert weak == {}


def test_contrast_is_measured_as_published() -> None:
    assert luminance("100% 0 0") == pytest.approx(1, abs=1e-3)
    assert luminance("0% 0 0") == 0
    assert luminance("62.8% 0.2577 29.23") == pytest.approx(0.2126, abs=2e-3)  # pure red


def test_sheets_use_only_tokens_that_exist() -> None:
    defined = set(re.findall(r"(--[\w-]+):", TOKENS))
    used = {name for sheet in SHEETS for name in re.findall(r"var\((--[\w-]+)", sheet.read_text())}
    assert used - defined == set()


def test_sheets_define_no_colour_beside_the_tokens() -> None:
    for sheet in SHEETS:
        if sheet.name in ("tokens.css", "print.css"):
            continue
        assert re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(|oklch\(", sheet.read_text()) == [], sheet.name


def test_pictures_that_templates_name_are_in_the_sprite() -> None:
    present = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "tracker/static/icons.svg").read_text()))
    named = set()
    for path in (ROOT / "templates").rglob("*.html"):
        for call in Environment(autoescape=True).parse(path.read_text()).find_all(nodes.Call):
            if not isinstance(call.node, nodes.Name):
                continue
            given = [keyword.value for keyword in call.kwargs if keyword.key == "symbol"]
            if call.node.name in ("icon", "icon_button"):
                given += call.args[:1]
            named |= {node.value for value in given for node in [value] if isinstance(node, nodes.Const)}
    assert named
    assert named - {""} - present == set()
