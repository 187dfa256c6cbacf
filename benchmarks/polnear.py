"""Score the attribution of who says what on PolNeAR: spans of source, cue and content.

PolNeAR 1.0 (Newell, Margolin and Ruths 2018) is political news; its `train` is looked at, its `dev` scored.

An element is the set of words that a source, a cue or a content covers in one attribution. `exact` asks for
the same words (marks of punctuation and white space do not count), `strict` for the same characters at both
ends of every fragment, `lenient` for at least one word in common, one to one, the largest overlap first.
Our spans are turned into the corpus's convention only where it is one: a quotation counts with its marks, and
what is said inside of what another says is left out (no attribution of the corpus is nested).

The corpus counts attitudes ("criticised the plan") as attributions, so the stage is run with them; "as in
reports" is the stage as the pipeline runs it. The baseline is every string between quotation marks with the
nearest "said", "says" or "according to" of its paragraph and the name or pronoun next to that.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.frame import OURS, Benchmark, Case, Score, main
from benchmarks.parses import pipeline
from dateline.attribution import Attributing, Tagger
from dateline.corpora import Part, polnear
from dateline.corpora.polnear import ROLES, Element, Story
from dateline.knowledge.trained import Trained
from dateline.records import Attribution, Dossier, Record, Report, Span

Elements = dict[str, list[Element]]  # "source", "cue" or "content" -> elements
Words = frozenset[int]
MEASURES = ("exact", "strict", "lenient")
RULES = f"{OURS}, rules only"
REPORTS = f"{OURS}, as in reports"
RULES_REPORTS = f"{REPORTS}, rules only"
# Exact F1 of source, cue and content on the corpus's own test part, with the scorer of who published them.
PUBLISHED = {
    "published: rules": (0.107, 0.228, 0.056),
    "published: CRF": (0.506, 0.534, 0.286),
    "published: BERT": (0.832, 0.753, 0.729),
}
WORD = re.compile(r"\w+")
OPENING, CLOSING = "\"“«'‘", "\"”»'’"
CUES = re.compile(r"\b(?:said|says|told|added|according to)\b")
QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
PHRASE = r"(?:he|she|they|(?:[Tt]he )?[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*)"
BEFORE, AFTER = re.compile(rf"({PHRASE})\s*$"), re.compile(rf"\s*({PHRASE})")
SHOWN = 12  # words on either side of an error


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


def as_elements(text: str, found: Iterable[Record]) -> Elements:
    """Return what the stage found, in the corpus's convention."""
    story: Elements = {role: [] for role in ROLES}
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


def baseline(text: str) -> Elements:
    """Return the quoted strings, the nearest "said" of the paragraph, the name or pronoun next to it."""
    story: Elements = {role: [] for role in ROLES}
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


def words_of(text: str, element: Element) -> Words:
    """Return where the words begin that the element covers."""
    return frozenset(match.start() for span in element for match in WORD.finditer(text, span.start, span.end))


class Tally:
    """Counts, for one system, of elements given, wanted and right, by measure and role."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str, str]] = Counter()

    def add(self, text: str, gold: Elements, given: Elements) -> None:
        """Count one story."""
        for role in ROLES:
            wanted_spans, given_spans = set(gold[role]), set(given[role])
            self._count("strict", role, len(wanted_spans), len(given_spans), len(wanted_spans & given_spans))
            wanted = {words_of(text, one) for one in gold[role]} - {frozenset()}
            offered = {words_of(text, one) for one in given[role]} - {frozenset()}
            self._count("exact", role, len(wanted), len(offered), len(wanted & offered))
            met = paired(sorted(wanted, key=sorted), sorted(offered, key=sorted))
            self._count("lenient", role, len(wanted), len(offered), len(met))

    def _count(self, measure: str, role: str, wanted: int, given: int, right: int) -> None:
        self.counts[measure, role, "wanted"] += wanted
        self.counts[measure, role, "given"] += given
        self.counts[measure, role, "right"] += right

    def figures(self, measure: str, role: str) -> tuple[float, float, float]:
        """Return precision, recall and F1, each from 0 to 1."""
        right, given, wanted = (self.counts[measure, role, part] for part in ("right", "given", "wanted"))
        precision, recall = right / given if given else 0.0, right / wanted if wanted else 0.0
        both = precision + recall
        return precision, recall, 2 * precision * recall / both if both else 0.0

    def scores(self, system: str) -> Iterator[Score]:
        """Yield F1 by measure and role."""
        for measure in MEASURES:
            for role in ROLES:
                count = self.counts[measure, role, "wanted"]
                yield Score(f"{measure} F1, {role}", system, self.figures(measure, role)[2], count)


def paired(wanted: Sequence[Words], offered: Sequence[Words]) -> list[tuple[int, int]]:
    """Return the pairs of elements that share a word, one to one, the closest pairs first."""
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
    found = []
    for pair in sorted(shared, key=apart):
        if pair[0] not in taken[0] and pair[1] not in taken[1]:
            taken[0].add(pair[0])
            taken[1].add(pair[1])
            found.append(pair)
    return found


def read_before(text: str) -> Dossier:
    """Return the dossier of a text after the stages before attribution."""
    dossier = Dossier(Report("", text))
    for stage in pipeline().stages:
        if stage.contract.name == Attributing.contract.name:
            return dossier
        dossier = dossier.adding(stage(dossier))
    raise LookupError("the pipeline holds no stage of attribution")


def gold_of(story: Story) -> Elements:
    """Return the gold elements of a story by role."""
    return {role: story.elements(role) for role in ROLES}


def measure(files: list[Path], part: Part) -> Iterator[Score]:
    """Score a part of the corpus."""
    tagger = Tagger.of(Trained())
    systems = {
        OURS: Attributing(attitudes=True, trained=tagger),
        RULES: Attributing(attitudes=True),
        REPORTS: Attributing(trained=tagger),
        RULES_REPORTS: Attributing(),
    }
    tallies = {name: Tally() for name in (*systems, "baseline")}
    for story in polnear.read(path for path in files if polnear.in_part(path, part)):
        dossier, gold = read_before(story.text), gold_of(story)
        for name, stage in systems.items():
            tallies[name].add(story.text, gold, as_elements(story.text, stage(dossier)))
        tallies["baseline"].add(story.text, gold, baseline(story.text))
    for name, tally in tallies.items():
        yield from tally.scores(name)
    for name, figures in PUBLISHED.items():
        for role, figure in zip(ROLES, figures, strict=True):
            yield Score(f"exact F1, {role}", name, figure)


def errors(files: list[Path]) -> Iterator[Case]:
    """Yield what is wrong in the part to look at: elements missed, extra, and of another extent."""
    stage = Attributing(attitudes=True, trained=Tagger.of(Trained()))
    for story in polnear.read(path for path in files if polnear.in_part(path, "look")):
        text, gold = story.text, gold_of(story)
        given = as_elements(text, stage(read_before(text)))
        for role in ROLES:
            wanted = {words_of(text, one): one for one in gold[role]}
            offered = {words_of(text, one): one for one in given[role]}
            left = sorted(wanted.keys() - offered.keys() - {frozenset()}, key=sorted)
            ours = sorted(offered.keys() - wanted.keys() - {frozenset()}, key=sorted)
            met = paired(left, ours)
            for one, other in met:
                yield _case(story, f"{role}, extent", wanted[left[one]], offered[ours[other]])
            for number in sorted(set(range(len(left))) - {one for one, _ in met}):
                yield _case(story, f"{role}, missed", wanted[left[number]], ())
            for number in sorted(set(range(len(ours))) - {other for _, other in met}):
                yield _case(story, f"{role}, extra", (), offered[ours[number]])


def _case(story: Story, kind: str, gold: Element, ours: Element) -> Case:
    """Return an error with the words around it."""
    text = story.text
    spans = (*gold, *ours)
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    before, behind = text[:start].split()[-SHOWN:], text[end:].split()[:SHOWN]
    around = f"{' '.join(before)} ⟦{text[start:end]}⟧ {' '.join(behind)}"
    return Case(story.name, kind, around, _shown(text, gold), _shown(text, ours))


def _shown(text: str, element: Element) -> str:
    return " … ".join(span.of(text) for span in element) or "-"


BENCHMARK = Benchmark(
    name="polnear",
    about="who says what: source, cue and content of attributions",
    files=polnear.files,
    measure=measure,
    errors=errors,
)

if __name__ == "__main__":
    sys.exit(main(BENCHMARK))
