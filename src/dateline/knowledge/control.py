"""What claims say of who holds a place, and how their word is weighed: `control.toml`."""

from __future__ import annotations

import functools
from typing import Literal

import msgspec

from dateline.knowledge.loading import Header, load_toml
from dateline.records import Role

Says = Literal["takes", "regains", "loses", "leaves", "holds", "enters", "bears-out", "nothing"]


class ControlRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an effect says of the holder of the place; `holder` and `loser` are roles, tried in order.

    Where `senses` are given only they fit; where `needs` is "holder" only a claim that names one does. With
    `since`, "held it since Friday" says that it was taken on Friday.
    """

    id: str
    gloss: str
    effects: frozenset[str]
    says: Says
    senses: frozenset[str] = frozenset()
    holder: tuple[Role, ...] = ()
    loser: tuple[Role, ...] = ()
    needs: Literal["", "holder"] = ""
    since: bool = False
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


class Weighing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a change is confirmed, and whose words are those of the state."""

    sources: int
    neutral: frozenset[str]
    officials: tuple[str, ...]
    not_officials: tuple[str, ...]


class Days(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many days apart what is told can be the same."""

    together: int
    handover: int
    again: int


class Scope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words that say that a part of a place is meant, or all its units, or another place."""

    part: frozenset[str]
    seat: frozenset[str]
    units: frozenset[str]
    all: frozenset[str]
    before: tuple[str, ...]
    beside: tuple[str, ...]
    towards: tuple[str, ...]


class ControlFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of control."""

    about: Header
    weighing: Weighing
    days: Days
    scope: Scope
    rule: tuple[ControlRule, ...]


@functools.cache
def control_rules() -> ControlFile:
    """Load `control.toml`. Raises KnowledgeError where it breaks the schema."""
    file: ControlFile = load_toml("control.toml", ControlFile)
    return file


@functools.cache
def rules_of(effect: str) -> tuple[ControlRule, ...]:
    """Return the rules for an effect, in the order of the file; empty where it says nothing of control."""
    return tuple(rule for rule in control_rules().rule if effect in rule.effects)
