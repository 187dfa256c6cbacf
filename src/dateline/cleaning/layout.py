"""Lines and paragraphs: what stands on a line of its own, and which lines are one wrapped paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

_LINE = re.compile(r"[^\n\r\x0b\x0c\u2028\u2029]+")
_FINAL = re.compile(r"[.!?:;…][\"'”’»)\]]*\Z")
_BULLET = re.compile(r"(?:[-–—•*●▪■◆♦►▶·]|\(?\d{1,2}[.)]|\(?[a-z]\)) ")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[^\W\d_a-z])")
# Mail, wires and plain text are wrapped at 65 to 80 characters; a line longer than this is a paragraph.
_WIDEST_WRAP = 110
_NARROWEST_WRAP = 40
_SURELY_WRAPPED = 5
LONGEST_BLOCK = 5000


class Line(NamedTuple):
    """A line without the white space at its ends; whether a blank line stands above it; its indentation."""

    start: int
    end: int
    blank_above: bool
    indent: int


class Paragraph(NamedTuple):
    """The range of a paragraph of one or more lines."""

    start: int
    end: int


def lines(text: str) -> list[Line]:
    """Return the lines of `text` that hold more than white space."""
    found: list[Line] = []
    last = 0
    for match in _LINE.finditer(text):
        raw = match.group()
        bare = raw.strip()
        if not bare:
            continue
        indent = len(raw) - len(raw.lstrip())
        start = match.start() + indent
        gap = text[last : match.start()]
        breaks = gap.count("\n") or len(gap.strip(" \t"))
        found.append(Line(start, start + len(bare), breaks > 1, indent))
        last = start + len(bare)
    return found


def paragraphs(text: str, rows: list[Line], alone: Callable[[Line], bool]) -> Iterator[Paragraph]:
    """Yield the paragraphs that the lines `rows` make up; a line of which `alone` holds begins one.

    Lines under one another without a blank line between are one paragraph where they look wrapped: none
    is long, most break off within a sentence, and the next word would not have fitted.
    """
    chunk: list[Line] = []
    for row in rows:
        if row.blank_above and chunk:
            yield from _joined(text, chunk, alone)
            chunk = []
        chunk.append(row)
    if chunk:
        yield from _joined(text, chunk, alone)


def _joined(text: str, chunk: list[Line], alone: Callable[[Line], bool]) -> Iterator[Paragraph]:
    width = _wrap_width(text, chunk) if len(chunk) > 1 else 0
    start, before = chunk[0].start, chunk[0]
    for row in chunk[1:]:
        joined = width > 0 and _continues(text, before, row, width, first=before is chunk[0])
        # In a long wrapped paragraph a line that begins like a byline is but a line.
        if not joined or (len(chunk) < _SURELY_WRAPPED and (alone(row) or alone(before))):
            yield Paragraph(start, before.end)
            start = row.start
        before = row
    yield Paragraph(start, before.end)


def _wrap_width(text: str, chunk: list[Line]) -> int:
    """Return the width at which the lines are wrapped, or 0 where they are not."""
    lengths = sorted(row.end - row.start + row.indent for row in chunk)
    width = lengths[-1] if len(lengths) < 10 else lengths[len(lengths) * 9 // 10]
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP or lengths[-1] > 2 * _WIDEST_WRAP:
        return 0
    # Ends of long lines only: the last line of a paragraph says nothing about wrapping.
    ends = [text[max(row.start, row.end - 4) : row.end] for row in chunk[:-1] if (row.end - row.start) * 10 > width * 6]
    open_ends = sum(not _FINAL.search(end) for end in ends)
    return width if ends and open_ends * 2 >= len(ends) else 0


def _continues(text: str, before: Line, row: Line, width: int, *, first: bool) -> bool:
    if row.indent > before.indent + 1 or _BULLET.match(text, row.start, row.end):
        return False
    if text[row.start].islower():
        return True
    # Below the first line, which may be a heading, a line that breaks off goes on in the next one.
    if not first and not _FINAL.search(text[max(before.start, before.end - 4) : before.end]):
        return True
    first_word = text[row.start : row.end].split(maxsplit=1)[0]
    return before.indent + before.end - before.start + 1 + len(first_word) > width * 0.8


def is_item(text: str, paragraph: Paragraph) -> bool:
    """Whether the paragraph is an item of a list: a bullet or a number stands before it."""
    return _BULLET.match(text, paragraph.start, paragraph.end) is not None


def is_wrapped(text: str, paragraph: Paragraph) -> bool:
    """Whether the paragraph runs over more than one line."""
    return text.find("\n", paragraph.start, paragraph.end) >= 0


def first_sentence_end(text: str, start: int, end: int) -> int:
    """Return where the first sentence of `text[start:end]` ends; `end` where it has but one."""
    found = _SENTENCE_END.search(text, start, end)
    return found.start() + len(found.group().rstrip()) if found else end


def pieces(text: str, paragraph: Paragraph, longest: int = LONGEST_BLOCK) -> Iterator[Paragraph]:
    """Cut a paragraph into pieces of at most `longest` characters, at the ends of sentences if it can."""
    start, end = paragraph
    while end - start > longest:
        cut = start + longest
        stops = [found.end() for found in _SENTENCE_END.finditer(text, start + longest // 2, cut)]
        if stops:
            cut = stops[-1]
        else:
            space = max(text.rfind(" ", start + longest // 2, cut), text.rfind("\n", start + longest // 2, cut))
            cut = space + 1 if space > 0 else cut
        piece = trimmed(text, start, cut)
        if piece:
            yield piece
        start = cut
    last = trimmed(text, start, end)
    if last:
        yield last


def trimmed(text: str, start: int, end: int) -> Paragraph | None:
    """Return the range without white space at its ends; None where nothing is left."""
    words = text[start:end]
    bare = words.strip()
    if not bare:
        return None
    start += len(words) - len(words.lstrip())
    return Paragraph(start, start + len(bare))
