"""Templates compile, name only what exists, and keep to the content policy: nothing inline."""

import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, TemplateSyntaxError, nodes

INLINE = {
    "an inline style": re.compile(r"\sstyle\s*=|<style\b", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>{]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*\btype\s*=\s*\"application/(ld\+)?json\")", re.IGNORECASE
    ),
    "a javascript address": re.compile(r"[\"']javascript:", re.IGNORECASE),
}
COMMENTS = re.compile(r"\{#.*?#\}", re.DOTALL)


def templates_compile(root: Path) -> list[str]:
    offences = []
    environment = Environment(loader=FileSystemLoader(root / "templates"), autoescape=True)
    for name in _names(root):
        try:
            source = (root / "templates" / name).read_text()
            tree = environment.parse(source, name)
            _accept_names_of_the_app(environment, tree)
            environment.compile(source, name)
        except TemplateSyntaxError as error:
            offences.append(f"templates/{name}:{error.lineno}: {error.message}")
            continue
        for line, wanted in _templates_named_in(tree):
            if not (root / "templates" / wanted).is_file():
                offences.append(f"templates/{name}:{line}: there is no {wanted}")
    return offences


def templates_hold_nothing_inline(root: Path) -> list[str]:
    offences = []
    for name in _names(root):
        source = COMMENTS.sub(_only_its_lines, (root / "templates" / name).read_text())
        for what, pattern in INLINE.items():
            for match in pattern.finditer(source):
                line = source.count("\n", 0, match.start()) + 1
                offences.append(f"templates/{name}:{line}: {what}")
    return offences


def _names(root: Path) -> list[str]:
    folder = root / "templates"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _accept_names_of_the_app(environment: Environment, tree: nodes.Template) -> None:
    # Whether the app knows every filter and test is asked of the app, not here.
    for filter_node in tree.find_all(nodes.Filter):
        environment.filters.setdefault(filter_node.name, str)
    for test_node in tree.find_all(nodes.Test):
        environment.tests.setdefault(test_node.name, callable)


def _templates_named_in(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        named = getattr(node, "template", None)
        if isinstance(named, nodes.Const) and isinstance(named.value, str):
            yield node.lineno, named.value


def _only_its_lines(comment: re.Match[str]) -> str:
    return "\n" * comment.group().count("\n")
