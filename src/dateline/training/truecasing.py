"""Train the model of case: on news in mixed case, whose own capitals are the answer.

The first word of a sentence says nothing of its own case and is left out.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from dateline.corpora import hash_of
from dateline.knowledge.trained import Linear
from dateline.language import load_model
from dateline.language.truecasing import Case, features, in_capitals, pieces, word_row
from dateline.language.words import dictionary
from dateline.records import UsageError
from dateline.training.cards import Card
from dateline.training.linear import fit

NAME = "truecasing"
LEAST = 3
SMALLEST = 0.12
BLIND = 0.15  # the share of words that are hidden
OWN = ("w=", "bw=", "wa=")
MOST = 500_000  # words to train on


def texts(corpora: Path) -> list[tuple[str, Path, str]]:
    """Return the texts to train on, in mixed case: their names, files and words."""
    files = sorted((corpora / "polnear" / "train" / "text").glob("*.txt"))
    return [(path.stem, path, path.read_text("utf-8")) for path in files]


def examples(text: str, known: object) -> Iterator[tuple[list[str], Case]]:
    """Yield features and case of the words of a text, but for those that begin a sentence."""
    for paragraph in text.split("\n"):
        if in_capitals(paragraph):
            continue
        found = pieces(paragraph)
        row, places = word_row(paragraph, found)
        for piece, at in zip(found, places, strict=True):
            word = paragraph[piece.start : piece.end]
            if piece.begins or word[0].isdigit():
                continue
            yield list(features(row, at, known)), case_of(word)  # type: ignore[arg-type]


def case_of(word: str) -> Case:
    """Return the case of a word as it stands."""
    if word[:1].islower():
        return "lower"
    return "upper" if word.isupper() and len(word) > 1 else "title"


def train(corpora: Path, folder: Path, seed: int) -> Card:
    """Train on nine tenths of the texts and score on the last tenth; write weights.npz."""
    held = texts(corpora)
    if not held:
        raise UsageError(f"{corpora}: polnear/train is not there")
    known = dictionary(load_model())
    order = random.Random(seed)
    order.shuffle(held)
    cut = len(held) // 10
    test = [one for _, _, text in held[:cut] for one in examples(text, known)]
    pairs = [one for _, _, text in held[cut:] for one in examples(text, known)]
    pairs = order.sample(pairs, min(MOST, len(pairs)))
    # Of some words the model sees the neighbours and the shape alone, as of the words that it will not know.
    pairs = [([x for x in f if not x.startswith(OWN)] if order.random() < BLIND else f, c) for f, c in pairs]
    model = fit([f for f, _ in pairs], [c for _, c in pairs], least=LEAST, smallest=SMALLEST, seed=seed)
    model.save(folder / "weights.npz")
    model = Linear.load(folder / "weights.npz")
    right = sum(model.best(f)[0] == c for f, c in test)
    named = [(f, c) for f, c in test if c != "lower"]
    return Card(
        name=NAME,
        what="The case of a word in a text that is all in capitals",
        used_by="language.truecasing",
        data="PolNeAR 1.0 (train): news of seven outlets from 2005 to 2016",
        licence="the weights: CC-BY-4.0; the texts are not in them",
        corpus_sha256=hash_of({path for _, path, _ in held}),
        texts=len(held),
        examples=len(pairs),
        features="the word, two on either side, its ends, its shape, whether a dictionary knows it",
        method="multinomial logistic regression, L2",
        seed=seed,
        command=f"dateline train {NAME} --corpora FOLDER",
        scores={
            "accuracy, words within sentences": round(right / len(test), 4),
            "accuracy, words with a capital": round(sum(model.best(f)[0] == c for f, c in named) / len(named), 4),
        },
        limits="Names that are words as well (Path, Bush) keep their capital only where their neighbours show it",
    )
