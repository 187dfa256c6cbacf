"""From the tokens of what is said to spans of the report's own text."""

from __future__ import annotations

from dateline.attribution.quoting import Quoted
from dateline.attribution.saying import Saying
from dateline.attribution.tree import Tree
from dateline.records import Manner, Span

EDGES = " \t\r\n\u00a0,;:-–—"
MARKS = "\"“”„«»'‘’"


def covers(tree: Tree, saying: Saying, quoted: Quoted) -> tuple[tuple[Span, ...], Manner]:
    """Return the spans of what is said and whether it is quoted, told or both.

    The inner span of a quotation where nothing but it is said; else one span from the first word to the
    last of each run of words, quotation marks included, the full stop not.
    """
    inside = {quoted.of[token] for token in saying.content}
    told = [token for token in saying.content if quoted.of[token] < 0 and not _joint(tree, token)]
    own = quoted.of[saying.anchor] if saying.anchor < len(quoted.of) else -1
    if own >= 0 and saying.rule != "continuation":
        manner: Manner = "indirect"
    elif told:
        manner = "mixed" if inside - {-1} else "indirect"
    else:
        manner = "direct"
    quotes = bool(inside - {-1}) and own < 0
    spans: list[Span] = []
    for first, last in _runs(tree, saying):
        numbers = {quoted.of[token] for token in range(first, last)}
        if (
            quotes
            and not saying.tagged
            and not numbers - {-1}
            and all(_filler(tree, token) for token in range(first, last))
        ):
            continue  # "Still, she added, '...'"
        whole = numbers - {-1} if own < 0 or saying.rule == "continuation" else set()
        if saying.tagged:
            whole = {number for number in whole if saying.content.issuperset(quoted.words(tree, number))}
        bare = whole == numbers - {-1} and all(
            quoted.of[token] >= 0 or _joint(tree, token) for token in range(first, last)
        )
        if whole and bare:
            spans.extend(quoted.records[number].inner for number in sorted(whole))
            continue
        span = tree.span(first, last)
        for number in whole:
            outer = quoted.records[number].outer
            if outer.overlaps(span) or outer.end == span.start or outer.start == span.end:
                span = Span(min(span.start, outer.start), max(span.end, outer.end))
        spans.append(span)
    trimmed = sorted({_trim(tree.text, span) for span in spans})
    return tuple(span for span in trimmed if len(span) > 0), manner


def _runs(tree: Tree, saying: Saying) -> list[tuple[int, int]]:
    return tree.runs(token for token in saying.content if not tree.punctuation(token))


def _joint(tree: Tree, token: int) -> bool:
    """Whether the word only joins two quotations ("...", or "...")."""
    return tree.punctuation(token) or tree.parse.pos[token] == "CCONJ"


def _filler(tree: Tree, token: int) -> bool:
    """Whether the word is only an adverb or a conjunction that leads over to what is said."""
    return _joint(tree, token) or tree.parse.pos[token] in ("ADV", "SCONJ", "INTJ")


def _trim(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    if text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end):
        end += 1
    return Span(start, end)
