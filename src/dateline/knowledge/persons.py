"""How names of persons are spelled and compared: `persons.toml` and `person_names.tsv`."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from dateline.knowledge.loading import Header, load_toml, load_tsv


class Before(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words before a name that are no part of it."""

    address: frozenset[str]
    soft: frozenset[str]
    ranks: frozenset[str]
    offices: frozenset[str]
    former: frozenset[str]


class Roles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of roles: those that tell nothing apart, and those for one office."""

    stop: frozenset[str]
    same: tuple[tuple[str, ...], ...]


class Parts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Particles and ends of names."""

    particles: frozenset[str]
    leading: frozenset[str]
    after: frozenset[str]


class Rewrite(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An expression and what it is replaced by."""

    find: str
    put: str


class Alike(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Sounds that are taken for each other, and at what cost."""

    letters: str
    cost: float


class Missing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What it costs that a sound is there in one spelling only."""

    vowels: float
    weak: float
    other: float
    weak_letters: str


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From which likeness on parts, and from which score on persons, are the same."""

    alike: float
    alike_short: float
    short: int
    same: float
    margin: float


class PersonFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file on names of persons."""

    about: Header
    before: Before
    roles: Roles
    parts: Parts
    join: tuple[Rewrite, ...]
    sound: tuple[Rewrite, ...]
    alike: tuple[Alike, ...]
    missing: Missing
    limits: Limits
    weights: dict[str, float]


class NameRow(msgspec.Struct, frozen=True):
    """A row of `person_names.tsv`: the spellings of one name."""

    spellings: tuple[str, ...]


class Sounds(NamedTuple):
    """The compiled tables: rewrites by stage, and the cost of each ordered pair of sounds."""

    join: tuple[tuple[re.Pattern[str], str], ...]
    sound: tuple[tuple[re.Pattern[str], str], ...]
    alike: dict[tuple[str, str], float]


@functools.cache
def persons_file() -> PersonFile:
    """Load `persons.toml`."""
    file: PersonFile = load_toml("persons.toml", PersonFile)
    return file


@functools.cache
def sounds() -> Sounds:
    """Compile the rewrites and the costs of `persons.toml`; the first entry that holds a pair of sounds counts."""
    file, costs = persons_file(), dict[tuple[str, str], float]()
    for entry in file.alike:
        for pair in itertools.permutations(entry.letters, 2):
            costs.setdefault(pair, entry.cost)
    return Sounds(_compiled(file.join), _compiled(file.sound), costs)


def _compiled(rules: Sequence[Rewrite]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rule.find), rule.put) for rule in rules)


@functools.cache
def known_names() -> dict[str, str]:
    """Return the spellings of known names, each with the first spelling of its row."""
    rows: tuple[NameRow, ...] = load_tsv("person_names.tsv", NameRow)
    return {spelling: row.spellings[0] for row in rows for spelling in row.spellings}


@functools.cache
def office_words() -> dict[str, str]:
    """Return for each word for an office the one that stands for it."""
    return {word: words[0] for words in persons_file().roles.same for word in words}
