"""Which stretches of a report name a place, also where only what belongs to it is meant.

A toponym is used literally ("in Japan"), or associatively: for a people or what is theirs ("Japanese
officials"), inside the name of an institution ("Bank of Japan") (after Gritta et al. 2019). Only the former
can be where an event happened; the latter are kept as toponyms of associative use.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import msgspec
import numpy as np

from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.trained import Linear
from dateline.placing.cues import cues, feature_of_noun
from dateline.placing.senses import is_nationality, part_of
from dateline.records import Mention, Parse

MODEL = "toponyms"
LITERAL, ASSOCIATIVE, OTHER = "literal", "associative", "other"
# The probability from which a stretch is a toponym: the best F1 in cross-validation lies at 0.35 to 0.45.
THRESHOLD = 0.4
LONGEST = 4
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_NAMES = frozenset({"GPE", "LOC", "FAC", "NORP", "ORG", "PERSON", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"})
_EDGES = frozenset({"the", "a", "an", "'s", "’s", "'", "’", '"', ",", ".", "-", "“", "”", "`", "``", "''", "(", ")"})
_LEVELS = (2.5, 3.5, 4.5, 5.5, 6.5, 10.0)
Tokens = tuple[int, int]


class Scene:
    """What the recognition of one report looks at: its parse, mentions, and the places found in it.

    `placed` are the tokens of the names that the rules take for places.
    """

    def __init__(
        self, text: str, parse: Parse, mentions: Sequence[Mention], placed: Sequence[Tokens], gazetteer: Gazetteer
    ) -> None:
        self.text, self.parse, self.gazetteer = text, parse, gazetteer
        self.placed = frozenset(placed)
        self.within = {token: last for first, last in placed for token in range(first, last)}
        self.mentions = {(m.first, m.last): m for m in mentions if m.named}
        self.entities = {self._trimmed(e.first, e.last): e.label for e in parse.entities if e.label in _NAMES}
        self.entities.pop((0, 0), None)
        self.around: dict[int, tuple[Tokens, str]] = {}
        for tokens, label in self.entities.items():
            for token in range(*tokens):
                self.around[token] = tokens, label
        self.labels: dict[str, Counter[str]] = defaultdict(Counter)
        for tokens, label in self.entities.items():
            self.labels[self.words(tokens)][label] += 1
        self.surnames = {
            parse.texts[last - 1]
            for (first, last), label in self.entities.items()
            if label == "PERSON" and last - first > 1
        }

    def words(self, tokens: Tokens) -> str:
        """Return the words of tokens in one line, as the report writes them."""
        return " ".join(self.text[self.parse.starts[tokens[0]] : self.parse.ends[tokens[1] - 1]].split())

    def _trimmed(self, first: int, last: int) -> Tokens:
        texts = self.parse.texts
        while first < last and texts[first].lower() in _EDGES:
            first += 1
        while first < last and texts[last - 1].lower() in _EDGES:
            last -= 1
        return (first, last) if first < last else (0, 0)

    def candidates(self) -> list[Tokens]:
        """Return the stretches that may be toponyms, in text order; they may overlap."""
        found = set(self.placed)
        found.update(tokens for tokens, mention in self.mentions.items() if mention.label != "date")
        found.update(tokens for tokens, label in self.entities.items())
        for tokens in list(found):
            if self.entities.get(tokens) not in ("PERSON", "NORP"):
                found.update(self._inside(tokens))
        for first, last in self._runs():
            if (first, last) not in found:
                found.update(self._inside((first, last)))
                if self._known((first, last)):
                    found.add((first, last))
        return sorted(tokens for tokens in found if self._can_be(tokens) and not self._is_actor(tokens))

    def _is_actor(self, tokens: Tokens) -> bool:
        """Whether a stretch is the whole name of a known actor that is no state: SANA the agency is not Sanaa."""
        mention = self.mentions.get(tokens)
        return mention is not None and mention.label == "actor" and mention.entity != "" and ":" not in mention.entity

    def _can_be(self, tokens: Tokens) -> bool:
        words = self.words(tokens)
        return words[:1].isalnum() and any(c.isupper() for c in words) and len(words) > 1 and tokens[1] - tokens[0] < 8

    def _runs(self) -> Iterator[Tokens]:
        """Yield runs of capitalised words within a sentence that no entity covers."""
        parse, first = self.parse, 0
        while first < len(parse):
            last = first
            while last < len(parse) and self._goes_on(last) and parse.sentence_of[last] == parse.sentence_of[first]:
                last += 1
            if last > first and last - first - parse.texts[first:last].count("-") <= LONGEST:
                yield first, last
            first = max(last, first + 1)

    def _goes_on(self, token: int) -> bool:
        """Whether a run goes on with a token: a capitalised word, or the hyphen between two, as in "Kafr-Nabl"."""
        starts, ends = self.parse.starts, self.parse.ends
        hyphen = self.parse.texts[token] == "-" and 0 < token < len(self.parse) - 1 and token not in self.around
        if hyphen and ends[token - 1] == starts[token] and ends[token] == starts[token + 1]:
            return self._capitalised(token - 1) and self._capitalised(token + 1)
        return self._capitalised(token)

    def _capitalised(self, token: int) -> bool:
        return token not in self.around and self.parse.texts[token][:1].isupper() and self.parse.pos[token] != "PRON"

    def _inside(self, tokens: Tokens) -> Iterator[Tokens]:
        """Yield the longest names of places and peoples inside a longer name."""
        first, end = tokens
        while first < end:
            for last in range(min(end, first + LONGEST), first, -1):
                if (first, last) != tokens and self._known((first, last)):
                    yield first, last
                    first = last - 1
                    break
            first += 1

    def _known(self, tokens: Tokens) -> bool:
        words = self.words(tokens)
        if not words[:1].isupper() or len(words) < 2:
            return False
        return bool(self.gazetteer.best_feature(words)) or is_nationality(words, self.gazetteer)

    # Features ----------------------------------------------------------------------------------------

    def features(self, tokens: Tokens) -> list[str]:
        """Return the features of a stretch, by name."""
        return [*self._own(tokens), *self._beside(tokens), *self._elsewhere(tokens)]

    def _own(self, tokens: Tokens) -> Iterator[str]:
        parse, (first, last) = self.parse, tokens
        words = self.words(tokens)
        mention = self.mentions.get(tokens)
        yield f"placed={tokens in self.placed}"
        yield f"mention={mention.label}/{mention.evidence.rule}" if mention else "mention=none"
        if mention and mention.label == "person" and mention.role:
            yield "with an office"
        label = self.entities.get(tokens, "")
        yield f"entity={label}"
        if not label and first in self.around:
            (begin, end), whole = self.around[first]
            at = "start" if begin == first else "end" if end == last else "middle"
            yield f"inside={whole}"
            yield f"inside={whole},{at}"
        if tokens not in self.placed and first in self.within and last <= self.within[first]:
            yield "inside a place"
        kind, weight = self._entry(words)
        yield f"entry={kind}"
        yield f"entry={kind},entity={label or 'none'}"
        yield f"weight={weight}"
        yield f"weight={weight},entity={label or 'none'}"
        if part := part_of(words, self.gazetteer):
            yield f"part={part != (0, 0)},entity={label}"
        yield f"length={min(4, last - first)}"
        yield f"pos={'-'.join(parse.pos[first:last][:4])}"
        yield f"ends={_word_class(parse.texts[last - 1])}"
        if last - first > 1:
            yield f"begins={_word_class(parse.texts[first])}"
        if words.isupper():
            yield f"capitals={min(5, len(words))}"

    def _entry(self, words: str) -> tuple[str, str]:
        """Return the feature and the level of weight of the heaviest entry of the gazetteer, or of a people."""
        if is_nationality(words, self.gazetteer):
            return "people", "people"
        if not self.gazetteer.best_feature(words):
            return ("ordinary", "none") if self.gazetteer.exact(words) else ("none", "none")
        found = self.gazetteer.exact(words) or self.gazetteer.folded(words)
        level = sum(found[0].weight > step for step in _LEVELS)
        return found[0].feature, f"{level}{'*' if found[0].official else ''}"

    def _beside(self, tokens: Tokens) -> Iterator[str]:
        parse, (first, last) = self.parse, tokens
        before = parse.texts[first - 1].lower() if first else "^"
        after = parse.texts[last].lower() if last < len(parse) else "$"
        yield f"before={_beside(before)}"
        yield f"after={_beside(after)}"
        yield f"before={parse.pos[first - 1] if first else '^'}"
        yield f"after={parse.pos[last] if last < len(parse) else '$'}"
        if first > 1:
            yield f"before that={_beside(parse.texts[first - 2].lower())}"
        if last < len(parse):
            yield f"class after={_word_class(parse.texts[last])}"
        head = next((t for t in range(last - 1, first - 1, -1) if not first <= parse.heads[t] < last), last - 1)
        above = parse.heads[head]
        yield f"dep={parse.deps[head]}"
        yield f"dep={parse.deps[head]},{parse.pos[above]}"
        if parse.deps[head] in ("compound", "amod", "nmod", "poss") and above != head:
            yield f"of={_word_class(parse.texts[above])}"
        if parse.deps[head] == "nsubj":
            yield f"subject of={parse.lemmas[above] in cues().locative.reporting}"
        if first and parse.sentence_of[first] != parse.sentence_of[first - 1]:
            yield "opens a sentence"

    def _elsewhere(self, tokens: Tokens) -> Iterator[str]:
        """How the tagger takes the same words through the report, and whether they are a person's surname."""
        words = self.words(tokens)
        labels = self.labels.get(words)
        if labels:
            total = sum(labels.values())
            for label in ("PERSON", "ORG", "NORP"):
                if labels[label]:
                    yield f"also {label}={labels[label] * 2 > total}"
            if place := sum(labels[label] for label in _PLACES):
                yield f"also place={place * 2 > total}"
        if words in self.surnames or words.rpartition(" ")[2] in self.surnames:
            yield "a surname"


def _word_class(word: str) -> str:
    """Return a class of a word beside or in a name: of a place, of a building or institution, or its shape."""
    plain = word.lower().strip(".,'’")
    if feature := feature_of_noun(plain):
        return feature
    if plain in cues().parts.institutions or plain in cues().locative.classes:
        return plain
    if plain in cues().government.rulers:
        return "ruler"
    return "Xx" if word[:1].isupper() else "xx"


_BESIDE = frozenset(
    "^ $ in at on of from to near into the a an , . ( ) - / : ; and or 's ’s for with by against between through"
    " across around outside inside toward towards mr mr. mrs ms dr president minister prime king sir lord said"
    " based born north south east west northern southern eastern western via over off along within".split()
)


def _beside(word: str) -> str:
    return word if word in _BESIDE else "other"


class Use(msgspec.Struct, frozen=True):
    """How a stretch names a place: how probably it is a toponym, and whether the place itself is meant."""

    probability: float
    literal: bool


def recognised(scene: Scene, model: Linear | None) -> dict[Tokens, Use]:
    """Return the toponyms of a report, none overlapping another.

    Without a model: what the rules take for places, words for peoples, and the places inside the names of
    institutions.
    """
    uses = _by_rules(scene) if model is None else _by_model(scene, model)
    chosen: dict[Tokens, Use] = {}
    held: set[int] = set()
    for tokens in sorted(uses, key=lambda one: (-uses[one].probability, one[0] - one[1], one)):
        if held.isdisjoint(range(*tokens)):
            chosen[tokens] = uses[tokens]
            held.update(range(*tokens))
    return dict(sorted(chosen.items()))


def _by_model(scene: Scene, model: Linear) -> dict[Tokens, Use]:
    columns = {name: number for number, name in enumerate(model.classes)}
    uses: dict[Tokens, Use] = {}
    candidates = scene.candidates()
    if not candidates:
        return uses
    rows = [[row for one in scene.features(c) if (row := model.rows.get(one)) is not None] for c in candidates]
    # All candidates at once: a call of NumPy for each would take longer than the sums.
    heard = [number for number, some in enumerate(rows) if some]
    scores = np.tile(model.bias, (len(rows), 1))
    if heard:
        starts = np.cumsum([0, *(len(rows[number]) for number in heard[:-1])])
        scores[heard] += np.add.reduceat(model.weights[[row for some in rows for row in some]], starts)
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares = grown / grown.sum(axis=1, keepdims=True)
    for tokens, chances in zip(candidates, shares.tolist(), strict=True):
        literal, associative = chances[columns[LITERAL]], chances[columns[ASSOCIATIVE]]
        if literal + associative >= THRESHOLD:
            uses[tokens] = Use(literal + associative, literal >= associative)
    return uses


def _by_rules(scene: Scene) -> dict[Tokens, Use]:
    uses = dict.fromkeys(scene.placed, Use(1.0, literal=True))
    for tokens, mention in scene.mentions.items():
        words = scene.words(tokens)
        if mention.evidence.rule in ("people", "community") and is_nationality(words, scene.gazetteer):
            uses.setdefault(tokens, Use(0.9, literal=False))
        # The words of a name are its tokens, but for hyphens.
        elif mention.label == "actor" and words.count(" ") + 1 == tokens[1] - tokens[0]:
            part = part_of(words, scene.gazetteer) or (0, 0)
            if any(part):
                uses.setdefault((tokens[0] + part[0], tokens[0] + part[1]), Use(0.8, literal=False))
    return uses
