"""Numbers in words: values, bounds, and what is no number."""

from __future__ import annotations

import pytest

from dateline.knowledge.numerals import find_amounts, read_number, value_of


def amounts(text: str) -> list[tuple[str, float | None, float | None, float | None, str, str]]:
    return [(text[a.start : a.end], a.low, a.best, a.high, a.qualifier, a.unit) for a in find_amounts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some 30 shells hit the port", ("Some 30", None, 30, None, "some", "")),
        ("at least twelve miners died", ("at least twelve", 12, 12, None, "at least", "")),
        ("more than 90% of the grain", ("more than 90%", 90, 90, None, "more than", "percent")),
        ("about two hundred cadets left", ("about two hundred", None, 200, None, "about", "")),
        ("up to 50 lorries", ("up to 50", None, None, 50, "up to", "")),
        ("nearly 4,500 families", ("nearly 4,500", None, 4500, 4500, "nearly", "")),
        ("between 10 and 15 boats", ("between 10 and 15", 10, None, 15, "between", "")),
        ("20–30 villagers", ("20–30", 20, None, 30, "", "")),
        ("three or four gunmen", ("three or four", 3, None, 4, "", "")),
        ("2 to 3 million people", ("2 to 3 million", 2e6, None, 3e6, "", "")),
        ("half a million people", ("half a million", 5e5, 5e5, 5e5, "", "")),
        ("half a dozen huts", ("half a dozen", 6, 6, 6, "", "")),
        ("dozens of huts", ("dozens", 24, None, None, "dozens", "")),
        ("40 or more hostages", ("40 or more", 40, 40, None, "or more", "")),
        ("a hundred and twenty homes", ("a hundred and twenty", 120, 120, 120, "", "")),
        ("no one was hurt in the blast", ("no one", 0, 0, 0, "none", "")),
        ("there were no casualties", ("no", 0, 0, 0, "none", "")),
        ("the raid lasted three days", ("three", 3, 3, 3, "", "duration")),
        ("in May 30 people left", ("30", 30, 30, 30, "", "")),
        ("on 5 July 12 soldiers left", ("12", 12, 12, 12, "", "")),
        ("no soldiers were hurt", ("no", 0, 0, 0, "none", "")),
        ("2000 people left the camp", ("2000", 2000, 2000, 2000, "", "")),
    ],
)
def test_bounds(text: str, expected: tuple[object, ...]) -> None:
    assert amounts(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "in 2014 the rebels left",
        "on July 7, 2021, and again on 8 July",
        "the boys, aged 12 and 14,",
        "a 12-year-old girl",
        "Habib Omari, 34, said",
        "along Highway 1 and Route 60",
        "at 5:30 pm",
        "the 201st Corps",
        "F-16 jets and S-300 batteries",
        "No casualties were reported",
        "there were no immediate reports of casualties",
        "No one claimed responsibility",
        "no soldiers were allowed in",
        "how many people left",
        "in the 1990s",
        "Resolution 2254",
        "the capital is close to",
    ],
)
def test_no_amount(text: str) -> None:
    assert amounts(text) == []


def test_a_change_is_not_a_range() -> None:
    assert [a[1:4] for a in amounts("the toll rose from 12 to 30")] == [(12, 12, 12), (30, 30, 30)]


def test_coordination_is_not_a_range() -> None:
    assert [a[0] for a in amounts("Two guards and three clerks were held")] == ["Two", "three"]


def test_read_number_takes_the_words_as_a_whole() -> None:
    read = read_number(["at", "least", "two", "hundred"])
    assert read is not None
    assert (read.low, read.best, read.high, read.qualifier) == (200, 200, None, "at least")
    assert read_number(["two", "hundred", "mules"]) is None
    assert read_number([]) is None


def test_value_of_rejects_what_is_no_number() -> None:
    assert value_of("two hundred and five") == 205
    assert value_of("1.2.3") is None
    assert value_of("a") is None
