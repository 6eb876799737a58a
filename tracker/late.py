"""Modules that are loaded when they are first needed: the one door for what is dear and seldom asked.

Used at the top of a file, where the import would stand, so that the house still reads what leads where:

    if TYPE_CHECKING:
        from tracker.domain import alignment
    else:
        alignment = Late("tracker.domain.alignment")
"""

from importlib import import_module
from typing import Any


class Late:
    """A module that is loaded when something of it is first asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)
