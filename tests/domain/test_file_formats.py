"""What is taken in is told by content, and names are made safe."""

import io
import struct
import zipfile

import pytest

from tests.pictures_taken import SECRET, jpeg, png
from tracker.domain.file_formats import (
    LARGEST_FILE,
    FileFormat,
    HandedIn,
    check_file,
    clean_file_name,
    endings_taken,
    formats_said,
    is_spreadsheet,
)
from tracker.domain.rules import RuleBroken

ODT_NAME = "application/vnd.oasis.opendocument.text"


def packed(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


DOCX = packed(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})
MACROS = packed(**{"[Content_Types].xml": "<T/>", "word/document.xml": "<w/>", "word/vbaProject.bin": "x"})
ODT = packed(**{"mimetype": ODT_NAME, "content.xml": "<o/>"})
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
RTF = b"{\\rtf1\\ansi Order clerk}"
TEXT = "Élodie Brûlé\nOrder clerk since 2019\n".encode()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


@pytest.mark.parametrize(
    ("name", "data", "file_format"),
    [
        ("cv.pdf", PDF, FileFormat.PDF),
        ("CV.PDF", PDF, FileFormat.PDF),
        ("cv.docx", DOCX, FileFormat.DOCX),
        ("cv.odt", ODT, FileFormat.ODT),
        ("cv.rtf", RTF, FileFormat.RTF),
        ("cv.json", b'\xef\xbb\xbf {"basics": {"name": "Amina"}}\n', FileFormat.JSON),
        ("cv.txt", TEXT, FileFormat.TXT),
        ("cv.txt", "Élodie".encode("cp1252"), FileFormat.TXT),
        ("cv.php.txt", TEXT, FileFormat.TXT),
    ],
)
def test_each_format_is_known_by_its_content(name, data, file_format):
    assert check_file(name, data) == (name, file_format)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("cv.pdf", b""),
        ("cv.pdf", PDF + b" " * LARGEST_FILE),
        ("cv.pdf", HTML),
        ("cv.pdf", DOCX),
        ("cv.pdf", b"GIF89a" + PDF),
        ("cv.docx", ODT),
        ("cv.docx", MACROS),
        ("cv.docx", b"PK\x03\x04 and no more"),
        ("cv.docx", packed(**{"[Content_Types].xml": "", "word/document.xml": "", "../../cv": ""})),
        (
            "cv.docx",
            packed(
                **{
                    "[Content_Types].xml": "",
                    "word/document.xml": "",
                    **dict.fromkeys((f"word/{number}" for number in range(2_001)), ""),
                }
            ),
        ),
        ("cv.odt", DOCX),
        ("cv.odt", packed(**{"content.xml": "<o/>", "mimetype": ODT_NAME})),
        ("cv.rtf", TEXT),
        ("cv.txt", HTML),
        ("cv.txt", SVG),
        ("cv.txt", b"\xef\xbb\xbf" + SVG),
        ("cv.txt", b"<?php system($_GET[0]);"),
        ("cv.txt", PDF),
        ("cv.txt", b"MZ\x90\x00\x03"),
        ("cv.svg", SVG),
        ("cv.html", HTML),
        ("cv.php", TEXT),
        ("cv.txt.php", TEXT),
        ("cv.php. ", TEXT),
        ("cv.txt\x00.php", TEXT),
        (".txt", TEXT),
        ("txt", TEXT),
        ("", TEXT),
        (".htaccess", TEXT),
        ("cv.pyc", TEXT),
    ],
)
def test_what_is_something_else_is_refused_at_the_field(name, data):
    with pytest.raises(RuleBroken) as refused:
        check_file(name, data)
    assert refused.value.field == "file"


def test_a_bomb_is_refused_by_what_it_would_unpack_to():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("word/document.xml", bytes(101 * 1024 * 1024))
    assert len(buffer.getvalue()) < LARGEST_FILE
    with pytest.raises(RuleBroken, match="something else"):
        check_file("cv.docx", buffer.getvalue())


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/cv.pdf", "cv.pdf"),
        ("C:\\people\\cv.pdf", "cv.pdf"),
        ("c\x00v\r\n.pdf", "cv.pdf"),
        ("cv.pdf. .", "cv.pdf"),
        ("con.pdf", "_con.pdf"),
        ("LPT1.txt", "_LPT1.txt"),
        ('my "best" <cv>.pdf', "my best cv .pdf"),
        ("\u202efdp.cv.txt", "fdp.cv.txt"),
        ("Élodie Brûlé.pdf", "Élodie Brûlé.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_are_made_safe(name, cleaned):
    assert clean_file_name(name) == cleaned


def many_parts() -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", *map(str, range(60_000))):
            archive.writestr(name, "")
    return whole.getvalue()


@pytest.mark.parametrize("lie", ["", "few parts", "a comment", "64 bit"])
def test_the_list_of_parts_is_not_read_where_it_is_long(lie, monkeypatch):
    data = bytearray(many_parts())
    end = len(data) - 22
    if lie == "few parts":
        data[end + 8 : end + 12] = b"\2\0\2\0"
    elif lie == "a comment":
        data[end + 20 :] = b"\3\0abc"
    elif lie == "64 bit":
        size, offset = struct.unpack_from("<LL", data, end + 12)
        counts = struct.pack("<QQQQ", 60_002, 60_002, size, offset)
        record = b"PK\6\6" + struct.pack("<QHHLL", 44, 45, 45, 0, 0) + counts
        locator = b"PK\6\7" + struct.pack("<LQL", 0, end, 1)
        data[end:] = record + locator + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 2, 2, 100, 0, 0)
    assert len(zipfile.ZipFile(io.BytesIO(data)).infolist()) == 60_002
    read = []
    monkeypatch.setattr(zipfile.ZipInfo, "__init__", lambda *_: read.append(1))
    with pytest.raises(RuleBroken):
        check_file("cv.docx", bytes(data))
    assert read == []


def test_a_document_with_a_comment_at_its_end_is_taken():
    whole = io.BytesIO(DOCX)
    with zipfile.ZipFile(whole, "a") as archive:
        archive.comment = b"Packed at home"
    assert check_file("cv.docx", whole.getvalue())[1] is FileFormat.DOCX


def test_a_spreadsheet_is_told_by_its_parts():
    parts = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>"}
    assert is_spreadsheet(packed(**parts))
    assert not is_spreadsheet(DOCX)
    assert not is_spreadsheet(packed(**parts, **{"../evil": "x"}))
    assert not is_spreadsheet(packed(**parts)[:60])
    assert not is_spreadsheet(TEXT)
    # The list of its parts is where it says, but is none.
    whole = packed(**parts)
    broken = whole.replace(b"PK\x01\x02", b"PK\x01\x09")
    assert not is_spreadsheet(broken)


@pytest.mark.parametrize(
    ("name", "data", "file_format"),
    [
        ("IMG_0001.JPG", jpeg(), FileFormat.JPEG),
        ("paper.jpeg", jpeg(), FileFormat.JPEG),
        ("paper.png", png(), FileFormat.PNG),
    ],
)
def test_photographs_are_taken_where_papers_are_and_nowhere_else(name, data, file_format):
    given = HandedIn(name, data)
    assert given.look_at(takes_pictures=True) == (name, file_format)
    assert SECRET not in given.kept()
    assert given.kept() is given.kept()
    for refusing in (given.look_at, lambda: check_file(name, data)):
        with pytest.raises(RuleBroken, match="Hand in a PDF") as refused:
            refusing()
        assert refused.value.field == "file"


@pytest.mark.parametrize(
    ("name", "data"), [("a.jpg", png()), ("a.png", jpeg()), ("a.jpg", HTML), ("a.png", SVG)]
)
def test_a_photograph_of_another_kind_than_its_name_says_is_refused(name, data):
    with pytest.raises(RuleBroken, match="something else"):
        HandedIn(name, data).look_at(takes_pictures=True)


def test_documents_are_kept_as_they_are():
    assert HandedIn("cv.txt", TEXT).kept() is TEXT


def test_forms_say_which_files_they_take():
    assert formats_said() == "PDF, DOCX, ODT, RTF, plain text or JSON Resume, at most 10 MB."
    assert formats_said(has_pictures=True) == (
        "PDF, DOCX, ODT, RTF, plain text, JSON Resume, JPEG or PNG, at most 10 MB."
    )
    assert endings_taken() == ".pdf,.docx,.odt,.rtf,.txt,.json"
    assert endings_taken(has_pictures=True) == ".pdf,.docx,.odt,.rtf,.txt,.json,.jpeg,.png,.jpg"
