"""Train the model that gives a sentence its class of CAMEO's pentaclass (`claiming.gist`)."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

from dateline.assembly import load_resources
from dateline.claiming.gist import value_features
from dateline.corpora import hash_of
from dateline.corpora.cameo import Classed, classed, classed_files
from dateline.knowledge.crosswalk.pentaclass import PENTACLASS
from dateline.knowledge.trained import Linear
from dateline.language.vectors import Vectors, vectors_of
from dateline.records import UsageError
from dateline.training.cameo import Read, keep_seen, read
from dateline.training.cards import Card
from dateline.training.linear import fit

NAME = "cameo-class"
STRENGTH, LEAST, SMALLEST = 30.0, 2, 0.01


@functools.cache
def _vectors() -> Vectors:
    return vectors_of(load_resources(trained=False).model)


def features(one: Read) -> dict[str, float]:
    """Return the features of a sentence."""
    return value_features(one.parse, one.predications, 0, len(one.parse), _vectors())


def learned(sentences: Sequence[Classed], reads: Sequence[Read], seed: int = 0) -> Linear:
    """Return the model that is learned from sentences."""
    examples = [features(one) for one in reads]
    labels = [one.label for one in sentences]
    return fit(examples, labels, strength=STRENGTH, least=LEAST, smallest=SMALLEST, seed=seed)


def class_f1(gold: Sequence[str], found: Sequence[str], label: str) -> float:
    """Return the F1 of one class; 0 where it is neither wanted nor found."""
    hits = sum(want == got == label for want, got in zip(gold, found, strict=True))
    return 2 * hits / max(1, list(gold).count(label) + list(found).count(label))


def macro_f1(gold: Sequence[str], found: Sequence[str]) -> float:
    """Return the mean over the classes of F1."""
    return sum(class_f1(gold, found, label) for label in PENTACLASS) / len(PENTACLASS)


def train(corpora: Path, folder: Path, seed: int) -> Card:
    """Train on the part to look at and score on the other; write weights.npz."""
    files = classed_files(corpora)
    look, score = classed(files, "look"), classed(files, "score")
    if not look or not score:
        raise UsageError(f"{corpora}: cameo_class is not there")
    model = learned(look, [read(one.text) for one in look], seed)
    model.save(folder / "weights.npz")
    keep_seen(folder, look)
    model = Linear.load(folder / "weights.npz")
    answers = [model.best(features(read(one.text)))[0] for one in score]
    gold = [one.label for one in score]
    right = sum(want == got for want, got in zip(gold, answers, strict=True))
    return Card(
        name=NAME,
        what="The class of a sentence: statement, verbal or material cooperation, verbal or material conflict",
        used_by="claiming.second, claiming.gist",
        data="CAMEO pentaclass (published with ConfliBERT, 2022), the part to look at: 926 of 1,349 sentences",
        licence="the weights: CC-BY-4.0; the sentences are not in them. The corpus's repository: GPL-3.0",
        corpus_sha256=hash_of(files),
        texts=len(look),
        examples=len(look),
        features="lemmas; what hangs on the main verb; types, senses and status of the predications; word vectors of"
        " all words, of the main verb and of its objects",
        method="multinomial logistic regression, L2",
        seed=seed,
        command=f"dateline train {NAME} --corpora FOLDER",
        scores={"macro F1": round(macro_f1(gold, answers), 4), "accuracy": round(right / len(score), 4)},
        limits="Single sentences that tell of one event each, many of them alike; a whole story is not what it saw",
    )
