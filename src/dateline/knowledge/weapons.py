"""Weapons, and the modes of attack that they tell."""

from __future__ import annotations

import functools

import msgspec

from dateline.knowledge.loading import Header, load_toml


class Weapon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of weapon or platform: its PLOVER mode and ACLED sub-type, "" where it decides neither."""

    id: str
    words: tuple[str, ...]
    plover_mode: str = ""
    acled_subtype: str = ""
    platform: bool = False
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


class WeaponFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of weapons."""

    about: Header
    weapon: tuple[Weapon, ...]


@functools.cache
def weapons() -> dict[tuple[str, ...], Weapon]:
    """Return the weapons by their words, lower-case lemmas; hyphens are words of their own."""
    return {
        tuple(words.lower().replace("-", " - ").split()): weapon
        for weapon in load_toml("weapons.toml", WeaponFile).weapon
        for words in weapon.words
    }
