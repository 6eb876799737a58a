"""Six hundred made files, sound and spoilt, under names as people and attackers give them: each is taken for
what it is, or refused with a sentence; nothing else ever happens.
"""

import io
import json
import unicodedata
import zipfile
from collections.abc import Callable

import pytest

from tracker.domain.file_formats import (
    LARGEST_FILE,
    LONGEST_FILE_NAME,
    FileFormat,
    check_file,
)
from tracker.domain.rules import RuleBroken


def packed(*parts: tuple[str, bytes], first: bytes = b"") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        if first:
            archive.writestr(zipfile.ZipInfo("mimetype"), first)
        for name, content in parts:
            archive.writestr(name, content)
    return held.getvalue()


WORDS = b"<?xml version='1.0'?><w:document xmlns:w='w'><w:t>Order clerk of Leeds</w:t></w:document>"
SOUND = {
    FileFormat.PDF: b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n",
    FileFormat.DOCX: packed(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", WORDS)),
    FileFormat.ODT: packed(("content.xml", WORDS), first=b"application/vnd.oasis.opendocument.text"),
    FileFormat.RTF: b"{\\rtf1\\ansi Order clerk of Leeds}",
    FileFormat.TXT: "Order clerk of Leeds, née Yusuf".encode(),
    FileFormat.JSON: json.dumps({"basics": {"name": "Amina Yusuf"}}).encode(),
}
RUNS = b"<html><script>alert(1)</script></html>"
Spoiling = Callable[[bytes], bytes]
SPOILT: dict[str, Spoiling] = {
    "as it is": lambda data: data,
    "empty": lambda data: b"",
    "its first byte": lambda data: data[:1],
    "cut in the middle": lambda data: data[: len(data) // 2],
    "without its end": lambda data: data[:-8],
    "without its beginning": lambda data: data[4:],
    "a page before it": lambda data: RUNS + data,
    "a page behind it": lambda data: data + RUNS,
    "a program before it": lambda data: b"MZ\x90\x00" + data,
    "zeros before it": lambda data: b"\x00" * 64 + data,
    "zeros in it": lambda data: data[:20] + b"\x00\x00" + data[20:],
    "every eighth byte other": lambda data: bytes(b ^ 255 if n % 8 == 7 else b for n, b in enumerate(data)),
    "too large": lambda data: data + b" " * LARGEST_FILE,
}
NAMES = (
    "Résumé {0}.{0}", "cv.{0}", "CV.{0}.pdf", "cv.exe.{0}", "../../etc/passwd.{0}", "C:\\cv\\cv.{0}",
    "cv\u202e.{0}", "x" * 400 + ".{0}",
)  # fmt: skip
CORPUS = [
    (f"{name} of {kind}, {spoiling}", name.format(kind.value), spoil(data))
    for kind, data in SOUND.items()
    for spoiling, spoil in SPOILT.items()
    for name in NAMES
]
assert len(CORPUS) >= 600


def begins(file_format: FileFormat, data: bytes) -> bool:
    """Whether bytes begin as a reader of the format expects them to."""
    beginnings = {
        FileFormat.PDF: b"%PDF-", FileFormat.RTF: b"{\\rtf", FileFormat.DOCX: b"PK", FileFormat.ODT: b"PK",
    }  # fmt: skip
    return data.startswith(beginnings.get(file_format, b"")) or zipped(file_format, data)


def zipped(file_format: FileFormat, data: bytes) -> bool:
    # A packed file is read from its end, so something may stand before it.
    return file_format in (FileFormat.DOCX, FileFormat.ODT) and zipfile.is_zipfile(io.BytesIO(data))


def looked_at(name: str, data: bytes) -> tuple[str, FileFormat] | RuleBroken:
    try:
        return check_file(name, data)
    except RuleBroken as refused:
        return refused


def test_each_file_is_taken_for_what_it_is_or_refused_with_a_sentence():
    taken = 0
    for title, name, data in CORPUS:
        found = looked_at(name, data)
        if isinstance(found, RuleBroken):
            assert found.field == "file", title
            assert found.message.endswith("."), title
            continue
        (cleaned, file_format), taken = found, taken + 1
        assert cleaned.lower().endswith(f".{file_format.value}"), title
        assert 0 < len(data) <= LARGEST_FILE, title
        assert begins(file_format, data), title
        assert len(cleaned) <= LONGEST_FILE_NAME, title
        assert not set(cleaned) & set('/\\<>:"|?*'), title
        assert not {unicodedata.category(letter) for letter in cleaned} & {"Cc", "Cf", "Cs"}, title
    assert 48 <= taken < len(CORPUS)


@pytest.mark.parametrize("kind", SOUND)
def test_what_is_sound_is_taken_under_its_own_name_and_under_no_other(kind):
    assert check_file(f"cv.{kind.value}", SOUND[kind]) == (f"cv.{kind.value}", kind)
    for other in SOUND:
        # Plain words may be called words, whatever is written in them.
        if other is kind or (other is FileFormat.TXT and kind is FileFormat.JSON):
            continue
        with pytest.raises(RuleBroken, match="but its content is something else"):
            check_file(f"cv.{other.value}", SOUND[kind])
