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
    """The file of light verbs."""

    about: Header
    light_verb: tuple[LightVerb, ...]


@functools.cache
def light_verbs() -> tuple[LightVerb, ...]:
    """Load `light_verbs.toml`."""
    file: LightVerbFile = load_toml("light_verbs.toml", LightVerbFile)
    return file.light_verb
