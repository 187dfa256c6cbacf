"""Numbers told in several ways agree where they agree, and make accounts without chains."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.knowledge.agreement import agreement, vague_reaches
from dateline.knowledge.numerals import read_number
from dateline.knowledge.victims import victim_group
from dateline.reconciling.numbers import Number, agree, parts_agree
from dateline.records import Quantity, Span


def told(words: str, who: str = "", what: str = "killed") -> Number:
    """Return the number that `words` tell, with the bounds that the pipeline gives it."""
    amount = read_number(words.split())
    assert amount is not None, words
    return Number(amount.low, amount.best, amount.high, amount.qualifier, what, who)


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("dozens", "38", "38 lies within dozens"),
        ("dozens", "60", "60 lies within dozens"),
        ("dozens", "24", "24 lies within dozens"),
        ("at least 30", "34", "34 is at least 30"),
        ("30 or more", "34", "34 is 30 or more"),
        ("at least 30", "30", "30 is the number that at least 30 names"),
        ("more than 100", "120", "120 is more than 100"),
        ("about 40", "43", "43 is about 40"),
        ("about 5", "6", "6 is about 5"),
        ("nearly 200", "187", "187 is nearly 200"),
        ("up to 50", "34", "34 is up to 50"),
        ("several", "5", "5 lies within several"),
        ("a handful", "4", "4 lies within a handful"),
        ("10 to 15", "12", "12 lies within 10 to 15"),
        ("between 10 and 15", "12", "12 lies within 10 to 15"),
        ("12", "12", "both say 12"),
        ("a pair", "2", "both say 2"),
        ("a dozen", "12", "both say 12"),
        ("5,000", "4,987", "4,987 may be rounded to 5,000"),
        ("at least dozens", "110", "110 lies within at least dozens"),
        ("up to several hundred", "220", "220 lies within up to several hundred"),
        ("hundreds", "more than 300", "more than 300 and hundreds meet at 300 to 600"),
        ("dozens", "at least 30", "at least 30 and dozens meet at 30 to 60"),
        ("about 40", "at least 30", "about 40 and at least 30 meet at 34 to 46"),
        ("many", "700", "700 lies within many"),
    ],
)
def test_numbers_that_agree(first: str, second: str, reason: str) -> None:
    found = agree(told(first), told(second))
    assert (found.agrees, found.reason) == (True, reason)
    assert agree(told(second), told(first)) == found


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("12", "15"),
        ("more than 100", "90"),
        ("at least 30", "29"),
        ("at least 30", "300"),
        ("up to 50", "58"),
        ("up to 500", "12"),
        ("nearly 200", "204"),
        ("nearly 200", "120"),
        ("about 40", "52"),
        ("several", "38"),
        ("dozens", "hundreds"),
        ("dozens", "several"),
        ("dozens", "150"),
        ("hundreds", "thousands"),
        ("10 to 15", "16"),
        ("300", "297"),
        ("5,000", "6,000"),
        ("5,000", "4,400"),
        ("at least 30", "up to 20"),
        ("0", "several"),
        ("0", "up to 5"),
        ("0", "many"),
    ],
)
def test_numbers_that_do_not(first: str, second: str) -> None:
    found = agree(told(first), told(second))
    assert not found.agrees
    assert found.comparable
    assert found.reason
    assert agree(told(second), told(first)) == found


@pytest.mark.parametrize(
    ("first", "second", "agrees", "comparable"),
    [
        (told("15", "civilians"), told("15", "people"), True, True),
        (told("15", "civilians"), told("20", "people"), False, False),
        (told("25", "civilians"), told("20", "people"), False, True),
        (told("12", "farmers"), told("15", "people"), False, True),
        (told("10", "children"), told("15", "soldiers"), False, False),
        (told("10", "children"), told("10", "soldiers"), False, False),
        (told("10", "children"), told("10", "girls"), True, True),
        (told("10", what="killed"), told("10", what="wounded"), False, False),
        (told("9", "dead"), told("9", "people"), True, True),
    ],
)
def test_who_and_what_is_counted(first: Number, second: Number, agrees: bool, comparable: bool) -> None:
    for found in (agree(first, second), agree(second, first)):
        assert (found.agrees, found.comparable) == (agrees, comparable)


def test_a_part_of_another_number_does_not_contradict_it() -> None:
    part = Number(11, 11, 11, what="killed", who="people", part=True)
    assert not agree(part, told("58", "people")).comparable
    assert agree(part, told("8", "people")).comparable


def test_quantities_of_a_report_are_numbers() -> None:
    quantity = Quantity("killed", Span(0, 6), 24, None, None, "people", "dozens")
    assert agree(quantity, told("38", "people")).agrees


@pytest.mark.parametrize(
    ("parts", "whole", "agrees", "comparable", "reason"),
    [
        (["10 children", "5 women"], "15 civilians", True, True, "10 children and 5 women make 15 civilians"),
        (["4 men", "2 women", "1 child"], "7 people", True, True, "4 men, 2 women and 1 child make 7 people"),
        (["15 civilians", "5 soldiers"], "20 people", True, True, "15 civilians and 5 soldiers make 20 people"),
        (["10 children", "at least 5 women"], "18 civilians", True, True, ""),
        (["10 children", "5 women"], "dozens civilians", False, False, ""),
        (["10 children", "5 women"], "12 civilians", False, True, "10 children and 5 women make 15, not 12 civilians"),
        (["10 children", "5 women"], "20 civilians", False, False, ""),
        (["4 men", "2 women", "1 child"], "9 people", False, True, ""),
        (["15 civilians", "5 soldiers"], "25 people", False, True, ""),
        (["10 children", "5 girls"], "15 civilians", False, False, "children and children overlap"),
        (["10 children", "5 civilians"], "15 people", False, False, "children and civilians overlap"),
        (["10 children", "5 soldiers"], "15 civilians", False, False, "soldiers are no part of civilians"),
        (["15 children"], "15 civilians", False, False, ""),
    ],
)
def test_parts_and_whole(parts: list[str], whole: str, agrees: bool, comparable: bool, reason: str) -> None:
    numbers = [told(*part.rsplit(" ", 1)) for part in parts]
    found = parts_agree(numbers, told(*whole.rsplit(" ", 1)))
    assert (found.agrees, found.comparable) == (agrees, comparable), found.reason
    assert found.reason == reason or not reason


number = st.builds(
    told, st.sampled_from(["", "at least", "about", "up to", "nearly"]).flatmap(
        lambda before: st.integers(1, 20000).map(lambda value: f"{before} {value}".strip())
    )
)  # fmt: skip


@given(number, number)
def test_agreement_goes_both_ways(one: Number, two: Number) -> None:
    assert agree(one, two).agrees == agree(two, one).agrees
    assert agree(one, one).agrees


def test_every_vague_word_has_a_reach_that_holds_its_least() -> None:
    for word, entry in vague_reaches().items():
        amount = read_number(word.split())
        assert amount is not None, word
        assert amount.low is None or entry.low <= amount.low
        assert entry.high is None or entry.low < entry.high


def test_groups_of_the_agreement_are_groups_of_victims() -> None:
    groups = {"children", "women", "men", "civilians", "combatants"}
    assert set(agreement().within) == groups
    assert all(victim_group(noun) == noun for noun in groups - {"men"})
    for first, second in itertools.permutations(groups, 2):
        assert not (second in agreement().within[first] and first in agreement().within[second])
