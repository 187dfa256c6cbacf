"""Which paragraphs are headlines, subheads, items of a list and the body of the story."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from dateline.cleaning.layout import Paragraph, is_item, is_wrapped, pieces, trimmed
from dateline.knowledge.cleaning import looks_like_title
from dateline.records import Block, BlockKind, Evidence, Span

_SUBHEAD_WORDS = 12
_SUFFIX_WORDS = 6
_STOPPED_HEADLINE_WORDS = 22
# The agencies' subheads in a text whose lines were joined: "... he said. - Shells at noon - The army ..."
_INLINE_SUBHEAD = re.compile(r"(?<=[.!?\"”]) ([-–—] ([A-Z][^.\n]{3,70}?) [-–—]) (?=[A-Z\"“])")
_MARKDOWN = re.compile(r"(?:#{1,6}|>{1,3}) +(?=\S)")
_DASHED = re.compile(r"[-–—*] .{3,80} [-–—*]\Z")


def blocks(
    text: str,
    kept: list[tuple[Paragraph, bool]],
    title: str,
    is_debris: Callable[[Paragraph], bool],
) -> list[Block]:
    """Return the blocks of the story from the paragraphs `kept`, each with whether a dateline stood there."""
    paragraphs = [(_unmarked(text, paragraph), dated) for paragraph, dated in kept if not is_debris(paragraph)]
    found: list[Block] = []
    rest = 0
    headline, remainder = _headline(text, paragraphs, title.strip())
    if headline is not None:
        found.append(_block(headline, "headline", "title" if title else "first-line"))
        rest = 1
    ragged = _is_ragged(text, [paragraph for paragraph, _ in paragraphs[rest:]])
    if remainder is not None:
        found.extend(_body(text, remainder, "body"))
    last = len(paragraphs) - 1
    for number in range(rest, len(paragraphs)):
        paragraph = paragraphs[number][0]
        kind: BlockKind = "body"
        if _DASHED.match(text, paragraph.start, paragraph.end) and number < last:
            kind = "subhead"
        elif is_item(text, paragraph):
            kind = "list"
        elif number < last and not ragged and _is_subhead(text, paragraph):
            kind = "subhead"
        found.extend(_body(text, paragraph, kind))
    return found


def _unmarked(text: str, paragraph: Paragraph) -> Paragraph:
    """Return a paragraph without the marks of a heading or a quotation in Markdown and mail ("## ", "> ")."""
    mark = _MARKDOWN.match(text, paragraph.start, paragraph.end)
    return Paragraph(mark.end(), paragraph.end) if mark else paragraph


def _headline(
    text: str, paragraphs: list[tuple[Paragraph, bool]], title: str
) -> tuple[Paragraph | None, Paragraph | None]:
    """Return the headline, and what follows it in its paragraph where the lines were joined."""
    if not paragraphs:
        return None, None
    first, dated = paragraphs[0]
    if title and text.startswith(title, first.start, first.end):
        end = first.start + len(title)
        rest = _after_title(text, end, first.end)
        if rest and len(text[rest.start : rest.end].split()) <= _SUFFIX_WORDS and _is_subhead(text, rest):
            return first, None  # "Bridge lost - Example Times"
        return Paragraph(first.start, end), rest
    if len(paragraphs) < 2 or dated:
        return None, None
    words = text[first.start : first.end]
    if not is_wrapped(text, first) and looks_like_title(words) and not is_item(text, first):
        return first, None
    if paragraphs[1][1] and len(words.split()) <= _STOPPED_HEADLINE_WORDS:
        return first, None
    return None, None


def _after_title(text: str, start: int, end: int) -> Paragraph | None:
    while start < end and text[start] in " .:-–—|\t":
        start += 1
    return trimmed(text, start, end)


def _is_subhead(text: str, paragraph: Paragraph) -> bool:
    words = text[paragraph.start : paragraph.end]
    return (
        len(words.split()) <= _SUBHEAD_WORDS and "\n" not in words and "?" not in words[-2:] and looks_like_title(words)
    )


def _is_ragged(text: str, paragraphs: list[Paragraph]) -> bool:
    """Whether most paragraphs lack a final stop, so that its absence says nothing (lists, messages)."""
    open_ends = sum(_is_subhead(text, paragraph) for paragraph in paragraphs)
    return open_ends * 2 > len(paragraphs)


def _body(text: str, paragraph: Paragraph, kind: BlockKind) -> Iterator[Block]:
    if kind != "body":
        for piece in pieces(text, paragraph):
            yield _block(piece, kind, "shape")
        return
    start = paragraph.start
    for subhead in _INLINE_SUBHEAD.finditer(text, paragraph.start, paragraph.end):
        before = trimmed(text, start, subhead.start(1))
        if before:
            yield from (_block(piece, "body", "paragraph") for piece in pieces(text, before))
        yield _block(Paragraph(*subhead.span(1)), "subhead", "between-dashes")
        start = subhead.end(1)
    rest = trimmed(text, start, paragraph.end)
    if rest:
        yield from (_block(piece, "body", "paragraph") for piece in pieces(text, rest))


def _block(paragraph: Paragraph, kind: BlockKind, rule: str) -> Block:
    span = Span(*paragraph)
    return Block(
        span,
        kind,
        Evidence((span,), "cleaning", rule, "high" if rule in ("title", "paragraph") else "medium"),
    )
