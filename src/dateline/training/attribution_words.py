"""Train the labels of the words round a cue, source, cue and content: a linear-chain conditional random field."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np

from dateline.attribution.features import beside
from dateline.attribution.tagging import AFTER, CUE, LABELS, WORDS, Tagger
from dateline.attribution.view import View
from dateline.knowledge.trained import Linear
from dateline.training.attribution import LICENCE, Roles, corpus_hash, f1, views
from dateline.training.cards import Card

L1, L2, STEPS, LEAST = 1.0, 1.0, 80, 2  # of c1 and c2 between 0.05 and 3 the best on 15% of the stories held out
SMALLEST = 0.02
NO_CUES = Linear((CUE,), (), np.zeros((0, 1)), np.zeros(1))  # where the cues are given
ROLES = {"S": "source", "C": "cue", "T": "content"}


def train(corpora: Path, folder: Path, seed: int) -> Card:
    """Train on the part to look at, write the weights, and return their card with F1 on the other, cues given."""
    seen = list(views(corpora, "look"))
    model = fitted(seen)
    model.save(folder / "weights.npz")
    return Card(
        name=WORDS,
        what="Which words round a cue of attribution are its source, the cue itself and the content",
        used_by="dateline.attribution.tagging",
        data="PolNeAR 1.0, train (Newell, Margolin and Ruths 2018)",
        licence=LICENCE,
        corpus_sha256=corpus_hash(corpora),
        texts=len(seen),
        examples=sum(len(gold) for _, gold in seen),
        features="the word, its neighbours and marks, its way in the tree from the cue, what the rules read",
        method=f"linear-chain conditional random field, L1 {L1}, L2 {L2}, {STEPS} steps; small weights left out",
        seed=seed,
        command=f"dateline train {WORDS} --corpora FOLDER",
        scores=dict(_scores(corpora, model)),
        limits="American political news of 2015 and 2016; trained on true cues only",
    )


def fitted(seen: Iterable[tuple[View, dict[int, Roles]]]) -> Linear:
    """Return the weights of the chain that is trained on these reports."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": L1, "c2": L2, "max_iterations": STEPS, "feature.minfreq": LEAST})
    for view, gold in seen:
        for cue, roles in gold.items():
            words, beside_cue = beside(view, cue)
            rows = [view.word(word) + features for word, features in zip(words, beside_cue, strict=True)]
            trainer.append(rows, labels(words, roles))
    with tempfile.TemporaryDirectory() as held:
        path = str(Path(held) / "words.crfsuite")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        found = tagger.info()
        tagger.close()
    return as_linear(found.state_features, found.transitions)


def labels(words: list[int], roles: Roles) -> list[str]:
    """Return the labels of words: the first and the further words of each run of a role."""
    found, before = [], "O"
    for word in words:
        role = next((name for name, held in zip(ROLES, roles, strict=True) if word in held), "O")
        found.append(role if role == "O" else ("I" if role == before else "B") + role)
        before = role
    return found


def as_linear(state: Mapping[tuple[str, str], float], steps: Mapping[tuple[str, str], float]) -> Linear:
    """Return the weights of a chain as a linear model; what follows a label are features of their own."""
    rows: dict[str, list[float]] = {}
    for (name, label), weight in state.items():
        rows.setdefault(name, [0.0] * len(LABELS))[LABELS.index(label)] = weight
    kept = {name: row for name, row in sorted(rows.items()) if max(map(abs, row)) > SMALLEST and "\n" not in name}
    for label in LABELS:
        kept[AFTER + label] = [steps.get((label, other), 0.0) for other in LABELS]
    return Linear(LABELS, list(kept), np.array(list(kept.values())), np.zeros(len(LABELS)))


def _scores(corpora: Path, model: Linear) -> Iterator[tuple[str, float]]:
    """Yield exact F1 of each role where the cues are given."""
    tagger = Tagger(NO_CUES, model)
    counts = {role: [0, 0, 0] for role in ROLES}
    for view, gold in views(corpora, "score"):
        for cue, roles in gold.items():
            _count(tagger, view, cue, roles, counts)
    for role, (right, given, wanted) in counts.items():
        yield f"exact F1 of {ROLES[role]}, true cues given, dev", f1(right, given, wanted)


def _count(tagger: Tagger, view: View, cue: int, roles: Roles, counts: dict[str, list[int]]) -> None:
    words, found = tagger.labels(view, cue)
    for role, wanted in zip(ROLES, roles, strict=True):
        given = {word for word, label in zip(words, found, strict=True) if label[-1] == role}
        for place, one in enumerate((bool(wanted) and given == wanted, bool(given), bool(wanted))):
            counts[role][place] += one
