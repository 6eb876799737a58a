"""Names say what a thing is in hiring: files, columns, services; and what is public explains itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.reading import trees

SAYS_NOTHING = {"common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
EXPLAINED = [f"tracker/{part}" for part in ("domain", "models", "queries", "services", "exports")]
EMPTY_VERBS = ("process", "handle", "manage", "do", "perform", "execute")
EMPTY_CLASSES = re.compile(r"(Manager|Helper|Utils?|Handler)$")

# What a column's type asks of its name.
COLUMN_NAMES = {
    "bool": (re.compile(r"^(is|has|can|needs)_"), "a yes or no begins is_, has_, can_ or needs_"),
    "date": (re.compile(r"_on$"), "a day ends in _on"),
    "datetime": (re.compile(r"_at$|^at$"), "an instant ends in _at"),
}
# Columns that may be named otherwise, each with its reason.
NAMED_OTHERWISE = {
    "imported": "the word of the API",
    "not_before": "a bound, not something that happened",
    "passed": "the word of the API",
    "wait_until": "a bound, not something that happened",
    "would_rehire": "the question put to the referee",
}


def files_are_named_for_something(root: Path) -> list[str]:
    return [
        f"{path}: named for nothing"
        for path, _ in trees(root, "tracker", "tests", "migrations")
        if SAYS_NOTHING & {part.removesuffix(".py") for part in Path(path).parts}
    ]


def columns_are_named_by_their_kind(root: Path) -> list[str]:
    offences = []
    for path, tree in trees(root, "tracker/models"):
        for line, name, kind in _columns(tree):
            pattern, wanted = COLUMN_NAMES.get(kind, (None, ""))
            if pattern and not pattern.search(name) and name not in NAMED_OTHERWISE:
                offences.append(f"{path}:{line}: {name}: {wanted}")
    return offences


def _columns(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            mapped = re.fullmatch(r"Mapped\[(\w+)( \| None)?\]", ast.unparse(node.annotation))
            if mapped:
                yield node.lineno, node.target.id, mapped.group(1)


def services_are_verbs_of_hiring(root: Path) -> list[str]:
    offences = []
    for path, tree in trees(root, "tracker/services"):
        for node in _public(tree):
            if isinstance(node, ast.ClassDef):
                if EMPTY_CLASSES.search(node.name):
                    offences.append(f"{path}:{node.lineno}: {node.name}: name what it does")
            elif node.name.split("_")[0] in EMPTY_VERBS:
                offences.append(f"{path}:{node.lineno}: {node.name}: name the verb that hiring uses")
    return offences


def services_take_their_actor_by_keyword(root: Path) -> list[str]:
    offences = []
    for path, tree in trees(root, "tracker/services"):
        for node in _public(tree):
            if isinstance(node, ast.ClassDef):
                continue
            names = [argument.arg for argument in node.args.posonlyargs + node.args.args]
            if names[:1] == ["session"] and "actor" in names:
                offences.append(f"{path}:{node.lineno}: {node.name}: actor comes by keyword")
    return offences


def what_is_public_explains_itself(root: Path) -> list[str]:
    offences = []
    for path, tree in trees(root, *EXPLAINED):
        if ast.get_docstring(tree) is None and tree.body:
            offences.append(f"{path}: no sentence says what it is for")
        for node in _public(tree):
            docstring = ast.get_docstring(node)
            if docstring is None and not isinstance(node, ast.ClassDef):
                offences.append(f"{path}:{node.lineno}: {node.name} has no docstring")
            elif docstring is not None and re.search(
                r"^\s*:(param|type|returns?)\b", docstring, re.MULTILINE
            ):
                offences.append(f"{path}:{node.lineno}: {node.name} lists what its types already say")
    return offences


def _public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name[0] != "_":
            yield node
