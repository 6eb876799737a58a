"""Formats: what stands in the cells of CSV, workbooks, JSON and text."""

import csv
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest

from tracker.domain.reports import CellKind, Check, Column, Report
from tracker.exports import xlsx
from tracker.exports.cells import neutral
from tracker.exports.csv import csv_of
from tracker.exports.json import json_of
from tracker.exports.text import text_of
from tracker.exports.xlsx import write_xlsx
from tracker.exports.xlsx_frame import letters

AT = datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
COLUMNS = (
    Column("name", "Name", CellKind.TEXT),
    Column("number", "Number"),
    Column("share", "Share", CellKind.SHARE),
    Column("at", "At", CellKind.INSTANT),
)


def report(*rows, columns=COLUMNS):
    return Report(
        name="pipeline",
        title="Pipeline",
        as_of=AT,
        zone="Europe/London",
        cohort="All.",
        definitions={"number": "How many."},
        columns=columns,
        rows=[dict(zip([c.key for c in columns], row, strict=True)) for row in rows],
        checks=(Check("adds_up", "It adds up.", True),),
    )


def csv_rows(given, **options):
    text = b"".join(csv_of(given, **options)).decode()
    return list(csv.reader(StringIO(text, newline="")))


def sheet_of(given):
    out = BytesIO()
    write_xlsx(given, out)
    return openpyxl.load_workbook(BytesIO(out.getvalue()))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠A",
        "  =1",
        "\u00a0=1",
    ],
)
def test_what_a_spreadsheet_might_run_is_neutralised(text):
    assert neutral(text) == f"'{text}"
    (_, row) = csv_rows(report((text, -1, 0.5, AT)))
    assert row[0] == f"'{text}"
    # A number is typed, and stays one.
    assert row[1] == "-1"


@pytest.mark.parametrize("text", ["Amina", "O'Neil", "a=b", "1-2", "łukasz", ""])
def test_other_text_stays_as_it_is(text):
    assert neutral(text) == text


def test_csv_is_rfc_4180():
    whole = b"".join(csv_of(report(('a "b", c\nd', 1, None, AT))))
    assert whole == (b'name,number,share,at\r\n"a ""b"", c\nd",1,,2026-07-01T09:30:00+01:00\r\n')
    assert b"".join(csv_of(report(), has_bom=True)).startswith(b"\xef\xbb\xbfname,")


@pytest.mark.parametrize("number", [0, 1, 499, 500, 501, 1500])
def test_streams_lose_no_row_at_the_edge_of_a_block(number):
    given = report(*[(str(place), place, None, None) for place in range(number)])
    assert [row[1] for row in csv_rows(given)[1:]] == [str(place) for place in range(number)]
    read = json.loads(b"".join(json_of(given)))
    assert [row["number"] for row in read["rows"]] == list(range(number))


def test_streams_take_rows_as_they_come():
    taken = []

    def rows():
        for place in range(10_000):
            taken.append(place)
            yield {"number": place}

    given = report(columns=COLUMNS[1:2])
    blocks = csv_of(Report(**{name: getattr(given, name) for name in given.__slots__} | {"rows": rows()}))
    next(blocks)
    assert len(taken) < 2_000


def test_json_has_the_shape_that_scripts_read():
    read = json.loads(b"".join(json_of(report(("=1", 1, None, AT)))))
    assert read == {
        "report": "pipeline",
        "as_of": "2026-07-01T09:30:00+01:00",
        "zone": "Europe/London",
        "cohort": "All.",
        "definitions": {"number": "How many."},
        "rows": [{"name": "=1", "number": 1, "share": None, "at": "2026-07-01T09:30:00+01:00"}],
        "checks": {"adds_up": True},
    }


def test_what_is_no_number_is_no_json():
    with pytest.raises(ValueError, match="JSON"):
        list(json_of(report(("a", 1, float("nan"), AT))))


def test_a_workbook_has_typed_cells_and_no_formula():
    book = sheet_of(report(("=1+1", 7, 0.25, AT), ("https://example.org", 0, None, None)))
    sheet = book["Pipeline"]
    first, second = list(sheet.iter_rows(min_row=2))
    assert [cell.data_type for cell in first] == ["s", "n", "n", "d"]
    assert [cell.value for cell in first] == ["=1+1", 7, 0.25, datetime(2026, 7, 1, 9, 30)]
    assert [cell.value for cell in second] == ["https://example.org", 0, None, None]
    assert second[0].hyperlink is None
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D3"
    assert sheet["D1"].value == "At (Europe/London)"


def test_instants_of_a_workbook_are_exact_to_the_thousandth_part_of_a_second():
    instants = [AT + timedelta(seconds=seconds) for seconds in range(0, 86_400, 577)]
    whole = b"".join(xlsx.xlsx_of(report(*(("a", 1, 0.5, at) for at in instants))))
    with zipfile.ZipFile(BytesIO(whole)) as book:
        cells = re.findall(r'<c s="\d+"><v>([\d.]+)</v></c>', book.read("xl/worksheets/sheet1.xml").decode())
    serials = [float(one) for one in cells if float(one) > 40_000]
    assert len(serials) == len(instants)
    # A program that cuts, and does not round, would else show a whole second as the one before it.
    assert max(abs(one * 86_400 - round(one * 86_400)) for one in serials) < 0.0001


def test_a_workbook_says_what_its_numbers_mean():
    lines = {row[0].value: row[1].value for row in sheet_of(report())["Definitions"].iter_rows()}
    assert lines["Number"] == "How many."
    assert lines["Counted"] == "All."
    assert lines["Time zone"] == "Europe/London"
    assert lines["Holds"] == "It adds up."


def test_rows_that_overflow_a_sheet_go_on_in_the_next(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    book = sheet_of(report(*[("a", place, None, None) for place in range(5)]))
    assert book.sheetnames == ["Pipeline", "Pipeline 2", "Pipeline 3", "Definitions"]
    numbers = [sheet["B2"].value for sheet in book.worksheets[:3]]
    assert numbers == [0, 2, 4]


@pytest.mark.parametrize(
    "text",
    [
        "a & b <c> ]]>",
        "  led in",
        "two\nlines",
        "tab\there",
        "\x00\x1b",
        "_x0041_",
        "\r",
        "łukasz 🙂",
        "x" * 40_000,
    ],
)
def test_any_text_comes_back_from_a_workbook(text):
    (cell,) = [row[0] for row in sheet_of(report((text, 1, None, None)))["Pipeline"].iter_rows(min_row=2)]
    assert openpyxl.utils.escape.unescape(cell.value) == text[: xlsx.MOST_CHARACTERS]


def test_half_a_letter_does_not_spoil_a_workbook():
    (cell,) = [
        row[0] for row in sheet_of(report(("a\ud800", 1, None, None)))["Pipeline"].iter_rows(min_row=2)
    ]
    assert cell.value == "a\ufffd"


def test_a_text_stays_a_text_once_somebody_has_edited_its_cell():
    formula, other = sheet_of(report((" =1+1", 1, None, None), ("Amina", 1, None, None)))["Pipeline"]["A"][1:]
    assert (formula.data_type, formula.quotePrefix) == ("s", True)
    assert (other.data_type, other.quotePrefix) == ("s", False)


def test_a_workbook_is_sent_while_its_rows_come():
    taken = []

    def rows():
        for place in range(10_000):
            taken.append(place)
            yield {"number": place}

    given = report(columns=COLUMNS[1:2])
    blocks = xlsx.xlsx_of(
        Report(**{name: getattr(given, name) for name in given.__slots__} | {"rows": rows()})
    )
    next(blocks)
    assert len(taken) < 4_000


def test_a_sheet_ends_for_its_size_too(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_BYTES", 1)
    monkeypatch.setattr(xlsx, "BATCH", 2)
    book = sheet_of(report(*[("a", place, None, None) for place in range(3)]))
    assert book.sheetnames == ["Pipeline", "Pipeline 2", "Definitions"]


def test_the_same_rows_give_the_same_workbook():
    first, second = (b"".join(xlsx.xlsx_of(report(("a", 1, 0.5, AT)))) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ")]
)
def test_columns_have_letters(place, name):
    assert letters(place) == name


def test_text_is_for_reading():
    shown = text_of(report(("Amina\x1b[2J", 12, None, AT))).splitlines()
    assert shown[0].startswith("Pipeline. All. As of 2026-07-01T09:30:00+01:00, Europe/London.")
    assert "Amina�[2J" in shown[3]
    assert "—" in shown[3]
    assert shown[-1] == "Holds: It adds up."


def test_yes_and_no_are_typed_in_workbooks_and_words_elsewhere():
    given = report((True,), (False,), columns=(Column("flagged", "Flagged", CellKind.TEXT),))
    cells = [row[0] for row in sheet_of(given).worksheets[0].iter_rows(min_row=2, values_only=True)]
    assert [cell is True for cell in cells] == [True, False]
    assert [cell is False for cell in cells] == [False, True]
    assert csv_rows(given)[1:] == [["true"], ["false"]]
    assert [row["flagged"] for row in json.loads(b"".join(json_of(given)))["rows"]] == [True, False]
    assert "yes" in text_of(given)
