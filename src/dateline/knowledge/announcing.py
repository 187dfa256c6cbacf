"""Nouns that announce what was said: "a message that", "reports that"."""

from __future__ import annotations

import functools

import msgspec

from dateline.knowledge.loading import Header, load_toml


class Announcing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words as written, in lower case; behind those `of_speaker`, "of" names who says it, not what it is about."""

    words: frozenset[str]
    of_speaker: frozenset[str]


class AnnouncingFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of announcing nouns."""

    about: Header
    announcing: Announcing


@functools.cache
def announcing() -> frozenset[str]:
    """Return the nouns of `announcing.toml`."""
    return _file().words


def of_speaker() -> frozenset[str]:
    """Return the nouns with "of" and a speaker: "the claim of the rebels that", not "the news of the raid that"."""
    return _file().of_speaker


@functools.cache
def _file() -> Announcing:
    file: AnnouncingFile = load_toml("announcing.toml", AnnouncingFile)
    return file.announcing
