"""Text in capitals: recognised, given its case back, its offsets kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.assembly import load_pipeline, load_resources, truecaser
from dateline.language.truecasing import Truecaser, in_capitals, pieces
from dateline.records import Claim, Report

WORDS = frozenset("the army said that rebels attacked a bridge near in on last night of and killed two men".split())


def none(_: str) -> list[tuple[int, int, str]]:
    return []


@pytest.fixture(scope="module")
def plain() -> Truecaser:
    return Truecaser(WORDS.__contains__, none)


def test_a_paragraph_in_capitals_is_lowered_but_for_names(plain: Truecaser) -> None:
    text = "THE ARMY SAID THAT REBELS ATTACKED A BRIDGE NEAR TARINKOT LAST NIGHT."
    assert plain(text) == "The army said that rebels attacked a bridge near Tarinkot last night."


def test_other_paragraphs_are_left_alone(plain: Truecaser) -> None:
    text = "The UN said so.\n\nREBELS ATTACKED A BRIDGE LAST NIGHT.\n\nUN\n"
    assert plain(text) == "The UN said so.\n\nRebels attacked a bridge last night.\n\nUN\n"


def test_dates_acronyms_and_beginnings_without_a_model(plain: Truecaser) -> None:
    text = "KULUM, 4 MAY (XPT) -- [TEXT] REBELS ATTACKED ON MONDAY IN MAY.  TWO MEN OF THE K.L.M. KILLED."
    assert (
        plain(text) == "Kulum, 4 May (XPT) -- [Text] Rebels attacked on Monday in May.  Two men of the K.L.M. killed."
    )


def test_names_keep_the_case_they_are_listed_in() -> None:
    def names(text: str) -> list[tuple[int, int, str]]:
        at = text.find("BAND OF THE HILLS")
        return [(at, at + 17, "Band of the Hills")] if at >= 0 else []

    made = Truecaser(WORDS.__contains__, names)("THE BAND OF THE HILLS ATTACKED A BRIDGE.")
    assert made == "The Band of the Hills attacked a bridge."


def test_what_is_too_short_or_mixed_is_not_in_capitals() -> None:
    assert not in_capitals("NATO AND UN")
    assert not in_capitals("The UN and NATO said in Geneva")
    assert in_capitals("THE GOVERNMENT HAS FALLEN")


def test_an_abbreviation_ends_no_sentence() -> None:
    found = [p.begins for p in pieces("THE U.S. ARMY LEFT. IT WENT")]
    assert found == [True, False, False, False, True, False]


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("Lu", "Ll", "Nd", "Zs", "Po")), max_size=80))
def test_the_length_never_changes(text: str) -> None:
    plain = Truecaser(WORDS.__contains__, none)
    assert len(plain(text.upper())) == len(text.upper())
    assert len(plain.cased(text.upper())) == len(text.upper())


@pytest.mark.parametrize("trained", [True, False])
def test_the_lexicon_gives_actors_and_countries_their_case(trained: bool) -> None:
    cased = truecaser(load_resources(trained=trained))
    made = cased("MEMBERS OF THE SHINING PATH ATTACKED A POLICE STATION IN PERU.")
    assert made == "Members of the Shining Path attacked a police station in Peru."


def test_capitals_are_read_as_mixed_case_is_and_the_report_keeps_its_words() -> None:
    text = "Two soldiers were killed when rebels attacked a police station in Ayacucho on Monday."
    mixed = load_pipeline().run(Report(id="m", text=text))
    capital = load_pipeline().run(Report(id="c", text=text.upper()))
    assert capital.report.text == text.upper()
    senses = [[claim.predication.sense for claim in dossier.all(Claim)] for dossier in (mixed, capital)]
    assert senses[0] == senses[1] != []
