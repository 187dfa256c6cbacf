"""The words of time and the grammar over them, as the knowledge files hold them."""

from __future__ import annotations

import functools

import msgspec

from dateline.knowledge.loading import Header, load_toml


class Deictic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A day counted from the anchor day, and its part."""

    days: int
    part: str = ""


class Beside(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words beside an expression that tell whether it is a time."""

    before_time: frozenset[str]
    counted: frozenset[str]
    before_length: frozenset[str]
    after_day: frozenset[str]
    not_plural: frozenset[str]
    labels: frozenset[str]
    actions: frozenset[str]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """words.toml: each table maps words to values."""

    about: Header
    months: dict[str, int]
    month_abbreviations: dict[str, int]
    weekdays: dict[str, int]
    weekday_abbreviations: dict[str, int]
    seasons: dict[str, str]
    units: dict[str, str]
    parts: dict[str, str]
    deictic: dict[str, Deictic]
    holidays: dict[str, str]
    vague: dict[str, str]
    loose: dict[str, str]
    frequency: dict[str, str]
    zones: dict[str, tuple[str, ...]]
    classes: dict[str, tuple[str, ...]]
    beside: Beside
    numbers: tuple[str, ...]
    ordinals: tuple[str, ...]


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One form of expression: a pattern over classes of tokens and the name of its meaning."""

    id: str
    gloss: str
    means: str
    pattern: str
    check: str = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


class Prefix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words before an expression that narrow it."""

    id: str
    means: str
    pattern: str
    kinds: tuple[str, ...]


class Prepositions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words before an expression that open or close an interval."""

    since: tuple[str, ...]
    until: tuple[str, ...]
    by: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    pair: tuple[tuple[str, str], ...]


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules.toml."""

    about: Header
    macros: dict[str, str]
    rule: tuple[Rule, ...]
    prefix: tuple[Prefix, ...]
    prepositions: Prepositions


@functools.cache
def words() -> Words:
    """Return the words of time."""
    made: Words = load_toml("dating/words.toml", Words)
    return made


@functools.cache
def rules() -> Rules:
    """Return the grammar of times."""
    made: Rules = load_toml("dating/rules.toml", Rules)
    return made
