"""Train the model that finds source and target of a sentence (`claiming.parties`) on CAMEO's spans."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dateline.claiming.parties import NO_PARTY, View, candidates, parties
from dateline.corpora import hash_of
from dateline.corpora.cameo import Tagged, tagged, tagged_files
from dateline.knowledge.trained import Linear
from dateline.records import UsageError
from dateline.training.cameo import Read, Spans, in_words, keep_seen, read, span_f1, tokens_of
from dateline.training.cards import Card
from dateline.training.linear import fit

NAME = "cameo-spans"
STRENGTH, LEAST, SMALLEST = 0.4, 2, 0.01


def learned(sentences: Sequence[Tagged], reads: Sequence[Read], seed: int = 0) -> tuple[Linear, int]:
    """Return the model that is learned from sentences, and of how many candidates."""
    examples, labels = [], []
    for sentence, one in zip(sentences, reads, strict=True):
        gold = tokens_of(sentence, one.parse)
        view = View(one.parse, one.mentions, one.predications, 0, len(one.parse))
        for (begin, end), head in candidates(one.parse, 0, len(one.parse)).items():
            examples.append(view.features(begin, end, head))
            labels.append(gold.get((begin, end), NO_PARTY))
    return fit(examples, labels, strength=STRENGTH, least=LEAST, smallest=SMALLEST, seed=seed), len(examples)


def found(model: Linear, sentence: Tagged, one: Read) -> Spans:
    """Return the spans that the model finds, in words of the corpus."""
    parse = one.parse
    spans = parties(parse, one.mentions, one.predications, 0, len(parse), model)
    return in_words(sentence, parse, [(party.role, party.first, party.last) for party in spans])


def train(corpora: Path, folder: Path, seed: int) -> Card:
    """Train on the part to look at and score on the other; write weights.npz."""
    files = tagged_files(corpora)
    look, score = tagged(files, "look"), tagged(files, "score")
    if not look or not score:
        raise UsageError(f"{corpora}: cameo_ner is not there")
    model, count = learned(look, [read(one.text) for one in look], seed)
    model.save(folder / "weights.npz")
    keep_seen(folder, look)
    model = Linear.load(folder / "weights.npz")
    answers = [found(model, one, read(one.text)) for one in score]
    gold = [one.spans for one in score]
    return Card(
        name=NAME,
        what="The words of the source, the target or the related parties of a sentence's main event",
        used_by="claiming.second, claiming.parties",
        data="CAMEO named entities (published with ConfliBERT, 2022), the part to look at: 801 of 1,153 sentences",
        licence="the weights: CC-BY-4.0; the sentences are not in them. The corpus's repository: GPL-3.0",
        corpus_sha256=hash_of(files),
        texts=len(look),
        examples=count,
        features="of each noun phrase and its parts: the way to the main verb, what it names, the part that the rules"
        " give it, where it begins and ends, what is attached",
        method="multinomial logistic regression, L2; the likeliest spans that do not overlap",
        seed=seed,
        command=f"dateline train {NAME} --corpora FOLDER",
        scores={f"F1, {roles}": round(span_f1(gold, answers, roles), 4) for roles in ("S", "T", "R", "ST", "STR")},
        limits="One event a sentence. The coders differ on targets: on articles, coordination, and whether the place"
        " or the people in it are the target",
    )
