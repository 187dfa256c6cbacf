"""The main incident of a report: which claim, whose dead, by whom."""

from __future__ import annotations

import datetime as dt

import pytest

from dateline.api import code_text
from dateline.exporting.incident import Incident, main_incident

pytestmark = [pytest.mark.model, pytest.mark.gazetteer]


def incident(text: str) -> Incident:
    found = main_incident(code_text(text, published="2016-08-10").claims)
    assert found is not None
    return found


def test_the_first_number_of_dead_is_of_the_main_incident() -> None:
    found = incident(
        "An air strike killed 15 civilians including four children in Idlib in Syria on Tuesday. "
        "Last year a bomb killed 70 soldiers in Homs."
    )
    assert found.toll.civilians == 15
    assert found.toll.children == 4
    assert found.toll.combatants is None
    assert found.last == dt.date(2016, 8, 9)
    assert found.place is not None
    assert found.place.admin1 == "Idlib"
    assert found.mode == "aerial"


def test_the_dead_of_the_whole_war_are_not_of_the_incident() -> None:
    found = incident("Rebels killed 16 soldiers near Aleppo in Syria on Tuesday. Over 200,000 people have been killed.")
    assert (found.toll.civilians, found.toll.combatants) == (None, 16)


def test_the_parts_win_over_the_whole() -> None:
    found = incident("Six civilians were among 22 people killed in air strikes on Raqqa in Syria on Tuesday.")
    assert found.toll.civilians == 6


def test_who_acted_stands_in_a_claim_of_the_same_dead() -> None:
    found = incident(
        "Nine people died in Homs in Syria on Tuesday. Government forces killed nine people in Homs, a doctor said."
    )
    assert [p.entity for p in found.actors][:1] == ["SY:state-force"]


def test_a_report_without_violence_has_no_incident() -> None:
    assert main_incident(code_text("The council opened a school in Homs.", published="2016-08-10").claims) is None


def test_the_rest_of_a_whole_is_of_the_other_group() -> None:
    found = incident("At least 20 people were killed including 13 civilians in Homs in Syria on Tuesday.")
    assert (found.toll.civilians, found.toll.combatants) == (13, 7)


def test_groups_told_apart_that_make_up_the_whole() -> None:
    found = incident(
        "Nine people were killed in Homs in Syria on Tuesday. Four civilians were killed, a doctor said. "
        "Another five rebels were killed in clashes."
    )
    assert (found.toll.civilians, found.toll.combatants) == (4, 5)
