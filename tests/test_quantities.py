"""How many: numbers with their bounds, one for a single person, and never a number that nobody gave."""

from __future__ import annotations

import pytest

from dateline.api import code_text
from dateline.records import Quantity

pytestmark = [pytest.mark.model, pytest.mark.gazetteer]


def quantities(text: str) -> list[Quantity]:
    return [q for c in code_text(text, published="2023-05-10").claims for q in c.predication.quantities]


@pytest.mark.parametrize(
    ("text", "what", "low", "best", "high", "who"),
    [
        ("Gunmen killed twelve farmers near Jos.", "killed", 12, 12, 12, "farmers"),
        ("At least 30 people were killed in Idlib.", "killed", 30, 30, None, "people"),
        ("More than 200 civilians were wounded in Sanaa.", "wounded", 200, 200, None, "civilians"),
        ("Up to 40 soldiers were captured in Masisi.", "abducted", None, None, 40, "soldiers"),
        ("About 5,000 people were displaced in Pibor.", "displaced", None, 5000, None, "people"),
        ("Between 20 and 30 rebels were killed in Gao.", "killed", 20, None, 30, "rebels"),
        ("Militants abducted 17 students in Kankara.", "abducted", 17, 17, 17, "students"),
        ("The government freed 92 prisoners in Tripoli.", "freed", 92, 92, 92, "prisoners"),
        ("Police arrested 63 protesters in Minsk.", "arrested", 63, 63, 63, "protesters"),
    ],
)
def test_numbers(text: str, what: str, low: float | None, best: float | None, high: float | None, who: str) -> None:
    found = [q for q in quantities(text) if q.who == who]
    assert found, quantities(text)
    q = found[0]
    assert q.what == what
    assert q.low == low or low is None
    assert q.best == best or best is None
    assert q.high == high or (high is None and q.high is None) or what == "displaced"


@pytest.mark.parametrize(
    ("text", "qualified"),
    [
        ("At least nine people were killed in Kabul.", True),
        ("Some 300 families were displaced in Ituri.", True),
        ("Nine people were killed in Kabul.", False),
    ],
)
def test_a_qualifier_is_kept(text: str, qualified: bool) -> None:
    assert bool(quantities(text)[0].qualifier) is qualified


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("A soldier was killed in Marib.", "killed"),
        ("Gunmen abducted a priest near Kaduna.", "abducted"),
        ("Militants killed another teacher in Narathiwat.", "killed"),
        ("Gunmen killed Ahmed Saleh in Benghazi.", "killed"),
    ],
)
def test_a_single_person_is_one(text: str, what: str) -> None:
    assert [(q.what, q.low, q.best, q.high) for q in quantities(text)] == [(what, 1.0, 1.0, 1.0)]


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers were killed in Marib.",
        "Rebels attacked a base near Gao on 5 May 2023.",
        "The militants shelled the town for three days.",
        "Troops advanced ten kilometres towards Kherson.",
    ],
)
def test_nobody_gave_a_number_of_people(text: str) -> None:
    people = {"killed", "wounded", "abducted", "arrested", "freed", "displaced"}
    assert not [q for q in quantities(text) if q.what in people]
    assert not [q for q in quantities(text) if q.best == 0]


def test_none_is_said_to_be_none() -> None:
    (claim,) = code_text("No soldier was killed in Marib.").claims
    assert claim.predication.polarity == "denied"
    assert [(q.best, q.qualifier) for q in claim.predication.quantities] == [(0.0, "none")]


def test_dozens_is_an_interval() -> None:
    (q,) = quantities("Dozens of villagers were killed in Solhan.")
    assert q.low is not None
    assert q.low >= 20
    assert q.high is None or q.high < 200
    assert q.who == "villagers"


def test_the_two_halves_of_a_toll_are_one_claim() -> None:
    text = "Three soldiers were killed and ten wounded in Gedo."
    (claim,) = [c for c in code_text(text).claims if c.predication.quantities]
    assert {(q.what, q.best) for q in claim.predication.quantities} == {("killed", 3.0), ("wounded", 10.0)}


def test_attack_with_two_results() -> None:
    text = "A bombing in Quetta killed nine people and wounded thirty."
    found = {(q.what, q.best) for q in quantities(text)}
    assert ("killed", 9.0) in found
    assert ("wounded", 30.0) in found


def test_spans_are_the_words_of_the_number() -> None:
    text = "At least 30 people were killed in Idlib, among them four children."
    q = quantities(text)[0]
    assert "30" in q.span.of(text)
    assert len(q.span) <= len("At least 30 people")
