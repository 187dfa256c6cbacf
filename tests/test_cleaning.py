"""Cleaning: every rule against its own examples, then layout, headings, quotations and odd input."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.cleaning import Cleaning
from dateline.knowledge.cleaning import Rule, phrases
from dateline.records import Block, Debris, Dossier, Quotation, Report, Span

CLEANING = Cleaning()
STORY = "\n\nThe column of the northern army reached the river before noon on Sunday, three residents said."


def cleaned(text: str, title: str = "") -> Dossier:
    dossier = Dossier(Report(id="r", text=text, title=title))
    return dossier.adding(CLEANING(dossier))


def unmarked(example: str) -> tuple[str, list[str]]:
    """Return an example without its marks, and the words that they enclose."""
    words = [part.split("⟧")[0] for part in example.split("⟦")[1:]]
    return example.replace("⟦", "").replace("⟧", ""), words


EXAMPLES = [(rule, example) for rule in phrases().rules for example in rule.examples]
COUNTER = [(rule, example) for rule in phrases().rules for example in rule.counterexamples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[f"{r.id}:{e[:40]}" for r, e in EXAMPLES])
def test_a_rule_takes_its_examples(rule: Rule, example: str) -> None:
    text, words = unmarked(example)
    whole = text + STORY
    found = [one.span.of(whole) for one in cleaned(whole).all(Debris) if one.evidence.rule == rule.id]
    assert found == [word.strip() for word in words]


@pytest.mark.parametrize(("rule", "example"), COUNTER, ids=[f"{r.id}:{e[:40]}" for r, e in COUNTER])
def test_no_rule_takes_a_counterexample(rule: Rule, example: str) -> None:
    found = [one for one in cleaned(example + STORY).all(Debris) if one.kind == rule.kind]
    assert not found
