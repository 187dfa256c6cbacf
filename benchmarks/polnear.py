"""Score the attribution stage on PolNeAR: spans of source, cue and content.

    python benchmarks/polnear.py --corpora DIR [--split dev] [--limit N] [--floors]

PolNeAR 1.0 (Newell, Margolin and Ruths 2018) is news in brat standoff; DIR/polnear holds `dev` and `train`,
each with `text` and `attributions`. Where a story has several annotators the first by name counts.

An element is the set of words that a source, a cue or a content covers in one attribution. `exact` asks for
the same words (marks of punctuation and white space do not count), `strict` for the same characters at both
ends of every fragment, `lenient` for at least one word in common, one to one, the largest overlap first.
Our spans are turned into the corpus's convention only where it is one: a quotation counts with its marks, and
what is said inside of what another says is left out (no attribution of the corpus is nested).

"with attitudes" is the stage made with `attitudes=True`, as the corpus counts attitudes ("criticised the
plan") as attributions; "as in reports" is the stage as the pipeline runs it. The baseline runs beside them on
the same texts: every string between quotation marks with the nearest "said", "says" or "according to" of its
paragraph and the name or pronoun next to that.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from dateline.attribution import Attributing
from dateline.cleaning import Cleaning
from dateline.knowledge.actors import actors, countries
from dateline.knowledge.nouns import noun_lexicon
from dateline.language import Naming, Parsing, Referring, load_model
from dateline.records import Attribution, Dossier, Parse, Record, Report, Span, Stage

Element = tuple[Span, ...]
Story = dict[str, list[Element]]  # "source", "cue" or "content" -> elements
ROLES = ("source", "cue", "content")
PUBLISHED = """published, exact F1 of source, cue and content (other split, other scorer: an order of size)
  rules      10.7  22.8   5.6
  CoreNLP    13.9     -  17.5
  CRF        50.6  53.4  28.6
  BERT       83.2  75.3  72.9"""
FLOORS = {"source": 0.60, "cue": 0.60, "content": 0.40}
WORD = re.compile(r"\w+")
LABEL = re.compile(r"\d+$")
OPENING, CLOSING = "\"“«'‘", "\"”»'’"
CUES = re.compile(r"\b(?:said|says|told|added|according to)\b")
QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
PHRASE = r"(?:he|she|they|(?:[Tt]he )?[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*)"
BEFORE, AFTER = re.compile(rf"({PHRASE})\s*$"), re.compile(rf"\s*({PHRASE})")


def read_standoff(text: str) -> Story:
    """Return the gold elements of one brat file; lines of other kinds are passed over."""
    bound: dict[str, Element] = {}
    story: Story = {role: [] for role in ROLES}
    for line in text.split("\n"):
        parts = line.split("\t")
        if len(parts) < 2:
            continue
        if re.fullmatch(r"T\d+", parts[0]):
            _, spans = parts[1].split(" ", 1)
            bound[parts[0]] = tuple(Span(*map(int, one.split())) for one in spans.split(";"))
        elif re.fullmatch(r"E\d+", parts[0]):
            held: dict[str, list[Span]] = {}
            for argument in parts[1].split():
                label, name = argument.split(":")
                held.setdefault(LABEL.sub("", label).lower(), []).extend(bound.get(name, ()))
            for role in ROLES:
                if role in held:
                    story[role].append(tuple(sorted(held[role])))
    return story


def stories(folder: Path, limit: int | None) -> Iterator[tuple[str, str, Story]]:
    """Yield name, text and gold elements of each story that has annotations."""
    for path in sorted((folder / "text").glob("*.txt"))[:limit]:
        found = sorted((folder / "attributions").glob(f"{path.stem.replace('[', '?')}_*.ann"))
        if found:
            with path.open(encoding="utf-8", newline="") as stream:
                yield path.stem, stream.read(), read_standoff(found[0].read_text("utf-8"))


def with_marks(text: str, span: Span) -> Span:
    """Return the span with the quotation marks just outside of it, if it has them on either side."""
    start, end = span.start, span.end
    if start and text[start - 1] in OPENING:
        start -= 2 if text[start - 2 : start] == "''" else 1
        while end < len(text) and text[end] in CLOSING + ".,?!" and span.end + 3 > end:
            end += 1
        while end > span.end and text[end - 1] in ".,":
            end -= 1
    return Span(start, end)


def as_elements(text: str, found: Iterable[Record]) -> Story:
    """Return what the stage found, in the corpus's convention."""
    story: Story = {role: [] for role in ROLES}
    said = [one for one in found if isinstance(one, Attribution) and one.manner != "narration"]
    for one in said:
        around = (span for other in said if other is not one for span in other.covers)
        if one.cue is not None and any(span.contains(one.cue) for span in around):
            continue
        speaker = one.chain[0].span
        if speaker is not None:
            story["source"].append((speaker,))
        if one.cue is not None:
            story["cue"].append((one.cue,))
        story["content"].append(tuple(with_marks(text, span) for span in one.covers))
    return story


def baseline(text: str) -> Story:
    """Return the quoted strings, the nearest "said" of the paragraph, the name or pronoun next to it."""
    story: Story = {role: [] for role in ROLES}
    for paragraph in re.finditer(r"[^\n]+", text):
        offset, line = paragraph.start(), paragraph.group()
        cues = [match.span() for match in CUES.finditer(line)]
        for quoted in QUOTED.finditer(line):
            start, end = quoted.span()
            story["content"].append((Span(offset + start, offset + end),))
            outside = [cue for cue in cues if not start <= cue[0] < end]
            if not outside:
                continue
            _, first, last = min((min(abs(a - end), abs(b - start)), a, b) for a, b in outside)
            story["cue"].append((Span(offset + first, offset + last),))
            before, after = BEFORE.search(line[:first]), AFTER.match(line[last:])
            if before:
                story["source"].append((Span(offset + before.start(1), offset + before.end(1)),))
            elif after:
                story["source"].append((Span(offset + last + after.start(1), offset + last + after.end(1)),))
    return story


def words_of(text: str, element: Element) -> frozenset[int]:
    """Return where the words begin that the element covers."""
    return frozenset(match.start() for span in element for match in WORD.finditer(text, span.start, span.end))


class Tally:
    """Counts, for one system, of elements given, wanted and right, by measure and role."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str, str]] = Counter()

    def add(self, text: str, gold: Story, given: Story) -> None:
        """Count one story."""
        for role in ROLES:
            wanted_spans, given_spans = set(gold[role]), set(given[role])
            self._count("strict", role, len(wanted_spans), len(given_spans), len(wanted_spans & given_spans))
            wanted = {words_of(text, one) for one in gold[role]} - {frozenset()}
            offered = {words_of(text, one) for one in given[role]} - {frozenset()}
            self._count("exact", role, len(wanted), len(offered), len(wanted & offered))
            met = overlapping(sorted(wanted, key=sorted), sorted(offered, key=sorted))
            self._count("lenient", role, len(wanted), len(offered), met)

    def _count(self, measure: str, role: str, wanted: int, given: int, right: int) -> None:
        self.counts[measure, role, "wanted"] += wanted
        self.counts[measure, role, "given"] += given
        self.counts[measure, role, "right"] += right

    def scores(self, measure: str, role: str) -> tuple[float, float, float]:
        """Return precision, recall and F1, each from 0 to 1."""
        right, given, wanted = (self.counts[measure, role, part] for part in ("right", "given", "wanted"))
        precision, recall = right / given if given else 0.0, right / wanted if wanted else 0.0
        both = precision + recall
        return precision, recall, 2 * precision * recall / both if both else 0.0

    def show(self, name: str) -> str:
        """Return a table of the scores."""
        lines = [name, " " * 10 + "".join(f"{role:>24}" for role in ROLES)]
        for measure in ("exact", "strict", "lenient"):
            cells = [self.scores(measure, role) for role in ROLES]
            lines.append(f"{measure:10}" + "".join("   {:6.3f} {:6.3f} {:6.3f} ".format(*cell) for cell in cells))
        return "\n".join(lines)


def overlapping(wanted: Sequence[frozenset[int]], offered: Sequence[frozenset[int]]) -> int:
    """Return how many elements have a partner that shares a word, one to one, the closest pairs first."""
    holders: dict[int, list[int]] = {}
    for number, words in enumerate(wanted):
        for word in words:
            holders.setdefault(word, []).append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for number, words in enumerate(offered):
        for word in words:
            shared.update((other, number) for other in holders.get(word, ()))

    def apart(pair: tuple[int, int]) -> tuple[float, tuple[int, int]]:
        return -shared[pair] / len(wanted[pair[0]] | offered[pair[1]]), pair

    taken: tuple[set[int], set[int]] = set(), set()
    for pair in sorted(shared, key=apart):
        if pair[0] not in taken[0] and pair[1] not in taken[1]:
            taken[0].add(pair[0])
            taken[1].add(pair[1])
    return len(taken[0])


def stages() -> list[Stage]:
    """Return the stages before attribution, without the gazetteer: it changes no span of an attribution."""
    known, lands = actors(), countries()
    return [
        Cleaning(),
        Parsing(load_model(), lambda word: bool(lands.by_name(word) or lands.by_demonym(word))),
        Naming(known, lands, noun_lexicon(), None),
        Referring(None),
    ]


def main() -> int:
    """Print the scores; with --floors exit 1 where one lies below its floor."""
    options = argparse.ArgumentParser(description="Score attribution on PolNeAR.")
    options.add_argument("--corpora", default=os.environ.get("DATELINE_CORPORA", ""))
    options.add_argument("--split", choices=("dev", "train"), default="dev")
    options.add_argument("--limit", type=int)
    options.add_argument("--floors", action="store_true")
    given = options.parse_args()
    folder = Path(given.corpora) / "polnear" / given.split
    if not given.corpora or not folder.is_dir():
        print("PolNeAR is not there: give --corpora DIR or set DATELINE_CORPORA; skipped", file=sys.stderr)
        return 0
    before, wide, plain = stages(), Attributing(attitudes=True), Attributing()
    tallies = {"with attitudes": Tally(), "as in reports": Tally(), "baseline": Tally()}
    count, tokens, seconds = 0, 0, 0.0
    for _, text, gold in stories(folder, given.limit):
        dossier = Dossier(Report("", text))
        for stage in before:
            dossier = dossier.adding(stage(dossier))
        begun = time.perf_counter()
        found = list(plain(dossier))
        seconds += time.perf_counter() - begun
        count, tokens = count + 1, tokens + len(dossier.only(Parse))
        tallies["as in reports"].add(text, gold, as_elements(text, found))
        tallies["with attitudes"].add(text, gold, as_elements(text, wide(dossier)))
        tallies["baseline"].add(text, gold, baseline(text))
    print(f"PolNeAR {given.split}: {count} stories, {tokens} tokens; precision, recall, F1")
    for name, tally in tallies.items():
        print(tally.show(name))
    print(PUBLISHED)
    print(f"attribution alone: {600_000 * seconds / max(tokens, 1):.1f} ms for 600 tokens")
    low = [role for role, floor in FLOORS.items() if tallies["with attitudes"].scores("exact", role)[2] < floor]
    if given.floors and low:
        print(f"below the floor: {', '.join(low)}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
