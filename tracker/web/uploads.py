"""Files as a form brings them: read no further than is taken, and looked at before anybody waits for it."""

from contextlib import suppress
from typing import Any

from flask import g, request

from tracker.domain.file_formats import LARGEST_FILE, HandedIn
from tracker.domain.rules import RuleBroken


def look_at_files() -> None:
    """Look at every file of the request now; what is wrong with one is said where its field is read.

    To be called before the session is asked for anything: looking takes its time, and on SQLite everybody
    who writes would wait for it.
    """
    g.handed_in = {}
    for name, file in request.files.items():
        if file.filename:
            given = HandedIn(file.filename, file.stream.read(LARGEST_FILE + 1))
            g.handed_in[name] = given
            with suppress(RuleBroken):
                given.look_at()


def handed_in(field: Any) -> HandedIn | None:
    """The file of a field, read no further than one byte beyond what is taken; else the one that the form
    holds since an earlier try; none if none was chosen.
    """
    if not field.data or not getattr(field.data, "filename", ""):
        held: dict[str, HandedIn] = g.get("held", {})
        return held.get(field.name)
    looked_at: dict[str, HandedIn] = g.get("handed_in", {})
    if field.name not in looked_at:
        looked_at[field.name] = HandedIn(field.data.filename, field.data.stream.read(LARGEST_FILE + 1))
    return looked_at[field.name]
