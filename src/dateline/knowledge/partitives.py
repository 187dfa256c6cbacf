"""Nouns that count or make up others: "dozens of soldiers", "delegations from X and Y"."""

from __future__ import annotations

import functools

import msgspec

from dateline.knowledge.loading import Header, load_toml


class Partitives(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lemmas that count what stands behind "of", of those who belong to an actor, and of plain men."""

    counting: frozenset[str]
    members: frozenset[str]
    men: frozenset[str]


class Parts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words behind which stands a part of a number, and what participles behind a number say of those counted."""

    including: frozenset[str]
    among: frozenset[str]
    them: frozenset[str]
    befell: dict[str, str]


class PartitiveFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of partitives."""

    about: Header
    partitives: Partitives
    parts: Parts


@functools.cache
def _file() -> PartitiveFile:
    file: PartitiveFile = load_toml("partitives.toml", PartitiveFile)
    return file


def partitives() -> Partitives:
    """Return the partitives of `partitives.toml`."""
    return _file().partitives


def parts() -> Parts:
    """Return the words of parts of `partitives.toml`."""
    return _file().parts
