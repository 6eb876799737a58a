"""Reading our PDF documents back: what they declare, and the words on their pages."""

import re
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_PAIR = re.compile(rb"<([0-9a-fA-F]{4})> ?<([0-9a-fA-F]+)>(?! ?<)")
_FONT_OR_TEXT = re.compile(rb"/(f\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>|(\()")
_SAID_INSTEAD = re.compile(rb"/ActualText ?\((?:\\.|[^\\)])*\)", re.DOTALL)
_IN_TEXT = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def is_tagged(content: bytes) -> bool:
    return b"/StructTreeRoot" in content and b"/Marked true" in content


def declares_ua(content: bytes) -> bool:
    return b"<pdfuaid:part>1<" in b"".join(map(_opened, _objects(content).values()))


def language_of(content: bytes) -> str:
    found = re.search(rb"/Lang ?\((\w+)\)", content)
    return found[1].decode() if found else ""


def title_of(content: bytes) -> str:
    """The title that the document's metadata carry."""
    laid_open = b"".join(map(_opened, _objects(content).values())).decode("utf-8", "replace")
    found = re.search(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", laid_open, re.DOTALL)
    return found[1] if found else ""


def words_of(content: bytes) -> str:
    """All that is drawn, without any white space or sign of width zero, page by page in the order drawn."""
    objects = _objects(content)
    pages = [held for held in objects.values() if re.search(rb"/Type ?/Page\b(?!s)", held)]
    return "".join(_page(objects, page) for page in pages)


def squeezed(text: str) -> str:
    """A text as `words_of` gives it."""
    return re.sub(r"[\s\u200b]+", "", text)


def _page(objects: dict[int, bytes], page: bytes) -> str:
    resources = page
    if held := re.search(rb"/Resources (\d+) 0 R", page):
        resources = objects[int(held[1])]
    fonts = {
        name: _letters(objects, objects[int(number)])
        for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", resources)
    }
    place = re.search(rb"/Contents (\d+) 0 R", page)
    drawn, said = _opened(objects[int(place[1])]) if place else b"", ""
    letters: dict[int, str] = {}
    for font, codes in _shown(_SAID_INSTEAD.sub(b"", drawn)):
        if font:
            letters = fonts.get(font, {})
        said += "".join(
            letters.get(int.from_bytes(codes[at : at + 2], "big"), "") for at in range(0, len(codes), 2)
        )
    return squeezed(said)


def _shown(drawn: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Every font that is taken, and the codes of every piece of text, in their order."""
    at = 0
    while found := _FONT_OR_TEXT.search(drawn, at):
        at = found.end()
        if found[3]:
            end = _end_of_text(drawn, at)
            yield b"", _ESCAPE.sub(_unescaped, drawn[at : end - 1])
            at = end
        else:
            yield found[1] or b"", bytes.fromhex((found[2] or b"").decode())


def _end_of_text(drawn: bytes, at: int) -> int:
    """Where a text ends: brackets within it may stand as they are if they are in pairs."""
    depth = 1
    while depth and (sign := _IN_TEXT.search(drawn, at)):
        at = sign.end()
        depth += {b"(": 1, b")": -1}.get(sign[0], 0)
    return at


def _letters(objects: dict[int, bytes], font: bytes) -> dict[int, str]:
    """What each code of a font stands for."""
    place = re.search(rb"/ToUnicode (\d+) 0 R", font)
    table = _opened(objects[int(place[1])]) if place else b""
    return {
        int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
        for code, text in _PAIR.findall(table)
    }


def _unescaped(found: "re.Match[bytes]") -> bytes:
    sign = found[1]
    return bytes([int(sign, 8)]) if len(sign) == 3 else _ESCAPED.get(sign, sign)


def _objects(content: bytes) -> dict[int, bytes]:
    return {int(number): held for number, held in _OBJECT.findall(content)}


def _opened(held: bytes) -> bytes:
    stream = _STREAM.search(held)
    if stream is None:
        return held
    try:
        # It may end with a byte that looks like the end of its last line.
        return zlib.decompressobj().decompress(stream[1])
    except zlib.error:
        return stream[1]
