"""Train the model that tells a report of armed conflict from other news (`coding.setting`).

It reads reports of conflict (FA-KES; the messages of MUC-4 that tell of attacks; the sentences of CAMEO's class
of material conflict) and news without it (PolNeAR, LGL), and news of the world sorted by the words of
`corpora.peaceful` (GeoWebNews). It sees whole reports and stretches of one to eight sentences, so that it can
judge both.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import msgspec

from dateline.assembly import load_pipeline
from dateline.coding.setting import CONFLICT, log_odds, weighed, words_of
from dateline.corpora import cameo, fakes, hash_of, muc4, peaceful
from dateline.knowledge.trained import Linear
from dateline.pipeline import Pipeline
from dateline.records import Parse, Report, UsageError
from dateline.training.cards import Card
from dateline.training.linear import fit

NAME = "conflict"
PEACE = "peace"
STRETCHES = (1, 3, 3, 8)  # sentences
SENTENCES, BRIEF = 2, 0.5  # single sentences of each text besides, and what one of them weighs
LEAST_WORDS = 4
MANY_WORDS_OF_CONFLICT = 4
STRENGTH, LEAST, SMALLEST = 30.0, 3, 0.05

Row = tuple[int, frozenset[str], float]  # the number of a text, words of it, and what they weigh


class Reading(msgspec.Struct, frozen=True):
    """A text to learn from: its name, its words, what it is about, how many stretches of it are taken."""

    name: str
    text: str
    label: str
    stretches: int = 0
    weight: float = 1.0


def readings(corpora: Path) -> Iterator[Reading]:
    """Yield the texts of the parts to look at."""
    for path in fakes.files(corpora):
        for row in fakes.read(path, "look"):
            yield Reading(f"fakes {row.key}", f"{row.title}\n\n{row.text}", CONFLICT, 4)
    messages = muc4.files(corpora)
    held = muc4.keys(messages, "look").by_text
    for text in [one for one in muc4.texts(messages, "look") if held.get(one.name)][::2]:
        yield Reading(text.name, text.words[text.body :], CONFLICT, 1, 0.6)
    for sentence in cameo.classed(cameo.classed_files(corpora), "look"):
        if sentence.label == "material conflict":
            yield Reading(sentence.key, sentence.text, CONFLICT)
    for story in peaceful.stories([*peaceful.files(corpora), *_world(corpora)], "look"):
        if story.peaceful:
            yield Reading(f"{story.corpus} {story.name}", story.text, PEACE, 5)
        elif story.corpus == "GeoWebNews" and len(story.words_of_conflict) >= MANY_WORDS_OF_CONFLICT:
            yield Reading(f"{story.corpus} {story.name}", story.text, CONFLICT, 5)


def _world(corpora: Path) -> list[Path]:
    return [path for path in [corpora / "geo" / "GWN.xml"] if path.is_file()]


def stretches(parse: Parse, number: int, order: random.Random) -> Iterator[tuple[frozenset[str], float]]:
    """Yield the words, and the weight, of the whole text, of `number` stretches of it, and of some sentences."""
    yield words_of(parse, 0, len(parse)), 1.0
    for _ in range(number):
        middle, reach = order.randrange(len(parse.sentences)), order.choice(STRETCHES)
        first = parse.sentences[max(0, middle - reach // 2)].first
        last = parse.sentences[min(len(parse.sentences) - 1, middle + reach // 2)].last
        yield words_of(parse, first, last), 1.0
    for _ in range(SENTENCES):
        sentence = order.choice(parse.sentences)
        yield words_of(parse, sentence.first, sentence.last), BRIEF


def train(corpora: Path, folder: Path, seed: int) -> Card:
    """Train on nine tenths of the texts, score on the last tenth, train again on all; write weights.npz."""
    held = list(readings(corpora))
    if {one.label for one in held} != {CONFLICT, PEACE}:
        raise UsageError(f"{corpora}: needs fa-kes, muc4, cameo_class, polnear and geo")
    whole = load_pipeline(trained=False)
    parser = Pipeline(whole.stages[:2], whole.reads)
    order = random.Random(seed)
    rows: list[Row] = []
    parses = []
    for number, one in enumerate(held):
        found = parser.run(Report(id=one.name, text=one.text)).all(Parse)
        parses.append(found[0] if found else None)
        if found and len(found[0]):
            made = stretches(found[0], one.stretches, order)
            rows += [(number, words, weight) for words, weight in made if len(words) >= LEAST_WORDS]
    apart = set(order.sample(range(len(held)), len(held) // 10))
    model = _fitted(held, [row for row in rows if row[0] not in apart], seed)
    scores = _scores(model, held, parses, apart)
    _fitted(held, rows, seed).save(folder / "weights.npz")
    return Card(
        name=NAME,
        what="Whether a report, or a stretch of it, is about armed conflict",
        used_by="coding.setting",
        data="Conflict: FA-KES, MUC-4 (dev, tst1), CAMEO's class of material conflict, GeoWebNews with words of"
        " conflict. Peace: PolNeAR (train), LGL and GeoWebNews without such words. The parts to look at only",
        licence="the weights: CC-BY-4.0; the texts are not in them",
        corpus_sha256=hash_of([*fakes.files(corpora), *peaceful.files(corpora), *_world(corpora)]),
        texts=len(held),
        examples=len(rows),
        features="lemmas of nouns, verbs, adjectives and adverbs, names left out, as a vector of the length 1",
        method="logistic regression, L2, classes balanced",
        seed=seed,
        command=f"dateline train {NAME} --corpora FOLDER",
        scores=scores,
        limits="English news; the conflicts trained on are those of Syria and of Latin America around 1990",
    )


def _fitted(held: list[Reading], rows: list[Row], seed: int) -> Linear:
    return fit(
        [weighed(words) for _, words, _ in rows],
        [held[number].label for number, _, _ in rows],
        strength=STRENGTH,
        least=LEAST,
        balanced=True,
        smallest=SMALLEST,
        weights=[held[number].weight * weight for number, _, weight in rows],
        seed=seed,
    )


def _scores(model: Linear, held: list[Reading], parses: list[Parse | None], apart: set[int]) -> dict[str, float]:
    """Return the share of whole texts, not trained on, that are told right, by label."""
    right: dict[str, list[bool]] = {CONFLICT: [], PEACE: []}
    for number in sorted(apart):
        parse = parses[number]
        if parse is not None and len(parse):
            odds = log_odds(words_of(parse, 0, len(parse)), model)
            right[held[number].label].append((odds > 0) == (held[number].label == CONFLICT))
    return {f"accuracy, {label}": round(sum(found) / max(len(found), 1), 4) for label, found in right.items()}
