"""Train the weights of candidates of names of places: `dateline train places`.

A conditional logistic regression (McFadden 1974): of the candidates of a name, the right ones together have
the highest probability. First over what is known of a candidate alone; then, with the shares that these
weights give to the candidates of the other names, over what the rest of the report says too, in rounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from dateline.corpora import Part, hash_of
from dateline.corpora.geo import Article, Toponym, files, name_of, read
from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.gazetteer.folding import folded_key
from dateline.knowledge.trained import Linear
from dateline.placing.context import Name, read_name
from dateline.placing.geography import distance_km
from dateline.placing.ranking import ALONE, KEPT, MODEL, TOGETHER, Ranker, grounds_alone, grounds_together
from dateline.placing.resolving import consider, gathered, named_units, resolve
from dateline.placing.senses import Option, options_of
from dateline.records import UsageError
from dateline.training.cards import Card

NEAR_KM = 161.0
SAME_KM = 25.0
ROUNDS = 3
STRENGTH = 1.0
TRAINED_ON = ("LGL", "GeoWebNews")


class Example(msgspec.Struct):
    """A report's names with their candidates, features ALONE, and which candidates are right."""

    names: dict[str, Name]
    options: dict[str, list[Option]]
    grounds: dict[str, list[tuple[float, ...]]]
    right: dict[str, list[bool]]
    weight: float


class Choices:
    """Rows of features in groups, one group a name: what a conditional logistic regression is fitted to."""

    def __init__(self) -> None:
        self.rows: list[tuple[float, ...]] = []
        self.right: list[bool] = []
        self.groups: list[int] = []
        self.weights: list[float] = []

    def add(self, rows: Sequence[tuple[float, ...]], right: Sequence[bool], weight: float) -> None:
        """Add a name; without a right candidate, or with right ones only, it teaches nothing."""
        if any(right) and not all(right):
            self.rows.extend(rows)
            self.right.extend(right)
            self.groups.extend([len(self.weights)] * len(rows))
            self.weights.append(weight)

    def fitted(self, strength: float = STRENGTH) -> NDArray[np.float64]:
        """Return one weight a feature: L2 on features scaled to their spread, found by L-BFGS."""
        from scipy.optimize import minimize

        table = np.asarray(self.rows)
        spread = table.std(axis=0)
        spread[spread < 1e-9] = 1.0
        table = table / spread
        right, groups, weights = np.asarray(self.right), np.asarray(self.groups), np.asarray(self.weights)
        starts = np.searchsorted(groups, np.arange(len(weights)))

        def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
            scores = table @ values
            scores = scores - np.maximum.reduceat(scores, starts)[groups]
            grown = np.exp(scores)
            every = np.add.reduceat(grown, starts)
            good = np.maximum(np.add.reduceat(np.where(right, grown, 0.0), starts), 1e-300)
            pull = grown / every[groups] - np.where(right, grown, 0.0) / good[groups]
            penalty = 0.5 / strength * float(values @ values)
            gradient = table.T @ (pull * weights[groups]) + values / strength
            return float((weights * (np.log(every) - np.log(good))).sum()) + penalty, gradient

        found = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500})
        values: NDArray[np.float64] = np.asarray(found.x) / spread
        return values


def example(article: Article, gazetteer: Gazetteer, weight: float) -> Example | None:
    """Return the names of an article with their candidates; None where none can be learnt from."""
    gold = _pointed(article)
    if not gold:
        return None
    names = [read_name(article.text, toponym.span, gazetteer) for toponym in gold]
    merged, likely = gathered(names, gazetteer, {})
    wanted: dict[str, list[Toponym]] = {}
    for toponym, name in zip(gold, names, strict=True):
        wanted.setdefault(folded_key(name.surface), []).append(toponym)
    options = {key: options_of(name, gazetteer, likely) for key, name in merged.items()}
    grounds = {key: grounds_alone(some, merged[key]) for key, some in options.items()}
    right = {key: _right(some, wanted.get(key, [])) for key, some in options.items()}
    return Example(merged, options, grounds, right, weight)


def _pointed(article: Article) -> list[Toponym]:
    return [toponym for toponym in article.toponyms if toponym.lat is not None and toponym.geonameid is not None]


def _right(options: Sequence[Option], gold: Sequence[Toponym]) -> list[bool]:
    """Return which candidates are right: the gold entry or one beside it, else one within 161 km."""
    if not gold:
        return [False] * len(options)
    want = gold[0]
    away = [distance_km(want.lat or 0.0, want.lon or 0.0, one.place.lat, one.place.lon) for one in options]
    same = [one.place.geonameid == want.geonameid for one in options]
    if any(same):
        return [is_it or km <= SAME_KM for is_it, km in zip(same, away, strict=True)]
    return [km <= NEAR_KM for km in away]


def learnt(examples: Sequence[Example], strength: float = STRENGTH) -> Linear:
    """Return the model fitted to examples."""
    first = Choices()
    for one in examples:
        for key, name in one.names.items():
            first.add(one.grounds[key], one.right[key], one.weight * name.times**0.5)
    alone = first.fitted(strength)
    model = _model(alone, None)
    for _ in range(ROUNDS):
        choices = Choices()
        for one in examples:
            _look(one, Ranker(model), choices)
        model = _model(alone, choices.fitted(strength))
    return model


def _model(alone: NDArray[np.float64], together: NDArray[np.float64] | None) -> Linear:
    table = np.zeros((len(ALONE) + len(TOGETHER), 2))
    table[: len(ALONE), 0] = alone
    table[:, 1] = np.concatenate([alone, np.zeros(len(TOGETHER))]) if together is None else together
    return Linear(("alone", "together"), (*ALONE, *TOGETHER), table, np.zeros(2))


def _look(one: Example, ranker: Ranker, choices: Choices) -> None:
    """Go through the passes of `resolve` and note what each candidate then has for it."""
    kept: dict[str, list[int]] = {}
    for key, name in one.names.items():
        ranker.alone(one.options[key], name)
        order = sorted(range(len(one.options[key])), key=lambda n, key=key: -one.options[key][n].own)[:KEPT]  # type: ignore[misc]
        kept[key] = order
    options = {key: [one.options[key][n] for n in order] for key, order in kept.items()}
    for turn in range(3):
        consider(options, one.names, {})
        countries, units = named_units(options)
        for key, order in kept.items():
            facts = [one.grounds[key][n] for n in order]
            if turn:
                rows = [
                    (*fact, *grounds_together(option, countries, units))
                    for fact, option in zip(facts, options[key], strict=True)
                ]
                choices.add(rows, [one.right[key][n] for n in order], one.weight * one.names[key].times ** 0.5)
            for option, fact in zip(options[key], facts, strict=True):
                ranker.together(option, fact, countries, units)


def accuracy(articles: Iterable[Article], gazetteer: Gazetteer, model: Linear | None) -> tuple[int, int]:
    """Return how many gold toponyms are put within 161 km, and how many there are."""
    hits = count = 0
    ranker = Ranker(model) if model else None
    for article in articles:
        gold = _pointed(article)
        names = [read_name(article.text, toponym.span, gazetteer) for toponym in gold]
        for toponym, choice in zip(gold, resolve(names, gazetteer, {}, ranker=ranker), strict=True):
            count += 1
            place = choice.place or choice.around
            hits += (
                place is not None and distance_km(toponym.lat or 0, toponym.lon or 0, place.lat, place.lon) <= NEAR_KM
            )
    return hits, count


def corpora_of(folder: Path, part: Part) -> dict[str, list[Article]]:
    """Return the articles of a part of the corpora that the weights are trained on, by the corpus's name."""
    return {name_of(path): read(path, part) for path in files(folder) if name_of(path) in TRAINED_ON}


def examples_of(corpora: dict[str, list[Article]], gazetteer: Gazetteer) -> list[Example]:
    """Return examples, each corpus with the same weight in all."""
    sizes = {name: sum(len(_pointed(article)) for article in articles) for name, articles in corpora.items()}
    most = max(sizes.values(), default=1)
    found = (
        example(article, gazetteer, most / max(1, sizes[name]))
        for name, articles in corpora.items()
        for article in articles
    )
    return [one for one in found if one]


def train(corpora: Path, folder: Path, seed: int) -> Card:
    """Fit on the part to look at, write weights.npz, and return the card with scores on the other part."""
    look = corpora_of(corpora, "look")
    if not look:
        raise UsageError(f"{corpora}: no geo/lgl.xml or geo/GWN.xml to train places on")
    gazetteer = Gazetteer.open()
    examples = examples_of(look, gazetteer)
    model = learnt(examples)
    model.save(folder / "weights.npz")
    scores = {}
    for name, articles in corpora_of(corpora, "score").items():
        hits, count = accuracy(articles, gazetteer, model)
        scores[f"{name} acc@161"] = round(hits / max(1, count), 3)
        hits, count = accuracy(articles, gazetteer, None)
        scores[f"{name} acc@161, rules only"] = round(hits / max(1, count), 3)
    return Card(
        name=MODEL,
        what="Weights of what speaks for each place that a name may mean",
        used_by="placing: names resolved to entries of the gazetteer",
        data="LGL (Lieberman et al. 2010) and GeoWebNews (Gritta et al. 2019), the 70% of each to look at",
        licence="GPL-3.0 (repository of the corpora); the texts are of third parties; the weights hold no text",
        corpus_sha256=hash_of(path for path in files(corpora) if name_of(path) in TRAINED_ON),
        texts=len(examples),
        examples=sum(sum(any(right) for right in one.right.values()) for one in examples),
        features=f"{len(ALONE)} of a candidate alone, {len(TOGETHER)} of the rest of the report",
        method=f"conditional logistic regression, L2 with strength {STRENGTH}, {ROUNDS} rounds",
        seed=seed,
        command="dateline train places --corpora FOLDER",
        scores=scores,
        limits="LGL is local news of the United States; both corpora weigh the same. English names only.",
    )
