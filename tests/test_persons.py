"""Spellings of one person's name: measured on pairs of public figures, and gathered without chains."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from dateline.knowledge.persons import known_names, persons_file, sounds
from dateline.reconciling.persons import Named, Person, persons, same_person
from dateline.reconciling.spelling import likeness, parts_of

# Of the pairs that are called the same, and of those that are; each set by itself.
FLOORS = {"made": (0.96, 0.96), "kept": (0.96, 0.93)}


class Pair(NamedTuple):
    a: Named
    b: Named
    same: bool
    group: str


def pairs() -> list[Pair]:
    rows = tomllib.loads((Path(__file__).parent / "persons.toml").read_text("utf-8"))["pair"]
    return [
        Pair(Named(row["a"], row.get("role_a", "")), Named(row["b"], row.get("role_b", "")), row["same"], row["set"])
        for row in rows
    ]


@pytest.mark.parametrize("group", FLOORS)
def test_precision_and_recall_on_public_figures(group: str) -> None:
    found = [(pair, same_person(pair.a, pair.b).same) for pair in pairs() if pair.group == group]
    assert len(found) >= 100
    right = sum(pair.same and same for pair, same in found)
    precision = right / sum(same for _, same in found)
    recall = right / sum(pair.same for pair, _ in found)
    wrong = [(pair.a.name, pair.b.name, pair.same) for pair, same in found if pair.same is not same]
    assert precision >= FLOORS[group][0], wrong
    assert recall >= FLOORS[group][1], wrong


def test_it_makes_no_difference_which_comes_first() -> None:
    for pair in pairs():
        one, other = same_person(pair.a, pair.b), same_person(pair.b, pair.a)
        assert (one.same, one.score) == (other.same, other.score), (pair.a.name, pair.b.name)


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        (Named("Hessamuddin Shams"), Named("Husamuddin Shams"), "surname the same: shams"),
        (Named("Hessamuddin Shams"), Named("Hassamuddin Shams"), "given name alike in consonants: hsmdn"),
        (Named("Mohammed Daoud"), Named("Muhammad Daoud"), "given name spellings of muhammad"),
        (Named("Shams", "Badghis Governor"), Named("Governor Shams", "governor of Badghis"), "same office: "),
        (
            Named("Hessamuddin Shams", "governor of Badghis"),
            Named("Governor Shams"),
            "same office: governor of Badghis",
        ),
        (Named("Baradar", side="taliban"), Named("Abdul Ghani Baradar", side="taliban"), "same side: taliban"),
    ],
)
def test_reasons(a: Named, b: Named, reason: str) -> None:
    assert any(told.startswith(reason) for told, _ in same_person(a, b).reasons), same_person(a, b)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (Named("Shams"), Named("Hessamuddin Shams"), False),
        (Named("Shams", side="government"), Named("Hessamuddin Shams", side="government"), False),
        (Named("Shams", organisation="NDS"), Named("Hessamuddin Shams", organisation="NDS"), True),
        (Named("Shams", "governor of Badghis"), Named("Hessamuddin Shams", "Badghis governor"), True),
        (Named("Shams", "governor of Badghis"), Named("Hessamuddin Shams", "governor of Herat"), False),
        (Named("Shams", "mayor of Herat"), Named("Hessamuddin Shams", "governor of Herat"), False),
        (Named("Mujahid", "Taliban spokesman"), Named("Zabihullah Mujahid", "spokesperson for the Taliban"), True),
        (Named("General Haftar", side="lna"), Named("Gen. Khalifa Haftar", side="lna"), False),
        (Named("General Haftar", entity="lna"), Named("Gen. Khalifa Haftar", entity="lna"), True),
        (Named("A. Ghani", organisation="Presidency"), Named("Ashraf Ghani", organisation="Presidency"), True),
        (Named("H. Ghani", organisation="Presidency"), Named("Ashraf Ghani", organisation="Presidency"), False),
        (Named("Anas Haqqani", organisation="Taliban"), Named("Sirajuddin Haqqani", organisation="Taliban"), False),
        (Named("Mohammed Ali", "mayor of Sirte"), Named("Mohamed Ali", "mayor of Zliten"), False),
        (Named("Mohammed Ali", "mayor of Sirte"), Named("Mohamed Ali", "mayor of Sirte"), True),
        (Named("Shams", "acting governor of Badghis"), Named("Hessamuddin Shams", "former Badghis governor"), True),
        (Named("Shams", "deputy governor of Badghis"), Named("Hessamuddin Shams", "governor of Badghis"), False),
        (Named("Zelensky Volodymyr"), Named("Volodymyr Zelenskyy"), True),
        (Named("Mohamed Abdi"), Named("Abdi Mohamed"), False),
    ],
)
def test_what_makes_one_person_of_two_mentions(a: Named, b: Named, same: bool) -> None:
    assert same_person(a, b).same is same, same_person(a, b)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Mr. Hessam ud-Din Shams", ("hessamuddin", "shams")),
        ("Salah al-Din", ("salahuddin",)),
        ("Abd al-Rahman", ("abdulrahman",)),
        ("Abdel Fattah al-Burhan", ("abdulfattah", "burhan")),
        ("Abou Bakr", ("aboubakr",)),
        ("Lt. Gen. Mohammed bin Salman's", ("mohammed", "salman")),
        ("Volodymyr Zelenskyy, Jr.", ("volodymyr", "zelenskyy")),
        ("Зеленський", ("zelenskyy",)),
        ("General", ("general",)),
        ("", ()),
    ],
)
def test_parts(name: str, parts: tuple[str, ...]) -> None:
    found = parts_of(name).parts
    assert found == parts or (name == "Зеленський" and likeness(found[0], parts[0]).score > 0)


def test_known_names_are_two_however_alike() -> None:
    assert likeness("hassan", "hussein").score == 0
    assert likeness("mahmoud", "mohammed").score == 0
    assert likeness("mohamed", "muhammad").score == 1


MENTIONS = [
    Named("Hessamuddin Shams", "governor of Badghis", key="1"),
    Named("Hessamuddin Shams", "governor of Badghis", key="2"),
    Named("Hassamuddin Shams", "Badghis governor", key="3"),
    Named("Husamuddin Shams", key="4"),
    Named("Governor Shams", key="5"),
    Named("Ashraf Ghani", "president", key="6"),
    Named("Mohammad Ashraf Ghani", key="7"),
    Named("Abdul Ghani", "member of parliament", key="8"),
    Named("Sirajuddin Haqqani", organisation="Taliban", key="9"),
    Named("Anas Haqqani", organisation="Taliban", key="10"),
    Named("Haqqani", organisation="Taliban", key="11"),
    Named("Shams", key="12"),
]


def told(found: list[Person]) -> list[tuple[str, list[str]]]:
    return [(person.name, sorted((m.key for m in person.mentions), key=int)) for person in found]


def test_mentions_are_gathered_by_their_most_frequent_full_name() -> None:
    found = persons(MENTIONS)
    assert told(found) == [
        ("Hessamuddin Shams", ["1", "2", "3", "4", "5"]),
        ("Mohammad Ashraf Ghani", ["6", "7"]),
        ("Abdul Ghani", ["8"]),
        ("Anas Haqqani", ["10"]),
        ("Haqqani", ["11"]),
        ("Shams", ["12"]),
        ("Sirajuddin Haqqani", ["9"]),
    ]
    assert found[0].spellings[0] == ("Hessamuddin Shams", 2)
    assert all(m.reasons for m in found[0].mentions if m.name != "Hessamuddin Shams")


def test_persons_do_not_hang_on_the_order() -> None:
    expected = persons(MENTIONS)
    for seed in range(10):
        shuffled = list(MENTIONS)
        random.Random(seed).shuffle(shuffled)
        assert persons(shuffled) == expected


def test_nobody_is_lost_and_names_without_letters_stand_alone() -> None:
    odd = [Named("", key="a"), Named("!!!", key="b"), Named("محمد علي", key="c"), Named("Mohammed Ali", key="d")]
    assert sorted(m.key for person in persons(odd) for m in person.mentions) == ["a", "b", "c", "d"]


def test_the_tables_hang_together() -> None:
    spellings = [word for word in known_names() if word != word.lower() or " " in word or not word.isascii()]
    assert not spellings
    file = persons_file()
    assert {"surname", "given", "office", "organisation", "side"} <= set(file.weights)
    assert sounds().alike[("a", "e")] == sounds().alike[("e", "a")]
    rows = msgspec.structs.asdict(file.before).values()
    assert all(word == word.lower() for words in rows for word in words)
