"""Which weapons a predicate names, and the modes and sub-types that they tell."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.coding.reading import Reading
from dateline.coding.slots import conjuncts
from dateline.coding.triggers import Trigger
from dateline.knowledge.weapons import Weapon, weapons
from dateline.records import Parse

LONGEST = 5
REACH = 30  # tokens
WITH = ("instrument", "with", "by", "using", "via", "from", "in")


def weapon_at(reading: Reading, token: int) -> Weapon | None:
    """Return the weapon whose name ends at `token`, the longest name first."""
    known, lemmas = weapons(), reading.parse.lemmas
    for length in range(min(LONGEST, token + 1), 0, -1):
        found = known.get(tuple(lemmas[token - length + 1 : token + 1]))
        if found is not None:
            return found
    return None


def weapons_of(reading: Reading, trigger: Trigger) -> Iterator[tuple[int, Weapon]]:
    """Yield the weapons that the trigger, its instruments and what it absorbed name, with their tokens."""
    parse = reading.parse
    spots = [trigger.token]
    spots += [t for name in WITH for t in trigger.slots.get(name, ())]
    spots += [*trigger.tokens, *trigger.slots.get("subject", ())]
    spots += [
        t
        for slot, role in trigger.entry.sense.roles.items()
        if role == "instrument"
        for t in trigger.slots.get(slot, ())
    ]
    for filler in trigger.slots.get("object", ()):  # "attacked the base with rockets": "with" may hang on the base
        spots += [t for p in parse.of_dep(filler, "prep") if parse.lemmas[p] == "with" for t in parse.of_dep(p, "pobj")]
    spots += [c for c in parse.children[trigger.token] if parse.deps[c] in ("compound", "amod", "nmod")]
    for verb in parse.children[trigger.token]:
        if parse.lemmas[verb] in ("use", "fire", "drop") and parse.tags[verb] == "VBG":
            spots += parse.of_dep(verb, "dobj")
    spots += _with(parse, trigger.token)
    for token in dict.fromkeys(spots):
        weapon = weapon_at(reading, token)
        if weapon is not None:
            yield token, weapon
    for inner in trigger.absorbed:
        yield from weapons_of(reading, inner)


def _with(parse: Parse, verb: int) -> list[int]:
    """Return what stands behind "with" in the clause: the parser often hangs it on the last noun before."""
    return [
        thing
        for token in parse.subtree(verb)
        if verb < token <= verb + REACH and parse.lemmas[token] == "with" and parse.deps[token] == "prep"
        for complement in parse.of_dep(token, "pobj")
        for thing in conjuncts(parse, complement)
    ]
