"""Mark what is not the story, paragraph by paragraph."""

from __future__ import annotations

from bisect import bisect_right

from dateline.cleaning.layout import Paragraph, first_sentence_end, is_wrapped, trimmed
from dateline.knowledge.cleaning import Hit, Phrases, is_name_below, looks_like_title
from dateline.knowledge.cleaning.phrases import Rule
from dateline.records import Debris, Evidence, Span

# A line that begins with a phrase is lost to its end; a text whose lines were joined has no end of line.
_LONGEST_LINE = 450
_LONGEST_CAPTION = 900
_LONGEST_LIST = 12


class Marker:
    """Collects the debris of one report."""

    def __init__(self, text: str, rules: Phrases) -> None:
        self.text = text
        self.found: list[Debris] = []
        self._rules = rules
        self._lowered = text.lower()
        self._enders = rules.enders(self._lowered)
        self._capitals = sum(map(str.isupper, text[:2000])) > sum(map(str.islower, text[:2000]))
        self._alone: set[Span] = set()
        self._day_ends = -1  # where a line that dates or signs the page ended, if it stands right above
        self._told = False  # whether a sentence of the story stands above
        self._titles_left = 0  # how many titles of other stories may still follow a label
        self._label: Rule | None = None

    def takes_line(self, start: int, end: int) -> bool:
        """Whether a rule takes the whole line, so that it cannot be part of a wrapped paragraph.

        In a text all in capitals the rules that go by capitals say nothing of a line within a paragraph.
        """
        if self._capitals:
            return False
        return (
            self._rules.whole(self.text, start, end) is not None or self._rules.line(self.text, start, end) is not None
        )

    def parted(self, paragraph: Paragraph) -> list[Paragraph]:
        """Part title and story where only the day of the page stands between them; mark that day.

        So are texts whose lines were joined: "Two die in raid AFP Monday 4 May 2015 An air strike ...".
        """
        hit = None if self._told else self._rules.joint(self.text, *paragraph)
        if hit is None:
            return [paragraph]
        self._add(hit.rule, hit.start, hit.end)
        parts = (trimmed(self.text, paragraph.start, hit.start), trimmed(self.text, hit.end, paragraph.end))
        return [part for part in parts if part is not None]

    def strip(self, paragraph: Paragraph) -> tuple[Paragraph, bool] | None:
        """Mark the debris at both ends of a paragraph; return what is left and whether it had a dateline."""
        hit = self._rules.whole(self.text, *paragraph)
        beside_day, self._day_ends = self._day_ends, -1
        if hit is None and not self._told and is_name_below(self.text, beside_day, paragraph.start, paragraph.end):
            self._mark(paragraph.start, paragraph.end, "agency", "outlet-below-day")
            return None
        if hit:
            if hit.rule.kind in ("dateline", "byline"):
                self._day_ends = hit.end
            self._add(hit.rule, paragraph.start, hit.end)
            return None
        left, dateline, after_label = self._strip_front(paragraph)
        if left is None or self._is_listed_title(left, after_label):
            return None
        left = self._strip_back(left)
        if left is None or not any(letter.isalnum() for letter in self.text[left.start : left.end]):
            return None
        if not looks_like_title(self.text[left.start : left.end]):
            self._told = True
        return left, dateline

    def _strip_front(self, paragraph: Paragraph) -> tuple[Paragraph | None, bool, bool]:
        left: Paragraph | None = paragraph
        dateline = False
        while left is not None:
            taken = self._rules.line(self.text, *left)
            if taken:
                end = self._line_end(taken, left)
                self._add(taken.rule, left.start, end)
                bare = not self.text[taken.end : end].strip()
                if taken.rule.extent == "list" and bare and self._told:
                    self._label, self._titles_left = taken.rule, _LONGEST_LIST
                rest = trimmed(self.text, end, left.end)
                return (rest, dateline, False) if rest else (None, dateline, False)
            hit = self._rules.begin(self.text, left.start, left.end, top=not self._told)
            if hit is None:
                break
            dateline = dateline or hit.rule.kind == "dateline"
            self._add(hit.rule, left.start, hit.end)
            left = trimmed(self.text, hit.end, left.end)
        return left, dateline, self._titles_left > 0

    def _line_end(self, hit: Hit, left: Paragraph) -> int:
        if left.end - left.start <= _LONGEST_LINE:
            return left.end
        end = first_sentence_end(self.text, hit.end, min(left.end, left.start + _LONGEST_LINE))
        return end if end < left.start + _LONGEST_LINE else hit.end

    def _is_listed_title(self, left: Paragraph, after_label: bool) -> bool:
        if not after_label or self._label is None:
            return False
        title = not is_wrapped(self.text, left) and looks_like_title(self.text[left.start : left.end])
        self._titles_left = self._titles_left - 1 if title else 0
        if title:
            self._add(self._label, left.start, left.end)
        return title

    def _strip_back(self, left: Paragraph) -> Paragraph | None:
        for _ in range(3):
            hit = self._rules.end(self._enders, self.text, *left)
            if hit is None:
                break
            if hit.rule.extent == "paragraph" and left.end - left.start <= _LONGEST_CAPTION:
                self._add(hit.rule, left.start, left.end)
                return None
            self._add(hit.rule, hit.start, left.end)
            rest = trimmed(self.text, left.start, hit.start)
            if rest is None:
                return None
            left = rest
        return left

    def mark_inside(self) -> None:
        """Mark what stands inside sentences, but for what lies in debris already."""
        taken = sorted((one.span.start, one.span.end) for one in self.found)
        starts = [start for start, _ in taken]
        last = 0
        for hit in sorted(self._rules.inside(self.text, self._lowered), key=lambda one: (one.start, -one.end)):
            before = bisect_right(starts, hit.start) - 1
            inside = before >= 0 and taken[before][1] > hit.start
            beyond = before + 1 < len(taken) and taken[before + 1][0] < hit.end
            if inside or beyond or hit.start < last:
                continue
            self._add(hit.rule, hit.start, hit.end)
            last = hit.end

    def debris_alone(self, paragraph: Paragraph) -> bool:
        """Whether a single piece of debris takes the whole of `paragraph`."""
        return Span(*paragraph) in self._alone

    def _add(self, rule: Rule, start: int, end: int) -> None:
        self._mark(start, end, rule.kind, rule.id)

    def _mark(self, start: int, end: int, kind: str, rule: str) -> None:
        piece = trimmed(self.text, start, end)
        if piece:
            span = Span(*piece)
            self._alone.add(span)
            self.found.append(Debris(span, kind, Evidence((span,), "cleaning", rule, "high")))
