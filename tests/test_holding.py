"""Who holds, takes, loses and leaves a place, told with pronouns, in lists and as a state of things."""

from __future__ import annotations

import pytest

import dateline

pytestmark = [pytest.mark.model, pytest.mark.gazetteer]

TOLD = [
    (
        "The town of Lashio changed hands. It fell on 8 June, when the rebels came.",
        "fell",
        "loses-place",
        "Lashio",
    ),
    ("The district of Panjwai is lost. It fell after a long siege.", "fell", "loses-place", "Panjwai"),
    ("Islamic State attacked Palmyra on Monday and captured it later.", "captured", "takes-place", "Palmyra"),
    ("The M23 rebels entered Sake. The army retook it on Friday.", "retook", "regains-place", "Sake"),
    ("The town of Lashio was lost by the government on Monday.", "lost", "loses-place", "Lashio"),
    ("The rebels said their men had withdrawn from the town of Masisi.", "withdrawn", "withdraws", "Masisi"),
    ("M23 said its men had left Walikale.", "left", "withdraws", "Walikale"),
    ("Lashio is in rebel hands.", "is", "holds-place", "Lashio"),
    ("Marib is still under government control.", "is", "holds-place", "Marib"),
    ("The town of Taftanaz remains with the rebels.", "remains", "holds-place", "Taftanaz"),
]


@pytest.mark.parametrize(("text", "trigger", "effect", "place"), TOLD)
def test_what_is_told_of_a_place(text: str, trigger: str, effect: str, place: str) -> None:
    claims = dateline.code_text(text, published="2024-08-09").claims
    told = next(c for c in claims if c.predication.trigger.of(text) == trigger)
    assert told.predication.effect == effect
    assert told.place is not None
    assert told.place.name == place


@pytest.mark.parametrize(
    "text",
    [
        "The rebels won back an outpost, only to give it up after dark.",
        "The army retook the village, only to abandon it the next day.",
    ],
)
def test_what_follows_only_to_has_happened(text: str) -> None:
    last = dateline.code_text(text, published="2024-08-09").claims[-1]
    assert (last.predication.plover, last.predication.status) == ("RETREAT", "asserted")


@pytest.mark.parametrize(
    "text",
    ["The price of bread in Kabul rose. It fell on Friday.", "The school said its boys had left the town."],
)
def test_what_is_no_place_and_no_fighter_is_not_taken_for_one(text: str) -> None:
    assert not dateline.code_text(text, published="2024-08-09").claims


def test_the_day_behind_a_verb_is_no_part_of_it() -> None:
    text = "Tamanrasset, the border post, was taken by the rebels on Friday, a resident said."
    claims = dateline.code_text(text, published="2024-08-09").claims
    assert "fight" not in [c.predication.sense for c in claims]
