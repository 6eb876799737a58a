"""Reading a framework file strictly: what cannot be taken gets one sentence that names the place in it.

Files come from outside, so size and depth are bounded before anything is parsed.
"""

import json
import math
import re
from collections.abc import Iterator
from typing import Any, NoReturn, TypeVar

from tracker.domain.rules import RuleBroken

MOST_BYTES = 8_000_000
MOST_CHARACTERS_PER_TEXT = 4_000
DEEPEST_NESTING = 40

# Matches an unfinished string to its end, so that no text can make the search start over and over.
_STRUCTURE = re.compile(r'"[^"\\]*(?:\\.?[^"\\]*)*(?:"|\Z)|[\[\]{}]', re.DOTALL)
# Tab and line ends may stand in a text; other control characters and lone surrogates cannot be stored.
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_TYPE_NAMES: dict[type, str] = {dict: "an object", list: "a list", str: "text"}

_T = TypeVar("_T")


class FrameworkRefused(RuleBroken):
    """The file cannot be taken as a framework, and nothing of it was kept; the message names the place."""

    def __init__(self, message: str) -> None:
        super().__init__(message, field="file")


class _Object(dict[str, Any]):
    """A JSON object that remembers the first key it was given twice."""

    twice: str | None = None


class _NotANumber:
    """What stands in a file as NaN or Infinity, which JSON does not know."""

    def __init__(self, word: str) -> None:
        self.word = word


def load_document(data: bytes) -> dict[str, Any]:
    """The file as a JSON object; raises FrameworkRefused for whatever is no such thing."""
    text = _decode(data)
    _check_nesting(text)
    document = _parse(text)
    for place, value in _walk(document, ""):
        _check_value(place, value)
    if not isinstance(document, dict):
        raise FrameworkRefused(
            f"The file holds {_named(document)} at the top, where an object with occupation and framework "
            "belongs."
        )
    return document


def _decode(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise FrameworkRefused(f"The file has {len(data):,} bytes, but at most {MOST_BYTES:,} can be read.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:4]:
        raise FrameworkRefused("The file is in UTF-16 or UTF-32 from its first byte on; save it as UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FrameworkRefused(f"The file is not UTF-8: byte {error.start + 1:,} cannot be read.") from None
    if not text.strip():
        raise FrameworkRefused("The file is empty from the first line on.")
    return text


def _check_nesting(text: str) -> None:
    # Done before parsing, as the parser itself recurses and would die of the nesting.
    depth = 0
    for match in _STRUCTURE.finditer(text):
        mark = match[0][0]
        depth += (mark in "[{") - (mark in "]}")
        if depth > DEEPEST_NESTING:
            place = _line_and_column(text, match.start())
            raise FrameworkRefused(f"The file is nested more than {DEEPEST_NESTING} deep at {place}.")


def _parse(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_NotANumber)
    except json.JSONDecodeError as error:
        place = _line_and_column(text, error.pos)
        if error.msg.startswith("Unterminated string") or error.pos >= len(text.rstrip()):
            raise FrameworkRefused(f"The file ends too early: its JSON is cut off at {place}.") from None
        raise FrameworkRefused(f"The file is not valid JSON: it goes wrong at {place}.") from None
    except ValueError:
        place = _line_and_column(text, _longest_number(text))
        raise FrameworkRefused(f"The file holds a number too long to read at {place}.") from None


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    result = _Object()
    for key, value in pairs:
        if key in result and result.twice is None:
            result.twice = key
        result[key] = value
    return result


def _longest_number(text: str) -> int:
    return max(re.finditer(r"\d+", text), key=lambda match: len(match[0])).start()


def _line_and_column(text: str, position: int) -> str:
    line = text.count("\n", 0, position) + 1
    return f"line {line:,}, column {position - text.rfind(chr(10), 0, position):,}"


def _walk(value: Any, place: str) -> Iterator[tuple[str, Any]]:
    yield place, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _walk(item, f"{place}.{shown(key)}" if place else shown(key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(item, f"{place}[{index}]")


def _check_value(place: str, value: Any) -> None:
    where = place or "the top of the file"
    if isinstance(value, _Object) and value.twice is not None:
        raise FrameworkRefused(f'The key "{shown(value.twice)}" stands twice in {where}.')
    if isinstance(value, _NotANumber):
        raise FrameworkRefused(f"{where} is {value.word}, which is no number in JSON.")
    if isinstance(value, float) and math.isinf(value):
        raise FrameworkRefused(f"{where} is a number too large to read.")


def required(holder: dict[str, Any], key: str, kind: type[_T], place: str) -> _T:
    """What the file holds under a key that must be there with this type, in the holder at `place`."""
    where = f"{place}.{key}" if place else key
    if key not in holder:
        raise FrameworkRefused(f"{where} is missing.")
    value = holder[key]
    if not isinstance(value, kind):
        _refuse_type(where, kind, value)
    return value


def text_at(holder: dict[str, Any], key: str, place: str, *, needed: bool = False) -> str:
    """The text under a key, untouched; empty where it is missing or null, unless it is needed."""
    where = f"{place}.{shown(key)}" if place else shown(key)
    if needed and key not in holder:
        raise FrameworkRefused(f"{where} is missing.")
    value = holder.get(key)
    if value is None and not needed:
        return ""
    return checked_text(value, where, needed=needed)


def checked_text(value: Any, where: str, *, needed: bool = True) -> str:
    """A value of the file as text that can be stored and shown; `where` is its place for the refusal."""
    if not isinstance(value, str):
        _refuse_type(where, str, value)
    if len(value) > MOST_CHARACTERS_PER_TEXT:
        raise FrameworkRefused(
            f"{where} has {len(value):,} characters, but at most {MOST_CHARACTERS_PER_TEXT:,} can be read."
        )
    if _UNSTORABLE.search(value):
        raise FrameworkRefused(f"{where} holds a character that is no text.")
    if needed and not re.search(r"\w", value):
        raise FrameworkRefused(f"{where} is empty.")
    return value


def _refuse_type(where: str, kind: type, value: Any) -> NoReturn:
    raise FrameworkRefused(f"{where} must be {_TYPE_NAMES[kind]}, but it is {_named(value)}.")


def _named(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    for kind, name in _TYPE_NAMES.items():
        if isinstance(value, kind):
            return name
    return "a number"


def shown(text: str) -> str:
    """A piece of the file as it may stand in a sentence: short, on one line, without control characters."""
    line = _UNSTORABLE.sub("?", " ".join(text.split()))
    return line if len(line) <= 40 else f"{line[:39]}…"
