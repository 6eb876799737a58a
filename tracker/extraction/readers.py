"""The text inside the formats that are taken in: pure functions of bytes, which open nothing else.

They run in the child process only. Each gives text, or raises Unreadable with a sentence for people.
"""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from xml.parsers import expat

from tracker.domain.file_formats import FileFormat
from tracker.extraction.texts import MOST_TEXT

MOST_XML = 40 * 1024 * 1024  # bytes, unpacked
_CHUNK = 64 * 1024
_DEEPEST = 12
_RTF = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_RTF_HIDDEN = frozenset(
    (b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer", b"themedata")
)
_RTF_BREAKS = {b"par": "\n", b"line": "\n", b"page": "\n", b"tab": "\t", b"cell": "\t", b"row": "\n"}
_RTF_SIGNS = {b"~": " ", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n"}


class Unreadable(Exception):
    """Why no text can be taken out of a file, in one sentence."""


class _Enough(Exception):
    """As much text was found as is kept."""


def read_text(data: bytes) -> str:
    """Plain text in UTF-8, else as Western Windows writes it."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_docx(data: bytes) -> str:
    """The words of a DOCX: its paragraphs, none of its links, pictures or macros."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
    ends = {f"{word}p": "\n", f"{word}tab": "\t", f"{word}br": "\n", f"{word}tc": "\t"}
    return _xml_text(_packed(data, "word/document.xml"), {f"{word}t"}, ends)


def read_odt(data: bytes) -> str:
    """The words of an ODT: paragraphs and headings."""
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
    ends = {
        f"{text}p": "\n",
        f"{text}h": "\n",
        f"{text}tab": "\t",
        f"{text}line-break": "\n",
        f"{text}s": " ",
    }
    return _xml_text(_packed(data, "content.xml"), {f"{text}p", f"{text}h"}, ends)


def read_rtf(data: bytes) -> str:
    """The words of an RTF; what it hides in groups of its own (fonts, pictures, objects) is passed over."""
    if not data.startswith(b"{\\rtf"):
        raise Unreadable("It is no RTF.")
    found: list[str] = []
    hidden, depth, skip = 0, 0, 0
    for token in _RTF.finditer(data):
        word, number, code, sign, brace, words = token.groups()
        if brace == b"{":
            depth += 1
        elif brace == b"}":
            depth -= 1
            hidden = 0 if depth < hidden else hidden
        elif not hidden and (word in _RTF_HIDDEN or sign == b"*"):
            hidden = depth
        elif not hidden:
            piece, skip = _rtf_piece(word, number, code, sign, words, skip)
            found.append(piece)
    return "".join(found)


def _rtf_piece(
    word: bytes | None,
    number: bytes | None,
    code: bytes | None,
    sign: bytes | None,
    words: bytes | None,
    skip: int,
) -> tuple[str, int]:
    """The text of one token; after a letter by its number, its substitute for older readers is skipped."""
    if word == b"u" and number is not None:
        value = int(number) % 65536
        return ("" if 0xD800 <= value < 0xE000 else chr(value)), 1
    if word is not None:
        return _RTF_BREAKS.get(word, ""), 0
    if code is not None:
        return ("", 0) if skip else (bytes([int(code, 16)]).decode("cp1252", "replace"), 0)
    if sign is not None:
        return _RTF_SIGNS.get(sign, ""), 0
    text = (words or b"").decode("cp1252", "replace")
    return text[skip:], 0


def read_json(data: bytes) -> str:
    """Every text within a JSON Resume, a line for each (jsonresume.org, schema 1.0)."""
    try:
        resume = json.loads(data)
    except (ValueError, RecursionError):
        raise Unreadable("It is no JSON that can be read.") from None
    if not isinstance(resume, dict):
        raise Unreadable("It is no JSON Resume.")
    return "\n".join(_texts(resume, 0))


def _texts(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str) and value.strip():
        yield value.strip()
    elif depth < _DEEPEST and isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner, depth + 1)


def _packed(data: bytes, name: str) -> Iterator[bytes]:
    """One part of a packed document, in pieces; it ends where it grows beyond all measure."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(name) as part:
            size = 0
            while piece := part.read(_CHUNK):
                size += len(piece)
                if size > MOST_XML:
                    raise Unreadable("It unpacks to more than is read.")
                yield piece
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        raise Unreadable("The packed document is damaged.") from None
    except Exception as fault:
        if isinstance(fault, Unreadable):
            raise
        raise Unreadable("The packed document is damaged.") from None


def _xml_text(pieces: Iterator[bytes], holders: set[str], ends: dict[str, str]) -> str:
    """The letters inside these elements, and what stands for the end of others.

    A document type is refused: it is what names other files, and entities that grow.
    """
    found: list[str] = []
    size = depth = 0

    def refuse(*_: object) -> int:
        raise Unreadable("It names a document type, which no such file needs.")

    def start(name: str, _: object) -> None:
        nonlocal depth
        depth += name in holders

    def end(name: str) -> None:
        nonlocal depth
        depth -= name in holders
        if name in ends:
            found.append(ends[name])

    def letters(text: str) -> None:
        nonlocal size
        if depth:
            found.append(text)
            size += len(text)
        if size > MOST_TEXT:
            raise _Enough

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = letters
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise Unreadable("Its words are not well-formed.") from None
    except _Enough:
        pass
    return "".join(found)


READERS: dict[FileFormat, Callable[[bytes], str]] = {
    FileFormat.TXT: read_text,
    FileFormat.DOCX: read_docx,
    FileFormat.ODT: read_odt,
    FileFormat.RTF: read_rtf,
    FileFormat.JSON: read_json,
}
