"""Times on WikiWars (TIMEX2) or a folder of TimeML: extents and values, beside a baseline of full dates.

    python benchmarks/wikiwars.py [--corpora FOLDER] [--part held|rest|all] [--errors N]

WikiWars 1.0.4 (Mazur and Dale, CC BY-SA 3.0) is read from FOLDER/wikiwars, TimeML from FOLDER/timeml. Strict:
same extent. Relaxed: the extents overlap, one to one. Value: relaxed and the same TIMEX2 value, where the
corpus gives one. About a third of the files, chosen by a hash of their names, is scored only ("held"); the
errors of the others may be looked at.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import html
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from dateline.dating.context import Anchor, Style
from dateline.dating.tagger import TimeTagger
from dateline.dating.tokens import tokenise


class Timex(NamedTuple):
    """A time expression of the corpus or of ours."""

    start: int
    end: int
    value: str


class Text(NamedTuple):
    """One text of the corpus with its outermost time expressions."""

    name: str
    text: str
    gold: list[Timex]
    day: dt.date | None
    style: Style


def held_out(name: str) -> bool:
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 10 < 3


def read(path: Path) -> Text:
    raw = path.read_text("utf-8", errors="replace")
    timeml = path.suffix == ".tml"
    tag = "TIMEX3" if timeml else "TIMEX2"
    found = re.search(rf'<{tag}[^>]*(?:CREATION_TIME"[^>]*|)\bval(?:ue)?="(\d{{4}}-\d\d-\d\d)', raw)
    day = dt.date.fromisoformat(found[1]) if found else None
    body = re.search(r"<TEXT>(.*)</TEXT>", raw, re.DOTALL)
    text = ""
    gold: list[Timex] = []
    opened: list[tuple[int, str]] = []
    position = 0
    content = body[1] if body else raw
    for match in re.finditer(r"<(/?)(\w+)([^>]*?)(/?)>", content):
        text += html.unescape(content[position : match.start()])
        position = match.end()
        if match[2] != tag or match[4]:
            continue
        if match[1]:
            start, value = opened.pop()
            if not opened:
                gold.append(Timex(start, len(text), value))
        else:
            given = re.search(r'\bval(?:ue)?="([^"]*)"', match[3], re.IGNORECASE)
            opened.append((len(text), given[1] if given else ""))
    text += html.unescape(content[position:])
    return Text(path.name, text, gold, day, "news" if timeml else "history")


def ours(sample: Text) -> list[Timex]:
    tokens = tokenise(sample.text)
    found = TimeTagger(sample.style).find(tokens, Anchor(sample.day, "published"))
    return [Timex(tokens.starts[f.first], tokens.ends[f.last - 1], f.moment.value) for f in found]


_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_FULL = re.compile(
    rf"(?P<d>\d{{1,2}}) (?P<m>{_MONTHS}),? (?P<y>\d{{4}})"
    rf"|(?P<m2>{_MONTHS}) (?P<d2>\d{{1,2}}), (?P<y2>\d{{4}})"
    rf"|(?P<m3>{_MONTHS}) (?P<y3>\d{{4}})|\b(?P<y4>1[4-9]\d\d|20\d\d)\b"
)


def baseline(sample: Text) -> list[Timex]:
    made = []
    for match in _FULL.finditer(sample.text):
        year = match["y"] or match["y2"] or match["y3"] or match["y4"]
        month = match["m"] or match["m2"] or match["m3"]
        day = match["d"] or match["d2"]
        value = year + (f"-{_MONTHS.split('|').index(month) + 1:02d}" if month else "")
        made.append(Timex(match.start(), match.end(), value + (f"-{int(day):02d}" if day else "")))
    return made


def pair(gold: list[Timex], found: list[Timex]) -> list[tuple[Timex, Timex]]:
    """Return the pairs that overlap, each expression once, in order of the text."""
    pairs, taken = [], set()
    for want in gold:
        for index, got in enumerate(found):
            if index not in taken and got.start < want.end and want.start < got.end:
                taken.add(index)
                pairs.append((want, got))
                break
    return pairs


def f1(hits: int, gold: int, found: int) -> float:
    return 2 * hits / (gold + found) if gold + found else 0.0


def score(samples: list[Text], read_times: Callable[[Text], list[Timex]], errors: int) -> tuple[float, float, float]:
    strict = relaxed = value = gold = found = 0
    for sample in samples:
        got = read_times(sample)
        pairs = pair(sample.gold, got)
        gold, found, relaxed = gold + len(sample.gold), found + len(got), relaxed + len(pairs)
        strict += sum(w[:2] == g[:2] for w, g in pairs)
        value += sum(w.value == g.value for w, g in pairs)
        if errors:
            _show(sample, got, pairs)
    return f1(strict, gold, found), f1(relaxed, gold, found), f1(value, gold, found)


def _show(sample: Text, got: list[Timex], pairs: list[tuple[Timex, Timex]]) -> None:
    text = sample.text
    wanted, used = {w for w, _ in pairs}, {g for _, g in pairs}
    rows: list[tuple[int, str, Timex | None, Timex | None]]
    rows = [(w.start, "MISSED", w, None) for w in sample.gold if w not in wanted]
    rows += [(g.start, "EXTRA", None, g) for g in got if g not in used]
    rows += [(w.start, "EXTENT", w, g) for w, g in pairs if w[:2] != g[:2]]
    rows += [(w.start, "VALUE", w, g) for w, g in pairs if w.value != g.value]
    for _, kind, want, mine in sorted(rows, key=lambda row: row[:2]):
        shown = want or mine
        if shown is None:
            continue
        around = text[max(0, shown.start - 30) : shown.end + 25].replace("\n", " ")
        left = f"{text[want.start : want.end]!r} {want.value}" if want else "-"
        right = f"{text[mine.start : mine.end]!r} {mine.value}" if mine else "-"
        print(f"{sample.name[:4]} {kind:7}{left} | {right} | …{around}…".replace("\n", " "), file=sys.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpora", default=os.environ.get("DATELINE_CORPORA", ""))
    parser.add_argument("--part", choices=["held", "rest", "all"], default="held")
    parser.add_argument("--errors", action="store_true", help="print the errors; only for --part rest")
    options = parser.parse_args()
    root = Path(options.corpora or "absent")
    files = sorted([*root.glob("wikiwars/*.key.xml"), *root.glob("timeml/**/*.tml")])
    if not files:
        print("wikiwars: corpus absent, skipped (give --corpora or set DATELINE_CORPORA)", file=sys.stderr)
        return 0
    if options.errors and options.part != "rest":
        parser.error("the held part is scored only: --errors needs --part rest")
    chosen = [path for path in files if options.part == "all" or held_out(path.name) == (options.part == "held")]
    samples = [read(path) for path in chosen]
    print(f"{len(samples)} texts ({options.part}), {sum(len(s.gold) for s in samples)} expressions")
    print(f"{'':28}strict  relaxed  value   (F1)")
    for name, reader in (("full dates by expression", baseline), ("dateline", ours)):
        strict, relaxed, value = score(samples, reader, options.errors and reader is ours)
        print(f"{name:28}{strict:.3f}   {relaxed:.3f}    {value:.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
