"""How a name of a person is spelled: its parts without titles and particles, and how alike two parts are.

First known spellings (`person_names.tsv`), as symbols: two parts of one row are one name, of two rows two names. Then
the sounds that the letters stand for, after ordered rewrites, and a weighted edit distance in which vowels and sounds
that romanisations confuse cost little. The tables are in `persons.toml`.
"""

from __future__ import annotations

import functools
import re

import anyascii
import msgspec
from rapidfuzz.distance import Levenshtein

from dateline.knowledge.persons import known_names, office_words, persons_file, sounds

_APOSTROPHES = re.compile(r"['’‘ʼ`´ʻʿʾ]")
_BREAK = re.compile(r"[^\w-]+|_+")
_BRACKETS = re.compile(r"\([^)]*\)|\"[^\"]*\"|“[^”]*”")
_POSSESSIVE = re.compile(r"['’]s\b")
_VOWELS = frozenset("aeiou")


class NameParts(msgspec.Struct, frozen=True):
    """A name taken apart: its parts in order, and the ranks and the offices that stood before it."""

    parts: tuple[str, ...]
    ranks: tuple[str, ...] = ()
    office: tuple[str, ...] = ()


class Likeness(msgspec.Struct, frozen=True):
    """How alike two parts are, 0 to 1, and in what: "the same", "a spelling of", "alike in sounds"."""

    score: float
    how: str


@functools.lru_cache(maxsize=1 << 16)
def parts_of(name: str) -> NameParts:
    """Return the parts of a name in small letters of the Latin alphabet, without titles and particles.

    A name that consists of titles alone keeps its last word as its only part.
    """
    file = persons_file()
    plain = _APOSTROPHES.sub("", _POSSESSIVE.sub("", _BRACKETS.sub(" ", name)))
    folded = anyascii.anyascii(plain).lower()
    words = [word.strip("-") for word in _BREAK.split(folded)]
    words = [word for word in words if word and word not in file.parts.after]
    rest, ranks, office = _without_titles(words)
    joined = " ".join(rest)
    for pattern, put in sounds().join:
        joined = pattern.sub(put, joined)
    found = [part for word in joined.split() for part in word.split("-") if part]
    kept = [
        part
        for at, part in enumerate(found)
        if part not in (file.parts.particles if at else file.parts.leading) or len(found) == 1
    ]
    return NameParts(tuple(kept or found), tuple(ranks), tuple(office))


def _without_titles(words: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Return the words after the titles, and the ranks and offices among these."""
    before, ranks, office = persons_file().before, list[str](), list[str]()
    while len(words) > 1:
        first = words[0]
        if first in before.ranks:
            ranks.append(office_words().get(first, first))
        elif first in before.offices:
            office.append(office_words().get(first, first))
        elif not (first in before.address or first in before.former or (first in before.soft and len(words) > 2)):
            break
        words = words[1:]
    return words, ranks, office


@functools.lru_cache(maxsize=1 << 16)
def sound_of(part: str) -> str:
    """Return the sounds that a part of a name stands for, one character each."""
    for pattern, put in sounds().sound:
        part = pattern.sub(put, part)
    return part


@functools.lru_cache(maxsize=1 << 16)
def known_name(part: str) -> str:
    """Return the name that a part is a known spelling of, or ""."""
    known = known_names()
    return known.get(part) or known.get(part.removeprefix("al").removeprefix("el"), "")


def consonants(part: str) -> str:
    """Return the consonants of the sounds of a part."""
    return "".join(sound for sound in sound_of(part) if sound not in _VOWELS)


@functools.lru_cache(maxsize=1 << 17)
def likeness(a: str, b: str) -> Likeness:
    """Return how alike two parts of names are; 0 where they are too far apart to be spellings of one."""
    if a == b:
        return Likeness(1.0, f"the same: {a}")
    first, second = known_name(a), known_name(b)
    if first and second:
        same = first == second
        return Likeness(1.0 if same else 0.0, f"spellings of {first}" if same else f"{first} and {second}")
    best = max(_sounds_alike(x, y) for x in _variants(a) for y in _variants(b))
    limits = persons_file().limits
    short = min(len(sound_of(a)), len(sound_of(b))) <= limits.short
    if best < (limits.alike_short if short else limits.alike):
        return Likeness(0.0, f"{a} and {b}")
    if consonants(a) == consonants(b):
        return Likeness(round(best, 3), f"alike in consonants: {consonants(a)}")
    return Likeness(round(best, 3), f"alike in sounds: {a}, {b}")


def _variants(part: str) -> tuple[str, ...]:
    """Return the part, and the part without an article written together with it ("alsharaa")."""
    bare = part[2:] if part[:2] in ("al", "el") and len(part) > 5 else ""
    return (part, bare) if bare else (part,)


def _sounds_alike(a: str, b: str) -> float:
    """Return 1 less the cost of turning the sounds of one part into the other's, by the length of the longer."""
    x, y = sound_of(a), sound_of(b)
    longer = max(len(x), len(y))
    # A cheap bound first: no edit costs less than the cheapest entry of the tables.
    if Levenshtein.distance(x, y, score_cutoff=longer // 2 + 1) > longer // 2 + 1:
        return 0.0
    return 1.0 - _cost(x, y) / max(longer, 1)


def _cost(x: str, y: str) -> float:
    """Return the weighted edit distance of two strings of sounds."""
    alike = sounds().alike
    row = [0.0]
    for sound in y:
        row.append(row[-1] + _lack(sound))
    for sound in x:
        lack, last = _lack(sound), row
        row = [last[0] + lack]
        for at, other in enumerate(y):
            swap = 0.0 if sound == other else alike.get((sound, other), 1.0)
            row.append(min(last[at] + swap, last[at + 1] + lack, row[at] + _lack(other)))
    return row[-1]


@functools.cache
def _lack(sound: str) -> float:
    missing = persons_file().missing
    if sound in _VOWELS:
        return missing.vowels
    return missing.weak if sound in missing.weak_letters else missing.other
