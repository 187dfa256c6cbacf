"""Give every quotation to who speaks in it: the cue that takes it, the cue beside it, or who spoke before."""

from __future__ import annotations

from bisect import bisect_left

from dateline.attribution.saying import Saying
from dateline.attribution.tree import Tree
from dateline.records import Quotation

REACH = 30


class Quoted:
    """The quotations of a report as token ranges (`first`, `last`, half-open), and in which a token lies."""

    def __init__(self, tree: Tree, quotations: tuple[Quotation, ...]) -> None:
        starts, count = tree.parse.starts, len(tree.parse)
        self.records: list[Quotation] = []
        self.ranges: list[tuple[int, int]] = []
        self.of = [-1] * count
        for record in sorted(quotations, key=lambda one: (one.outer.start, -one.outer.end)):
            first, last = bisect_left(starts, record.outer.start), bisect_left(starts, record.outer.end)
            if last <= first or self.of[first] >= 0:
                continue
            self.of[first:last] = [len(self.ranges)] * (last - first)
            tree.quoted[first:last] = b"\x01" * (last - first)
            self.ranges.append((first, last))
            self.records.append(record)

    def words(self, tree: Tree, number: int) -> list[int]:
        """Return the tokens of a quotation that are not punctuation."""
        first, last = self.ranges[number]
        return [token for token in range(first, last) if not tree.punctuation(token)]


def join(tree: Tree, sayings: list[Saying], quoted: Quoted) -> list[Saying]:
    """Return the sayings with their quotations; quotations without a cue become sayings of who spoke before.

    Sayings that took neither words nor a quotation are dropped.
    """
    _drop_wrapping(sayings, quoted)
    owned = _take_overlapping(tree, sayings, quoted)
    for number in range(len(quoted.ranges)):
        if number not in owned:
            saying = _beside(tree, sayings, quoted, number)
            if saying is not None:
                _give(tree, saying, quoted, number)
                owned[number] = saying
    for number in range(len(quoted.ranges)):
        if number not in owned:
            before = _before(tree, sayings, quoted, number, owned)
            if before is not None:
                saying, same = before
                if not same:
                    first, _ = quoted.ranges[number]
                    saying = Saying(
                        first, (first, first), "speech", "continuation",
                        goes_on=saying.goes_on if saying.goes_on is not None else saying.anchor,
                    )  # fmt: skip
                    sayings.append(saying)
                _give(tree, saying, quoted, number)
                owned[number] = saying
    return sorted((one for one in sayings if one.content), key=lambda one: one.anchor)


def _give(tree: Tree, saying: Saying, quoted: Quoted, number: int) -> None:
    saying.quotes.append(number)
    saying.content.update(quoted.words(tree, number))


def _drop_wrapping(sayings: list[Saying], quoted: Quoted) -> None:
    """A cue inside a quotation says nothing outside of it."""
    for saying in sayings:
        number = quoted.of[saying.anchor]
        if number >= 0:
            first, last = quoted.ranges[number]
            saying.content = {token for token in saying.content if first <= token < last}
            saying.quotable = False


def _take_overlapping(tree: Tree, sayings: list[Saying], quoted: Quoted) -> dict[int, Saying]:
    """Content that reaches into a quotation takes the whole of it."""
    owned: dict[int, Saying] = {}
    for saying in sayings:
        if quoted.of[saying.anchor] >= 0:
            continue
        touched = {quoted.of[token] for token in saying.content} - {-1}
        for number in sorted(touched):
            words = quoted.words(tree, number)
            inside = sum(word in saying.content for word in words)
            if inside < len(words):
                saying.content.update(words)
            first, last = quoted.ranges[number]
            if last <= saying.anchor and first > 0 and tree.lower[first - 1] == ":":
                # What leads to a colon is the report's own: "She had a warning: '...', she said."
                start, _ = tree.bounds(first - 1)
                saying.content -= set(range(start, first))
            saying.quotes.append(number)
            held = owned.get(number)
            if held is None or len(saying.content) < len(held.content):
                owned[number] = saying
    return owned


def _beside(tree: Tree, sayings: list[Saying], quoted: Quoted, number: int) -> Saying | None:
    """Return the cue next to a quotation, in the sentence where it begins or ends, or just behind it."""
    first, last = quoted.ranges[number]
    reach = REACH if _is_speech(tree, quoted, number) else 3
    start, _ = tree.bounds(first)
    _, end = tree.bounds(last - 1)
    if end == last and last < len(tree.parse) and _same_block(tree, last - 1, last):
        _, end = tree.bounds(last)
        end = min(end, last + REACH) if _opens_small(tree, last) else last
    best: tuple[int, Saying] | None = None
    for saying in sayings:
        if not start <= saying.anchor < end or quoted.of[saying.anchor] >= 0 or saying.sort != "speech":
            continue
        if not saying.quotable and not saying.quotes:
            continue
        distance = first - saying.anchor if saying.anchor < first else saying.anchor - last
        if saying.content:
            distance += 5
        if saying.anchor < first and tree.lower[first - 1] not in (":", ",", "said") and not _near(saying, first):
            continue
        if best is None or distance < best[0]:
            best = (distance, saying)
    if best is not None and best[0] <= reach + 5:
        return best[1]
    return _colon(tree, sayings, quoted, number)


def _is_speech(tree: Tree, quoted: Quoted, number: int) -> bool:
    """Whether what is quoted may be an utterance, not a title or a word in scare quotes."""
    words = quoted.words(tree, number)
    return len(words) > 4 or any(tree.verbal(token) for token in words)


def _near(saying: Saying, first: int) -> bool:
    between = range(saying.anchor + 1, first)
    return len(between) <= 12 or saying.content != set()


def _opens_small(tree: Tree, token: int) -> bool:
    """Whether what follows a quotation goes on with its sentence ("he asked", "said the governor")."""
    word = tree.text[tree.parse.starts[token] : tree.parse.ends[token]]
    follower = tree.parse.pos[token + 1] if token + 1 < len(tree.parse) else ""
    return word[:1].islower() or (tree.parse.pos[token] in ("PRON", "PROPN") and follower in ("VERB", "PROPN"))


def _colon(tree: Tree, sayings: list[Saying], quoted: Quoted, number: int) -> Saying | None:
    """A name and a colon before a quotation: the name speaks."""
    first, _ = quoted.ranges[number]
    if first == 0 or tree.lower[first - 1] != ":" or quoted.of[first - 1] >= 0:
        return None
    start, _ = tree.bounds(first - 1)
    for saying in reversed(sayings):
        if start <= saying.anchor < first and saying.sort in ("speech", "attitude"):
            return saying
    if first - 1 - start > 14 or start == first - 1:
        return None
    named = [
        token for token in range(start, first - 1)
        if tree.parse.pos[token] in ("PROPN", "NOUN", "PRON")
        and tree.parse.deps[token] in ("ROOT", "nsubj", "dep", "npadvmod", "nsubjpass")
    ]  # fmt: skip
    if not named:
        return None
    saying = Saying(first - 1, (first - 1, first), "speech", "colon", named[0])
    sayings.append(saying)
    return saying


def _before(
    tree: Tree, sayings: list[Saying], quoted: Quoted, number: int, owned: dict[int, Saying]
) -> tuple[Saying, bool] | None:
    """Return who spoke before a quotation that stands as its own sentence, and whether it is one saying.

    It is one where the quotation follows in the same paragraph, or the last one ran on.
    """
    first, last = quoted.ranges[number]
    if not _stands_alone(tree, quoted, number):
        return None
    words = len(quoted.words(tree, number))
    if number > 0 and number - 1 in owned:
        previous = quoted.records[number - 1]
        earlier = quoted.ranges[number - 1][1] - 1
        if previous.continues:
            return owned[number - 1], True
        if words >= 4 and not _same_block(tree, earlier, first) and _alone_in_block(tree, first, last):
            blocks = _block(tree, first) - _block(tree, earlier)
            if blocks == 1:
                return owned[number - 1], False
    best: Saying | None = None
    for saying in sayings:
        spoken = bool(saying.content) and saying.sort == "speech" and quoted.of[saying.anchor] < 0
        if spoken and saying.anchor < first and _same_block(tree, saying.anchor, first):
            best = saying if best is None or saying.anchor > best.anchor else best
    if best is None or (words < 4 and not best.quotes):
        return None
    _, end = tree.bounds(max(best.anchor, max((t for t in best.content if t < first), default=best.anchor)))
    gap = [token for token in range(end, first) if not tree.punctuation(token)]
    if gap:
        return (best, False) if len(gap) <= 40 else None
    return best, best.quotes != [] and max(best.content) < first


def _stands_alone(tree: Tree, quoted: Quoted, number: int) -> bool:
    first, last = quoted.ranges[number]
    start, _ = tree.bounds(first)
    _, end = tree.bounds(last - 1)
    opens = not any(not tree.punctuation(token) for token in range(start, first))
    closes = not any(not tree.punctuation(token) for token in range(last, end))
    return opens and closes and len(quoted.words(tree, number)) >= 2


def _block(tree: Tree, token: int) -> int:
    return tree.parse.sentences[tree.parse.sentence_of[token]].block


def _same_block(tree: Tree, one: int, other: int) -> bool:
    return _block(tree, one) == _block(tree, other)


def _alone_in_block(tree: Tree, first: int, last: int) -> bool:
    before = first == 0 or not _same_block(tree, first - 1, first)
    after = last >= len(tree.parse) or not _same_block(tree, last - 1, last)
    return before and after
