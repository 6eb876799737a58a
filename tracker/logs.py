"""The log of the server and of the worker: what happened and where, never what somebody typed.

An error's own words may quote a value of a form or of a row, and no erasure takes it out of a log again.
"""

import logging
import traceback
from types import TracebackType
from typing import Any

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PlacesFormatter(logging.Formatter):
    """Writes an exception as its kinds and the places it came through, without its words."""

    def formatException(self, ei: _Raised) -> str:
        """The kinds of an exception and of those behind it, the first one first, each with its places."""
        return "\n".join(_told(one) for one in _behind(ei[1])) if ei[1] is not None else ""


def write_log() -> None:
    """Let the log go to the standard error, as the server and the worker write it."""
    handler = logging.StreamHandler()
    handler.setFormatter(PlacesFormatter(_FORMAT))
    logging.basicConfig(level=logging.INFO, handlers=[handler])


def kind_of(error: BaseException) -> str:
    """What kind of error it is; of one that the database raised, what was broken, too."""
    own: Any = getattr(error, "orig", None) or error
    diagnosis = getattr(own, "diag", None)
    constraint = getattr(diagnosis, "constraint_name", None) or getattr(own, "sqlite_errorname", None)
    named = f"{type(own).__module__}.{type(own).__qualname__}"
    return f"{named} ({constraint})" if constraint else named


def _behind(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in found:
        found.insert(0, one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return found


def _told(error: BaseException) -> str:
    places = "".join(traceback.format_tb(error.__traceback__))
    return f"{places}{kind_of(error)}"
