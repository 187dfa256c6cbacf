"""Train the model that says how certain a text makes it that an event happened (`coding.factuality`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import numpy as np

from dateline.assembly import load_pipeline, load_resources
from dateline.coding.factuality import EDGES, certainty, expected, features, status_of
from dateline.coding.lexicon import lexicon
from dateline.coding.reading import Reading
from dateline.corpora import factuality, hash_of
from dateline.knowledge.trained import Linear
from dateline.pipeline import Pipeline
from dateline.records import Parse, Report, UsageError
from dateline.training.cards import Card
from dateline.training.linear import fit

NAME = "factuality"
STRENGTH, LEAST, SMALLEST = 0.3, 3, 0.12
ABOVE, BELOW = "above", "below"
TENTH = 10


class Event(msgspec.Struct, frozen=True):
    """An event of the corpus: its sentence, its word, what readers give it, what the rules do, its features.

    `by_rules` is +3 and the features are empty where our words do not hold that word.
    """

    sentence: factuality.Sentence
    word: int
    value: float
    by_rules: float
    status: str
    features: tuple[str, ...]


def events(sentences: Iterable[factuality.Sentence], pipeline: Pipeline) -> Iterator[Event]:
    """Yield the events of sentences, read by the stages of `pipeline` before coding."""
    nouns, words = load_resources(trained=False).nouns, lexicon()
    for sentence in sentences:
        dossier = pipeline.run(Report(id=sentence.name, text=sentence.text))
        parse = dossier.all(Parse)
        at = {o: t for one in parse for t in range(len(one)) for o in range(one.starts[t], one.ends[t])}
        reading = Reading(dossier, nouns, words) if at else None
        for word, value in sentence.values.items():
            start, end = sentence.offsets[word]
            token = next((at[o] for o in range(end - 1, start - 1, -1) if o in at), None)
            if reading is None or token is None:
                yield Event(sentence, word, value, 3.0, "not read", ())
                continue
            verdict = status_of(reading, token, words)
            status = f"{verdict.status}, {verdict.polarity}"
            yield Event(sentence, word, value, certainty(verdict), status, tuple(features(reading, token, verdict)))


def until_coding(whole: Pipeline) -> Pipeline:
    """Return the stages of a pipeline that come before coding."""
    names = [stage.contract.name for stage in whole.stages]
    return Pipeline(whole.stages[: names.index("coding")], whole.reads)


def train(corpora: Path, folder: Path, seed: int) -> Card:
    """Train on nine tenths of the events, score on the last tenth, train again on all; write weights.npz."""
    files = [path for path in factuality.files(corpora) if factuality.in_part(path, "look")]
    if not files:
        raise UsageError(f"{corpora}: factuality-uw/train.conll is not there")
    found = events(factuality.sentences(files, "look"), until_coding(load_pipeline(trained=False)))
    known = [event for event in found if event.features]
    cut = len(known) - len(known) // TENTH
    model = _fitted(known[:cut], seed)
    away = [abs(expected(model, event.features) - event.value) for event in known[cut:]]
    rules = [abs(event.by_rules - event.value) for event in known[cut:]]
    _fitted(known, seed).save(folder / "weights.npz")
    return Card(
        name=NAME,
        what="How certain a text makes it that an event happened, from -3 to +3",
        used_by="coding.factuality",
        data="UW Event Factuality (Lee et al. 2015), train",
        licence="the weights: CC-BY-4.0; the texts are not in them",
        corpus_sha256=hash_of(files),
        texts=len({event.sentence.name for event in known}),
        examples=len(known),
        features="status and polarity by the rules and why; the word, its form, what it governs and what governs it",
        method="seven logistic regressions, L2, each for a value above an edge; the median of what they give",
        seed=seed,
        command=f"dateline train {NAME} --corpora FOLDER",
        scores={
            "mean absolute error, last tenth": round(sum(away) / len(away), 4),
            "mean absolute error of the rules, last tenth": round(sum(rules) / len(rules), 4),
        },
        limits="English newswire of 1989 to 2000; readers saw the sentence alone",
    )


def _fitted(known: list[Event], seed: int) -> Linear:
    """Return a model with a column for each edge: the log odds that the value lies above it."""
    columns = []
    for edge in EDGES:
        labels = [ABOVE if event.value > edge else BELOW for event in known]
        columns.append(
            fit([event.features for event in known], labels, strength=STRENGTH, least=LEAST, smallest=-1.0, seed=seed)
        )
    at = [one.classes.index(ABOVE) for one in columns]  # `fit` gives each of two classes half of the log odds
    weights = 2 * np.stack([one.weights[:, place] for one, place in zip(columns, at, strict=True)], axis=1)
    bias = 2 * np.array([one.bias[place] for one, place in zip(columns, at, strict=True)])
    kept = np.abs(weights).max(axis=1) > SMALLEST
    names = [name for name, row in columns[0].rows.items() if kept[row]]
    return Linear([str(edge) for edge in EDGES], names, weights[kept], bias)
