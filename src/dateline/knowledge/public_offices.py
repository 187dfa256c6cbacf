"""Who acts by public office, and what tells a person's name from other names: `masking.toml`."""

from __future__ import annotations

import functools
import re

import msgspec

from dateline.knowledge.actors import fold
from dateline.knowledge.loading import Header, load_toml
from dateline.knowledge.nouns import noun_lexicon

_HEAD_ENDS = re.compile(r"\s+(?:of|for|in|to|at|on|with|from|and|under|who)\b|[,;(]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Offices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of roles: public ones, those public with a body, seats, bodies, and what makes a role private."""

    always: frozenset[str]
    with_body: frozenset[str]
    seats: frozenset[str]
    bodies: frozenset[str]
    never: frozenset[str]
    relations: frozenset[str]


class PersonKinds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Kinds of participants: those named by a public office, and those that are no persons."""

    public: frozenset[str]
    things: frozenset[str]


class NameWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words in and around names: particles, titles, what stands before places, what no person's name holds."""

    particles: frozenset[str]
    titles: frozenset[str]
    place_before: tuple[str, ...]
    other: frozenset[str]


class MaskingFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file."""

    about: Header
    offices: Offices
    kinds: PersonKinds
    names: NameWords


@functools.cache
def masking_words() -> MaskingFile:
    """Load `masking.toml`."""
    file: MaskingFile = load_toml("masking.toml", MaskingFile)
    return file


def is_public_office(role: str, body: str = "") -> bool:
    """Return whether who has this role acts by public office; `body` is what the person speaks for, "" if unknown.

    In doubt False: a role that the lists do not know, a former one, and what somebody is to an office holder.
    """
    words = masking_words().offices
    said = fold(role).casefold().replace("'s ", " ").strip()
    every = set(_WORD.findall(said))
    every |= {part for word in every for part in word.split("-")}
    if not said or every & words.never or every & words.relations:
        return False
    head = _HEAD_ENDS.split(said, maxsplit=1)[0].split()
    ends = {" ".join(head[-size:]) for size in (1, 2, 3)}
    if ends & words.always or any(
        re.match(rf"{re.escape(one)}(?:$|{_HEAD_ENDS.pattern})", said) for one in words.always
    ):
        return True
    if "member" in ends:
        return _has(said, words.seats)
    return bool(ends & words.with_body) and (bool(body) or _has(said, words.bodies))


def _has(said: str, wanted: frozenset[str]) -> bool:
    return any(re.search(rf"\b{re.escape(word)}\b", said) for word in wanted)


def is_no_name_word(word: str) -> bool:
    """Return whether a word (any case) is one that names of persons do not hold: a common noun, a day, a body."""
    small = fold(word).casefold()
    return small in masking_words().names.other or noun_lexicon().find([small], 0) is not None
