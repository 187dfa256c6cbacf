"""Score the class of sentences on CAMEO's pentaclass: macro F1 over five classes.

    python -m benchmarks.cameo_class [--corpora FOLDER] [--part score|look|all] [--errors]

The classes are published as the numbers 0 to 4. What they mean was read off the sentences (dateline.corpora.cameo);
from PLOVER types they follow by the rules in knowledge/crosswalk/pentaclass.toml. "dateline" is the trained model of
`claiming.gist`; "rules only" is the crosswalk of the predication at the main verb. Peers: TF-IDF with logistic
regression trained on the same sentences in the same run, and the commonest class.
The row "seen" says which share of the sentences measured the weights, and the peer, were trained on.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.cameo_peer import tfidf, trained_on
from benchmarks.frame import OURS, Benchmark, Case, Score, main
from benchmarks.parses import pipeline
from dateline.claiming import gist
from dateline.corpora import Part
from dateline.corpora.cameo import Classed, classed, classed_files
from dateline.knowledge.crosswalk.pentaclass import PENTACLASS
from dateline.knowledge.trained import Trained
from dateline.reading import make_report
from dateline.training.cameo import Read, folds, mark, read, seen
from dateline.training.cameo_class import NAME, class_f1, features, learned, macro_f1

RULES, COMMONEST, PEER = f"{OURS}, rules only", "commonest class", "TF-IDF, logistic regression"


def reading(sentence: Classed) -> Read:
    """Read a sentence by rules alone, its parse kept on disk."""
    return read(sentence.text, lambda text: pipeline(False).run(make_report(text)))


def by_rules(one: Read) -> str:
    """Return the class of the predication at the main verb."""
    return gist.by_rules(one.parse, one.predications, 0, len(one.parse))


def ours(one: Read) -> str:
    """Return the class by the trained model; by the rules where it is absent."""
    model = Trained().linear(NAME)
    return by_rules(one) if model is None else model.best(features(one))[0]


def measure(paths: list[Path], part: Part) -> Iterator[Score]:
    """Yield macro F1, accuracy and the F1 of each class."""
    sentences = classed(paths, part)
    reads = [reading(one) for one in sentences]
    gold = [one.label for one in sentences]
    systems = {OURS: [ours(one) for one in reads], RULES: [by_rules(one) for one in reads]}
    train = trained_on(NAME, paths, classed_files, classed)
    if train:
        systems[PEER] = tfidf(train, sentences)
    common = Counter(one.label for one in train or sentences).most_common(1)[0][0]
    systems[COMMONEST] = [common] * len(gold)
    for system, labels in systems.items():
        yield Score("macro F1", system, macro_f1(gold, labels), len(gold))
        right = sum(want == got for want, got in zip(gold, labels, strict=True))
        yield Score("accuracy", system, right / max(1, len(gold)), len(gold))
        for label in PENTACLASS:
            yield Score(f"F1, {label}", system, class_f1(gold, labels, label), gold.count(label))
    known = seen(NAME)
    share = sum(mark(one.key) in known for one in sentences) / max(1, len(sentences))
    yield Score("seen in training", OURS, share, len(sentences))


def errors(paths: list[Path]) -> Iterator[Case]:
    """Yield the sentences to look at that get another class, each judged by a model that was not trained on it.

    The kinds are "model" (whatever the rules say) and "rules" (the model is right).
    """
    sentences = classed(paths, "look")
    reads = [reading(one) for one in sentences]
    for train, test in folds(sentences):
        model = learned([sentences[at] for at in train], [reads[at] for at in train])
        for at in test:
            sentence, one = sentences[at], reads[at]
            by_rule, by_model = by_rules(one), model.best(features(one))[0]
            if by_rule == by_model == sentence.label:
                continue
            read_as = ", ".join(f"{p.plover} {p.sense} {p.status}" for p in one.predications) or "nothing"
            said = f"{by_model} (rules: {by_rule}; read: {read_as})"
            kind = "model" if by_model != sentence.label else "rules"
            yield Case(sentence.key[:24], kind, sentence.text, sentence.label, said)


BENCHMARK = Benchmark("cameo_class", "class of sentences", classed_files, measure, errors)

if __name__ == "__main__":
    sys.exit(main(BENCHMARK))
