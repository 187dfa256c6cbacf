"""The cues of places, loaded once: what makes a name a government, and what ties an event to a place."""

from __future__ import annotations

import functools

import msgspec

from dateline.knowledge.loading import load_toml


class Government(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words beside which a country's or capital's name means its government."""

    verbs: frozenset[str]
    stative: frozenset[str]
    objects_of: frozenset[str]
    nouns: frozenset[str]
    rulers: frozenset[str]
    prepositions: frozenset[str]
    acts: frozenset[str]
    speakers: frozenset[str]


class Locative(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What ties an event to a place, and what shows that a name is a place.

    `reporting` are verbs whose own place does not count; `grounding` and `tight` prepositions behind which a
    name is a place, even one that nobody knows; `objects` verbs whose object is; `classes` nouns after one;
    `arrivals` words with which what goes to a place happens there; `grounds` nouns for what lies at a town and is
    held apart from it.
    """

    inside: frozenset[str]
    towards: frozenset[str]
    source: frozenset[str]
    reporting: frozenset[str]
    grounding: frozenset[str]
    tight: frozenset[str]
    objects: frozenset[str]
    grounds: frozenset[str]
    arrivals: frozenset[str]
    classes: frozenset[str]


class Nouns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Bare nouns that refer to places, by the feature of what they refer to."""

    city: frozenset[str]
    admin1: frozenset[str]
    admin2: frozenset[str]
    country: frozenset[str]
    camp: frozenset[str]
    any: frozenset[str]
    spread: frozenset[str]
    adjectives: dict[str, str]


class Level(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that put what the text does not place at the level of the country: nouns; what tolls count from."""

    national: frozenset[str]
    since: frozenset[str]


class Parts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of which names of buildings and institutions are made, besides the name of a place in them."""

    institutions: frozenset[str]


class Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file cues.toml."""

    about: dict[str, str]
    government: Government
    locative: Locative
    nouns: Nouns
    level: Level
    parts: Parts


@functools.cache
def cues() -> Cues:
    """Return the cues of places."""
    loaded: Cues = load_toml("places/cues.toml", Cues)
    return loaded


@functools.cache
def feature_of_noun(lemma: str) -> str:
    """Return the feature that a bare noun refers to: city, admin1, admin2, country, camp, any, or ""."""
    nouns = cues().nouns
    for feature in ("city", "admin1", "admin2", "country", "camp", "any"):
        if lemma in getattr(nouns, feature):
            return feature
    return ""
