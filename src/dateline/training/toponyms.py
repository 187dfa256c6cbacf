"""Train which stretches of a report name a place: `dateline train toponyms`.

A logistic regression over candidate stretches with three classes: literal, associative, other. Both corpora
count by their own conventions, which a feature of the corpus takes up; the weights that are kept speak by
those of GeoWebNews, the only one that types its toponyms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np

from dateline.assembly import load_pipeline, load_resources
from dateline.corpora import Part, hash_of
from dateline.corpora.geo import Article, files, name_of, read
from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.trained import Linear
from dateline.pipeline import Pipeline
from dateline.placing.recognising import ASSOCIATIVE, LITERAL, MODEL, OTHER, Scene, Tokens, recognised
from dateline.placing.toponyms import place_mentions
from dateline.records import Mention, Parse, Report, UsageError
from dateline.training.cards import Card
from dateline.training.linear import fit

WEIGHTS = {"GeoWebNews": 1.0, "LGL": 0.3}
CONVENTION = "GeoWebNews"
STRENGTH = 1.0
LEAST = 3


class Sample(msgspec.Struct):
    """A report with its candidates, the features and the gold class of each, and how many gold toponyms it has."""

    corpus: str
    key: str
    scene: Scene
    candidates: list[Tokens]
    features: list[list[str]]
    labels: list[str]
    gold: int


def sample(corpus: str, article: Article, pipeline: Pipeline, gazetteer: Gazetteer) -> Sample:
    """Return the candidates of an article, as the rules see it."""
    dossier = pipeline.run(Report(article.key, article.text))
    parse, mentions = dossier.only(Parse), dossier.all(Mention)
    placed = [(one.first, one.last) for one in place_mentions(dossier.report, parse, mentions, gazetteer)]
    scene = Scene(article.text, parse, mentions, placed, gazetteer)
    gold = {toponym.span: LITERAL if toponym.literal else ASSOCIATIVE for toponym in article.toponyms}
    candidates = scene.candidates()
    labels = [gold.get(parse.span(*tokens), OTHER) for tokens in candidates]
    features = [scene.features(tokens) for tokens in candidates]
    if all(not toponym.kind for toponym in article.toponyms):
        labels = [_untyped(label, facts) for label, facts in zip(labels, features, strict=True)]
    return Sample(corpus, article.key, scene, candidates, features, labels, len(gold))


def _untyped(label: str, features: Sequence[str]) -> str:
    """Return the class of a toponym of a corpus without types: a word for a people is associative."""
    return ASSOCIATIVE if label == LITERAL and "entry=people" in features else label


def samples_of(corpora: Path, part: Part, pipeline: Pipeline, gazetteer: Gazetteer) -> Iterator[Sample]:
    """Yield the samples of a part of the corpora that are trained on."""
    for path in files(corpora):
        if name_of(path) in WEIGHTS:
            for article in read(path, part):
                yield sample(name_of(path), article, pipeline, gazetteer)


def learnt(samples: Iterable[Sample], strength: float = STRENGTH, seed: int = 0) -> Linear:
    """Return the model fitted to samples, which speaks by the convention of one corpus."""
    examples, labels, weights = [], [], []
    for one in samples:
        examples += [[*facts, f"corpus={one.corpus}"] for facts in one.features]
        labels += one.labels
        weights += [WEIGHTS[one.corpus]] * len(one.labels)
    model = fit(examples, labels, strength=strength, least=LEAST, weights=weights, seed=seed)
    bias = model.scores([f"corpus={CONVENTION}"])
    kept = [name for name in model.rows if not name.startswith("corpus=")]
    return Linear(model.classes, kept, model.weights[[model.rows[name] for name in kept]], np.asarray(bias))


def tally(samples: Iterable[Sample], model: Linear | None) -> tuple[int, int, int]:
    """Return how many toponyms are found by their exact span, how many are found in all, and how many are gold."""
    hits = found = gold = 0
    for one in samples:
        right = {tokens for tokens, label in zip(one.candidates, one.labels, strict=True) if label != OTHER}
        got = recognised(one.scene, model)
        hits, found, gold = hits + len(right & got.keys()), found + len(got), gold + one.gold
    return hits, found, gold


def train(corpora: Path, folder: Path, seed: int) -> Card:
    """Fit on the part to look at, write weights.npz, and return the card with scores on the other part."""
    if not any(name_of(path) == CONVENTION for path in files(corpora)):
        raise UsageError(f"{corpora}: no geo/GWN.xml to train toponyms on")
    pipeline, gazetteer = load_pipeline(trained=False), load_resources(trained=False).gazetteer
    samples = list(samples_of(corpora, "look", pipeline, gazetteer))
    model = learnt(samples, seed=seed)
    model.save(folder / "weights.npz")
    scores: dict[str, float] = {}
    scored = list(samples_of(corpora, "score", pipeline, gazetteer))
    for name in sorted({one.corpus for one in scored}):
        for label, used in (("", model), (", rules only", None)):
            hits, found, gold = tally((one for one in scored if one.corpus == name), used)
            scores[f"{name} recognition F1{label}"] = round(2 * hits / max(1, found + gold), 3)
    return Card(
        name=MODEL,
        what="Which stretches of a report name a place, and whether the place itself is meant",
        used_by="placing: toponyms",
        data="GeoWebNews (Gritta et al. 2019) and LGL (Lieberman et al. 2010), the 70% of each to look at",
        licence="GPL-3.0 (repository of the corpora); the texts are of third parties; the weights hold no text",
        corpus_sha256=hash_of(path for path in files(corpora) if name_of(path) in WEIGHTS),
        texts=len(samples),
        examples=sum(len(one.labels) for one in samples),
        features=f"{len(model.rows)}: tagger, gazetteer, mention, words beside, dependency, the rest of the report",
        method=f"logistic regression, L2 with C {STRENGTH}; an article of LGL counts {WEIGHTS['LGL']}",
        seed=seed,
        command="dateline train toponyms --corpora FOLDER",
        scores=scores,
        limits="News in English. Streets, and places known only to their neighbours, are mostly missed.",
    )
