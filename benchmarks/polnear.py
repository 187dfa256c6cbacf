"""Score the attribution stage on PolNeAR: spans of source, cue and content.

    python benchmarks/polnear.py --corpora DIR [--split dev] [--limit N] [--misses N]

PolNeAR 1.0 (Newell, Margolin, Ruths 2018): 1,008 news stories in brat standoff; DIR/polnear holds `dev` and `train`,
each with `text` and `attributions`. Where a story has several annotators the first by name counts.

An element is the set of words that a source, a cue or a content covers in one attribution. `exact` asks for the same
words (marks of punctuation and white space do not count), `strict` for the same characters at both ends of every
fragment, `lenient` for at least one word in common, matched one to one from the largest overlap down.
Our spans are turned into the corpus's convention only where it is one: a quotation counts with its marks, and what
is said inside of what another says is left out (no attribution of the corpus is nested).
The baseline runs in the same run on the same texts: every string between quotation marks with the nearest "said",
"says" or "according to" of its paragraph and the noun phrase next to that.
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

from dateline.records import Attribution, Dossier, Span

Element = tuple[Span, ...]
Story = dict[str, list[Element]]  # "source", "cue" or "content" -> elements
ROLES = ("source", "cue", "content")
PUBLISHED = (
    "published, exact, source/cue/content: rules 10.7/22.8/5.6; CRF 50.6/53.4/28.6; BERT 83.2/75.3/72.9"
)
WORD = re.compile(r"\w+")
OPENING, CLOSING = "\"“«'‘", "\"”»'’"
LABEL = re.compile(r"\d+$")


def read_standoff(text: str) -> Story:
    """Return the gold elements of one brat file; lines that are neither text-bound nor events are passed over."""
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


def as_elements(text: str, found: Iterable[Attribution]) -> Story:
    """Return what the stage found, in the corpus's convention."""
    story: Story = {role: [] for role in ROLES}
    said = [one for one in found if one.manner != "narration"]
    for one in said:
        if one.cue is not None and any(
            span.contains(one.cue) for other in said if other is not one for span in other.covers
        ):
            continue
        speaker = one.chain[0].span
        if speaker is not None:
            story["source"].append((speaker,))
        if one.cue is not None:
            story["cue"].append((one.cue,))
        story["content"].append(tuple(with_marks(text, span) for span in one.covers))
    return story


def baseline(text: str) -> Story:
    """Return the quoted strings, the nearest "said" of the paragraph and the capitalised or pronoun phrase next to it."""
    story: Story = {role: [] for role in ROLES}
    for paragraph in re.finditer(r"[^\n]+", text):
        offset, line = paragraph.start(), paragraph.group()
        cues = [(m.start(), m.end()) for m in re.finditer(r"\b(?:said|says|told|added|according to)\b", line)]
        for quoted in re.finditer(r"[\"“]([^\"“”]+)[\"”]", line):
            story["content"].append((Span(offset + quoted.start(), offset + quoted.end()),))
            outside = [cue for cue in cues if not quoted.start() <= cue[0] < quoted.end()]
            if not outside:
                continue
            first, last = min(
                outside, key=lambda cue: min(abs(cue[0] - quoted.end()), abs(cue[1] - quoted.start()))
            )
            story["cue"].append((Span(offset + first, offset + last),))
            phrase = r"(?:he|she|they|(?:[Tt]he )?[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*)"
            before = re.search(phrase + r"\s*$", line[:first])
            after = re.match(r"\s*" + phrase, line[last:])
            if before:
                story["source"].append(
                    (Span(offset + before.start(), offset + len(before.group().rstrip()) + before.start()),)
                )
            elif after:
                start = offset + last + len(after.group()) - len(after.group().lstrip())
                story["source"].append((Span(start, offset + last + after.end()),))
    return story


def words_of(text: str, element: Element) -> frozenset[int]:
    """Return where the words begin that the element covers."""
    return frozenset(m.start() for span in element for m in WORD.finditer(text, span.start, span.end))


class Tally:
    """Counts, for one system, of elements given, wanted and right, by measure and role."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str, str]] = Counter()

    def add(self, text: str, gold: Story, given: Story) -> None:
        """Count one story."""
        for role in ROLES:
            self._exact("strict", role, set(gold[role]), set(given[role]))
            wanted = {words_of(text, one) for one in gold[role]} - {frozenset()}
            offered = {words_of(text, one) for one in given[role]} - {frozenset()}
            self._exact("exact", role, wanted, offered)
            self._lenient(role, sorted(wanted, key=sorted), sorted(offered, key=sorted))

    def _exact(self, measure: str, role: str, wanted: set[object], offered: set[object]) -> None:  # type: ignore[type-var]
        self.counts[measure, role, "wanted"] += len(wanted)
        self.counts[measure, role, "given"] += len(offered)
        self.counts[measure, role, "right"] += len(wanted & offered)

    def _lenient(
        self, role: str, wanted: Sequence[frozenset[int]], offered: Sequence[frozenset[int]]
    ) -> None:
        holders: dict[int, list[int]] = {}
        for number, words in enumerate(wanted):
            for word in words:
                holders.setdefault(word, []).append(number)
        shared: Counter[tuple[int, int]] = Counter()
        for number, words in enumerate(offered):
            for word in words:
                shared.update((other, number) for other in holders.get(word, ()))
        taken_wanted: set[int] = set()
        taken_offered: set[int] = set()
        for one, other in sorted(
            shared, key=lambda pair: (-shared[pair] / len(wanted[pair[0]] | offered[pair[1]]), pair)
        ):
            if one not in taken_wanted and other not in taken_offered:
                taken_wanted.add(one)
                taken_offered.add(other)
        self.counts["lenient", role, "wanted"] += len(wanted)
        self.counts["lenient", role, "given"] += len(offered)
        self.counts["lenient", role, "right"] += len(taken_wanted)

    def scores(self, measure: str, role: str) -> tuple[float, float, float]:
        """Return precision, recall and F1, each from 0 to 1."""
        right, given, wanted = (self.counts[measure, role, part] for part in ("right", "given", "wanted"))
        precision, recall = right / given if given else 0.0, right / wanted if wanted else 0.0
        return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def show(self, name: str) -> str:
        """Return a table of the scores."""
        lines = [
            f"{name:10}" + "".join(f"{role:>24}" for role in ROLES),
            " " * 10 + "       P      R     F1   " * 3,
        ]
        for measure in ("exact", "strict", "lenient"):
            cells = "".join(
                "  {:6.3f} {:6.3f} {:6.3f} ".format(*self.scores(measure, role)) + " " for role in ROLES
            )
            lines.append(f"{measure:10}{cells}")
        return "\n".join(lines)
