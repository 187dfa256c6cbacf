"""A desk as a workbook: events, claims, accounts and a codebook that says what each column holds."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable
from typing import Any, BinaryIO

from dateline.exporting.desk.holdings import Release
from dateline.exporting.desk.tables import TABLES, Cell
from dateline.exporting.table import cell as text_cell
from dateline.records import UsageError

SHEETS = ("events", "claims", "accounts", "control")
MOST_CHARACTERS = 32_767  # of a cell, the limit of the format
MOST_ROWS = 1_048_576
# A zip file cannot say "no date"; this is the earliest that it can.
NO_DATE = (1980, 1, 1, 0, 0, 0)
_MADE = dt.datetime(1980, 1, 1)
_WIDE = 60


def write_xlsx(release: Release, stream: BinaryIO) -> None:
    """Write a workbook: no formulas, no links, no moment of writing, so that the same desk gives the same bytes.

    Text that a spreadsheet would run is written as text with a "'" in front, as in the CSV. A cell longer than the
    format allows ends in "…". Raises UsageError where openpyxl is missing or a table has too many rows.
    """
    try:
        from openpyxl import Workbook
    except ImportError:
        raise UsageError('XLSX needs openpyxl; install it with pip install "dateline[tables]"') from None
    book = Workbook(write_only=True)
    book.properties.creator = "Dateline"
    book.properties.title = release.name
    book.properties.created = book.properties.modified = _MADE
    tables = [TABLES[name](release) for name in SHEETS]
    for table in tables:
        if len(table.rows) >= MOST_ROWS:
            raise UsageError(f"{table.name}: {len(table.rows):,} rows are too many for XLSX; export parquet instead")
        _fill(book.create_sheet(table.name), [column.name for column in table.columns], map(_cells, table.rows))
    about = [[t.name, c.name, c.type, c.gloss, c.filled, c.hxl] for t in tables for c in t.columns]
    made = [["made by", name, "", value, "", ""] for name, value in release.made_by.items()]
    _fill(book.create_sheet("codebook"), ["sheet", "column", "type", "what it holds", "from", "HXL"], [*about, *made])
    unfixed = io.BytesIO()
    book.save(unfixed)
    undated(unfixed, stream)


def undated(archive: BinaryIO, stream: BinaryIO) -> None:
    """Write the zip file `archive` again without dates and without the moment of its last change."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _without_modified(data)
            put(new, name, data)


def put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Add a file to a zip file without a date, with fixed rights."""
    entry = zipfile.ZipInfo(name, NO_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)


def _without_modified(data: bytes) -> bytes:
    import re

    date = _MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return re.sub(rb"(<dcterms:(modified|created)[^>]*>)[^<]*(</)", rb"\g<1>" + date + rb"\g<3>", data)


def _fill(sheet: Any, head: list[str], rows: Iterable[list[Any]]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    sheet.freeze_panes = "B2"
    bold = []
    for number, name in enumerate(head):
        cell = WriteOnlyCell(sheet, name)
        cell.font = Font(bold=True)
        bold.append(cell)
        sheet.column_dimensions[_letter(number)].width = min(_WIDE, max(10, len(name) + 2))
    sheet.append(bold)
    for row in rows:
        sheet.append(row)


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number + 1))


def _cells(row: tuple[Cell, ...]) -> list[Any]:
    return [_cell(cell) for cell in row]


def _cell(cell: Cell) -> Any:
    if cell is None or isinstance(cell, (bool, int, float)):
        return cell
    text = text_cell(list(cell) if isinstance(cell, tuple) else cell)
    text = "".join(char for char in text if char in "\t\n" or char >= " ")
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…"
