"""Other extents of what a cue makes somebody say than the best labels of its words give: which, and how they look.

The labels see a word at a time. A content as a whole is a clause or is not, cuts a phrase or does not, ends
with a quotation or within one: from the few readings that the labels hold for likely, a linear model chooses
by such features.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from dateline.attribution.view import View

STARTS, ENDS = 6, 8  # other beginnings and ends that are tried on either side
MOST, GAP = 6, 4.0  # so many readings at most, none whose score lacks more of the best
OUTSIDE, FIRST, FURTHER = 0, 5, 6  # columns of the labels: nothing, the first and the further words of a content
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
SCORE = "score"


class Reading(NamedTuple):
    """The words round a cue, a score for each of their labels, the best labels, and the scores of their steps."""

    view: View
    cue: int
    words: list[int]
    scores: Any
    labels: list[int]
    steps: Any


class Extent(NamedTuple):
    """Words of a content by their number among those round the cue; `lacks` is what its score lacks of the best."""

    words: list[int]
    lacks: float


def agreed(reading: Reading) -> bool:
    """Whether the labels and the rules give the same content: then hardly ever another is the true one."""
    return _rule(reading) == [number for number, label in enumerate(reading.labels) if label >= FIRST]


def candidates(reading: Reading) -> list[Extent]:
    """Return the likely extents of the content, the best first."""
    labels = np.array(reading.labels)
    mine = np.flatnonzero(labels >= FIRST)
    base = np.where(labels >= FIRST, OUTSIDE, labels)
    rule = _rule(reading)
    masks = _masks(reading, mine, base == OUTSIDE, rule)
    if not len(masks):
        return []
    first = masks.copy()
    first[:, 1:] &= ~masks[:, :-1]
    rows = np.where(masks, FURTHER, base)
    rows[first] = FIRST
    totals = reading.scores[np.arange(rows.shape[1]), rows].sum(axis=1)
    totals = totals + reading.steps[rows[:, :-1], rows[:, 1:]].sum(axis=1)
    found: dict[tuple[int, ...], float] = {}
    for number in np.argsort(-totals, kind="stable"):
        lacks = float(totals[number] - totals.max())
        if -lacks > GAP or len(found) == MOST:
            break
        found.setdefault(tuple(np.flatnonzero(masks[number]).tolist()), lacks)
    return [Extent(list(words), lacks) for words, lacks in found.items()]


def _rule(reading: Reading) -> list[int]:
    """Return the content of the rules, by number."""
    saying = reading.view.sayings.get(reading.cue)
    return [] if saying is None else [n for n, word in enumerate(reading.words) if word in saying.content]


def _masks(reading: Reading, mine: Any, free: Any, rule: list[int]) -> Any:
    """Return a row an extent: which words are in it. `free` are the words that are not of another role."""
    count = len(free)
    index = np.arange(count)
    held = np.zeros(count, dtype=bool)
    held[mine] = True
    masks = [held[None], *((held & (index >= first) & (index <= last))[None] for first, last in runs(mine.tolist()))]
    limits = [(int(mine[0]), int(mine[-1]))] if len(mine) else []
    if rule:
        limits.append((rule[0], rule[-1]))
        given = np.zeros(count, dtype=bool)
        given[rule] = True
        masks.append((given & free)[None])
    if not limits:
        behind = np.flatnonzero(free & (index > reading.words.index(reading.cue)))
        limits = [(int(behind[0]), int(behind[-1]))] if len(behind) else []
    gap = ~held & free
    if len(mine):
        gap &= (index > mine[0]) & (index < mine[-1])
    opens, closes = _edges(reading)
    for low, high in limits:
        left, right = np.meshgrid(_near(opens & free, low, STARTS), _near(closes & free, high, ENDS), indexing="ij")
        left, right = left.ravel()[:, None], right.ravel()[:, None]
        inside = (index >= left) & (index <= right) & free
        masks.append(inside)
        if len(mine) and gap.any():
            masks.append(inside & ~gap)
    found = np.concatenate(masks)
    return found[found.any(axis=1)]


def _edges(reading: Reading) -> tuple[Any, Any]:
    """Return which words begin, and which end, a phrase or stand beside a mark."""
    view, words = reading.view, reading.words
    of = view.tree.parse.sentence_of
    opens = [view.opens[word] != "=" or bool(view.mark(word)) for word in words]
    closes = [
        view.closes[word] != "=" or bool(view.mark(after)) or of[word] != of[after] for word, after in pairwise(words)
    ]
    return np.array(opens), np.array([*closes, True])


def _near(allowed: Any, place: int, most: int) -> Any:
    """Return the allowed numbers nearest to a place, the place among them."""
    numbers = np.flatnonzero(allowed)
    return np.concatenate([numbers[numbers < place][-most:], [place], numbers[numbers > place][:most]])


def runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Return numbers as runs without a gap, each with its first and last."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    return found


def features(reading: Reading, extent: Extent) -> dict[str, float]:
    """Return the features of an extent, each with its value."""
    words = reading.words
    first, last = words[extent.words[0]], words[extent.words[-1]]
    held = {words[number] for number in extent.words}
    names = [*_heads(reading, held), *_cut(reading, held, first, last), *_begins(reading, extent, first)]
    names += [*_ends(reading, extent, held, last), *_whole(reading, extent, first, last)]
    return {SCORE: extent.lacks} | dict.fromkeys(names, 1.0)


def _heads(reading: Reading, held: set[int]) -> list[str]:
    """Return how the words hang on the cue, and how many they are."""
    tree, parse, cue = reading.view.tree, reading.view.tree.parse, reading.cue
    lemma = parse.lemmas[cue].lower()
    tops = [word for word in sorted(held) if parse.heads[word] not in held or parse.heads[word] == word]
    described = []
    for top in tops[:3]:
        head = parse.heads[top]
        where = "cue" if head == cue else "root" if head == top else "up" if tree.above(head, cue) else "far"
        described.append(f"{parse.deps[top]}^{where}{'<' if top < cue else '>'}")
    shape = "+".join(described) + ("+" if len(tops) > 3 else "")
    count = len(held)
    size = count if count < 5 else 5 + min((count - 5) // 5, 6)
    finite = any(parse.tags[word] in FINITE for word in held)
    return [
        f"r={shape}", f"rn={len(tops)}", f"rl={lemma},{shape}", f"rp={parse.pos[cue]},{shape}",
        f"n={size}", f"nl={size},{lemma}", f"nr={size},{shape}", f"f={finite}", f"fl={finite},{lemma}",
    ]  # fmt: skip


def _cut(reading: Reading, held: set[int], first: int, last: int) -> list[str]:
    """Return what hangs on the words and is left out."""
    view, found = reading.view, []
    tree, parse = view.tree, view.tree.parse
    for number, word in enumerate(reading.words):
        head = parse.heads[word]
        if word in held or head not in held or head == word:
            continue
        dep = parse.deps[word]
        if OUTSIDE < reading.labels[number] < FIRST:
            found.append(f"x={dep},labelled")
            continue
        side = "<" if word < first else ">" if word > last else "|"
        top = parse.heads[head] not in held or parse.heads[head] == head
        opening = tree.left[word]
        found += [f"x={dep},{side}", f"xh={dep},{side},{top}"]
        found.append(f"xw={dep},{side},{tree.lower[opening]},{view.mark(opening)}")
    return found


def _begins(reading: Reading, extent: Extent, first: int) -> list[str]:
    view, number = reading.view, extent.words[0]
    tree, parse = view.tree, view.tree.parse
    before = reading.words[number - 1] if number else None
    word, tag, mark = tree.lower[first], parse.tags[first], view.mark(first)
    together = before is not None and parse.sentence_of[before] == parse.sentence_of[first]
    return [
        f"s={word}", f"sp={tag},{view.opens[first]}", f"sm={mark},{parse.pos[first]}", f"sw={mark},{word}",
        f"sb={tree.lower[before] if before is not None else '^'},{tag}",
        f"sl={parse.lemmas[reading.cue].lower()},{word}", f"ss={first < reading.cue},{together}",
    ]  # fmt: skip


def _ends(reading: Reading, extent: Extent, held: set[int], last: int) -> list[str]:
    view, number = reading.view, extent.words[-1] + 1
    tree, parse = view.tree, view.tree.parse
    after = reading.words[number] if number < len(reading.words) else None
    apart = after is None or parse.sentence_of[after] != parse.sentence_of[last]
    mark = "$" if after is None or apart else view.mark(after)
    tag = parse.tags[last]
    found = [f"e={mark},{tag}", f"ec={mark},{view.closes[last]}", f"el={parse.lemmas[reading.cue].lower()},{mark}"]
    if after is None:
        return found
    head, opened = parse.heads[after], view.opens[after]
    where = "in" if head in held else "cue" if head == reading.cue else "-"
    return [
        *found, f"ew={mark},{tree.lower[after]}", f"eo={mark},{opened},{where}", f"et={tag},{parse.tags[after]}",
        f"ep={mark},{opened},{parse.pos[after]}",
    ]  # fmt: skip


def _whole(reading: Reading, extent: Extent, first: int, last: int) -> list[str]:
    """Return how the words stand to quotations, to other sentences, and to what the rules read."""
    view, cue, words = reading.view, reading.cue, reading.words
    quoted, sentence_of = view.quoted, view.tree.parse.sentence_of
    one, other = quoted.of[first], quoted.of[last]
    opens = one >= 0 and quoted.ranges[one][0] >= first - 1
    closes = other >= 0 and quoted.ranges[other][1] <= last + 3
    parts = len(runs(extent.words))
    commas = sum(view.mark(words[number]) == "," for number in extent.words[1:])
    here = sentence_of[cue]
    found = [
        f"q={one >= 0},{other >= 0},{opens},{closes}",
        f"qc={other >= 0 and not closes},{one >= 0 and not opens},{quoted.of[cue] >= 0}",
        f"g={sentence_of[first] - here},{sentence_of[last] - here}", f"c={min(commas, 4)}",
        f"e1={view.entity[first]},{view.entity[last]}", f"runs={parts}", f"runs={parts},{first < cue < last}",
    ]  # fmt: skip
    rule = _rule(reading)
    if not rule:
        return [*found, "rule=no"]
    same = rule == extent.words
    found += [f"rule={same}", f"ruler={view.sayings[cue].rule},{same}"]
    return [*found, f"rule0={rule[0] == extent.words[0]}", f"rule1={rule[-1] == extent.words[-1]}"]
