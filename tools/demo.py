"""Code the example reports and show them: one as a sheet, all in a table, and where to look next.

python -m tools.demo
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

from rich import box
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

import dateline
from benchmarks.examples import Example, examples
from dateline.api import Coded
from dateline.cli.stopping import columns
from dateline.exporting.sheet import sheet
from dateline.exporting.wording import Look

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "examples" / "open"
SHOWN = "el-fasher-shelter"
UNCERTAIN = ("attempted", "planned", "possible", "hypothetical", "opinion")


def code_example(example: Example) -> Coded:
    """Code one example with what is known of it besides its text."""
    return dateline.code(example.path.relative_to(ROOT), **example.heading.given)


def overview(coded: list[Coded], width: int) -> Table:
    """Return a table of the reports, one a row, and their totals, for a terminal of `width` columns."""
    table = Table(
        title="All example reports",
        title_justify="left",
        show_footer=True,
        box=box.SIMPLE,
        padding=(0, 1, 0, 0),
    )
    names = ("claims", "sources", "denied", "not certain", "disputed", "day assumed")[: 6 if width >= 92 else 5]
    rows = {Path(one.report.path).stem: figures(one) for one in coded}
    total = Counter[str]()
    for row in rows.values():
        total.update(row)
    table.add_column("report", "total", no_wrap=True)
    for name in names:
        table.add_column(name.replace(" ", "\n"), str(total[name]), justify="right", no_wrap=True)
    table.add_column("other flags", overflow="fold", min_width=12)
    for one, (name, row) in zip(coded, rows.items(), strict=True):
        codes = ", ".join(dict.fromkeys(flag.code for flag in one.flags if flag.code != "assumed-date"))
        table.add_row(Text(name), *(str(row[column] or "-") for column in names), codes)
    return table


def figures(one: Coded) -> Counter[str]:
    """Count in one report what an analyst looks at first."""
    said = [claim.predication for claim in one.claims]
    return Counter(
        {
            "claims": len(said),
            "sources": len({claim.attribution.chain[0].name for claim in one.claims}),
            "denied": sum(one.polarity == "denied" for one in said),
            "not certain": sum(one.status in UNCERTAIN for one in said),
            "disputed": sum(bool(claim.disputes) for claim in one.claims),
            "day assumed": sum(
                claim.time is not None and claim.time.anchor.startswith("assumed") for claim in one.claims
            ),
            "flags": len(one.flags),
        }
    )


def main() -> int:
    """Run the demonstration."""
    out, progress = Console(highlight=False, width=columns()), Console(stderr=True)
    began = time.perf_counter()
    coded = [
        code_example(example)
        for example in track(examples([FOLDER]), "Coding the example reports", console=progress, transient=True)
    ]
    took = time.perf_counter() - began
    (shown,) = (one for one in coded if Path(one.report.path).stem == SHOWN)
    sys.stdout.write(sheet(shown.out(), Look(width=out.width, colour=out.is_terminal)))
    out.print()
    out.print(overview(coded, out.width))
    out.print(f"{len(coded)} reports, written for this project, coded in {took:.1f} s, loading included.\n")
    out.print("Go on with:")
    for line in (
        "  .venv/bin/dateline code examples/open/sanaa-swap.txt      another report as a sheet",
        "  .venv/bin/dateline explain examples/open/sanaa-swap.txt 1 why its first claim reads as it does",
        "  .venv/bin/dateline code YOUR-FILES --json > coded.jsonl   your own reports, as data",
        "  README.md, docs/guide.md, docs/codebook.md                what each value means",
    ):
        out.print(line, markup=False, soft_wrap=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
