"""What no file of ours may hold, and how long it may be."""

import re
from pathlib import Path

from tests.house.reading import texts, trees

LONGEST = 300
# Files that may be longer, each with its reason.
LONG_FILES: dict[str, str] = {
    "migrations/versions/0001_the_first_schema.py": "the whole schema at once, as it was first",
}

# A letter in brackets keeps this file from offending against itself.
UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b")
REGISTRIES = re.compile(
    r"pypi\.o[r]g|pythonhosted\.o[r]g|npmjs\.(c[o]m|o[r]g)|(?<!no-emit-)index-u[r]l|find-l[i]nks"
)
ONE_MACHINE = re.compile(r"(?<![\w.:/-])/(h[o]me|r[o]ot|U[s]ers|w[o]rk)/\w")


def files_are_short_enough_to_read(root: Path) -> list[str]:
    lengths = {
        path: len((root / path).read_text().splitlines())
        for path, _ in trees(root, "tracker", "tests", "migrations")
    }
    too_long = [
        f"{path}: {length} lines: is there a seam along a noun?"
        for path, length in lengths.items()
        if length > LONGEST and path not in LONG_FILES
    ]
    outdated = [
        f"{path}: no longer long, take it off the list"
        for path in LONG_FILES
        if path in lengths and lengths[path] <= LONGEST
    ]
    return too_long + outdated


def nothing_is_left_for_later(root: Path) -> list[str]:
    return _found(root, UNFINISHED, "finish it or drop it")


def no_registry_is_named(root: Path) -> list[str]:
    return _found(root, REGISTRIES, "no package registry belongs into the repository")


def no_machine_is_named(root: Path) -> list[str]:
    own = re.compile(f"{ONE_MACHINE.pattern}|{re.escape(str(root))}(?![\\w-])")
    return _found(root, own, "a path of one machine")


def locks_hold_no_address(root: Path) -> list[str]:
    return [
        f"{path.name}:{number}: an address"
        for path in sorted(root.glob("*.lock"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if "://" in line
    ]


def _found(root: Path, pattern: re.Pattern[str], sentence: str) -> list[str]:
    return [
        f"{path}:{number}: {sentence}"
        for path, content in texts(root)
        for number, line in enumerate(content.splitlines(), 1)
        if pattern.search(line)
    ]
