"""Parts of a toll, tolls side by side, and whose weapon it was."""

from __future__ import annotations

import pytest

from dateline.api import code_text
from dateline.records import Claim

pytestmark = [pytest.mark.model, pytest.mark.gazetteer]


def claims(text: str) -> tuple[Claim, ...]:
    return code_text(text, published="2023-05-10").claims


def counted(text: str) -> set[tuple[str, str, float | None, bool]]:
    return {(q.what, q.who, q.best, q.part) for c in claims(text) for q in c.predication.quantities}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("At least 58 people including 11 children were killed in Gao.", ("killed", "children", 11, True)),
        ("Shells killed 25 civilians in Gao, six of them children.", ("killed", "children", 6, True)),
        ("Nine farmers were killed in Gao, among them a woman.", ("killed", "woman", 1, True)),
        ("Six children were among 19 civilians killed in Gao.", ("killed", "children", 6, True)),
        ("Gunmen killed 15 people, including three nurses, in Gao.", ("killed", "nurses", 3, True)),
        ("Three women were among the dead in Gao.", ("killed", "women", 3, True)),
    ],
)
def test_a_part_of_a_number(text: str, wanted: tuple[str, str, float, bool]) -> None:
    assert wanted in counted(text)


def test_the_parts_of_the_wounded_are_not_killed() -> None:
    found = counted("Shells killed 15 people and wounded 20 people, including six children, in Gao.")
    assert ("killed", "children", 6, True) not in found
    assert ("wounded", "children", 6, True) in found


def test_the_wounded_of_a_headline_are_not_killed() -> None:
    found = counted("Eight people killed 58 others injured in rocket attacks on Gao.")
    assert ("killed", "people", 8, False) in found
    assert not {f for f in found if f[0] == "killed" and f[2] == 58}


def test_twenty_of_the_rebels_are_rebels() -> None:
    assert ("killed", "rebels", 22, False) in counted("At least 22 of the rebels were killed in Gao.")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Nine people were killed in a rebel mortar attack on Gao in Mali.", "rebel"),
        ("A US missile strike killed five people in Mali.", "government"),
        ("Army artillery fire killed five people in Gao in Mali.", "state-force"),
    ],
)
def test_a_word_before_the_attack_says_whose_it_was(text: str, kind: str) -> None:
    actors = [p for c in claims(text) for p in c.predication.participants if p.role == "actor"]
    assert kind in {p.kind for p in actors}


def test_the_army_base_attack_is_not_by_the_army() -> None:
    found = claims("Nine people were killed in an army base attack with mortars in Gao in Mali.")
    assert not [p for c in found for p in c.predication.participants if p.role == "actor"]


@pytest.mark.parametrize(
    "text",
    [
        "The strike on Gao in Mali is suspected to have been carried out by Russian planes.",
        "It is unclear if the raids on Gao in Mali were carried out by aircraft belonging to Russia.",
        "Rockets fired by Russian jets killed nine people in Gao in Mali.",
        "Russian-led air strikes killed nine people in Gao in Mali.",
    ],
)
def test_who_carried_it_out(text: str) -> None:
    actors = [p for c in claims(text) for p in c.predication.participants if p.role == "actor"]
    assert "RU" in {p.country for p in actors}


def test_jihadists_of_a_group_are_the_group() -> None:
    found = claims("Jihadists from the Islamic State executed three officers in Gao.")
    assert [p.entity for c in found for p in c.predication.participants if p.role == "actor"] == ["islamic-state"]


def test_two_syrians_are_no_army() -> None:
    found = claims("Two Syrians were killed in a rocket attack in Homs in Syria.")
    kinds = {p.kind for c in found for p in c.predication.participants if p.role == "target"}
    assert kinds <= {"civilian", ""}


def test_the_country_of_the_report_before_fighting_says_where() -> None:
    found = claims("Syria fighting kills 32 gunmen in Hasaka in Syria.")
    assert found
    assert not [p for c in found for p in c.predication.participants if p.role == "actor" and p.country == "SY"]


def test_a_name_of_many_words_is_one_participant() -> None:
    found = claims("Jihadists from the Islamic State of Iraq and the Levant (ISIL) executed three officers in Gao.")
    assert [p.entity for c in found for p in c.predication.participants if p.role == "actor"] == ["islamic-state"]
