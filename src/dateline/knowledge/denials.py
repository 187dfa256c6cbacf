"""The words of denials that point back to an event told before."""

from __future__ import annotations

import functools

import msgspec

from dateline.knowledge.loading import Header, load_toml


class Denials(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs of denying, the pronouns and nouns by which they point back, and words for what is not so."""

    verbs: frozenset[str]
    pronouns: frozenset[str]
    nouns: frozenset[str]
    own_part: frozenset[str]
    telling: frozenset[str]
    false: frozenset[str]
    true: frozenset[str]
    judging: frozenset[str]
    truth: frozenset[str]
    being: frozenset[str]
    calling: frozenset[str]
    claiming: frozenset[str]


class DenialFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of denials."""

    about: Header
    denials: Denials


@functools.cache
def denials() -> Denials:
    """Load `denials.toml`."""
    file: DenialFile = load_toml("denials.toml", DenialFile)
    return file.denials
