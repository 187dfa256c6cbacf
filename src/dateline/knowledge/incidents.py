"""What may be told of as one event: the families of effects and how an event is called (`incidents.toml`)."""

from __future__ import annotations

import functools

import msgspec

from dateline.knowledge.loading import Header, load_toml

# The reason for a place begins so where the words of the claim do not say it.
UNSAID = ("focus", "what was told before", "the same source", "the headline says")


class Family(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A family of effects that may be one event; `types` are the PLOVER types of claims without such an effect."""

    id: str
    gloss: str
    effects: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


class IncidentFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of incidents."""

    about: Header
    family: tuple[Family, ...]
    titles: dict[str, str]
    types: dict[str, str]
    counted: dict[str, tuple[str, ...]]


@functools.cache
def incidents() -> IncidentFile:
    """Return the file of incidents. Raises KnowledgeError where it breaks its schema."""
    file: IncidentFile = load_toml("incidents.toml", IncidentFile)
    return file


@functools.cache
def family_of(effect: str, plover: str) -> str:
    """Return the family of an effect, else that of a PLOVER type, else the type itself in small letters."""
    for family in incidents().family:
        if effect and effect in family.effects:
            return family.id
    return next((f.id for f in incidents().family if plover in f.types), plover.lower() or effect or "other")


def label_of(effect: str, plover: str) -> str:
    """Return how an event of that effect, else of that PLOVER type, is called."""
    known = incidents()
    return known.titles.get(effect) or known.types.get(plover) or "Event"


@functools.cache
def counted_as(what: str) -> str:
    """Return what an event counts under that word of a quantity; "" where it counts no people."""
    return next((name for name, words in incidents().counted.items() if what in words), "")
