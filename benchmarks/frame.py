"""What the benchmarks on public corpora share: the parts of a corpus, the table of scores, the browser of errors.

A module of a corpus makes a `Benchmark`: which files of a folder of corpora are its own, how they are
measured, and what went wrong in the part that may be looked at. `main` is its command line:

    python -m benchmarks.NAME [--corpora FOLDER] [--part score|look|all] [--json]
    python -m benchmarks.NAME --errors [--kind KIND] [--limit N]

Every corpus has a part to look at (70%, by a hash of the name of a text) and a part that is only ever
scored (30%), except where the corpus has such parts of its own; `--part all` takes whatever lies in the
folder, which is how another part of a corpus is measured.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from dateline.corpora import Part, hash_of

OURS = "dateline"


class Score(msgspec.Struct, frozen=True):
    """A figure: `value` of `measure` for `system`; `count` is the number of items that it rests on."""

    measure: str
    system: str
    value: float
    count: int = 0


class Case(msgspec.Struct, frozen=True):
    """An error: in which text, of what kind, the words around it, the gold value and ours."""

    text: str
    kind: str
    words: str
    gold: str
    ours: str


class Benchmark(msgspec.Struct, frozen=True):
    """A corpus and how it is measured.

    `files` finds the corpus's files under a folder of corpora; `measure` scores a part of them, every
    system (ours, the baselines, what was published) with its own `Score`s, and prints progress to standard
    error at most; `errors` goes through the part to look at. `lower` names measures where less is better.
    """

    name: str
    about: str
    files: Callable[[Path], list[Path]]
    measure: Callable[[list[Path], Part], Iterable[Score]]
    errors: Callable[[list[Path]], Iterator[Case]]
    lower: tuple[str, ...] = ()


class Outcome(msgspec.Struct, frozen=True):
    """What a run of a benchmark gave."""

    corpus: str
    about: str
    part: str
    sha256: str
    seconds: float
    scores: tuple[Score, ...]
    lower: tuple[str, ...] = ()


def ran(benchmark: Benchmark, files: list[Path], part: Part) -> Outcome:
    """Run a benchmark."""
    begun = time.perf_counter()
    scores = tuple(benchmark.measure(files, part))
    seconds = round(time.perf_counter() - begun, 1)
    return Outcome(benchmark.name, benchmark.about, part, hash_of(files), seconds, scores, benchmark.lower)


def grid(outcome: Outcome) -> tuple[list[str], list[list[str]]]:
    """Return the systems and, for each measure, its row: name, number of items, a figure a system."""
    systems = list(dict.fromkeys(score.system for score in outcome.scores))
    held = {(score.measure, score.system): score for score in outcome.scores}
    rows = []
    for measure in dict.fromkeys(score.measure for score in outcome.scores):
        count = max(score.count for score in outcome.scores if score.measure == measure)
        cells = [held.get((measure, system)) for system in systems]
        name = f"{measure} (less is better)" if measure in outcome.lower else measure
        rows.append([name, str(count or ""), *(f"{cell.value:.3f}" if cell else "" for cell in cells)])
    return systems, rows


def show(outcome: Outcome) -> None:
    """Print an outcome as a table."""
    systems, rows = grid(outcome)
    table = Table(title=f"{outcome.corpus}, part {outcome.part}: {outcome.about}", title_justify="left")
    table.add_column("measure")
    for name in ("items", *systems):
        table.add_column(name, justify="right")
    for row in rows:
        table.add_row(*row)
    width = None if sys.stdout.isatty() else 160
    Console(width=width, soft_wrap=False).print(table)
    print(f"corpus {outcome.sha256}, {outcome.seconds:.0f} s")


def show_cases(cases: Iterable[Case], kind: str, limit: int) -> None:
    """Print errors, each with its words."""
    wanted = (case for case in cases if kind in case.kind)
    for case in islice(wanted, limit):
        print(f"{case.text}  [{case.kind}]\n   gold {case.gold}\n   ours {case.ours}")
        print(f"   … {' '.join(case.words.split())} …\n")


def main(benchmark: Benchmark, arguments: Sequence[str] | None = None) -> int:
    """Run one benchmark from the command line; return the exit status."""
    options = argparse.ArgumentParser(prog=f"benchmarks.{benchmark.name}", description=benchmark.about)
    options.add_argument("--corpora", type=Path, default=os.environ.get("DATELINE_CORPORA"))
    options.add_argument("--part", choices=("score", "look", "all"), default="score")
    options.add_argument("--json", action="store_true", help="print the outcome as one JSON object")
    options.add_argument("--errors", action="store_true", help="print what is wrong in the part to look at")
    options.add_argument("--kind", default="", help="only errors of this kind")
    options.add_argument("--limit", type=int, default=40, help="at most so many errors")
    given = options.parse_args(arguments)
    files = benchmark.files(Path(given.corpora)) if given.corpora else []
    if not files:
        print(f"{benchmark.name}: absent, skipped (give --corpora or set DATELINE_CORPORA)", file=sys.stderr)
        return 0
    if given.errors:
        show_cases(benchmark.errors(files), given.kind, given.limit)
        return 0
    outcome = ran(benchmark, files, given.part)
    if given.json:
        print(msgspec.json.encode(outcome).decode())
    else:
        show(outcome)
    return 0
