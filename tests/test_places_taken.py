"""Places taken, held and lost: in lists, as "the capital", beside other names. Texts of our own."""

from __future__ import annotations

import datetime as dt

import pytest

from dateline import assembly
from dateline.records import Claim, Report

pytestmark = [pytest.mark.model, pytest.mark.gazetteer]
DAY = dt.date(2024, 12, 9)


def claims(text: str) -> list[Claim]:
    """Return the claims of a report of 9 December 2024."""
    return list(assembly.load_pipeline().run(Report(id="places-taken", text=text, published=DAY)).all(Claim))


def place_at(text: str, trigger: str) -> tuple[str, int]:
    """Return the name and the precision of the place of the claim whose trigger is a word."""
    found = [c for c in claims(text) if c.predication.trigger.of(text) == trigger]
    assert found, [c.predication.trigger.of(text) for c in claims(text)]
    place = found[0].place
    return (place.name, place.precision) if place else ("", 0)


TIMELINE = """The towns of the north

Nov 29 - ALEPPO. The rebels enter the city from the west.

Dec 5 - HAMA. The insurgents capture the city.

Dec 8 - DAMASCUS. The rebels take the capital."""


def test_entries_open_with_their_day_and_their_town() -> None:
    told = {
        c.place.name: (c.time.start if c.time else None)
        for c in claims(TIMELINE)
        if c.place and not c.predication.headline
    }
    assert told == {"Aleppo": "2024-11-29", "Hama": "2024-12-05", "Damascus": "2024-12-08"}


def test_the_day_of_an_entry_is_not_that_of_what_follows() -> None:
    after = "\n\nThe army shelled Latakia."
    (shelling,) = [c for c in claims(TIMELINE + after) if c.place and c.place.name == "Latakia"]
    assert shelling.time is None or shelling.time.start != "2024-12-08"


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        # The capital of the heading, of the unit in focus, of the country.
        ("Three towns\n\nIDLIB. The rebels entered the capital on Sunday.\n\nRAQQA. It rained.", "entered", "Idlib"),
        (
            "Kayah: who left\n\nLoikaw has been shelled since Monday in Kayah State. A lawmaker said that the capital"
            " was seized by the rebels.",
            "seized",
            "Loikaw",
        ),
        ("Homs under fire\n\nThe army shelled Homs. Rebels attacked the capital, too.", "attacked", "Damascus"),
        # A yardstick is not the place.
        (
            "The rebels captured the city of Homs on Thursday, the closest provincial capital to Damascus to fall in"
            " their offensive.",
            "captured",
            "Homs",
        ),
        ("The rebels took over six provincial capitals in Syria on Sunday.", "took", "Syria"),
    ],
)
def test_which_capital(text: str, trigger: str, place: str) -> None:
    assert place_at(text, trigger)[0] == place


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        # What is taken is where it happened, whatever else the clause names.
        ("Homs falls without a shot; Damascus alone\n\nRebels entered Homs in Syria.", "falls", "Homs"),
        ("Gao changed hands yesterday evening in Mali.", "changed", "Gao"),
        ("Marib passed to the Houthis on the same day.", "passed", "Marib"),
        ("Khost has also come under the control of the Taliban.", "come", "Khost"),
        # Who retreats leaves where they stood; where they go to is another place.
        (
            "The Rapid Support Forces captured Wad Madani on Monday. The army retreated to Sennar.",
            "retreated",
            "Wad Madani",
        ),
        ("Ukrainian troops withdrew from Lysychansk to Sloviansk.", "withdrew", "Lysychansk"),
        # A paragraph that opens in a town speaks of that town.
        (
            "Fighters took control of Raqqa in Syria.\n\nIn Hasakah the governor left on Saturday. The fighters drove"
            " into the city on Sunday at noon.",
            "drove",
            "Hasakah",
        ),
    ],
)
def test_what_is_taken_or_left_is_where_it_happened(text: str, trigger: str, place: str) -> None:
    assert place_at(text, trigger)[0] == place


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        # An airport or a base at a town is not the town: near it, not in it.
        ("The rebels captured Homs in Syria on Sunday. The airport is still held by the army.", "held", ("Homs", 2)),
        ("Fighters took control of Marib. The government still holds an army base.", "holds", ("Marib", 2)),
        ("The jihadists captured the airport of Gao on Sunday.", "captured", ("Gao", 2)),
        # A building in a town, and a town with its airport, are in it.
        (
            "The insurgents captured the airport and the governor's office in Hodeidah on Sunday, Yemeni officials"
            " said.",
            "captured",
            ("Hodeidah", 1),
        ),
        ("The Arakan Army captured Sittwe on Monday.", "captured", ("Sittwe", 1)),
    ],
)
def test_an_airport_at_a_town_is_not_the_town(text: str, trigger: str, place: tuple[str, int]) -> None:
    assert place_at(text, trigger) == place
