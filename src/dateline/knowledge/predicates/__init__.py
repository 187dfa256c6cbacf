"""The lexicon of predicates: which words tell of which event, and who takes which part in it."""

from __future__ import annotations

import functools
from typing import Literal

import msgspec

from dateline.knowledge.loading import Header, load_toml, toml_files
from dateline.records import KnowledgeError, Role

PLOVER: frozenset[str] = frozenset(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN SANCTION PROTEST MOBILIZE"
    " COERCE ASSAULT".split()
)
Slot = str


class Predicate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sense: its words, what it means, and how its grammatical slots map to roles.

    Slots are `subject`, `object`, `indirect`, `clause`, or a preposition. Passives and nominalisations
    are brought to these slots before the sense is tried, so that a sense is written for the active verb.
    A verb's sense with `in_fighting` holds only in a report that tells of fighting by other words already:
    there "three people died" tells of victims. A `wide` sense asks for little, and is tried after all others that
    have as many words.
    """

    id: str
    gloss: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    nouns_intransitive: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    plover: str = ""
    mode: str = ""
    effect: str = ""
    acled: str = ""
    roles: dict[Slot, Role] = {}
    symmetric: bool = False
    requires: tuple[Slot, ...] = ()
    where: dict[Slot, tuple[str, ...]] = {}
    unless: dict[Slot, tuple[str, ...]] = {}
    background: bool = False
    in_fighting: bool = False
    wide: bool = False
    status: Literal["", "planned", "possible", "attempted"] = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


class PredicateFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of the lexicon."""

    about: Header
    predicate: tuple[Predicate, ...]


@functools.cache
def predicates() -> tuple[Predicate, ...]:
    """Load all senses, in the order of the files and of the entries in them.

    Raises KnowledgeError where two senses share an id or a PLOVER type does not exist.
    """
    found: dict[str, Predicate] = {}
    for name in toml_files("predicates"):
        for entry in load_toml(name, PredicateFile).predicate:
            if entry.id in found:
                raise KnowledgeError(f"knowledge/{name}: the id {entry.id!r} is taken by another sense")
            if entry.plover and entry.plover not in PLOVER:
                raise KnowledgeError(f"knowledge/{name}, {entry.id}: {entry.plover!r} is not a PLOVER type")
            if not (entry.verbs or entry.nouns or entry.nouns_intransitive or entry.adjectives):
                raise KnowledgeError(f"knowledge/{name}, {entry.id}: a sense without words")
            found[entry.id] = entry
    return tuple(found.values())
