"""The groups of victims by the nouns that count them: `victims.toml`."""

from __future__ import annotations

import functools

import msgspec

from dateline.knowledge.loading import Header, load_toml


class VictimFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of groups: nouns by group."""

    about: Header
    groups: dict[str, tuple[str, ...]]


@functools.cache
def _groups() -> dict[str, str]:
    file: VictimFile = load_toml("victims.toml", VictimFile)
    return {word: group for group, words in file.groups.items() for word in words}


def victim_group(noun: str) -> str:
    """Return the group of victims that a noun (in small letters, singular or plural) counts; "" where unknown."""
    known = _groups()
    return known.get(noun) or (known.get(noun[:-1], "") if noun.endswith("s") else "")
