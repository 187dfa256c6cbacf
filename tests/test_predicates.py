"""Every example and counterexample of the lexicon of predicates, read by the real parser."""

from __future__ import annotations

import pytest

from dateline.coding.lexicon import lexicon
from dateline.coding.participants import Casting
from dateline.coding.reading import Reading
from dateline.coding.sides import Sides
from dateline.coding.stage import cast
from dateline.coding.triggers import find_triggers
from dateline.knowledge.actors import actors, countries
from dateline.knowledge.nouns import noun_lexicon
from dateline.knowledge.predicates import predicates
from dateline.records import Participant, Stage
from tests.conftest import dossier_of, run
from tests.markup import Marked, read_marked

Found = list[tuple[str, list[Participant]]]
EXAMPLES = [(p.id, example) for p in predicates() for example in p.examples]
COUNTEREXAMPLES = [(p.id, example) for p in predicates() for example in p.counterexamples]


@pytest.fixture(scope="module")
def readings(language: tuple[Stage, ...]) -> dict[str, tuple[Marked, int, Found]]:
    """All sentences as one report, a paragraph each: marked sentence, offset, senses at the trigger."""
    sources = list(dict.fromkeys(text for _, text in EXAMPLES + COUNTEREXAMPLES))
    marked = [read_marked(source) for source in sources]
    dossier = run(language, dossier_of([m.text for m in marked], country="XX"))
    reading = Reading(dossier, noun_lexicon(), lexicon())
    casting = Casting(reading, Sides(reading, actors(), countries()))
    # The sentences together would be a report of fighting; alone each is not, but for senses that ask for one.
    alone = list(find_triggers(reading, lexicon(), fighting=False).values())
    among = [t for t in find_triggers(reading, lexicon(), fighting=True).values() if t.entry.sense.in_fighting]
    spans = [(reading.span(token), t) for t in (*alone, *among) for token in {t.token, *t.tokens}]
    out, offset = {}, 0
    for source, m in zip(sources, marked, strict=True):
        start, end = offset + m.trigger[0], offset + m.trigger[1]
        at = [t for span, t in spans if span.start < end and span.end > start]
        out[source] = (m, offset, [(t.entry.sense.id, cast(reading, casting, t)[0]) for t in at])
        offset += len(m.text) + 2
    return out


@pytest.mark.model
@pytest.mark.parametrize(("sense", "example"), EXAMPLES)
def test_example_is_read(sense: str, example: str, readings: dict[str, tuple[Marked, int, Found]]) -> None:
    marked, offset, found = readings[example]
    assert sense in [s for s, _ in found], f"found {[s for s, _ in found]}"
    people = next(people for s, people in found if s == sense)
    for role, start, end in marked.roles:
        spans = [p.span for p in people if p.role == role and p.span]
        words = [(p.role, p.name) for p in people]
        assert any(s.start < offset + end and s.end > offset + start for s in spans), f"no {role} in {words}"


@pytest.mark.model
@pytest.mark.parametrize(("sense", "example"), COUNTEREXAMPLES)
def test_counterexample_is_not_read(sense: str, example: str, readings: dict[str, tuple[Marked, int, Found]]) -> None:
    assert sense not in [s for s, _ in readings[example][2]]
