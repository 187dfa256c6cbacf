"""Train which extent of a content is chosen: a ranking of the readings that the labels of the words leave likely.

The readings come from labels that were trained on the other half of the stories: on their own stories they
would be right too often.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from dateline.attribution.extents import candidates, features
from dateline.attribution.tagging import EXTENTS, Tagger
from dateline.attribution.view import View
from dateline.training.attribution import LICENCE, Roles, corpus_hash, f1, views
from dateline.training.attribution_words import NO_CUES, fitted
from dateline.training.cards import Card
from dateline.training.ranking import Choice, rank

PENALTY, LEAST, SMALLEST = 2.0, 3, 0.02
Seen = list[tuple[View, dict[int, Roles]]]


def train(corpora: Path, folder: Path, seed: int) -> Card:
    """Train on the part to look at, write the weights, and return their card with F1 on the other, cues given."""
    seen = list(views(corpora, "look"))
    halves: tuple[Seen, Seen] = ([], [])
    for one in seen:
        halves[_half(one[0])].append(one)
    found: list[Choice] = []
    words = [fitted(half) for half in halves]
    for half, other in zip(halves, reversed(words), strict=True):
        found += choices(Tagger(NO_CUES, other), half)
    model = rank(found, penalty=PENALTY, least=LEAST, smallest=SMALLEST)
    model.save(folder / "weights.npz")
    tagger = Tagger(NO_CUES, words[0], model)
    plain = Tagger(NO_CUES, words[0])
    scored = list(views(corpora, "score"))
    return Card(
        name=EXTENTS,
        what="Which of the likely extents of a content is chosen",
        used_by="dateline.attribution.tagging",
        data="PolNeAR 1.0, train (Newell, Margolin and Ruths 2018)",
        licence=LICENCE,
        corpus_sha256=corpus_hash(corpora),
        texts=len(seen),
        examples=len(found),
        features="how the words hang on the cue, what is cut off, where they begin and end, quotations, the rules'",
        method=f"softmax over the readings of labels trained on the other half, L2 {PENALTY}, features of {LEAST} up",
        seed=seed,
        command=f"dateline train {EXTENTS} --corpora FOLDER",
        scores={
            "exact F1 of content, true cues given, labels of half the stories, dev": _f1(tagger, scored),
            "the same without these weights": _f1(plain, scored),
        },
        limits="American political news of 2015 and 2016; it chooses among what the labels leave likely",
    )


def _half(view: View) -> int:
    return hashlib.sha256(view.tree.text.encode()).digest()[0] % 2


def choices(tagger: Tagger, seen: Seen) -> Iterator[Choice]:
    """Yield the likely extents of each content, with the number of the true one, where it is among several."""
    for view, gold in seen:
        for cue, (_, _, content) in gold.items():
            reading = tagger.reading(view, cue)
            likely = candidates(reading)
            sets = [{reading.words[number] for number in one.words} for one in likely]
            if len(likely) > 1 and content in sets:
                yield [features(reading, one) for one in likely], sets.index(set(content))


def _f1(tagger: Tagger, seen: Iterable[tuple[View, dict[int, Roles]]]) -> float:
    right = given = wanted = 0
    for view, gold in seen:
        for cue, (_, _, content) in gold.items():
            words, labels = tagger.labels(view, cue)
            found = {word for word, label in zip(words, labels, strict=True) if label[-1] == "T"}
            right += bool(content) and found == content
            given, wanted = given + bool(found), wanted + bool(content)
    return f1(right, given, wanted)
