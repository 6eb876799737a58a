"""Reading the checkout: its files, their syntax trees, and what they import."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

TEXT_LIMIT = 1_000_000


def our_files(root: Path) -> list[Path]:
    """Every file that is or would be committed; without git, every file."""
    if (root / ".git").exists():
        command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
        paths = {root / name for name in listed.split("\0") if name}
    else:
        paths = set(root.rglob("*"))
    return sorted(path for path in paths if path.is_file())


def texts(root: Path) -> Iterator[tuple[str, str]]:
    """Path and content of every text that is not too large to have been written by hand."""
    for path in our_files(root):
        if path.stat().st_size > TEXT_LIMIT:
            continue
        content = path.read_bytes()
        if b"\0" not in content:
            yield path.relative_to(root).as_posix(), content.decode(errors="replace")


def trees(root: Path, *under: str) -> Iterator[tuple[str, ast.Module]]:
    """Path and syntax tree of every Python file in these folders."""
    for folder in under:
        for path in sorted((root / folder).rglob("*.py")):
            yield path.relative_to(root).as_posix(), _parsed(path, path.stat().st_mtime_ns)


@cache
def _parsed(path: Path, changed: int) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def imported_modules(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and full name of everything imported anywhere in the tree, late or at once, `from` included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Late":
            name = node.args[0] if node.args else None
            yield node.lineno, str(name.value) if isinstance(name, ast.Constant) else "."


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything called, as it is written."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            yield node.lineno, ast.unparse(node.func)
