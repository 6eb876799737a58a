"""Which files are taken in, told by their content and not by their name; and names that are safe to keep."""

import io
import re
import struct
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.domain.picture_files import bare_jpeg, bare_png
from tracker.domain.rules import RuleBroken
from tracker.late import Late

# Every page would wait for it at the start of the server; only uploads need it.
if TYPE_CHECKING:
    import puremagic
else:
    puremagic = Late("puremagic")

LARGEST_FILE = 10 * 1024 * 1024  # bytes
LONGEST_FILE_NAME = 120
_MOST_PARTS = 2_000
_LARGEST_UNPACKED = 100 * 1024 * 1024
_LONGEST_PART = 600  # bytes in the list of parts: 46, a name, and what packers add to it
_END = struct.Struct("<4s4H2LH")
_END_MARK, _END_MARK_64 = b"PK\5\6", b"PK\6\7"


class FileFormat(StrEnum):
    """The formats that are taken in, by their usual ending."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    TXT = "txt"
    JSON = "json"
    JPEG = "jpeg"
    PNG = "png"


PICTURES = frozenset({FileFormat.JPEG, FileFormat.PNG})
"""Photographs of papers: taken in with the papers of new hires, and nowhere else."""
DOCUMENTS = tuple(one for one in FileFormat if one not in PICTURES)
MEDIA_TYPES = {
    FileFormat.PDF: "application/pdf",
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileFormat.ODT: "application/vnd.oasis.opendocument.text",
    FileFormat.RTF: "application/rtf",
    FileFormat.TXT: "text/plain",
    FileFormat.JSON: "application/json",
    FileFormat.JPEG: "image/jpeg",
    FileFormat.PNG: "image/png",
}
FILE_FORMAT_LABELS = {
    FileFormat.PDF: "PDF",
    FileFormat.DOCX: "DOCX",
    FileFormat.ODT: "ODT",
    FileFormat.RTF: "RTF",
    FileFormat.TXT: "plain text",
    FileFormat.JSON: "JSON Resume",
    FileFormat.JPEG: "JPEG",
    FileFormat.PNG: "PNG",
}
_ENDINGS = {one.value: one for one in FileFormat} | {"jpg": FileFormat.JPEG}
_NOT_TAKEN = "Hand in a PDF, DOCX, ODT, RTF, TXT or JSON Resume file."
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_NO_TEXT = re.compile(
    rb"\s*(%PDF-|\{\\rtf|<(!doctype|!--|\?|html|head|body|script|svg|xml|xhtml:|iframe))", re.IGNORECASE
)
_DISGUISED = {".html", ".htm", ".svg", ".xml", ".exe", ".elf", ".zip", ".pdf", ".doc", ".jar", ".swf"}
# Short beginnings fit many formats; below this, the second opinion is a guess.
_SURE = 0.5


def clean_file_name(name: str) -> str:
    """A file's own name without folders, control characters or endings that a system would read otherwise."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    kept = re.sub(r'[<>:"|?*\s]+', " ", kept).strip(" .")
    if _DEVICES.match(kept):
        kept = f"_{kept}"
    stem, dot, ending = kept.rpartition(".")
    if not dot:
        stem, ending = ending, ""
    room = LONGEST_FILE_NAME - len(ending) - len(dot)
    return f"{stem[:room].rstrip(' .')}{dot}{ending}" if len(kept) > LONGEST_FILE_NAME else kept


def formats_said(*, has_pictures: bool = False) -> str:
    """Which formats are taken in, as a form says it, and how large a file may be."""
    *most, last = [FILE_FORMAT_LABELS[one] for one in (FileFormat if has_pictures else DOCUMENTS)]
    return f"{', '.join(most)} or {last}, at most {LARGEST_FILE // 1024 // 1024} MB."


def endings_taken(*, has_pictures: bool = False) -> str:
    """The endings of files that a form lets be chosen."""
    formats = set(FileFormat if has_pictures else DOCUMENTS)
    return ",".join(f".{ending}" for ending, one in _ENDINGS.items() if one in formats)


def check_file(name: str, data: bytes, *, takes_pictures: bool = False) -> tuple[str, FileFormat]:
    """The cleaned name and the format of a file. Raises RuleBroken on `file` for what is not taken in."""
    if not data:
        raise RuleBroken("The file is empty.", field="file")
    if len(data) > LARGEST_FILE:
        raise RuleBroken(f"The file is larger than {LARGEST_FILE // 1024 // 1024} MB.", field="file")
    cleaned = clean_file_name(name)
    stem, _, ending = cleaned.rpartition(".")
    if not stem or ending.lower() not in _ENDINGS:
        raise RuleBroken(_NOT_TAKEN, field="file")
    file_format = _ENDINGS[ending.lower()]
    if file_format in PICTURES and not takes_pictures:
        raise RuleBroken(_NOT_TAKEN, field="file")
    if not _CHECKS[file_format](data):
        label = FILE_FORMAT_LABELS[file_format]
        raise RuleBroken(f"The file's name says {label}, but its content is something else.", field="file")
    return cleaned, file_format


@dataclass(slots=True)
class HandedIn:
    """A file as it came: its name and its bytes, looked at once however often that is asked for."""

    name: str
    data: bytes
    _found: tuple[str, FileFormat] | RuleBroken | None = field(default=None, repr=False, compare=False)
    _bare: bytes | None = field(default=None, repr=False, compare=False)

    def look_at(self, *, takes_pictures: bool = False) -> tuple[str, FileFormat]:
        """The cleaned name and the format. Raises RuleBroken on `file` for what is not taken in."""
        named = _ENDINGS.get(clean_file_name(self.name).rpartition(".")[2].lower())
        if named in PICTURES and not takes_pictures:
            raise RuleBroken(_NOT_TAKEN, field="file")
        return self._looked_at()

    def kept(self) -> bytes:
        """The bytes as they are kept: of a picture, without what was written beside it."""
        _, file_format = self._looked_at()
        if file_format in PICTURES and self._bare is None:
            self._bare = _BARE[file_format](self.data)
        return self.data if self._bare is None else self._bare

    def _looked_at(self) -> tuple[str, FileFormat]:
        if self._found is None:
            try:
                self._found = check_file(self.name, self.data, takes_pictures=True)
            except RuleBroken as broken:
                self._found = broken
        if isinstance(self._found, RuleBroken):
            raise RuleBroken(self._found.message, field="file")
        return self._found


def _opinions(data: bytes) -> dict[str, float]:
    """What the content looks like to a library of signatures: surest confidence (0–1) by ending."""
    surest: dict[str, float] = {}
    try:
        for match in puremagic.magic_string(data):
            surest[match.extension] = max(surest.get(match.extension, 0.0), match.confidence)
    except (puremagic.PureError, ValueError):
        return {}
    return surest


# The library of signatures knows these two by the same beginnings: asking it, too, tells nothing more.
def _is_pdf(data: bytes) -> bool:
    return data.startswith(b"%PDF-")


def _is_rtf(data: bytes) -> bool:
    return data.startswith(b"{\\rtf")


def _is_docx(data: bytes) -> bool:
    parts = _parts(data)
    return {"[Content_Types].xml", "word/document.xml"} <= parts and not any(
        part.lower().endswith(("vbaproject.bin", ".exe", ".js")) for part in parts
    )


def _is_odt(data: bytes) -> bool:
    # The format puts its own name first, unpacked, so that it can be read without unpacking.
    media_type = MEDIA_TYPES[FileFormat.ODT].encode()
    says_so = data[30:38] == b"mimetype" and data[38 : 38 + len(media_type)] == media_type
    parts = _parts(data)
    return says_so and "content.xml" in parts and not any(part.startswith("Basic/") for part in parts)


def is_spreadsheet(data: bytes) -> bool:
    """Whether a file is packed as a spreadsheet (XLSX) is, and small enough to be read."""
    return {"[Content_Types].xml", "xl/workbook.xml"} <= _parts(data)


def _is_text(data: bytes) -> bool:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in text) or "\x7f" in text:
        return False
    looks = {ending for ending, confidence in _opinions(data).items() if confidence >= _SURE}
    return not _NO_TEXT.match(data.removeprefix(b"\xef\xbb\xbf")) and not looks & _DISGUISED


def _is_json(data: bytes) -> bool:
    """Whether it begins and ends as an object does; whoever reads it later does so in its own process."""
    bare = data.removeprefix(b"\xef\xbb\xbf").strip()
    return bare.startswith(b"{") and bare.endswith(b"}") and _is_text(data)


def _parts(data: bytes) -> set[str]:
    """The names inside a packed document; none if it is no such thing, or would unpack beyond all measure."""
    if not data.startswith(b"PK\x03\x04") or not says_it_is_small(data):
        return set()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, OverflowError):
        return set()
    if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _LARGEST_UNPACKED:
        return set()
    names = {entry.filename for entry in entries}
    is_plain = all(not name.startswith("/") and ".." not in name.split("/") for name in names)
    return names if is_plain and len(names) == len(entries) else set()


def says_it_is_small(data: bytes) -> bool:
    """Whether the record at the end of a zip promises few parts and a short list of them.

    The list is read to its length whatever the number says, so both are looked at before anything of it is
    read. Source: APPNOTE.TXT of the format, 4.3.16; the 64-bit form of 4.3.15 is for archives beyond measure.
    """
    start = len(data) - _END.size
    # Where `zipfile` looks: at the very end, else for the last one before a comment.
    if start < 0 or data[start : start + 4] != _END_MARK or data[-2:] != b"\0\0":
        start = data.rfind(_END_MARK, max(len(data) - _END.size - 2**16, 0))
    if start < 0 or len(data) - start < _END.size or data[max(start - 20, 0) :].startswith(_END_MARK_64):
        return False
    *_, parts, length, _, _ = _END.unpack_from(data, start)
    return bool(parts <= _MOST_PARTS and length <= parts * _LONGEST_PART)


_BARE = {FileFormat.JPEG: bare_jpeg, FileFormat.PNG: bare_png}
_CHECKS: dict[FileFormat, Callable[[bytes], bool]] = {
    FileFormat.PDF: _is_pdf,
    FileFormat.DOCX: _is_docx,
    FileFormat.ODT: _is_odt,
    FileFormat.RTF: _is_rtf,
    FileFormat.TXT: _is_text,
    FileFormat.JSON: _is_json,
    FileFormat.JPEG: lambda data: bare_jpeg(data) is not None,
    FileFormat.PNG: lambda data: bare_png(data) is not None,
}
