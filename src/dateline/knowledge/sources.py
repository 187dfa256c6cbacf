"""The words by which outlets and bodies are told for whose they are (`sources.toml`)."""

from __future__ import annotations

import functools

import msgspec

from dateline.knowledge.loading import Header, load_toml


class StateWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words in an outlet's name that make it a body of the state whose news it is."""

    words: tuple[str, ...]


class Bodies(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that tell no two bodies apart, and spellings of one word."""

    idle: frozenset[str]
    spellings: dict[str, str]


class SourceFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of sources."""

    about: Header
    state: StateWords
    bodies: Bodies


@functools.cache
def source_words() -> SourceFile:
    """Return the file of sources. Raises KnowledgeError where it breaks its schema."""
    file: SourceFile = load_toml("sources.toml", SourceFile)
    return file
