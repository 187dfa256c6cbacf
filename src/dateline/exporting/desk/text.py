"""Tables as text: CSV (RFC 4180, UTF-8), CSV with HXL tags, tab-separated files; events and claims as JSON Lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

import msgspec

from dateline.exporting.desk.holdings import Release
from dateline.exporting.desk.tables import Cell, Table
from dateline.exporting.table import cell as text_cell


def write_csv(table: Table, stream: BinaryIO, hxl: bool = False) -> None:
    """Write a table as CSV with its header; with `hxl`, the tags stand in the second row.

    A cell of text that a spreadsheet would run is given a "'" in front.
    """
    head = [[column.name for column in table.columns]]
    if hxl:
        head.append([column.hxl for column in table.columns])
    _write(stream, [*head, *(list(map(_text, row)) for row in table.rows)], ",", "\r\n")


def write_tsv(table: Table, stream: BinaryIO, header: bool = True, missing: str = "") -> None:
    """Write a table with tabs between cells; breaks and tabs in a cell become blanks. `missing` is an empty cell."""
    head = [[column.name for column in table.columns]] if header else []
    rows = ([_flat(_text(cell)) or missing for cell in row] for row in table.rows)
    _write(stream, [*head, *rows], "\t", "\n")


def write_events(release: Release, stream: BinaryIO) -> None:
    """Write one event a line with its fields, accounts and voices, as the records have them."""
    for event in release.events:
        stream.write(msgspec.json.encode(event) + b"\n")


def write_claims(release: Release, stream: BinaryIO) -> None:
    """Write one claim a line: the claim as in `code --json`, with its report, its event and what the desk knows."""
    for one in release.claims:
        about = {
            "report": one.report, "order": one.order, "outlet": one.outlet, "agency": one.agency,
            "published": one.published, "known": one.known, "original": one.original,
            "event": release.event_of.get(one.claim.id), "words": one.words,
        }  # fmt: skip
        stream.write(msgspec.json.encode({**about, "claim": release.claim_out(one)}) + b"\n")


def _write(stream: BinaryIO, rows: Iterable[list[str]], delimiter: str, end: str) -> None:
    out = io.TextIOWrapper(stream, "utf-8", newline="", write_through=True)
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    out.detach()


def _text(cell: Cell) -> str:
    return text_cell(list(cell) if isinstance(cell, tuple) else cell)


def _flat(text: str) -> str:
    return " ".join(text.replace('"', "'").split()) if any(char in text for char in '\t\r\n"') else text
