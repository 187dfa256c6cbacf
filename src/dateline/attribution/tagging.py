"""The trained reading of cues and of their parts, on top of the rules'.

A logistic regression says of every word that may be one whether it is a cue; a linear-chain model labels the
words round a cue as source, cue, content or none of them; a linear model chooses among the likely extents of
the content. All see what the rules read (`features`). Without weights the stage works by the rules alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from dateline.attribution.extents import FIRST, FURTHER, OUTSIDE, Reading, agreed, candidates, features
from dateline.attribution.features import beside, of_cue
from dateline.attribution.view import View
from dateline.knowledge.trained import Linear, Trained

CUES, WORDS, EXTENTS = "attribution-cues", "attribution-words", "attribution-extents"
LABELS = ("O", "BS", "IS", "BC", "IC", "BT", "IT")  # nothing, source, cue, content: their first and further words
CUE, KNOWN, AFTER = "cue", "known:", "after:"
LIKELY = 0.45  # from this probability on a word is a cue: the best F1 on held-out stories of the training part
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
        if self.extents is not None and not agreed(reading):
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
        return Reading(view, cue, words, scores, self.best(scores), self.steps)

    def _scores(self, view: View, words: list[int], seen: list[list[str]]) -> Any:
        """Return a row a word and a column a label."""
        own = view.scores
        fresh = [word for word in words if word not in own]
        if fresh:
            own.update(zip(fresh, self._summed([view.word(word) for word in fresh]), strict=True))
        return self._summed(seen) + np.array([own[word] for word in words])

    def _summed(self, rows_of: list[list[str]]) -> Any:
        """Return for each list of features the sum of their rows."""
        known = self.weights.rows.get
        flat: list[int] = []
        starts: list[int] = []
        for names in rows_of:
            starts.append(len(flat))
            flat.append(self.nothing)
            flat += [row for row in map(known, names) if row is not None]
        return np.add.reduceat(self.table[flat], starts, axis=0)

    def best(self, scores: Any) -> list[int]:
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
