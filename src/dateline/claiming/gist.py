"""What a sentence tells as a whole: its main verb, and features from which a trained model tells its class.

The class is that of CAMEO's pentaclass: statement, verbal or material cooperation, verbal or material conflict. The
rules give it from the sense of the main verb; the model gives it from all words, those around the main verb, the
predications, and word vectors, and so has an opinion where no word of the lexicon stands.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from dateline.knowledge.crosswalk.pentaclass import STATEMENT, pentaclass_of
from dateline.knowledge.trained import Linear
from dateline.records import Parse, Predication

Vectors = Callable[[str], NDArray[np.float32] | None]
REPORTING = frozenset(
    "say tell report announce claim add reveal confirm state declare note describe".split()
)  # what they report is the news
DEEPEST = 3  # verbs of saying in one another
OPEN_CLASSES = frozenset({"NOUN", "VERB", "ADJ", "ADV"})
VERBAL = frozenset({"VERB", "AUX"})
NONE_SAID = frozenset({"punct", "det"})


def root_of(parse: Parse, first: int, last: int) -> int:
    """Return the root of the longest sentence among the tokens `first` to `last` (half-open)."""
    held = parse.sentences[parse.sentence_of[first] : parse.sentence_of[last - 1] + 1]
    longest = max(held, key=lambda s: s.last - s.first)
    low, high = max(first, longest.first), min(last, longest.last)
    return next((token for token in range(low, high) if parse.heads[token] == token), low)


def main_verb(parse: Parse, root: int) -> int:
    """Return the verb that tells the news: the root, or what it reports where it only says so."""
    for _ in range(DEEPEST):
        told = [c for c in parse.of_dep(root, "ccomp", "parataxis") if parse.pos[c] in VERBAL]
        if parse.lemmas[root] not in REPORTING or not told:
            break
        root = told[0]
    return root


def by_rules(parse: Parse, predications: Sequence[Predication], first: int, last: int) -> str:
    """Return the class of a sentence by the sense of its main verb, or else of its first predication."""
    root = root_of(parse, first, last)
    heads = (root, main_verb(parse, root))
    told = [p for p in predications if p.token in heads] or list(predications)
    return pentaclass_of(told[0].plover, told[0].status, told[0].polarity) if told else STATEMENT


def class_features(parse: Parse, predications: Sequence[Predication], first: int, last: int) -> dict[str, float]:
    """Return the features of a stretch of tokens, with values: each group of them has the length 1.

    `predications` are those of the stretch.
    """
    lemmas = ["#" if parse.pos[t] == "NUM" else parse.lemmas[t] for t in range(first, last)]
    root = root_of(parse, first, last)
    main = main_verb(parse, root)
    found: dict[str, float] = {}
    for group, names in (
        ("l", lemmas),
        ("r", _around(parse, root)),
        ("m", _around(parse, main)),
        ("p", _events(predications, (root, main))),
    ):
        kept = dict.fromkeys(names)
        found.update(dict.fromkeys((f"{group}|{name}" for name in kept), 1 / math.sqrt(max(1, len(kept)))))
    return found


def meanings(parse: Parse, first: int, last: int, vectors: Vectors) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Yield, by name, the mean vectors of all words of a stretch, of its main verb, and of that verb's objects."""
    main = main_verb(parse, root_of(parse, first, last))
    words = [parse.texts[t].lower() for t in range(first, last) if parse.pos[t] in OPEN_CLASSES]
    objects = [parse.lemmas[c] for c in parse.of_dep(main, "dobj", "xcomp", "ccomp", "attr")]
    for name, held in (("a", words), ("v", [parse.lemmas[main]]), ("o", objects)):
        mean = _mean(held, vectors)
        if mean is not None:
            yield name, mean


def value_features(
    parse: Parse, predications: Sequence[Predication], first: int, last: int, vectors: Vectors
) -> dict[str, float]:
    """Return the features of `class_features`, and those of meaning, a number each: what the model is trained on."""
    found = class_features(parse, predications, first, last)
    for name, mean in meanings(parse, first, last, vectors):
        found.update((f"{name}{at}", float(value)) for at, value in enumerate(mean))
    return found


class ClassModel:
    """The trained model of a sentence's class, with the weights of meaning as matrices, which is faster."""

    def __init__(self, model: Linear, vectors: Vectors) -> None:
        self.model, self.vectors = model, vectors
        self.matrices = {name: _matrix(model, name) for name in "avo"}

    def probabilities(
        self, parse: Parse, predications: Sequence[Predication], first: int, last: int
    ) -> dict[str, float]:
        """Return the probability of each class for a stretch of tokens; `predications` are those of the stretch."""
        scores = self.model.scores(class_features(parse, predications, first, last))
        for name, mean in meanings(parse, first, last, self.vectors):
            matrix = self.matrices[name]
            size = min(len(matrix), len(mean))
            scores = scores + mean[:size] @ matrix[:size]
        grown = np.exp(scores - scores.max())
        return dict(zip(self.model.classes, (grown / grown.sum()).tolist(), strict=True))


def _matrix(model: Linear, name: str) -> NDArray[np.float32]:
    """Return the weights of the features NAME0, NAME1, ...; 0 for one that the model left out."""
    numbers = [int(f[1:]) for f in model.rows if f[0] == name and f[1:].isdigit()]
    matrix = np.zeros((max(numbers, default=-1) + 1, len(model.classes)), dtype=np.float32)
    for number in numbers:
        matrix[number] = model.weights[model.rows[f"{name}{number}"]]
    return matrix


def _mean(words: Iterable[str], vectors: Vectors) -> NDArray[np.float32] | None:
    """Return the mean of the words' vectors at unit length; None where no word has one."""
    known = [vector for word in words if (vector := vectors(word)) is not None]
    if not known:
        return None
    total = np.sum(known, axis=0)
    length = float(np.linalg.norm(total))
    return np.asarray(total / length) if length else None


def _around(parse: Parse, verb: int) -> list[str]:
    """Return the words that hang on a verb, how they do, and what hangs on its object or its clause."""
    lemmas = parse.lemmas
    own = lemmas[verb]
    helpers = "+".join(sorted({lemmas[c] for c in parse.of_dep(verb, "aux", "auxpass", "neg")}))
    found = [f"r:{own}", f"aux:{helpers}", f"tag:{parse.tags[verb]}", f"r:{own}:{helpers}"]
    for child in parse.children[verb]:
        dep, lemma = parse.deps[child], lemmas[child]
        if dep in NONE_SAID:
            continue
        found += [f"{dep}:{lemma}", f"{own}:{dep}", f"{own}:{dep}:{lemma}"]
        if dep == "prep":
            found += [f"{lemma}:{lemmas[inner]}" for inner in parse.children[child]]
        elif dep in ("xcomp", "ccomp", "dobj"):
            for inner in parse.children[child]:
                found += [f"{dep}.{parse.deps[inner]}:{lemmas[inner]}", f"{own}.{lemma}.{lemmas[inner]}"]
    return found


def _events(predications: Sequence[Predication], heads: tuple[int, int]) -> list[str]:
    """Return what the rules read: types, senses, modes and status, those of the main verb apart."""
    found = [f"n:{min(3, len(predications))}"]
    for at, one in enumerate(predications):
        found += [
            f"p:{one.plover}", f"s:{one.sense}", f"ps:{one.plover}:{one.status}", f"pp:{one.plover}:{one.polarity}",
            f"m:{one.plover}:{one.mode}",
        ]  # fmt: skip
        if at == 0:
            found.append(f"first:{one.plover}:{one.status}")
        if one.token in heads:
            found += [f"main:{one.plover}", f"main:{one.plover}:{one.status}:{one.polarity}", f"mains:{one.sense}"]
    return found if predications else [*found, "none"]
