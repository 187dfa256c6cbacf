"""Who acts by public office, and what tells a person's name from other names: `masking.toml`."""

from __future__ import annotations

import functools
import re

import msgspec

from dateline.knowledge.actors import fold
from dateline.knowledge.loading import Header, load_toml, load_tsv
from dateline.knowledge.nouns import noun_lexicon

_HEAD_ENDS = re.compile(r"\s+(?:of|for|in|to|at|on|with|from|and|under|who)\b|[,;(]")
_AND = re.compile(r"\s+and\s+|,")
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


@functools.lru_cache(maxsize=100_000)
def is_public_office(role: str, body: str = "") -> bool:
    """Return whether who has this role acts by public office; `body` is what the person speaks for, "" if unknown.

    In doubt False: a role that the lists do not know, a former one, and what somebody is to an office holder.
    """
    words = masking_words().offices
    said = fold(role).casefold().replace("'s ", " ").strip()
    every = words_of_role(said)
    if not said or every & words.relations:
        return False
    return any(_is_public(part.strip(), bool(body), said) for part in _AND.split(said))


def words_of_role(role: str) -> frozenset[str]:
    """Return the words of a role, small and without marks, compound ones by their parts too."""
    every = _WORD.findall(fold(role).casefold())
    return frozenset((*every, *(part for word in every for part in word.split("-"))))


def _is_public(part: str, body: bool, said: str) -> bool:
    """Whether one of several offices is public; the body may be named with another one of them."""
    words = masking_words().offices
    if words_of_role(part) & words.never:
        return False
    head = _HEAD_ENDS.split(part, maxsplit=1)[0].split()
    ends = {" ".join(head[-size:]) for size in (1, 2, 3)}
    ends |= {end.removesuffix("s") for end in ends}
    phrases = (rf"(?:the |an? )?{re.escape(one)}(?:$|{_HEAD_ENDS.pattern})" for one in words.always)
    if ends & words.always or any(re.match(phrase, part) for phrase in phrases):
        return True
    if "member" in ends:
        return _has(part, words.seats)
    return bool(ends & words.with_body) and (body or _has(said, words.bodies))


def _has(said: str, wanted: frozenset[str]) -> bool:
    return any(re.search(rf"\b{re.escape(word)}\b", said) for word in wanted)


def is_no_name_word(word: str) -> bool:
    """Return whether a word (any case) is one that names of persons do not hold: a common noun, a day, a body."""
    small = fold(word).casefold()
    return small in masking_words().names.other or noun_lexicon().find([small], 0) is not None


class _GivenName(msgspec.Struct, frozen=True):
    name: str


@functools.cache
def _given_names() -> frozenset[str]:
    rows: tuple[_GivenName, ...] = load_tsv("given_names.tsv", _GivenName)
    return frozenset(fold(row.name).casefold() for row in rows)


def is_also_a_word(name: str) -> bool:
    """Return whether a given name (any case) is a word of English as well ("Grace")."""
    return fold(name).casefold() in _given_names()
