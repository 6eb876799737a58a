"""What stands around the rows of a workbook: its parts, its styles and how they lead to each other.

Source: ECMA-376, part 1, SpreadsheetML.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from tracker.domain.reports import CellKind

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_FORMATS = {
    CellKind.COUNT: "#,##0",
    CellKind.SHARE: "0.0%",
    CellKind.DAYS: "0.0",
    CellKind.INSTANT: "yyyy-mm-dd hh:mm:ss",
}
_FIRST_OWN = 164
"""The first number of a format that is not one of the program's own."""
BOLD, QUOTED = ' s="1"', f' s="{len(_FORMATS) + 2}"'
"""The styles of headers, and of texts that a program might take for formulas."""
STYLES = {kind: f' s="{place}"' for place, kind in enumerate(_FORMATS, start=2)}
"""The style of numbers by the kind of their column."""


@dataclass(slots=True)
class Sheet:
    """A sheet of a workbook: its name, how many columns it has, and how many rows below its header so far."""

    title: str
    columns: int
    rows: int = 0

    @property
    def area(self) -> tuple[str, str]:
        """The first and the last cell with its header: letters and line."""
        return "A1", f"{letters(self.columns - 1)}{self.rows + 1}"


def letters(place: int) -> str:
    """The name of a column, counted from 0: A to Z, then AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def sheet_head(widths: Sequence[int], *, is_first: bool, is_frozen: bool) -> str:
    """What stands before the rows of a sheet: the first is the one that is open."""
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' if is_frozen else ""
    chosen = ' tabSelected="1"' if is_first else ""
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(widths, start=1)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews>'
        f'<sheetView{chosen} workbookViewId="0">{pane}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>'
    )


def sheet_tail(sheet: Sheet) -> str:
    """What stands after the rows of a sheet with a header: its filters."""
    return f'</sheetData><autoFilter ref="{":".join(sheet.area)}"/></worksheet>'


def workbook(sheets: Sequence[Sheet]) -> str:
    """The list of the sheets, of which all but the last have filters."""
    listed = "".join(
        f'<sheet name={quoteattr(sheet.title)} sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, start=1)
    )
    filters = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{place}" hidden="1">'
        f"{escape(_quoted(sheet))}</definedName>"
        for place, sheet in enumerate(sheets[:-1])
    )
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{listed}</sheets><definedNames>{filters}</definedNames></workbook>"
    )


def _quoted(sheet: Sheet) -> str:
    title = sheet.title.replace("'", "''")
    last = f"${letters(sheet.columns - 1)}${sheet.rows + 1}"
    return f"'{title}'!$A$1:{last}"


def relations_of_book(sheets: int) -> str:
    """Where the workbook finds its sheets and styles."""
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, sheets + 1)
    )
    styles = f'<Relationship Id="rId{sheets + 1}" Type="{_DOCUMENT}/styles" Target="styles.xml"/>'
    return f'{_XML}<Relationships xmlns="{_RELATIONS}">{listed}{styles}</Relationships>'


def content_types(sheets: int) -> str:
    """What each part of the zip is."""
    listed = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_KIND}.worksheet+xml"/>'
        for number in range(1, sheets + 1)
    )
    return (
        f'{_XML}<Types xmlns="{_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>{listed}</Types>'
    )


def _styles() -> str:
    formats = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{form}"/>'
        for number, form in enumerate(_FORMATS.values(), start=_FIRST_OWN)
    )
    numbers = "".join(
        f'<xf numFmtId="{_FIRST_OWN + place}" fontId="0" fillId="0" borderId="0" xfId="0"'
        ' applyNumberFormat="1"/>'
        for place in range(len(_FORMATS))
    )
    plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"'
    font = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
    sides = "<left/><right/><top/>"
    return (
        f'{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="{len(_FORMATS)}">{formats}</numFmts>'
        f'<fonts count="2"><font>{font}</font><font><b/>{font}</font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        f'<borders count="2"><border>{sides}<bottom/><diagonal/></border>'
        f'<border>{sides}<bottom style="thin"><color auto="1"/></bottom><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(_FORMATS) + 3}">{plain}/>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1"/>'
        f'{numbers}{plain} quotePrefix="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


PARTS = {
    "_rels/.rels": (
        f'{_XML}<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_DOCUMENT}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/styles.xml": _styles(),
}
"""The parts that are the same in every workbook."""
