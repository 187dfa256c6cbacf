"""Nouns that count or make up others: "dozens of soldiers", "delegations from X and Y"."""

from __future__ import annotations

import functools

import msgspec

from dateline.knowledge.loading import Header, load_toml


class Partitives(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lemmas that count what stands behind "of", and lemmas of those who belong to an actor."""

    counting: frozenset[str]
    members: frozenset[str]


class PartitiveFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of partitives."""

    about: Header
    partitives: Partitives


@functools.cache
def partitives() -> Partitives:
    """Load `partitives.toml`."""
    file: PartitiveFile = load_toml("partitives.toml", PartitiveFile)
    return file.partitives
