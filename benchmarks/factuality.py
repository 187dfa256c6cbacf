"""UW Event Factuality: how certain the text makes it that an event happened, for each event of the corpus.

    python -m benchmarks.factuality [--corpora FOLDER] [--part score|look|all] [--json]
    python -m benchmarks.factuality --errors [--kind STATUS] [--limit N]

`train` is looked at and `dev` is scored. "dateline, rules only" turns status and polarity, as the rules of claims
find them, into a number for each; "dateline" asks the trained model besides. The naive baseline is that all
happened: +3 always.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.frame import OURS, Benchmark, Case, Score, main
from benchmarks.parses import pipeline
from dateline.assembly import load_resources
from dateline.coding.factuality import expected
from dateline.corpora import Part
from dateline.corpora.factuality import files, sentences
from dateline.training.factuality import Event, events, until_coding

RULES, BASELINE = "dateline, rules only", "baseline: always +3"
AWAY, TOGETHER = "mean absolute error", "Pearson r"
CERTAIN = 3.0
# Stanovsky et al. 2017 (ACL), on the corpus's test part.
PUBLISHED = {
    "published: always +3 (Stanovsky et al. 2017)": (0.781, None),
    "published: Lee et al. 2015": (0.511, 0.708),
    "published: supervised TruthTeller": (0.399, 0.668),
}
FAR = 1.0


def ours(event: Event) -> float:
    """Return the value that we give to an event."""
    model = load_resources().trained.linear("factuality")
    return event.by_rules if model is None or not event.features else expected(model, event.features)


def measure(paths: list[Path], part: Part) -> Iterator[Score]:
    """Yield the mean absolute error and Pearson's r of all systems."""
    found = list(events(sentences(paths, part), until_coding(pipeline(trained=False))))
    gold = [event.value for event in found]
    given = {
        OURS: [ours(event) for event in found],
        RULES: [event.by_rules for event in found],
        BASELINE: [CERTAIN] * len(found),
    }
    for name, values in given.items():
        away = statistics.fmean(abs(a - b) for a, b in zip(gold, values, strict=True))
        yield Score(AWAY, name, away, len(gold))
        if len(set(values)) > 1:
            yield Score(TOGETHER, name, statistics.correlation(gold, values), len(gold))
    for name, (away, together) in PUBLISHED.items():
        yield Score(AWAY, name, away)
        if together is not None:
            yield Score(TOGETHER, name, together)


def errors(paths: list[Path]) -> Iterator[Case]:
    """Yield the events of the part to look at whose value is far from ours; the kind is the rules' status."""
    for event in events(sentences(paths, "look"), until_coding(pipeline(trained=False))):
        value = ours(event)
        if abs(value - event.value) > FAR:
            start, end = event.sentence.offsets[event.word]
            text = event.sentence.text
            words = f"{text[:start]}<{text[start:end]}>{text[end:]}"
            yield Case(event.sentence.name, event.status, words, f"{event.value:+.1f}", f"{value:+.1f}")


BENCHMARK = Benchmark(
    "factuality",
    "UW Event Factuality, from -3 (did not happen) to +3 (did)",
    files,
    measure,
    errors,
    lower=(AWAY,),
)

if __name__ == "__main__":
    sys.exit(main(BENCHMARK))
