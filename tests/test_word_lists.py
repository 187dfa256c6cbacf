"""The lists of words that refer, count or announce: they load, hang together, and are what the rules use."""

from __future__ import annotations

import pytest

import dateline
from dateline.knowledge.announcing import announcing
from dateline.knowledge.nouns import noun_lexicon
from dateline.knowledge.partitives import partitives
from dateline.knowledge.references import referring_words


def test_every_size_belongs_to_a_noun_of_place_and_is_a_range() -> None:
    words = referring_words()
    for noun, (low, high) in words.sizes.items():
        assert noun in words.places
        assert low < high


def test_armed_groups_are_groups() -> None:
    assert referring_words().nouns.armed_group < referring_words().nouns.group


def test_nouns_of_bodies_are_known_to_the_lexicon_of_nouns() -> None:
    unknown = {noun for noun in referring_words().nouns.body if noun_lexicon().find((noun,), 0) is None}
    assert not unknown


def test_words_are_lemmas_in_lower_case() -> None:
    nouns, speaker = referring_words().nouns, referring_words().speaker
    lists = (nouns.armed, nouns.group, nouns.pair, nouns.body, speaker.own, speaker.enemy, partitives().counting)
    for word in (word for one in (*lists, partitives().members, announcing()) for word in one):
        assert word == word.lower().strip()
        assert word


@pytest.mark.parametrize("noun", ["dozens", "a column", "a handful"])
def test_what_is_counted_takes_part(noun: str) -> None:
    coded = dateline.code_text(f"The army killed {noun} of gunmen near Gao on Monday.", published="2023-05-09")
    targets = {p.name for c in coded.claims for p in c.predication.participants if p.role == "target"}
    assert targets == {"gunmen"}
