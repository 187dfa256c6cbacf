"""From the trained reading of cues and their words to sayings: alone, or as a correction of the rules'."""

from __future__ import annotations

import msgspec

from dateline.attribution.quoting import Quoted
from dateline.attribution.saying import Saying
from dateline.attribution.tagging import LIKELY, Tagger
from dateline.attribution.tree import Tree
from dateline.attribution.view import View

UNLIKELY = 0.1  # under it what the rules read is dropped
SURE = 0.7  # from it what the rules did not read is added


def read(tagger: Tagger, tree: Tree, quoted: Quoted, sayings: list[Saying]) -> list[Saying]:
    """Return what is said by whom, attitudes too, in the order of the cues; `sayings` are the rules' with attitudes."""
    view = View(tree, quoted, sayings)
    likely = tagger.likely(view, tagger.candidates(view))
    found = [_tagged(tagger, view, token) for token, probability in likely.items() if probability >= LIKELY]
    return sorted(found, key=lambda one: one.anchor)


def corrected(tagger: Tagger, tree: Tree, quoted: Quoted, sayings: list[Saying]) -> list[Saying]:
    """Return the rules' sayings corrected: unlikely ones dropped, extents mended, sure ones added.

    No attitude is added, and nothing that is done by saying it. The words of the cue stay the rules'.
    """
    view = View(tree, quoted, sayings)
    read_before = {saying.anchor for saying in sayings}
    asked = [
        token for token in tagger.candidates(view) if token in read_before or view.sort(token) not in (None, "attitude")
    ]
    likely = tagger.likely(view, asked)
    carried = {saying.goes_on for saying in sayings}
    found = []
    for saying in sayings:
        probability = likely.get(saying.anchor)
        if probability is None or saying.goes_on is not None:
            found.append(saying)
        elif probability >= LIKELY and not saying.through and saying.anchor not in saying.content:
            found.append(_mended(tagger, view, saying))
        elif probability >= UNLIKELY or saying.anchor in carried or saying.quotes:
            found.append(saying)
    for token, probability in likely.items():
        if probability >= SURE and token not in read_before:
            added = _tagged(tagger, view, token)
            if added.content and added.speaker is not None and _tells(view, added):
                found.append(added)
    return sorted(found, key=lambda one: one.anchor)


def _mended(tagger: Tagger, view: View, saying: Saying) -> Saying:
    """Return what the rules read with the trained extents; content that runs over another semicolon stays."""
    found = _tagged(tagger, view, saying.anchor)
    if not found.content or found.speaker is None:
        return saying
    rule = f"{saying.rule}, trained"
    mended = msgspec.structs.replace(saying, rule=rule, speaker=found.speaker, named=found.named)
    if _stops(view.tree, found.content) == _stops(view.tree, saying.content):
        mended.content, mended.quotes, mended.tagged = found.content, found.quotes, True
    return mended


def _tagged(tagger: Tagger, view: View, token: int) -> Saying:
    """Return the saying of the cue `token` by the labels of the words round it."""
    held: dict[str, list[int]] = {"S": [], "C": [], "T": []}
    for word, label in zip(*tagger.labels(view, token), strict=True):
        if label != "O":
            held[label[1]].append(word)
    rule = view.sayings.get(token)
    speaker = rule.speaker if rule is not None else None
    named = _run(view, held["S"], token, speaker)
    cue = _run(view, held["C"], token, token) or [token]
    saying = Saying(token, (cue[0], cue[-1] + 1), view.sort(token) or "attitude", "trained", tagged=True)
    if rule is not None:
        saying.sort, saying.rule = rule.sort, f"{rule.rule}, trained"
        saying.through, saying.told, saying.hedge = rule.through, rule.told, rule.hedge
    if named:
        saying.named = (named[0], named[-1] + 1)
        saying.speaker = _head(view, named, speaker)
    saying.content = set(held["T"])
    saying.quotes = sorted({view.quoted.of[word] for word in held["T"]} - {-1})
    return saying


def _run(view: View, words: list[int], cue: int, wanted: int | None) -> list[int]:
    """Return the words in a row that hold the word wanted, or else those nearest to the cue."""
    runs: list[list[int]] = []
    for word in words:
        if runs and view.place[word] == view.place[runs[-1][-1]] + 1:
            runs[-1].append(word)
        else:
            runs.append([word])
    held = next((run for run in runs if wanted in run), None)
    return held or min(runs, key=lambda run: min(abs(run[0] - cue), abs(run[-1] - cue)), default=[])


def _head(view: View, words: list[int], speaker: int | None) -> int:
    """Return the head token of the words that name a speaker; the rules' own where it is among them."""
    if speaker is not None and speaker in words:
        return speaker
    inside = set(words)
    tops = [word for word in words if view.tree.parse.heads[word] not in inside]
    return min(tops or words, key=lambda word: (view.depth[word], word))


def _stops(tree: Tree, content: set[int]) -> int:
    """Return how many semicolons outside of quotations stand between the first and the last word."""
    within = range(min(content), max(content)) if content else ()
    return sum(tree.lower[token] == ";" and not tree.quoted[token] for token in within)


def _tells(view: View, saying: Saying) -> bool:
    """Whether a clause or a quotation is said: a thing that is done by saying it is none ("declared war")."""
    parse = view.tree.parse
    clausal = any(token in saying.content for token in view.tree.kids(saying.anchor, "ccomp"))
    return bool(saying.quotes) or (clausal and parse.pos[saying.anchor] == "VERB")
