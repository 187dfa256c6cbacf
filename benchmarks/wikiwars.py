"""Times on WikiWars (TIMEX2) and TimeML (TIMEX3): extents and values.

Strict: the same extent. Relaxed: the extents overlap, one to one, in order of the text. Value: relaxed and
the same value. WikiWars 1.0.4 is of Mazur and Dale (CC BY-SA 3.0). The parts are those of every corpus here:
6 of its 16 histories are only ever scored.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.frame import OURS, Benchmark, Case, Score, main
from dateline.corpora import Part, taken
from dateline.corpora.timex import TimedText, Timex, files, read
from dateline.dating.context import Anchor
from dateline.dating.tagger import TimeTagger
from dateline.dating.tokens import tokenise

BASELINE = "full dates by expression"
PUBLISHED = (
    Score("strict F1", "published: SynTime", 0.815),
    Score("relaxed F1", "published: SynTime", 0.936),
    Score("value F1", "published: HeidelTime on TempEval-3", 0.776),
)


def ours(sample: TimedText) -> list[Timex]:
    """Return what the tagger of the pipeline finds in a text."""
    tokens = tokenise(sample.text)
    found = TimeTagger("news" if sample.timeml else "history").find(tokens, Anchor(sample.day, "published"))
    return [Timex(tokens.starts[f.first], tokens.ends[f.last - 1], f.moment.value) for f in found]


_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_FULL = re.compile(
    rf"(?P<d>\d{{1,2}}) (?P<m>{_MONTHS}),? (?P<y>\d{{4}})"
    rf"|(?P<m2>{_MONTHS}) (?P<d2>\d{{1,2}}), (?P<y2>\d{{4}})"
    rf"|(?P<m3>{_MONTHS}) (?P<y3>\d{{4}})|\b(?P<y4>1[4-9]\d\d|20\d\d)\b"
)


def baseline(sample: TimedText) -> list[Timex]:
    """Return what is written out as a day, a month with its year, or a year."""
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
    """Return the harmonic mean of precision and recall."""
    return 2 * hits / (gold + found) if gold + found else 0.0


def score(samples: list[TimedText], read_times: Callable[[TimedText], list[Timex]], system: str) -> Iterator[Score]:
    """Yield strict, relaxed and value F1 of a system."""
    strict = relaxed = value = gold = found = 0
    for sample in samples:
        got = read_times(sample)
        pairs = pair(sample.gold, got)
        gold, found, relaxed = gold + len(sample.gold), found + len(got), relaxed + len(pairs)
        strict += sum(w[:2] == g[:2] for w, g in pairs)
        value += sum(w.value == g.value for w, g in pairs)
    for name, hits in (("strict", strict), ("relaxed", relaxed), ("value", value)):
        yield Score(f"{name} F1", system, f1(hits, gold, found), gold)


def measure(paths: list[Path], part: Part) -> Iterator[Score]:
    """Yield the scores of ours and of the baseline, and what was published."""
    samples = [read(path) for path in paths if taken(path.name, part)]
    for system, reader in ((OURS, ours), (BASELINE, baseline)):
        yield from score(samples, reader, system)
    yield from PUBLISHED


def errors(paths: list[Path]) -> Iterator[Case]:
    """Yield what is missed, found beside, or has another extent or value, in the part to look at."""
    for sample in (read(path) for path in paths if taken(path.name, "look")):
        got = ours(sample)
        pairs = pair(sample.gold, got)
        wanted, used = {w for w, _ in pairs}, {g for _, g in pairs}
        rows: list[tuple[int, str, Timex | None, Timex | None]]
        rows = [(w.start, "missed", w, None) for w in sample.gold if w not in wanted]
        rows += [(g.start, "extra", None, g) for g in got if g not in used]
        rows += [(w.start, "extent", w, g) for w, g in pairs if w[:2] != g[:2]]
        rows += [(w.start, "value", w, g) for w, g in pairs if w.value != g.value]
        for start, kind, want, mine in sorted(rows, key=lambda row: row[:2]):
            around = sample.text[max(0, start - 60) : start + 80]
            yield Case(sample.name, kind, around, _said(sample.text, want), _said(sample.text, mine))


def _said(text: str, timex: Timex | None) -> str:
    return f"{text[timex.start : timex.end]!r} {timex.value}" if timex else "-"


BENCHMARK = Benchmark("wikiwars", "times in histories of wars, and in TimeML", files, measure, errors)

if __name__ == "__main__":
    sys.exit(main(BENCHMARK))
