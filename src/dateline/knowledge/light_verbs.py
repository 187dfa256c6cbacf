"""Verbs that carry an event noun: "carry out an attack", "come under fire", "fighting erupted"."""

from __future__ import annotations

import functools
from typing import Literal

import msgspec

from dateline.knowledge.loading import Header, load_toml


class LightVerb(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A verb whose event is told by a noun beside it.

    `takes` says where the noun stands: "object", a preposition, or "none" where the noun is the subject
    ("fighting erupted"). `subject_is` says which slot of the event the verb's subject fills. `phase` is
    "", "begins", "continues", "ends", "attempts" or "plans".
    """

    verb: str
    takes: str = "object"
    subject_is: Literal["subject", "object", ""] = "subject"
    phase: Literal["", "begins", "continues", "ends", "attempts", "plans"] = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


class LightVerbFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of light verbs; `doing` are lemmas of verbs whose passive tells who did what their subject names."""

    about: Header
    doing: frozenset[str]
    light_verb: tuple[LightVerb, ...]


@functools.cache
def _file() -> LightVerbFile:
    file: LightVerbFile = load_toml("light_verbs.toml", LightVerbFile)
    return file


def light_verbs() -> tuple[LightVerb, ...]:
    """Return the verbs of `light_verbs.toml`."""
    return _file().light_verb


def doing_verbs() -> frozenset[str]:
    """Return the lemmas of verbs by which their subject does an event or lets a weapon go."""
    return _file().doing
