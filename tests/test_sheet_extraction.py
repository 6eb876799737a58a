"""Rows out of spreadsheets: as people see them, and nothing of what a hostile one asks for."""

import io
import sys
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from tests.needs import missing
from tracker.domain.candidate_tables import TableRow
from tracker.domain.file_formats import is_spreadsheet
from tracker.extraction.parent import UNREADABLE, ExtractedSheets, extract_sheets, understood_sheets

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PLACES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture(autouse=True, scope="module")
def limits() -> None:
    if sys.platform == "win32":
        missing("no limits on a child process on this system")


def saved(book: Workbook) -> bytes:
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()


def xlsx(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def by_hand(rows: str, before: str = "", texts: str = "") -> bytes:
    whole = io.BytesIO()
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{PLACES}"><sheets>'
        '<sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f"{before}<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>",
    }
    if texts:
        parts["xl/sharedStrings.xml"] = f"<sst {MAIN}>{texts}</sst>"
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return whole.getvalue()


def rows_of(data: bytes) -> list[tuple[str, ...]]:
    found = extract_sheets(data)
    assert found.reason is None
    return [row.cells for row in found.sheets[0][1]]


def test_cells_are_taken_as_people_see_them() -> None:
    data = xlsx(
        ["Name", "Phone", "Since", "At", "Good", "Share"],
        ["Zoë Łuc", 442079460958, date(2026, 3, 2), datetime(2026, 3, 2, 9, 30), True, 0.5],
        [],
        ["Bob"],
    )
    assert is_spreadsheet(data)
    assert rows_of(data)[1:] == [
        ("Zoë Łuc", "442079460958", "2026-03-02", "2026-03-02 09:30:00", "TRUE", "0.5"),
        ("Bob", "", "", "", "", ""),
    ]
    assert extract_sheets(data).sheets[0][1][2].number == 4, "the row's own number, blank ones counted"


def test_visible_sheets_come_by_name_and_hidden_or_empty_ones_do_not() -> None:
    book = Workbook()
    book.active.title = "People"
    book.active.append(["name"])
    for title in ("Secret", "Nothing", "More"):
        book.create_sheet(title)
    book["Secret"].append(["salary"])
    book["Secret"].sheet_state = "hidden"
    book["More"].append(["email"])
    assert [name for name, _ in extract_sheets(saved(book)).sheets] == ["People", "More"]


def test_merged_cells_have_their_value_once() -> None:
    book = Workbook()
    book.active.append(["name", "email"])
    book.active.append(["Ann", None])
    book.active.append([None, "x"])
    book.active.merge_cells("A2:A3")
    assert rows_of(saved(book)) == [("name", "email"), ("Ann", ""), ("", "x")]


def test_formula_gives_its_result_and_without_one_its_row_is_at_fault() -> None:
    data = by_hand(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
        '<row r="2"><c r="A2" t="str"><f>B1</f><v>Ann</v></c></row>'
        '<row r="3"><c r="A3"><f>B1</f></c></row><row r="4"><c r="A4" t="e"><v>#REF!</v></c></row>'
    )
    (_, rows), *_ = extract_sheets(data).sheets
    assert [row.cells[0] for row in rows[:2]] == ["name", "Ann"]
    assert "Cell A3 is a formula without a result" in rows[2].fault
    assert "Cell A4 holds an error: #REF!" in rows[3].fault


def test_shared_texts_come_whole_and_how_they_are_spoken_does_not() -> None:
    texts = "<si><r><t>Al</t></r><r><t>an</t></r><rPh><t>spoken</t></rPh></si>"
    assert rows_of(by_hand('<row><c t="s"><v>0</v></c></row>', texts=texts)) == [("Alan",)]


ENTITY = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
CELL = '<row><c t="inlineStr"><is><t>{}</t></is></c></row>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (by_hand(CELL.format("&x;"), ENTITY), "document type"),
        (by_hand(CELL.format("&b;"), LAUGHS), "document type"),
        (by_hand(CELL.format("A" * 70_000_000)), "more"),
        (by_hand('<row><c t="s"><v>0</v></c></row>' * 100, texts=f"<si><t>{'A' * 32_000}</t></si>"), "rows"),
        (by_hand(CELL.format("x") * 10_002), "rows"),
        (by_hand('<row><c t="s"><v>7</v></c></row>'), "damaged"),
        (by_hand('<row><c r="ZZZ1"><v>7</v></c></row>'), "columns"),
        (by_hand("<row>"), "damaged"),
        (b"PK\x03\x04 junk", "damaged"),
    ],
    ids=["file", "laughs", "bomb", "one text often", "rows", "no text", "far column", "torn", "junk"],
)
def test_what_is_hostile_or_damaged_says_why_and_gives_nothing(data: bytes, reason: str) -> None:
    found = extract_sheets(data)
    assert found.sheets == ()
    assert reason in (found.reason or "")


@pytest.mark.parametrize(
    "said",
    [b"", b"[]", b'{"sheets": 1}', b'{"sheets": [{"name": "a", "rows": [[1, [2], ""]]}]}', b'{"text": "x"}'],
)
def test_answer_is_not_believed(said: bytes) -> None:
    assert understood_sheets(said) == ExtractedSheets((), UNREADABLE)


def test_half_letters_and_controls_become_blanks() -> None:
    said = b'{"sheets": [{"name": "a", "rows": [[1, ["x\\ud800y\\u0000"], ""]]}]}'
    assert understood_sheets(said).sheets == (("a", (TableRow(1, ("x y ",)),)),)
