"""The parse of a report as a tree that can be asked for its phrases."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.records import Parse, Span

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})


class Tree:
    """A parse with, for every token, the first and the last token of its subtree (`left`, `right`).

    `quoted` is not 0 for tokens that stand in a quotation (filled in by those who know),
    `dates` for tokens of a date or a time of day.
    """

    def __init__(self, parse: Parse, text: str) -> None:
        self.parse = parse
        self.text = text
        count = len(parse)
        self.lower = [word.lower() for word in parse.texts]
        self.left = list(range(count))
        self.right = list(range(count))
        self.quoted = bytearray(count)
        self.dates = bytearray(count)
        for entity in parse.entities:
            if entity.label in ("DATE", "TIME"):
                self.dates[entity.first : entity.last] = b"\x01" * (entity.last - entity.first)
        for token in range(count):
            node, steps = token, 0
            while (head := parse.heads[node]) != node and steps < 200:
                node, steps = head, steps + 1
                if self.left[node] > token:
                    self.left[node] = token
                if self.right[node] < token:
                    self.right[node] = token

    def main_verb(self, token: int) -> int:
        """Return the highest token above `token`."""
        above = self.parse.ancestors(token)
        return above[-1] if above else token

    def bounds(self, token: int) -> tuple[int, int]:
        """Return the tokens of the sentence of `token`, half-open."""
        sentence = self.parse.sentences[self.parse.sentence_of[token]]
        return sentence.first, sentence.last

    def kids(self, token: int, *deps: str) -> list[int]:
        """Return the children of `token` in one of the dependencies `deps`."""
        held = self.parse.deps
        return [kid for kid in self.parse.children[token] if held[kid] in deps]

    def kid(self, token: int, *deps: str) -> int | None:
        """Return the first child of `token` in one of the dependencies `deps`."""
        held = self.parse.deps
        for kid in self.parse.children[token]:
            if held[kid] in deps:
                return kid
        return None

    def verbal(self, token: int) -> bool:
        """Whether `token` is a verb or an auxiliary."""
        return self.parse.pos[token] in VERBAL

    def mark(self, token: int) -> str:
        """Return the word that introduces the clause of `token` ("that", "after", "to"), or ""."""
        for kid in self.parse.children[token]:
            if self.parse.deps[kid] in ("mark", "aux") and (self.parse.deps[kid] == "mark" or self.lower[kid] == "to"):
                return self.lower[kid]
        return ""

    def above(self, token: int, other: int) -> bool:
        """Whether `token` is `other` or stands above it."""
        while True:
            if token == other:
                return True
            head = self.parse.heads[other]
            if head == other:
                return False
            other = head

    def punctuation(self, token: int) -> bool:
        """Whether `token` is a mark of punctuation or white space."""
        return self.parse.pos[token] in ("PUNCT", "SPACE")

    def span(self, first: int, last: int) -> Span:
        """Return the span of the tokens `first` to `last`, half-open."""
        return Span(self.parse.starts[first], self.parse.ends[last - 1])

    def runs(self, tokens: Iterable[int]) -> list[tuple[int, int]]:
        """Return `tokens` as half-open runs; only white space and punctuation may lie in a run's gaps."""
        found: list[list[int]] = []
        for token in sorted(tokens):
            if found and all(self.punctuation(gap) for gap in range(found[-1][1], token)):
                found[-1][1] = token + 1
            else:
                found.append([token, token + 1])
        return [(first, last) for first, last in found]
