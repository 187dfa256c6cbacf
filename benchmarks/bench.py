"""Run every benchmark whose corpus is present, say which are absent, and write a Markdown and a JSON report.

    python -m benchmarks.bench [--corpora FOLDER] [--out FOLDER] [--only NAME ...] [--part score|look|all]
                               [--into docs/accuracy.md]
    python -m benchmarks.bench --errors NAME [--kind KIND] [--limit N]

The reports are OUT/accuracy.md and OUT/accuracy.json, by default in build/bench. --into puts the tables into a
document, each between its two comments `<!-- measured: NAME -->` and `<!-- end -->`; the rest of it stays.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

import dateline
from benchmarks.frame import Benchmark, Outcome, grid, ran, show, show_cases

MODULES = (
    "muc4",
    "fakes",
    "linking",
    "cameo_ner",
    "cameo_class",
    "polnear",
    "wikiwars",
    "geo",
    "factuality",
    "peaceful",
)
OUT = Path(__file__).resolve().parent.parent / "build" / "bench"


def benchmark(name: str) -> Benchmark:
    """Return the benchmark of that name."""
    found: Benchmark = importlib.import_module(f"benchmarks.{name}").BENCHMARK
    return found


def table(outcome: Outcome) -> list[str]:
    """Return the lines of a table in Markdown."""
    systems, rows = grid(outcome)
    head = "| " + " | ".join(("measure", "items", *systems)) + " |"
    return [head, "|---|" + "---:|" * (len(systems) + 1), *("| " + " | ".join(row) + " |" for row in rows)]


def put_into(document: Path, outcomes: Sequence[Outcome]) -> None:
    """Replace the tables in a document by those of this run; raises ValueError where a place is missing."""
    text = document.read_text("utf-8")
    for outcome in outcomes:
        begin, end = f"<!-- measured: {outcome.corpus} -->\n", "<!-- end -->"
        before, found, after = text.partition(begin)
        if not found or end not in after:
            raise ValueError(f"{document}: no place for {outcome.corpus}: {begin.strip()} … {end}")
        lines = [*table(outcome), "", f"Corpus {outcome.sha256}, part: {outcome.part}."]
        text = before + begin + "\n".join(lines) + "\n" + after[after.index(end) :]
    document.write_text(text, "utf-8")


def markdown(outcomes: Sequence[Outcome], absent: Sequence[str]) -> str:
    """Return the report: a table a corpus."""
    lines = [f"# Accuracy of Dateline {dateline.__version__} on public corpora", ""]
    if absent:
        lines += [f"Absent, not measured: {', '.join(absent)}.", ""]
    for outcome in outcomes:
        lines += [f"## {outcome.corpus}: {outcome.about}", ""]
        lines += [f"Part: {outcome.part}. Corpus {outcome.sha256}. {outcome.seconds:.0f} s.", ""]
        lines += [*table(outcome), ""]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for; return the exit status."""
    options = argparse.ArgumentParser(prog="benchmarks.bench", description="Measure the reading on public corpora.")
    options.add_argument("--corpora", type=Path, default=os.environ.get("DATELINE_CORPORA"))
    options.add_argument("--out", type=Path, default=OUT)
    options.add_argument("--into", type=Path, help="put the tables into this document")
    options.add_argument("--only", nargs="+", choices=MODULES, default=MODULES)
    options.add_argument("--part", choices=("score", "look", "all"), default="score")
    options.add_argument("--errors", choices=MODULES, metavar="NAME", help="go through the errors of a corpus instead")
    options.add_argument("--kind", default="", help="only errors of this kind")
    options.add_argument("--limit", type=int, default=40, help="at most so many errors")
    given = options.parse_args(arguments)
    if not given.corpora or not Path(given.corpora).is_dir():
        print("no corpora: give --corpora FOLDER or set DATELINE_CORPORA; nothing measured", file=sys.stderr)
        return 2 if given.errors else 0
    if given.errors:
        chosen = benchmark(given.errors)
        show_cases(chosen.errors(chosen.files(Path(given.corpora))), given.kind, given.limit)
        return 0
    outcomes, absent = [], []
    for name in given.only:
        chosen = benchmark(name)
        files = chosen.files(Path(given.corpora))
        if not files:
            print(f"{name}: absent, skipped", file=sys.stderr)
            absent.append(name)
            continue
        print(f"{name}: {len(files)} files …", file=sys.stderr, flush=True)
        outcomes.append(ran(chosen, files, given.part))
        show(outcomes[-1])
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "accuracy.md").write_text(markdown(outcomes, absent), "utf-8")
    (given.out / "accuracy.json").write_bytes(msgspec.json.format(msgspec.json.encode(outcomes)))
    if given.into:
        put_into(given.into, outcomes)
    print(f"wrote {given.out / 'accuracy.md'} and accuracy.json", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
