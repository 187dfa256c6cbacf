"""The trainer of the models that fill templates."""

from __future__ import annotations

from pathlib import Path

from dateline.assembly import load_pipeline
from dateline.corpora import hash_of
from dateline.corpora.muc4 import Templates, Text, files, keys, texts
from dateline.language import load_model
from dateline.records import Report, UsageError
from dateline.training.cards import Card
from dateline.training.muc4 import wording
from dateline.training.muc4.deciding import Settings
from dateline.training.muc4.learned import NAME, SETS
from dateline.training.muc4.learning import PARTS, Trainer
from dateline.training.muc4.stories import Story, story_of


def report_of(text: Text) -> Report:
    """Return a text as a report, dated by its dateline."""
    return Report(id=text.name, text=text.words, published=text.day)


def read(messages: list[Text]) -> dict[str, Story]:
    """Return the stories of texts, read by the whole pipeline."""
    pipeline = load_pipeline()
    return {text.name: story_of(text, pipeline.run(report_of(text))) for text in messages}


def train(corpora: Path, folder: Path, seed: int) -> Card:
    """Train on the texts to look at (the development texts and TST1) and write one file a model."""
    paths = files(corpora)
    messages = texts(paths, "look")
    if not messages:
        raise UsageError(f"{corpora}: muc4 is not there")
    return trained(read(messages), keys(paths, "look"), folder, seed, hash_of(paths))


def trained(stories: dict[str, Story], key: Templates, folder: Path, seed: int, corpus: str) -> Card:
    """Train on stories that were read before."""
    table = wording.clusters(load_model(), seed)
    trainer = Trainer(stories, key, table, seed=seed)
    trainer.run(Settings())
    names = ("sentence", "role", "link", "keep", *(f"set-{slot}" for slot in SETS))
    for name in names:
        trainer.models[PARTS][name].save(folder / f"{name}.npz")
    wording.save(table, folder / "clusters.npz")
    return Card(
        name=NAME,
        what="The templates of attacks of MUC-4: which sentences tell of an incident, who and what takes part in it,"
        " what belongs together, when and where it was, and the values of the sets",
        used_by="benchmarks.muc4",
        data="MUC-4 (1992): 1,300 development texts and TST1 with their keys",
        licence="the weights: CC-BY-4.0; the texts are not in them (the corpus: MIT repository)",
        corpus_sha256=corpus,
        texts=len(trainer.stories),
        examples=trainer.examples,
        features="lemmas, dependencies, Dateline's mentions and claims; docs/decisions/muc4-answering.md",
        method="multinomial logistic regressions (L2), stacked over five parts",
        seed=seed,
        command=f"dateline train {NAME} --corpora FOLDER",
        scores=trainer.scores(Settings()),
        limits="Newswire of 1988 to 1992 on nine countries of Latin America; what to report is the task's own choice",
    )
