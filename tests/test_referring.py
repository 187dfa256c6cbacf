"""What refers to what: hand-made cases by kind, a naive baseline beside them, and whose enemy is meant."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from typing import Any

import pytest

from benchmarks.references import CASES, found_by_rules, read, right, scored, unmark
from dateline.api import code_text
from dateline.records import Reference

# What was reached on the cases; the cases were at hand while the rules were written. "The gunmen" and "the attackers"
# are on purpose not taken for the group named last: they are often others.
FLOORS = {
    "person": 1.0, "plural": 0.93, "neuter": 0.93, "insurgents": 0.83, "group": 0.9, "place": 0.87, "pair": 1.0,
    "former": 1.0, "office": 0.87, "surname": 1.0,
}  # fmt: skip
ENEMIES: list[dict[str, Any]] = tomllib.loads(CASES.read_text("utf-8"))["enemy"]

pytestmark = [pytest.mark.model, pytest.mark.gazetteer]


def test_cases_reach_their_floors_and_beat_the_nearest_mention() -> None:
    ours: defaultdict[str, list[bool]] = defaultdict(list)
    plain: defaultdict[str, list[bool]] = defaultdict(list)
    missed = []
    for case, good, baseline, _ in scored():
        ours[case.kind].append(good)
        plain[case.kind].append(baseline)
        missed += [] if good else [case.text]
    assert set(ours) == set(FLOORS)
    assert sum(map(len, ours.values())) >= 110
    below = {kind: sum(hits) / len(hits) for kind, hits in ours.items() if sum(hits) / len(hits) < FLOORS[kind]}
    assert not below, (below, missed)
    for kind, hits in ours.items():
        assert sum(hits) > sum(plain[kind]), kind


def test_every_reference_names_its_rule_and_an_earlier_or_other_mention() -> None:
    dossier = read("The Houthis entered Marib. They fired rockets. The group said that the city was calm.")
    found = dossier.all(Reference)
    assert [r.evidence.rule for r in found] == ["pronoun.plural", "role.group", "place.city"]
    for reference in found:
        assert not reference.span.overlaps(reference.antecedent)
        assert reference.antecedent.start < reference.span.start
        assert set(reference.evidence.spans) == {reference.span, reference.antecedent}


def test_a_chain_of_references_leads_to_the_name() -> None:
    case = unmark("chain", "{The M23} took Kitshanga. They burned shops. The group left. Later [they] came back.")
    assert right(case, found_by_rules(case, read(case.text)))


@pytest.mark.parametrize(
    "text",
    [
        "It is feared that dozens died in Homs.",
        "It rained in Kabul.",
        "They say that the road to Gao is mined.",
        "The city was dark. Nobody spoke.",
        "Two sides of the square were closed.",
    ],
)
def test_what_stands_for_nothing_gets_no_antecedent(text: str) -> None:
    assert not read(text).all(Reference)


@pytest.mark.parametrize("case", ENEMIES, ids=[case["text"][:30] for case in ENEMIES])
def test_the_enemy_depends_on_who_speaks(case: dict[str, Any]) -> None:
    coded = code_text(case["text"], published=case["published"])
    claim = next(c for c in coded.claims if c.predication.trigger.of(case["text"]) == case["word"])
    (target,) = [p for p in claim.predication.participants if p.role == "target"]
    if case["target"]:
        assert target.entity.startswith(case["target"]), target
        assert "the enemy" in target.reason
    else:
        assert not target.entity
        assert "not known" in target.reason
