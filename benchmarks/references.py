"""Score what refers to what on hand-made cases, beside a naive baseline.

    python -m benchmarks.references [--misses]

The cases are in `tests/references.toml`. The baseline takes the nearest mention before that agrees in
number, and the nearest two for a pair; for whom nothing is meant it is right where it finds nothing.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from dateline.assembly import cleaning, load_resources, naming, parsing, referring
from dateline.records import Dossier, Mention, Parse, Reference, Report, Span

CASES = Path(__file__).resolve().parent.parent / "tests" / "references.toml"
PLURAL_WORDS = frozenset({"they", "them", "their", "themselves", "both"})


class Case(msgspec.Struct, frozen=True):
    """A text, what refers in it, and what is meant."""

    kind: str
    text: str
    pointing: Span
    meant: tuple[Span, ...]


def unmark(kind: str, source: str) -> Case:
    """Read a marked case. Raises ValueError where not exactly one stretch is in square brackets."""
    text, opened, pointing, meant = "", 0, [], []
    for piece in re.split(r"([\[\]{}])", source):
        if piece in ("[", "{"):
            opened = len(text)
        elif piece == "]":
            pointing.append(Span(opened, len(text)))
        elif piece == "}":
            meant.append(Span(opened, len(text)))
        else:
            text += piece
    if len(pointing) != 1:
        raise ValueError(f"one stretch must be in [ ]: {source}")
    return Case(kind, text, pointing[0], tuple(meant))


def cases() -> list[Case]:
    """Return all cases of the file."""
    found = tomllib.loads(CASES.read_text("utf-8"))["cases"]
    return [unmark(kind, source) for kind, sources in found.items() for source in sources]


def read(text: str) -> Dossier:
    """Return the dossier of a text up to what refers to what."""
    known = load_resources()
    dossier = Dossier(Report("case", text))
    for stage in (cleaning(known), parsing(known), naming(known), referring(known)):
        dossier = dossier.adding(stage(dossier))
    return dossier


def found_by_rules(case: Case, dossier: Dossier) -> list[Span]:
    """Return the antecedents that the stage gives to what refers in the case."""
    return [r.antecedent for r in dossier.all(Reference) if r.span.overlaps(case.pointing)]


def found_by_baseline(case: Case, dossier: Dossier) -> list[Span]:
    """Return the nearest mention before that agrees in number; the nearest two for a pair."""
    parse = dossier.only(Parse)
    before = [m for m in dossier.all(Mention) if m.span.end <= case.pointing.start and m.kind != "pronoun"]
    pointing = next((m for m in dossier.all(Mention) if m.span.overlaps(case.pointing)), None)
    if pointing is None:
        return []
    if case.kind == "pair":
        return [m.span for m in before[-2:]]
    plural = _plural(parse, pointing)
    return [m.span for m in [m for m in before if _plural(parse, m) == plural][-1:]]


def _plural(parse: Parse, mention: Mention) -> bool:
    tag, word = parse.tags[mention.head], parse.texts[mention.head].lower()
    return tag in ("NNS", "NNPS") or word in PLURAL_WORDS


def right(case: Case, found: list[Span]) -> bool:
    """Whether exactly what is meant was found; a mention is met where it holds the last word of the marks."""
    heads = [Span(max(m.start, case.text.rfind(" ", m.start, m.end) + 1), m.end) for m in case.meant]
    met = [any(one.overlaps(head) for one in found) for head in heads]
    stray = [one for one in found if not any(one.overlaps(head) for head in heads)]
    return all(met) and not stray


def scored() -> Iterator[tuple[Case, bool, bool, list[Span]]]:
    """Yield each case, whether the rules and the baseline are right, and what the rules found."""
    for case in cases():
        dossier = read(case.text)
        found = found_by_rules(case, dossier)
        yield case, right(case, found), right(case, found_by_baseline(case, dossier)), found


def main() -> int:
    """Print the accuracy by kind."""
    parser = argparse.ArgumentParser(description="What refers to what, on hand-made cases.")
    parser.add_argument("--misses", action="store_true", help="print what was missed")
    options = parser.parse_args()
    tally: dict[str, list[int]] = {}
    for case, good, nearest, found in scored():
        for name in (case.kind, "all"):
            row = tally.setdefault(name, [0, 0, 0])
            row[0] += 1
            row[1] += good
            row[2] += nearest
        if options.misses and not good:
            words = ", ".join(repr(span.of(case.text)) for span in found) or "nothing"
            print(f"{case.kind:11} {case.text}\n{'':11} {case.pointing.of(case.text)!r} -> {words}")
    print(f"{'kind':12}{'cases':>6}{'dateline':>10}{'nearest':>10}")
    tally["all"] = tally.pop("all")
    for name, (count, ours, plain) in tally.items():
        print(f"{name:12}{count:6}{ours / count:10.2f}{plain / count:10.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
