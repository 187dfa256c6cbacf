"""Nouns that announce what was said: "a message that", "reports that"."""

from __future__ import annotations

import functools

import msgspec

from dateline.knowledge.loading import Header, load_toml


class Announcing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words as written, in lower case."""

    words: frozenset[str]


class AnnouncingFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of announcing nouns."""

    about: Header
    announcing: Announcing


@functools.cache
def announcing() -> frozenset[str]:
    """Return the nouns of `announcing.toml`."""
    file: AnnouncingFile = load_toml("announcing.toml", AnnouncingFile)
    return file.announcing.words
