"""Score Dateline over the example reports.

python -m benchmarks.examples [FOLDER...] [--held-only] [--misses] [--look] [--json FILE] [--floor]
python -m benchmarks.examples --strip      write NAME.txt from every NAME.gold.txt

Reports in a folder named `held` are scored only: their misses are printed with --look and not otherwise.
"""

from __future__ import annotations

import argparse
import importlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.gold import CodedReport, Gold, GoldClaim, Range
from benchmarks.scoring import FIELDS, Score, score

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = tuple(ROOT / "examples" / name for name in ("open", "more", "fresh", "held"))
FLOORS = Path(__file__).with_name("floors.toml")
CUT = "\n---8<---\n"
_MARK = re.compile(r"⟦([a-z0-9-]+)\||⟧")


class Heading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the gold says of the report itself; `given` is what the program is told besides the text."""

    title: str
    outlet: str
    published: str
    note: str
    debris: list[str]
    flags: list[str]
    accept: list[str]
    agency: str = ""
    country: str = ""
    given: dict[str, str] = {}


class GoldFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The part of a gold file after the cut."""

    report: Heading
    claims: dict[str, GoldClaim]


class Example(msgspec.Struct, frozen=True):
    """An example report: its file, what the program is told of it, and its gold."""

    path: Path
    heading: Heading
    gold: Gold

    @property
    def held(self) -> bool:
        """Whether the report is held back: scored, never looked at."""
        return self.path.parent.name == "held"


def unmark(marked: str) -> tuple[str, dict[str, Range]]:
    """Return the text without ⟦id|...⟧ marks, and for every id the range of its words in that text.

    Raises ValueError where a mark is not closed, closed twice, or an id is used twice.
    """
    parts: list[str] = []
    ranges: dict[str, Range] = {}
    opened: list[tuple[str, int]] = []
    length = last = 0
    for mark in _MARK.finditer(marked):
        parts.append(marked[last : mark.start()])
        length += len(parts[-1])
        last = mark.end()
        if name := mark.group(1):
            opened.append((name, length))
            continue
        if not opened:
            raise ValueError(f"a mark is closed that was not opened, at character {mark.start()}")
        name, start = opened.pop()
        if name in ranges:
            raise ValueError(f"the id {name} marks two stretches")
        ranges[name] = (start, length)
    if opened:
        raise ValueError(f"the mark {opened[-1][0]} is not closed")
    return "".join([*parts, marked[last:]]), ranges


def load(path: Path) -> Example:
    """Read the gold file NAME.gold.txt.

    Raises ValueError where it is not well-formed.
    """
    marked, cut, table = path.read_text(encoding="utf-8").partition(CUT)
    if not cut:
        raise ValueError(f"{path}: no line ---8<---")
    text, ranges = unmark(marked)
    try:
        parsed = msgspec.convert(tomllib.loads(table), GoldFile)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ValueError(f"{path}: {error}") from error
    if ranges.keys() != parsed.claims.keys():
        raise ValueError(f"{path}: only in one part: {sorted(ranges.keys() ^ parsed.claims.keys())}")
    head = parsed.report
    gold = Gold(
        text=text + "\n",
        claims=parsed.claims,
        evidence=ranges,
        accept=tuple(head.accept),
        debris=tuple(head.debris),
        flags=tuple(head.flags),
    )
    return Example(path.with_name(path.name.replace(".gold.txt", ".txt")), head, gold)


def examples(folders: Iterable[Path]) -> list[Example]:
    """Read all gold files of `folders`, in the order of their names."""
    return [load(path) for folder in folders for path in sorted(folder.glob("*.gold.txt"))]


def strip(folders: Iterable[Path]) -> int:
    """Write NAME.txt from every NAME.gold.txt; return how many."""
    found = examples(folders)
    for example in found:
        example.path.write_text(example.gold.text, encoding="utf-8")
    return len(found)


def _plain(coded: Any) -> Any:
    """Return what `dateline.code` returned in the shape of its JSON."""
    if isinstance(coded, list | tuple):
        (coded,) = coded
    for name in ("as_json", "to_json", "json"):
        if hasattr(coded, name):
            value = getattr(coded, name)
            coded = value() if callable(value) else value
            break
    return msgspec.json.decode(coded) if isinstance(coded, str | bytes) else msgspec.to_builtins(coded)


def code(example: Example) -> CodedReport:
    """Code the report of `example` with Dateline, by its Python door or else by its command line."""
    # What the text does not say, the user would: the outlet that it came from.
    outlet = {} if example.heading.outlet in example.gold.text else {"outlet": example.heading.outlet}
    given = outlet | example.heading.given
    door = getattr(importlib.import_module("dateline"), "code", None)
    if door is not None:
        return msgspec.convert(_plain(door(str(example.path), **given)), CodedReport, strict=False)
    options = [word for key, value in given.items() for word in (f"--{key}", value)]
    command = [sys.executable, "-m", "dateline", "code", str(example.path), "--json", *options]
    done = subprocess.run(command, capture_output=True, check=True)
    return msgspec.json.decode(done.stdout.splitlines()[0], type=CodedReport, strict=False)


def summary(total: Score) -> dict[str, float]:
    """Return the figures of `total` by name."""
    figures = {"claim_recall": total.recall, "precision": total.precision}
    figures |= {field: rate for field in FIELDS if (rate := total.rate(field)) is not None}
    figures["flags"] = total.flags_found / total.flags_wanted if total.flags_wanted else 1.0
    figures["overall"] = total.overall
    figures["false_codings"] = len(total.false_codings)
    figures["bad_spans"] = total.bad_spans
    return figures


def below(figures: dict[str, float], floors: dict[str, float]) -> list[str]:
    """Return what breaks a floor; for false codings and bad spans the figure is a ceiling."""
    ceilings = ("false_codings", "bad_spans")
    return [
        f"{name} is {figures.get(name, 0.0):.3f}, the floor is {floor:.3f}"
        for name, floor in floors.items()
        if (figures.get(name, 0.0) > floor if name in ceilings else figures.get(name, 0.0) < floor)
    ]


def _row(name: str, result: Score) -> str:
    claims = f"{result.found:4}/{result.wanted:<4} {result.recall:5.2f}"
    right = f"{result.right:4}/{result.judged:<4} {result.precision:5.2f}"
    wrong = f"{len(result.false_codings):5} {result.bad_spans:5}"
    return f"{name:34} {claims}  {right}  {result.overall:7.3f}  {wrong}"


def _report(parts: dict[str, Score], results: Sequence[tuple[Example, Score]]) -> None:
    print(f"{'report':34} {'claims':>9} {'rec.':>5}  {'right':>9} {'prec.':>5}  {'overall':>7}  false  bad")
    for example, result in results:
        print(_row(f"{example.path.parent.name}/{example.path.stem}", result))
    for name, total in parts.items():
        print(f"\n{_row(name, total)}")
        for field in FIELDS:
            rate = total.rate(field)
            if rate is not None:
                print(f"  {field:10} {total.hits[field]:4}/{total.asked[field]:<4} {rate:5.2f}")
        print(f"  {'flags':10} {total.flags_found:4}/{total.flags_wanted:<4}")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.examples", description="Score the example reports.")
    parser.add_argument("folders", nargs="*", type=Path, default=list(FOLDERS))
    parser.add_argument("--strip", action="store_true", help="write NAME.txt from every NAME.gold.txt")
    parser.add_argument("--held-only", action="store_true", help="only the folder of held reports")
    parser.add_argument("--misses", action="store_true", help="print what was missed in open reports")
    parser.add_argument("--look", action="store_true", help="with --misses: print those of held reports too")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--floor", action="store_true", help="fail where a figure is below its floor")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit status is 1 where --floor is asked for and a floor is broken."""
    options = _options(arguments)
    folders = [FOLDERS[-1]] if options.held_only else options.folders
    if options.strip:
        print(f"{strip(folders)} reports written")
        return 0
    results = [(example, score(code(example), example.gold)) for example in examples(folders)]
    parts: dict[str, Score] = {}
    for example, result in results:
        name = example.path.parent.name
        parts[name] = parts.get(name, Score()) + result
    _report(parts, results)
    for example, result in results:
        if options.misses and (options.look or not example.held):
            lines = [*result.misses, *result.false_codings]
            print(f"\n{example.path.stem}", *lines, sep="\n  ")
    figures = {name: summary(total) for name, total in parts.items()}
    if options.json:
        options.json.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=2) + b"\n")
    if not options.floor:
        return 0
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    broken = [f"{name}: {text}" for name in figures for text in below(figures[name], floors.get(name, {}))]
    print(*broken, sep="\n", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
