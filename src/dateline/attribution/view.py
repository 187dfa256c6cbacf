"""A report as the trained parts of the stage see it: its words, the marks between them, the edges of its phrases."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from dateline.attribution.lexicon import Sort, index
from dateline.attribution.phrases import bounds
from dateline.attribution.quoting import Quoted
from dateline.attribution.saying import Saying
from dateline.attribution.tree import Tree

PARTS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADV": "adverb", "ADJ": "adjective"}
QUOTES = frozenset({'"', "''", "``", "“", "”"})
WIDEST = 250  # tokens on either side of a cue


class View:
    """A report with what the rules read in it.

    `words` are the tokens that are no punctuation (a colon is one: it may be a cue), `place` their numbers in
    that row. `sayings` are the rules' sayings by their anchors, quotations joined, attitudes among them;
    `over` those in whose content a token stands. `opens` and `closes` are for every token the dependency of
    the largest phrase that begins, or ends, with it ("=" where it is the token alone). `scores` keeps what a
    model gives to a word by itself.
    """

    def __init__(self, tree: Tree, quoted: Quoted, sayings: list[Saying]) -> None:
        parse = tree.parse
        count = len(parse)
        self.tree, self.quoted = tree, quoted
        self.sayings = {saying.anchor: saying for saying in sayings}
        self.words = [token for token in range(count) if not tree.punctuation(token) or tree.lower[token] == ":"]
        self.place = {token: number for number, token in enumerate(self.words)}
        self.entity = [""] * count
        for one in parse.entities:
            self.entity[one.first : one.last] = [one.label] * (one.last - one.first)
        self.over: dict[int, list[Saying]] = {}
        for saying in sayings:
            for token in saying.content:
                self.over.setdefault(token, []).append(saying)
        self.depth = self._depths()
        self.opens, self.closes = self._edges()
        self.scores: dict[int, Any] = {}
        self._features: dict[int, list[str]] = {}
        self._marks = [self._mark_before(token) for token in range(count)]

    def _mark_before(self, token: int) -> str:
        lower, sentence_of, found = self.tree.lower, self.tree.parse.sentence_of, ""
        sentence = sentence_of[token]
        while token > 0 and self.tree.punctuation(token - 1) and sentence_of[token - 1] == sentence:
            token -= 1
            if not lower[token].isspace():
                found = ("Q" if lower[token] in QUOTES else lower[token][:1]) + found
        return found

    def _depths(self) -> list[int]:
        heads = self.tree.parse.heads
        found = [-1] * len(heads)
        for token in range(len(heads)):
            way = []
            while found[token] < 0 and heads[token] != token:
                way.append(token)
                token = heads[token]
            found[token] = max(found[token], 0)
            for level, node in enumerate(reversed(way), found[token] + 1):
                found[node] = level
        return found

    def _edges(self) -> tuple[list[str], list[str]]:
        tree, deps = self.tree, self.tree.parse.deps
        opens, closes, ends = [""] * len(deps), [""] * len(deps), list(tree.right)
        for node in range(len(deps)):
            while ends[node] > node and tree.punctuation(ends[node]):
                ends[node] -= 1
        for node in sorted(range(len(deps)), key=self.depth.__getitem__, reverse=True):
            if tree.left[node] < node:
                opens[tree.left[node]] = deps[node]
            elif not opens[node]:
                opens[node] = "="
            if ends[node] > node:
                closes[ends[node]] = deps[node]
            elif not closes[node]:
                closes[node] = "="
        return opens, closes

    def mark(self, token: int) -> str:
        """Return the first signs of the marks between a token and the word before it, "Q" for quotation marks."""
        return self._marks[token]

    def kind(self, token: int) -> str:
        """Return lemma and part of speech of a word."""
        return f"{self.tree.parse.lemmas[token].lower()},{self.tree.parse.pos[token]}"

    def sort(self, token: int) -> Sort | None:
        """Return the sort of a cue that the lexicon gives, None where it does not know the word."""
        parse = self.tree.parse
        known = index().get((PARTS.get(parse.pos[token], ""), parse.lemmas[token].lower()), ())
        return known[0].sort if known else None

    def phrase(self, head: int, cue: int) -> range:
        """Return the tokens of the phrase that the rules take for the speaker's."""
        return range(*bounds(self.tree, head, cue))

    def around(self, cue: int) -> list[int]:
        """Return the words among which the parts of a cue are looked for: those of its sentence and more.

        More are those of quotations that reach out of the sentence, and what the rules give to the cue.
        """
        first, last = self.tree.bounds(cue)
        saying = self.sayings.get(cue)
        if saying is not None and saying.content:
            first, last = min(first, min(saying.content)), max(last, max(saying.content) + 1)
        for token in (first, last - 1):
            number = self.quoted.of[token]
            if number >= 0:
                opens, closes = self.quoted.ranges[number]
                first, last = min(first, opens), max(last, closes)
        first, last = max(first, cue - WIDEST), min(last, cue + WIDEST)
        return self.words[bisect_left(self.words, first) : bisect_left(self.words, last)]

    def word(self, token: int) -> list[str]:
        """Return the features of a word by itself."""
        held = self._features.get(token)
        if held is not None:
            return held
        tree, parse = self.tree, self.tree.parse
        number = self.place[token]
        before = self.words[number - 1] if number else token
        after = self.words[number + 1] if number + 1 < len(self.words) else token
        dep, tag, head = parse.deps[token], parse.tags[token], parse.heads[token]
        word, mark = tree.lower[token], self._marks[token]
        behind = self._marks[after] if after != token else "."
        if parse.sentence_of[after] != parse.sentence_of[token]:
            behind = "$"
        start = parse.sentence_of[before] != parse.sentence_of[token]
        found = [
            f"w={word}", f"p={parse.pos[token]}", f"t={tag}", f"d={dep}", f"dp={dep},{parse.pos[head]}",
            f"m={mark}", f"n={behind}", f"s={start}", f"w-={tree.lower[before]}", f"w+={tree.lower[after]}",
            f"p-={parse.tags[before]},{tag}", f"p+={tag},{parse.tags[after]}",
            f"e={self.entity[token]}", f"q={self.quoted.of[token] >= 0}",
            f"mw={mark},{word}", f"h={parse.lemmas[head]},{dep}",
            f"le={self.opens[token]}", f"re={self.closes[token]},{behind}", f"lw={self.opens[token]},{word}",
        ]  # fmt: skip
        self._features[token] = found
        return found
