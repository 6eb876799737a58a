"""The marks of all pages as they are; run as a module, this writes them anew, to be read before they stay."""

import tempfile
from pathlib import Path

from flask import Flask

from tracker.app import create_app
from tracker.config import load_config

FILE = Path(__file__).with_name("page_marks.txt")


def marks_of(app: Flask) -> list[str]:
    """A line for each endpoint: who may open it, whether it writes, and by which methods."""
    lines = []
    for rule in app.url_map.iter_rules():
        access = app.view_functions[rule.endpoint].access  # type: ignore[attr-defined]
        who = "public" if access.is_public else access.permission or "signed in"
        methods = " ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        lines.append(f"{rule.endpoint}: {who}, {'writes' if access.writes else 'reads'}, {methods}")
    return sorted(set(lines))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        FILE.write_text("\n".join(marks_of(create_app(load_config({"TRACKER_HOME": home})))) + "\n", "utf-8")
