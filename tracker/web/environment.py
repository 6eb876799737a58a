"""How templates are kept: what all of them know stands in one plain dictionary."""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment


class SharedGlobals(Environment):
    """Templates that share what the environment gives them, unless one is loaded with something of its own.

    The usual chain of two mappings is walked in Python whenever a template imports macros of another, which
    a page does two dozen times.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals
