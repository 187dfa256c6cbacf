"""The trained reading of cues and of their parts, on top of the rules'.

A logistic regression says of every word that may be one whether it is a cue; a linear-chain model labels the
words round a cue as source, cue, content or none of them; a linear model chooses among the likely extents of
the content. All see what the rules read (`features`). Without weights the stage works by the rules alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from dateline.attribution.extents import FIRST, FURTHER, OUTSIDE, Reading, candidates, features
from dateline.attribution.features import beside, of_cue
from dateline.attribution.quoting import Quoted
from dateline.attribution.saying import Saying
from dateline.attribution.tree import Tree
from dateline.attribution.view import View
from dateline.knowledge.trained import Linear, Trained

CUES, WORDS, EXTENTS = "attribution-cues", "attribution-words", "attribution-extents"
LABELS = ("O", "BS", "IS", "BC", "IC", "BT", "IT")  # nothing, source, cue, content: their first and further words
CUE, KNOWN, AFTER = "cue", "known:", "after:"
LIKELY = 0.45  # from this probability on a word is a cue: the best F1 on held-out stories of the training part
UNLIKELY = 0.1  # under it what the rules read is dropped
SURE = 0.7  # from it what the rules did not read is added
BAD = -1e4


class Tagger:
    """Reads the cues of a report, and the words of their sources and contents, with trained weights."""

    def __init__(self, cues: Linear, words: Linear, extents: Linear | None = None) -> None:
        self.cues, self.weights, self.extents = cues, words, extents
        self.yes = cues.classes.index(CUE)
        order = [words.classes.index(label) for label in LABELS]
        self.table = np.vstack([words.weights[:, order].astype(np.float64), np.zeros((1, len(LABELS)))])
        self.nothing = len(self.table) - 1
        self.steps = np.full((len(LABELS), len(LABELS)), BAD)
        for number, label in enumerate(LABELS):
            row = words.rows.get(AFTER + label)
            if row is not None:
                self.steps[number] = self.table[row]
        for number, label in enumerate(LABELS):
            for other, follower in enumerate(LABELS):
                if follower[0] == "I" and label[1:] != follower[1:]:
                    self.steps[number, other] = BAD
        self.ways = [
            [(one, float(step)) for one, step in enumerate(column) if step > BAD] for column in self.steps.T
        ]  # for each label those that it may follow
        self.opening = np.array([BAD if label[0] == "I" else 0.0 for label in LABELS])

    @classmethod
    def of(cls, trained: Trained) -> Tagger | None:
        """Return the tagger of the installed weights, or None where they are not there or not wanted."""
        cues, words = trained.linear(CUES), trained.linear(WORDS)
        if cues is None or words is None:
            return None
        return cls(cues, words, trained.linear(EXTENTS))

    def candidates(self, view: View) -> list[int]:
        """Return the words that may be cues: those of the rules, and those whose kind was seen as a cue."""
        rows = self.cues.rows
        return [token for token in view.words if token in view.sayings or KNOWN + view.kind(token) in rows]

    def likely(self, view: View, tokens: Iterable[int]) -> dict[int, float]:
        """Return the probability of each of the tokens to be a cue."""
        return {token: float(self.cues.probabilities(of_cue(view, token))[self.yes]) for token in tokens}

    def labels(self, view: View, cue: int) -> tuple[list[int], list[str]]:
        """Return the words round a cue and the label of each."""
        reading = self.reading(view, cue)
        found = reading.labels
        if self.extents is not None:
            likely = candidates(reading)
            if len(likely) > 1:
                values = [float(self.extents.scores(features(reading, one))[0]) for one in likely]
                chosen = likely[values.index(max(values))]
                found = [OUTSIDE if label >= FIRST else label for label in found]
                for number in chosen.words:
                    found[number] = FURTHER
        return reading.words, [LABELS[label] for label in found]

    def reading(self, view: View, cue: int) -> Reading:
        """Return the words round a cue with the scores of their labels and the best of them."""
        words, seen = beside(view, cue)
        scores = self._scores(view, words, seen)
        return Reading(view, cue, words, scores, self._best(scores), self.steps)

    def _scores(self, view: View, words: list[int], seen: list[list[str]]) -> Any:
        """Return a row a word and a column a label."""
        rows, table, own = self.weights.rows, self.table, view.scores
        for word in words:
            if word not in own:
                held = [row for name in view.word(word) if (row := rows.get(name)) is not None]
                own[word] = table[held].sum(axis=0)
        flat: list[int] = []
        starts: list[int] = []
        for names in seen:
            starts.append(len(flat))
            flat.append(self.nothing)
            flat += [row for name in names if (row := rows.get(name)) is not None]
        return np.add.reduceat(table[flat], starts, axis=0) + np.array([own[word] for word in words])

    def _best(self, scores: Any) -> list[int]:
        """Return the best labels in a row (Viterbi)."""
        total: list[float] = (self.opening + scores[0]).tolist()
        back: list[list[int]] = []
        for row in scores[1:].tolist():
            best: list[int] = []
            reached: list[float] = []
            for score, ways in zip(row, self.ways, strict=True):
                top, way = BAD, 0
                for one, step in ways:
                    if total[one] + step > top:
                        top, way = total[one] + step, one
                best.append(way)
                reached.append(top + score)
            total = reached
            back.append(best)
        label = total.index(max(total))
        found = [label]
        for best in reversed(back):
            label = best[label]
            found.append(label)
        return found[::-1]

    def read(self, tree: Tree, quoted: Quoted, sayings: list[Saying]) -> list[Saying]:
        """Return what is said by whom, in the order of the cues; `sayings` are the rules', attitudes among them."""
        view = View(tree, quoted, sayings)
        by_anchor = view.sayings
        found = []
        for token, probability in self.likely(view, self.candidates(view)).items():
            if probability >= LIKELY:
                found.append(self._saying(view, token, by_anchor.get(token)))
        return sorted(found, key=lambda one: one.anchor)

    def corrected(self, tree: Tree, quoted: Quoted, sayings: list[Saying], wide: list[Saying]) -> list[Saying]:
        """Return the rules' sayings corrected: unlikely ones dropped, extents mended, likely ones added.

        `wide` are the rules' sayings with attitudes, which the features are made of; no attitude is added.
        """
        view = View(tree, quoted, wide)
        read = {saying.anchor for saying in sayings}
        told = [token for token in self.candidates(view) if token in read or view.sort(token) not in (None, "attitude")]
        likely = self.likely(view, told)
        carried = {saying.goes_on for saying in sayings}
        found = []
        for saying in sayings:
            probability = likely.get(saying.anchor)
            if probability is None or saying.goes_on is not None:
                found.append(saying)
            elif probability >= LIKELY and not saying.through and saying.anchor not in saying.content:
                mended = self._saying(view, saying.anchor, saying)
                if _stops(tree, mended.content) != _stops(tree, saying.content):
                    mended.content, mended.quotes, mended.tagged = saying.content, saying.quotes, False
                found.append(mended if mended.content and mended.speaker is not None else saying)
            elif probability >= UNLIKELY or saying.anchor in carried or saying.quotes:
                found.append(saying)
        for token, probability in likely.items():
            if probability >= SURE and token not in read:
                saying = self._saying(view, token, view.sayings.get(token))
                if saying.content and saying.speaker is not None and _clausal(view, saying):
                    found.append(saying)
        return sorted(found, key=lambda one: one.anchor)

    def _saying(self, view: View, token: int, rule: Saying | None) -> Saying:
        words, labels = self.labels(view, token)
        held: dict[str, list[int]] = {"S": [], "C": [], "T": []}
        for word, label in zip(words, labels, strict=True):
            if label != "O":
                held[label[1]].append(word)
        named = _run(view, held["S"], token, rule)
        cue = _run(view, held["C"], token, None) or [token]
        saying = Saying(token, (cue[0], cue[-1] + 1), view.sort(token) or "attitude", "trained")
        if rule is not None:
            saying.sort, saying.rule, saying.through, saying.told = (
                rule.sort,
                f"{rule.rule}, trained",
                rule.through,
                rule.told,
            )
            saying.hedge, saying.cites, saying.quotable = rule.hedge, rule.cites, rule.quotable
        if named:
            saying.named = (named[0], named[-1] + 1)
            saying.speaker = _head(view, named, None if rule is None else rule.speaker)
        saying.tagged = True
        saying.content = set(held["T"])
        saying.quotes = sorted({view.quoted.of[word] for word in held["T"]} - {-1})
        return saying


def _run(view: View, words: list[int], cue: int, rule: Saying | None) -> list[int]:
    """Return the words in a row that hold the rules' speaker, or else those nearest to the cue."""
    runs: list[list[int]] = []
    for word in words:
        if runs and view.place[word] == view.place[runs[-1][-1]] + 1:
            runs[-1].append(word)
        else:
            runs.append([word])
    if rule is not None and rule.speaker is not None:
        for run in runs:
            if rule.speaker in run:
                return run
    return min(runs, key=lambda run: min(abs(run[0] - cue), abs(run[-1] - cue)), default=[])


def _stops(tree: Tree, content: set[int]) -> int:
    if not content:
        return 0
    return sum(tree.lower[token] == ";" and not tree.quoted[token] for token in range(min(content), max(content)))


def _clausal(view: View, saying: Saying) -> bool:
    """Whether what is said is a clause or a quotation, not a thing that is done by saying it ("declared war")."""
    if saying.quotes:
        return True
    parse = view.tree.parse
    return (
        any(token in saying.content for token in view.tree.kids(saying.anchor, "ccomp"))
        and parse.pos[saying.anchor] == "VERB"
    )


def _head(view: View, words: list[int], speaker: int | None) -> int:
    """Return the head token of the words that name a speaker; the rules' own where it is among them."""
    if speaker is not None and speaker in words:
        return speaker
    inside = set(words)
    tops = [word for word in words if view.tree.parse.heads[word] not in inside]
    return min(tops or words, key=lambda word: (view.depth[word], word))
