"""The text of a block as the parser should see it, with the way back to the report's own text.

Quotation marks are made plain and balanced, debris and line breaks are taken out, and a capital that a
translator left at the head of a quotation in mid-sentence is lowered. Every character of the view knows
the offset that it has in the report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

import msgspec

from dateline.records import Block, Debris, Quotation, Span

SPACE = re.compile(r"\s+")
PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "–": "-", "\u00a0": " ", "“": '"', "”": '"', "«": '"', "»": '"', "„": '"'}
)
MID_SENTENCE = re.compile(r"[a-z0-9,’'][ \t\n]*$")
CAPITALISED = re.compile(r"[A-Z][a-z]+(?=[ ,.’']+[a-z(]|[”\"»]|$)")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# "On 24 March armed groups entered …": without a comma the parser takes day and subject for one phrase.
DAY_FIRST = re.compile(
    rf"(?:(?<=[.!?] )|(?<=\n)|\A)(?:On|In|By|Since)\s(?:\d{{1,2}}\s(?:{MONTHS})|(?:{MONTHS})\s\d{{1,2}}|(?:{MONTHS}))"
    r"(?:,?\s\d{4})?(?=\s[A-Za-z][\w-]*\s)(?!\s(?:and|or|to|at|in|of|night|morning|evening|when|after|this|last)\b)"
)
HYPHENED = re.compile(r"\b(cease|air|counter)-(?=(?:fire|strike|attack|offensive)s?\b)", re.IGNORECASE)
STRAY = re.compile(r"\s*(Its|His|Her|Their|Our|The|This|That|Of|In|By|To|From|With|And|Or|For|At|On)\b")


class Words(NamedTuple):
    """What is known of single words: whether a capitalised one is a name, whether one is a form of a verb."""

    is_name: Callable[[str], bool]
    is_verb: Callable[[str], bool]


class View(msgspec.Struct, frozen=True):
    """The text that is parsed; `offsets[i]` is where its i-th character stands in the report."""

    text: str
    offsets: list[int]

    def span(self, start: int, end: int) -> Span:
        """Return the span in the report of the view's characters `start` to `end` (half-open)."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


class _Writer:
    """Writes a view piece by piece; never two spaces in a row, none at the head."""

    def __init__(self, report_text: str) -> None:
        self.source = report_text
        self.parts: list[str] = []
        self.offsets: list[int] = []
        self.last = " "

    def copy(self, start: int, end: int) -> None:
        """Copy the report's characters, with plain marks and single spaces."""
        piece = self.source[start:end].translate(PLAIN)
        position = 0
        for gap in SPACE.finditer(piece):
            self._add(piece[position : gap.start()], start + position)
            self.space(start + gap.start())
            position = gap.end()
        self._add(piece[position:], start + position)

    def space(self, offset: int) -> None:
        """Write a space unless one stands there already."""
        if self.last != " ":
            self._add(" ", offset)

    def mark(self, offset: int) -> None:
        """Write a quotation mark."""
        self._add('"', offset)

    def comma(self, offset: int) -> None:
        """Write a comma that the report leaves out; it stands where the word before it ends."""
        self._add(",", offset - 1)

    def apostrophe(self, offset: int) -> None:
        """Write an apostrophe that the report has lost; it stands where the letter after it does."""
        self._add("'", offset)

    def trim(self) -> None:
        """Take back a space at the end."""
        if self.last == " " and self.parts:
            self.parts[-1] = self.parts[-1][:-1]
            self.offsets.pop()
            self.last = self.parts[-1][-1:] or " "

    def lower(self, start: int) -> None:
        """Write one character of the report in lower case."""
        self._add(self.source[start].lower(), start)

    def _add(self, piece: str, offset: int) -> None:
        if piece:
            self.parts.append(piece)
            self.offsets.extend(range(offset, offset + len(piece)))
            self.last = piece[-1]


def view_of(
    text: str,
    block: Block,
    debris: Iterable[Debris],
    quotations: Iterable[Quotation],
    words: Words,
    lost: Iterable[int] = (),
) -> View:
    """Return the view of `block`; `debris` and `quotations` are those that overlap it, in order.

    `lost` are the offsets before which an apostrophe was lost.
    """
    edits: list[tuple[int, int, str]] = [(d.span.start, d.span.end, "drop") for d in debris]
    for quotation in quotations:
        outer, inner = quotation.outer, quotation.inner
        edits.append((outer.start, inner.start, "open"))
        if inner.end < outer.end:
            edits.append((inner.end, outer.end, "close"))
    edits += [(m.end() - 1, m.end(), "join") for m in HYPHENED.finditer(text, block.span.start, block.span.end)]
    edits += [(m.end(), m.end(), "comma") for m in DAY_FIRST.finditer(text, block.span.start, block.span.end)]
    edits += [(at, at, "lost") for at in lost if block.span.start < at < block.span.end]
    writer = _Writer(text)
    position, end = block.span.start, block.span.end
    for start, stop, what in sorted(edits):
        if start < position or stop > end:
            continue
        writer.copy(position, start)
        position = stop
        if what == "join":  # "cease-fire" is one word
            continue
        if what == "lost":
            writer.apostrophe(start)
            continue
        if what == "comma":
            writer.comma(start)
            continue
        if what == "drop":
            writer.space(start)
        elif what == "open":
            position = _open(writer, text, start, stop, end, words)
        else:
            writer.trim()
            writer.mark(max(start, stop - 1))
            if stop < end and text[stop].isalnum():
                writer.space(stop)
            position = _after(writer, text, stop, end)
    writer.copy(position, end)
    writer.trim()
    return View("".join(writer.parts), writer.offsets)


def _after(writer: _Writer, text: str, stop: int, end: int) -> int:
    """Lower a stray capital of a function word behind a quotation that did not end its sentence."""
    stray = STRAY.match(text, stop, end)
    if stray is None or text[stop - 2 : stop - 1] in ".!?":
        return stop
    writer.copy(stop, stray.start(1))
    writer.lower(stray.start(1))
    return stray.start(1) + 1


def _open(writer: _Writer, text: str, start: int, stop: int, end: int, words: Words) -> int:
    """Write an opening mark; return the offset where copying goes on."""
    if writer.last.isalnum() or writer.last in ",.;:":
        writer.space(start)
    writer.mark(start)
    while stop < end and text[stop].isspace():
        stop += 1
    # A translator's quotation begins with a capital in mid-sentence: «the Taliban “Withdrew”». A capital
    # followed by a lower-case word there is no name; a name of one word is left as it is.
    if MID_SENTENCE.search(text, max(0, start - 3), start):
        word = CAPITALISED.match(text, stop, end)
        if (
            word
            and not words.is_name(word.group())
            and ((word.end() < end and text[word.end()] in " ,.'’") or words.is_verb(word.group()))
        ):
            writer.lower(stop)
            return stop + 1
    return stop
