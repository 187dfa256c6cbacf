"""Train which words are cues of attribution: a logistic regression over verbs and the other words seen as cues."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np

from dateline.attribution.features import of_cue
from dateline.attribution.tagging import CUE, CUES, KNOWN, LABELS, LIKELY, Tagger
from dateline.knowledge.trained import Linear
from dateline.training.attribution import LICENCE, corpus_hash, f1, views
from dateline.training.cards import Card
from dateline.training.linear import fit

SHARE = 0.02  # a lemma that is a cue in fewer of its places is none
LEAST, STRENGTH, SMALLEST = 2, 0.1, 0.015  # of 0.1, 0.3 and 1 the best on 15% of the stories held out


def train(corpora: Path, folder: Path, seed: int) -> Card:
    """Train on the part to look at, write the weights, and return their card with the F1 on the other part."""
    seen = list(views(corpora, "look"))
    cues = Counter(view.kind(token) for view, gold in seen for token in gold)
    words = Counter(view.kind(token) for view, _ in seen for token in view.words)
    known = {kind for kind, count in cues.items() if count >= SHARE * words[kind]}
    names: dict[str, str] = {}
    examples: list[list[str]] = []
    labels: list[str] = []
    for view, gold in seen:
        for token in view.words:
            kind = view.kind(token)
            if kind not in known and token not in view.sayings:
                continue
            features = [*of_cue(view, token), KNOWN + kind] if kind in known else of_cue(view, token)
            examples.append([names.setdefault(name, name) for name in features])
            labels.append(CUE if token in gold else "none")
    model = fit(examples, labels, strength=STRENGTH, least=LEAST, smallest=SMALLEST, seed=seed)
    model.save(folder / "weights.npz")
    right = given = wanted = 0
    tagger = Tagger(model, Linear(LABELS, (), np.zeros((0, len(LABELS))), np.zeros(len(LABELS))))
    for view, gold in views(corpora, "score"):
        wanted += len(gold)
        for token, probability in tagger.likely(view, tagger.candidates(view)).items():
            if probability >= LIKELY:
                given, right = given + 1, right + (token in gold)
    return Card(
        name=CUES,
        what="Whether a word is a cue of attribution",
        used_by="dateline.attribution.tagging",
        data="PolNeAR 1.0, train (Newell, Margolin and Ruths 2018)",
        licence=LICENCE,
        corpus_sha256=corpus_hash(corpora),
        texts=len(seen),
        examples=len(examples),
        features="lemma, dependents, neighbours, quotations near by, what the rules read; lemmas with most of them",
        method=f"logistic regression, L2, C={STRENGTH}; weights under {SMALLEST} left out",
        seed=seed,
        command=f"dateline train {CUES} --corpora FOLDER",
        scores={"F1 of the cues' head words, dev": f1(right, given, wanted)},
        limits="American political news of 2015 and 2016; attitudes count as attributions in it",
    )
