"""Quotations: which marks open, which close, and where one is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dateline.cleaning.layout import Paragraph, first_sentence_end
from dateline.records import Evidence, Quotation, Span

# A doubled apostrophe or grave accent is a double mark typed on an old keyboard.
_DOUBLE = re.compile(r"[\"“”„‟«»＂〝〞]|``|''|‘‘|’’")
_SINGLE = re.compile(r"[‘’‚‹›']")
_OPENING_GLYPHS = frozenset(("“", "„", "«", "‟", "〝", "``", "‘‘"))
_CLOSING_GLYPHS = frozenset(("”", "»", "〞", "’’"))
_BEFORE_OPENING = frozenset("([{—–-/:…‘'“\"\u200b\u200e\u200f\u202a\u202b\u2066\u2067\u2068\ufeff")
_AFTER_CLOSING = frozenset(".,;:!?)]}—–-/…’'”\"")
# Words that begin with an apostrophe, not with a quotation mark.
_ELIDED = re.compile(r"['’‘](?:\d0s|\d\d\b|em\b|til\b|cause\b|twas\b|tis\b|n\b|s\b|round\b|bout\b)", re.IGNORECASE)
_LONGEST_SINGLE = 1500
_LONGEST_SAYING = 9
OPENERS = frozenset("\"“„«‟‘'”»")


class Mark(NamedTuple):
    """A mark, where it stands, and how surely it opens (above 0) or closes (below 0)."""

    start: int
    end: int
    glyph: str
    leaning: int


class Found(NamedTuple):
    """A quotation as ranges, before it becomes a record."""

    start: int
    inner_start: int
    inner_end: int
    end: int
    balanced: bool
    continues: bool
    rule: str


def quotations(text: str, blocks: list[Paragraph]) -> Iterator[Quotation]:
    """Yield the quotations of the blocks of a story, in order of their beginnings.

    Where a mark is missing its place is inferred: a lost closing mark at the end of the sentence, a lost
    opening mark at the beginning of the sentence. A block that leaves a quotation open while the next one
    opens again is one of several paragraphs of one speech.
    """
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        resumes = following is not None and text[following.start] in OPENERS
        doubles = list(_doubles(text, block, resumes))
        found = doubles + list(_singles(text, block, doubles, resumes))
        for one in sorted(found):
            outer, inner = Span(one.start, one.end), Span(one.inner_start, one.inner_end)
            if not len(inner):
                continue  # two marks side by side quote nothing
            confidence = "high" if one.balanced else "low"
            evidence = Evidence((outer,), "cleaning", one.rule, confidence)
            yield Quotation(outer, inner, one.balanced, one.continues, evidence)


def _marks(text: str, block: Paragraph) -> list[Mark]:
    marks = []
    for match in _DOUBLE.finditer(text, block.start, block.end):
        glyph = match.group()
        before = text[match.start() - 1] if match.start() > block.start else " "
        after = text[match.end()] if match.end() < block.end else " "
        marks.append(Mark(match.start(), match.end(), glyph, _leaning(glyph, before, after)))
    return marks


def _leaning(glyph: str, before: str, after: str) -> int:
    leaning = 2 if glyph in _OPENING_GLYPHS else -2 if glyph in _CLOSING_GLYPHS else 0
    if before.isspace() or before in _BEFORE_OPENING:
        leaning += 1
    elif before not in ",;":
        leaning -= 2
    if after.isspace():
        leaning -= 1
    elif after in _AFTER_CLOSING:
        leaning -= 2 if after in ".,;:!?)" else 1
    else:
        leaning += 1
    return leaning


def _doubles(text: str, block: Paragraph, resumes: bool) -> Iterator[Found]:
    marks = _marks(text, block)
    opened: list[Mark] = []
    done = block.start
    for number, mark in enumerate(marks):
        if mark.glyph in '"”' and _is_inch(text, marks, number, bool(opened)):
            continue
        if not opened:
            if _only_closes(mark):
                start = _sentence_start(text, done, mark.start)
                # A stray mark in a sentence that another quotation opened says nothing.
                if mark.start > start and (start > done or done == block.start):
                    yield Found(start, start, mark.start, mark.end, False, False, "opening-mark-missing")
                done = mark.end
            else:
                opened.append(mark)
            continue
        current = opened[-1]
        if _opens_inside(marks, number, current, text):
            if _nests(marks, number, current):
                opened.append(mark)
                continue
            while opened:
                yield _interrupted(text, opened.pop(), mark.start)
            opened.append(mark)
            continue
        opened.pop()
        yield Found(current.start, current.end, mark.start, mark.end, True, False, "marks")
        done = mark.end
    while opened:
        mark = opened.pop()
        if resumes and not opened:
            yield Found(mark.start, mark.end, block.end, block.end, True, True, "runs-on")
        elif mark.end < block.end:
            yield _unclosed(text, mark, block.end)


def _only_closes(mark: Mark) -> bool:
    """Whether a mark met outside a quotation cannot open one: a letter before it, a stop after it."""
    return mark.leaning <= -3


def _opens_inside(marks: list[Mark], number: int, current: Mark, text: str) -> bool:
    """Whether a mark met inside a quotation opens another one rather than closing the present one."""
    mark = marks[number]
    if mark.glyph in _CLOSING_GLYPHS and current.glyph in '“„”"':
        return False
    if mark.glyph == '"':
        # Typed without care ('" The war "he said') spaces say nothing; then the marks take turns.
        careless = text[current.end : current.end + 1].isspace()
        if mark.leaning < 2 or careless or current.glyph != '"':
            return False
        # 'it is over. "Griffin said he ... "We' lacks a blank behind the mark, not a closing mark before it.
        following = marks[number + 1] if number + 1 < len(marks) else None
        return following is None or following.leaning < 2 or not _SAYING.search(text, mark.end, following.start)
    if current.glyph == "„" and mark.glyph == "“":
        return mark.leaning >= 4 and number + 1 < len(marks) and marks[number + 1].leaning <= -3
    return mark.leaning >= 4


def _nests(marks: list[Mark], number: int, current: Mark) -> bool:
    """Whether a mark that opens inside a quotation has its own closing mark before the outer one's."""
    following = [mark.leaning for mark in marks[number + 1 : number + 3]]
    if marks[number].glyph != current.glyph and following and following[0] < 0:
        return True
    return len(following) == 2 and following[0] < 0 and following[1] <= -3


def _unclosed(text: str, mark: Mark, limit: int) -> Found:
    end = first_sentence_end(text, mark.end, limit)
    while end > mark.end and text[end - 1].isspace():
        end -= 1
    # "“The town is ours, he said.": the words of saying are not quoted.
    comma = text.rfind(",", mark.end + 1, end)
    if comma > 0 and len(text[comma:end].split()) <= _LONGEST_SAYING and _SAYING.search(text, comma, end):
        end = comma
    return Found(mark.start, mark.end, end, end, False, False, "closing-mark-missing")


def _interrupted(text: str, mark: Mark, limit: int) -> Found:
    """Close a quotation that another opening mark interrupts.

    Where paragraphs were joined, a speech opens again after a full stop without having closed: it runs on.
    Words of saying between the two marks show that the closing mark was lost instead.
    """
    words = text[mark.end : limit].rstrip()
    if words.endswith((".", "!", "?", "…")) and not _SAYING.search(words):
        end = mark.end + len(words)
        return Found(mark.start, mark.end, end, end, True, True, "runs-on")
    return _unclosed(text, mark, limit)


_SAYING = re.compile(r"\b(?:said|says|added|adds|told|wrote|stated|according to|explained|announced)\b", re.IGNORECASE)
_STOP = re.compile(r"[.!?…][\"'”’»)]*\s+|\n\s*\n")


def _sentence_start(text: str, start: int, mark: int) -> int:
    last = start
    for stop in _STOP.finditer(text, start, mark):
        if stop.end() < mark:
            last = stop.end()
    while last < mark and text[last] in " \t\r\n,;":
        last += 1
    return last


def _is_inch(text: str, marks: list[Mark], number: int, inside: bool) -> bool:
    mark = marks[number]
    before = text[mark.start - 1 : mark.start]
    if not before.isdigit():
        return False
    if not inside:
        return True
    # Inside a quotation it is an inch mark only where another mark closes before one opens.
    following = marks[number + 1 : number + 2]
    lower = text[mark.end : mark.end + 2].strip()[:1].islower()
    return bool(following) and lower and following[0].leaning <= -2


def _singles(text: str, block: Paragraph, doubles: list[Found], resumes: bool) -> Iterator[Found]:
    """Yield quotations in single marks; apostrophes and possessives are left alone."""
    marks = [mark.start() for mark in _SINGLE.finditer(text, block.start, block.end)]
    at = 0
    while at < len(marks):
        start = marks[at]
        at += 1
        if not _opens_single(text, start, block):
            continue
        limit = min(block.end, start + _LONGEST_SINGLE)
        for one in doubles:
            # Marks of a quotation inside another one stay inside it.
            if one.start < start < one.end:
                limit = min(limit, one.inner_end)
        close = _closing_single(text, marks, at, limit, block)
        if close is not None:
            yield Found(start, start + 1, marks[close], marks[close] + 1, True, False, "single-marks")
            at = close + 1
        elif text[start] == "‘" and start == block.start and resumes:
            yield Found(start, start + 1, block.end, block.end, True, True, "runs-on")


def _opens_single(text: str, start: int, block: Paragraph) -> bool:
    if text[start] in "‚‹‘":
        before_ok = start == block.start or not text[start - 1].isalnum()
    else:
        before_ok = text[start] in "'’" and (start == block.start or text[start - 1] in ' \t\n([—–-"“:;\u00a0')
        # A closing glyph opens only where letters follow and nothing says it is an elided word.
    after = text[start + 1 : start + 2]
    if text[start] == "’" or not (after.isalnum() or after in tuple('[(…“"')):
        return False
    return before_ok and not _ELIDED.match(text, start)


def _closing_single(text: str, marks: list[int], at: int, limit: int, block: Paragraph) -> int | None:
    possessive = None
    for index in range(at, len(marks)):
        mark = marks[index]
        if mark >= limit:
            break
        before = text[mark - 1]
        after = text[mark + 1] if mark + 1 < block.end else " "
        if text[mark] in "‘‚‹" or after.isalnum() or before.isspace():
            continue
        # "the rebels' positions": a plural's apostrophe looks like a closing mark.
        if before in "sS" and after == " " and text[mark + 2 : mark + 3].islower():
            possessive = index if possessive is None else possessive
            continue
        return index
    return possessive
