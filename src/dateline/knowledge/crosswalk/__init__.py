"""From PLOVER to the types of other schemes, as tables of rules."""

from __future__ import annotations

import functools

import msgspec

from dateline.knowledge.loading import Header, load_toml


class AcledRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule: where all its conditions fit, the event is `acled` ("" where ACLED would not code it)."""

    id: str
    plover: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    unless_modes: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    unless_targets: tuple[str, ...] = ()
    acled: str = ""


class AcledFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of rules, in the order in which they are tried."""

    about: Header
    rule: tuple[AcledRule, ...]


@functools.cache
def acled_rules() -> tuple[AcledRule, ...]:
    """Load `crosswalk/acled.toml`."""
    file: AcledFile = load_toml("crosswalk/acled.toml", AcledFile)
    return file.rule
