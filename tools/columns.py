"""Write docs/exports-columns.md: every column of every table that a desk is exported to, and from what it is filled."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from dateline.knowledge.exports import columns, lists

PATH = Path(__file__).resolve().parent.parent / "docs" / "exports-columns.md"
HEAD = """# The columns of exports

Written by `make docs` from `src/dateline/knowledge/exports`. What the formats are for is told in
[exports](exports.md). A column of type list holds items joined by `;` (a list in Parquet). Where it says
"one of", a test holds every cell to that list.
"""
TABLES = {
    "events": "The desk's own: events",
    "claims": "The desk's own: claims",
    "accounts": "The desk's own: accounts",
    "control": "The desk's own: control",
    "reports": "The desk's own: reports",
    "acled": "ACLED's 31",
    "ged": "UCDP GED's 49",
    "polecat": "POLECAT's 40",
    "gdelt": "GDELT 2.0's 61",
}
_MOST = 12


def reference() -> str:
    """Return the whole page."""
    parts = [HEAD]
    for table, title in TABLES.items():
        made = columns(table)
        lines = [f"## {title}", "", "| column | type | what it holds | filled from | HXL |", "|---|---|---|---|---|"]
        for column in made:
            gloss = f"{column.gloss}{_one_of(column.allowed)}".replace("|", "\\|")
            lines.append(f"| {column.name} | {column.type} | {gloss} | {column.filled} | {column.hxl} |")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _one_of(allowed: str) -> str:
    values = lists()[allowed] if allowed else ()
    return f"; one of: {', '.join(values)}" if 0 < len(values) <= _MOST else f"; one of {len(values)}" if values else ""


def main(arguments: Sequence[str]) -> int:
    """Write the page, or compare it."""
    made = reference()
    if "--check" not in arguments:
        PATH.write_text(made, encoding="utf-8")
        return 0
    if PATH.is_file() and PATH.read_text(encoding="utf-8") == made:
        return 0
    print("docs/exports-columns.md is not what the tables say: run `make docs`", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
