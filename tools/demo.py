"""Show what Dateline does: one example report as a sheet, then a desk of many reports and who held which capital.

python -m tools.demo

The desk is made anew in build/afghanistan-2021.desk, and stays there to be asked.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

import dateline
from benchmarks.examples import examples
from dateline.cli.stopping import columns
from dateline.desk import Desk, Step, open_desk
from dateline.exporting.sheet import sheet
from dateline.exporting.situation import picture
from dateline.exporting.wording import Look

ROOT = Path(__file__).resolve().parent.parent
OPEN = ROOT / "examples" / "open"
SAMPLE = ROOT / "examples" / "afghanistan-2021"
DESK = ROOT / "build" / "afghanistan-2021.desk"
SHOWN = "el-fasher-shelter"
FIRST, LAST = "2021-08-04", "2021-08-16"
NEXT = (
    ("dateline claims {desk} {event}", "a disputed event, its accounts side by side"),
    ("dateline events {desk} --standing disputed", "all that is disputed"),
    ("dateline control {desk} Kunduz", "who held one place, and by whose word"),
    ("dateline control {desk} --on 2021-08-10 --as-of 2021-08-10", "what the desk would have said that day"),
    ("dateline export {desk} events-csv", "the record as a file; without a format it lists them all"),
    ("dateline code YOUR-FILES --json", "your own reports, as data"),
)
READ = "README.md, docs/guide.md, docs/codebook.md, examples/afghanistan-2021/README.md"


def show_report(out: Console) -> None:
    """Code one example report and print its sheet."""
    (example,) = (one for one in examples([OPEN]) if one.path.stem == SHOWN)
    coded = dateline.code(example.path.relative_to(ROOT), **example.heading.given)
    out.rule("One report, coded", style="dim")
    sys.stdout.write(sheet(coded.out(), Look(width=out.width, colour=out.is_terminal)))
    sys.stdout.flush()


def make_desk(progress: Progress) -> Desk:
    """Make the desk of the sample reports anew: take them in, code them, bring their claims together."""
    DESK.parent.mkdir(exist_ok=True)
    for left in DESK.parent.glob(f"{DESK.name}*"):
        left.unlink()
    desk = open_desk(DESK, create=True)
    for name, work in (("Taking in the reports", _adding), ("Coding them", _coding)):
        task = progress.add_task(name, total=None)

        def tell(step: Step, task: object = task) -> None:
            if step.total:
                progress.update(task, total=step.total)  # type: ignore[arg-type]
            progress.advance(task, step.length)  # type: ignore[arg-type]

        work(desk, tell)
        progress.update(task, total=1, completed=1)
    desk.reconcile()
    return desk


def _adding(desk: Desk, tell: Callable[[Step], None]) -> None:
    desk.add(SAMPLE.relative_to(ROOT) / "reports", known="published", progress=tell)


def _coding(desk: Desk, tell: Callable[[Step], None]) -> None:
    desk.code(progress=tell)


def show_desk(desk: Desk, out: Console, took: float) -> None:
    """Print how much is in the desk, who held the capitals day by day, and where to look next."""
    counts = desk.status().counts
    disputed = counts.standings.get("disputed", 0)
    out.print()
    out.rule("Many reports, one record: Afghanistan, July and August 2021", style="dim")
    out.print(
        f"{counts.reports} reports ({counts.copies} of them copies of a wire dispatch), {counts.claims:,} claims,"
        f" {counts.events} events, {disputed} of them disputed. Made in {took:.0f} s, loading included."
    )
    out.print("Written for this project from public facts; see examples/afghanistan-2021/README.md.\n")
    out.print("Who held the provincial capitals, by these reports:\n")
    out.print(picture(desk.control(capitals=True, country="AF"), FIRST, LAST), soft_wrap=True)
    most = max(desk.events(standing="disputed"), key=lambda event: (len(event.sources), event.id))
    out.print("\nGo on with:")
    where = DESK.relative_to(ROOT)
    commands = [(f".venv/bin/{command.format(desk=where, event=most.id[:8])}", why) for command, why in NEXT]
    width = max(len(command) for command, _ in commands)
    for command, why in commands:
        out.print(f"  {command:{width}}  {why}", markup=False, soft_wrap=True)
    out.print(f"Read: {READ}", markup=False, soft_wrap=True)


def main() -> int:
    """Run the demonstration."""
    out, side = Console(highlight=False, width=columns()), Console(stderr=True)
    began = time.perf_counter()
    show_report(out)
    parts = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*parts, console=side, transient=True, disable=not side.is_terminal) as progress:
        desk = make_desk(progress)
    with desk:
        show_desk(desk, out, time.perf_counter() - began)
    return 0


if __name__ == "__main__":
    sys.exit(main())
