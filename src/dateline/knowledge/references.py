"""Words that refer: "the insurgents", "the group", "the two sides", "the city", "we", "the enemy"."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Literal

import msgspec

from dateline.knowledge.loading import Header, load_toml

PlaceClass = Literal["city", "admin", "country", "any"]


class ReferringNouns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lemmas that stand for actors named before; `body` are organs for which no "he" stands."""

    armed: frozenset[str]
    of_militia: frozenset[str]
    militia: frozenset[str]
    many: frozenset[str]
    group: frozenset[str]
    armed_group: frozenset[str]
    pair: frozenset[str]
    body: frozenset[str]


class SpeakerWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words whose meaning depends on who speaks: pronouns for the own side, lemmas for its enemy."""

    own: frozenset[str]
    enemy: frozenset[str]


class ReferringWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of words that refer; `sizes` are the least and most inhabitants that a noun of place allows."""

    about: Header
    nouns: ReferringNouns
    places: Mapping[str, PlaceClass]
    sizes: Mapping[str, tuple[int, int]]
    speaker: SpeakerWords


@functools.cache
def referring_words() -> ReferringWords:
    """Load `references.toml`."""
    words: ReferringWords = load_toml("references.toml", ReferringWords)
    return words
