"""From PLOVER to the types of other schemes, as tables of rules."""

from __future__ import annotations

import functools

import msgspec

from dateline.knowledge.loading import Header, load_toml


class AcledRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule: where all its conditions fit, the event is `acled` ("" where ACLED would not code it)."""

    id: str
    plover: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    unless_modes: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    unless_targets: tuple[str, ...] = ()
    acled: str = ""


class Things(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What else tells the unarmed from the armed: sites, vehicles, protesters by their nouns, words before people."""

    civil: frozenset[str]
    military: frozenset[str]
    protesting: frozenset[str]
    former: frozenset[str]


class AcledFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of rules, in the order in which they are tried."""

    about: Header
    things: Things
    rule: tuple[AcledRule, ...]


@functools.cache
def _file() -> AcledFile:
    file: AcledFile = load_toml("crosswalk/acled.toml", AcledFile)
    return file


def acled_rules() -> tuple[AcledRule, ...]:
    """Return the rules of `crosswalk/acled.toml` in their order."""
    return _file().rule


def acled_things() -> Things:
    """Return the nouns of civil and of military sites, and the words that make a fighter a civilian."""
    return _file().things
