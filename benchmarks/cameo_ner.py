"""Score source (S), target (T) and related parties (R) of sentences on CAMEO's spans: exact spans, micro F1.

    python -m benchmarks.cameo_ner [--corpora FOLDER] [--part score|look|all] [--errors]

"dateline" is the trained `claiming.parties` over the parse and what the rules read; "rules only" gives the actors and
targets of the predication at the main verb as the rules span them, two actors of one predicate as related parties.
Peers: spaCy's span categoriser trained on the same sentences (benchmarks.cameo_peer), and the first two names.
The row "seen" says which share of the sentences measured the weights, and the peer, were trained on.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.cameo_peer import spancat, trained_on
from benchmarks.frame import OURS, Benchmark, Case, Score, main
from benchmarks.parses import pipeline
from dateline.claiming.gist import main_verb, root_of
from dateline.corpora import Part
from dateline.corpora.cameo import Tagged, tagged, tagged_files
from dateline.knowledge.trained import Trained
from dateline.reading import make_report
from dateline.training.cameo import Read, Spans, folds, mark, read, seen, span_f1, words_of
from dateline.training.cameo_spans import NAME, found, learned

ROLES = {"source and target": "ST", "source": "S", "target": "T", "related parties": "R", "all three": "STR"}
RULES, NAMES, PEER = f"{OURS}, rules only", "first two names", "spaCy spancat"
NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"})


def reading(sentence: Tagged) -> Read:
    """Read a sentence by rules alone, its parse kept on disk."""
    return read(sentence.text, lambda text: pipeline(False).run(make_report(text)))


def by_rules(sentence: Tagged, one: Read) -> Spans:
    """Return the parts that the rules give, in the predication at the main verb or else in the first."""
    parse = one.parse
    root = root_of(parse, 0, len(parse))
    heads = (root, main_verb(parse, root))
    told = [p for p in one.predications if p.token in heads] or list(one.predications)
    if not told:
        return []
    people = [p for p in told[0].participants if p.span is not None and p.role in ("actor", "target")]
    mutual = len(people) > 1 and all(p.role == "actor" for p in people) and told[0].plover in ("CONSULT", "AGREE")
    spans: Spans = []
    for person in people:
        words = words_of(sentence, person.span.start, person.span.end) if person.span else None
        if words is not None:
            spans.append(("R" if mutual else "S" if person.role == "actor" else "T", *words))
    return spans


def by_names(sentence: Tagged, one: Read) -> Spans:
    """Return the first name as source and the second as target."""
    parse, spans = one.parse, []
    for role, entity in zip("ST", [e for e in parse.entities if e.label in NAMED], strict=False):
        words = words_of(sentence, parse.starts[entity.first], parse.ends[entity.last - 1])
        if words is not None:
            spans.append((role, *words))
    return spans


def ours(sentence: Tagged, one: Read) -> Spans:
    """Return the spans of the trained model; those of the rules where it is absent."""
    model = Trained().linear(NAME)
    return by_rules(sentence, one) if model is None else found(model, sentence, one)


def measure(paths: list[Path], part: Part) -> Iterator[Score]:
    """Yield the F1 of each system for each role."""
    sentences = tagged(paths, part)
    reads = [reading(one) for one in sentences]
    pairs = list(zip(sentences, reads, strict=True))
    gold = [one.spans for one in sentences]

    def scores(system: str, spans: list[Spans]) -> Iterator[Score]:
        for name, roles in ROLES.items():
            count = sum(span[0] in roles for own in gold for span in own)
            yield Score(f"F1, {name}", system, span_f1(gold, spans, roles), count)

    yield from scores(OURS, [ours(*pair) for pair in pairs])
    yield from scores(RULES, [by_rules(*pair) for pair in pairs])
    yield from scores(NAMES, [by_names(*pair) for pair in pairs])
    train = trained_on(NAME, paths, tagged_files, tagged)
    if train:
        yield from scores(PEER, spancat(train, sentences))
    known = seen(NAME)
    share = sum(mark(one.key) in known for one in sentences) / max(1, len(sentences))
    yield Score("seen in training", OURS, share, len(sentences))


def errors(paths: list[Path]) -> Iterator[Case]:
    """Yield the sentences to look at whose spans differ, each judged by a model that was not trained on it."""
    sentences = tagged(paths, "look")
    reads = [reading(one) for one in sentences]
    for train, test in folds(sentences):
        model, _ = learned([sentences[at] for at in train], [reads[at] for at in train])
        for at in test:
            yield from _differences(sentences[at], found(model, sentences[at], reads[at]))


def _differences(sentence: Tagged, spans: Spans) -> Iterator[Case]:
    got, want = set(spans), set(sentence.spans)
    for role, first, last in sorted(want - got, key=lambda span: span[1:]):
        near = [span for span in got if span[1] < last and span[2] > first]
        kind = "missed" if not near else "extent" if near[0][0] == role else "role"
        yield _case(sentence, f"{kind} {role}", [(role, first, last)], near)
    for span in sorted(got - want, key=lambda span: span[1:]):
        if not any(other[1] < span[2] and other[2] > span[1] for other in want):
            yield _case(sentence, f"extra {span[0]}", [], [span])


def _case(sentence: Tagged, kind: str, gold: Spans, got: Spans) -> Case:
    said = [", ".join(f"{role}: {' '.join(sentence.words[a:b])}" for role, a, b in spans) for spans in (gold, got)]
    return Case(sentence.key[:24], kind, sentence.text, said[0] or "-", said[1] or "-")


BENCHMARK = Benchmark("cameo_ner", "source and target of sentences", tagged_files, measure, errors)

if __name__ == "__main__":
    sys.exit(main(BENCHMARK))
