"""How much of a filler of the key a filler of the answers gives: all, part or nothing.

Values are compared as the official scorer's documentation says where it says it, and by our rule (named as
ours) where in 1992 a person judged: docs/decisions/muc4-scoring.md has every rule with its reason.
"""

from __future__ import annotations

import functools
import re
import tomllib
from datetime import date
from enum import IntEnum
from pathlib import Path
from typing import Any

import msgspec

from dateline.corpora.muc4 import MONTHS, Fill, Slot

TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("sets.toml").read_text(encoding="utf-8"))
PREMODIFIERS = frozenset(TABLE["strings"]["premodifiers"])
CLOSERS = frozenset(TABLE["strings"]["closers"])
COLLECTIVES = frozenset(TABLE["strings"]["collectives"])
NAMED = (10, 18)  # slots of proper names, where a shared last word is not yet the same
MARKS = frozenset(",([")
_WORD = re.compile(r"[A-Z0-9][A-Z0-9'&.\-]*|[,(\[]")
_DAY = re.compile(r"(?:(\d{1,2})\s+)?([A-Z]{3})[A-Z]*\s+(\d{2})")
_LEVEL = re.compile(r"([^()]*?)\s*(?:\(([^()]*)\))?\s*$")


class Credit(IntEnum):
    """How much a filler gives, in half points."""

    NONE = 0
    PART = 1
    ALL = 2


class Found(msgspec.Struct, frozen=True, order=True):
    """The credit of a filler, and whether the rule that gave it stands for a person's judgement in 1992."""

    credit: Credit
    plain: bool = True

    @property
    def points(self) -> float:
        """Return the points: 1, a half or 0."""
        return self.credit / 2


@functools.cache
def ancestors(slot: int) -> dict[str, tuple[str, ...]]:
    """Return for every value of a set what stands above it in the set's tree."""
    above: dict[str, tuple[str, ...]] = {}

    def walk(node: Any, over: tuple[str, ...]) -> None:
        if isinstance(node, str):
            above[node] = over
            return
        above[node[0]] = over
        for child in node[1:]:
            walk(child, (*over, node[0]))

    for node in TABLE["sets"].get(str(slot), ()):
        walk(node, ())
    return above


def set_size(slot: int) -> int:
    """Return how many values the set of a slot has, 0 where the slot has no set."""
    return int(TABLE["sizes"].get(str(slot), len(ancestors(slot))))


def _set(slot: Slot, key: str, answer: str) -> Found:
    key, answer = key.upper(), answer.upper()
    if key == answer:
        return Found(Credit.ALL)
    above = ancestors(slot.number)
    related = key in above.get(answer, ()) or answer in above.get(key, ())
    return Found(Credit.PART if related else Credit.NONE)


def _tokens(value: str) -> list[str]:
    """Return the words of a string in capitals and the marks that close a phrase, without what stands before."""
    words = [word.replace(".", "").rstrip("-'") or word for word in _WORD.findall(value.upper())]
    while len(words) > 1 and words[0] in PREMODIFIERS:
        words = words[1:]
    return words


@functools.lru_cache(20_000)
def words_of(value: str) -> tuple[str, ...]:
    """Return the words of a string in capitals without the words before it that do not count."""
    return tuple(word for word in _tokens(value) if word not in MARKS)


@functools.lru_cache(20_000)
def head_of(value: str) -> str:
    """Return the last word before what closes the phrase; a collective passes on to what it is made of."""
    head = ""
    words = _tokens(value)
    for place, word in enumerate(words):
        if word in MARKS or (word in CLOSERS and head):
            if word == "OF" and head in COLLECTIVES:
                return head_of(" ".join(words[place + 1 :])) or head
            break
        head = word
    return head


def _within(inner: tuple[str, ...], outer: tuple[str, ...]) -> bool:
    width = len(inner)
    return any(outer[at : at + width] == inner for at in range(len(outer) - width + 1))


def same_string(slot: int, key: str, answer: str) -> Found:
    """Compare two strings.

    The same words (without the words before them that do not count): all. The rest is our rule for what a
    person judged. Without the same head: nothing, but part for an answer that holds all of a proper name.
    With the same head: an answer that holds the key's words has words around it that the key leaves out,
    all; one within the key or with other words around the head, part. A proper name needs all words of the
    shorter name in the longer one.
    """
    ours, theirs = words_of(answer), words_of(key)
    if not ours or not theirs:
        return Found(Credit.NONE)
    if ours == theirs:
        return Found(Credit.ALL)
    held = _within(theirs, ours)
    if head_of(key) != head_of(answer):
        return Found(Credit.PART if held and slot in NAMED else Credit.NONE, False)
    if held:
        return Found(Credit.ALL, False)
    if slot in NAMED and not (set(ours) <= set(theirs) or set(theirs) <= set(ours)):
        return Found(Credit.NONE, False)
    return Found(Credit.PART, False)


class Span(msgspec.Struct, frozen=True):
    """A span of days; `first` is None for "on or before"."""

    first: date | None
    last: date


def read_date(value: str) -> Span | None:
    """Return the span that a date names: a day, a month, a range, "on or before"; None where it names none."""
    value = value.upper().strip()
    ends: list[tuple[date, date]] = []
    for day, month, year in _DAY.findall(value):
        if month not in MONTHS:
            return None
        number, whole = MONTHS.index(month) + 1, 1900 + int(year)
        try:
            if day:
                ends.append((date(whole, number, int(day)),) * 2)
            else:
                after = date(whole + number // 12, number % 12 + 1, 1)
                ends.append((date(whole, number, 1), date.fromordinal(after.toordinal() - 1)))
        except ValueError:
            return None
    if not ends:
        return None
    if len(ends) > 1:
        return Span(ends[0][0], ends[-1][1])
    return Span(None if value.startswith("-") else ends[0][0], ends[0][1])


def _date(key: str, answer: str) -> Found:
    ours, theirs = read_date(answer), read_date(key)
    if ours is None or theirs is None:
        return Found(Credit.ALL if " ".join(key.split()) == " ".join(answer.upper().split()) else Credit.NONE)
    if ours == theirs:
        return Found(Credit.ALL)
    shared = ours.last == theirs.last or (ours.first is not None and ours.first == theirs.first)
    inside = False
    if ours.first and theirs.first:
        inside = (ours.first <= theirs.first and theirs.last <= ours.last) or (
            theirs.first <= ours.first and ours.last <= theirs.last
        )
    return Found(Credit.PART if shared or inside else Credit.NONE, False)


Level = tuple[tuple[str, frozenset[str]], ...]


@functools.lru_cache(20_000)
def read_location(value: str) -> tuple[Level, ...]:
    """Return the levels of a location from the country down; a level between two places holds both."""
    levels = []
    for piece in value.upper().split(":"):
        places = []
        for place in re.split(r"\s-\s", piece):
            found = _LEVEL.match(place.strip())
            if found and found[1]:
                kinds = frozenset(kind.strip() for kind in (found[2] or "").split("/") if kind.strip())
                places.append((" ".join(found[1].split()), kinds))
        if places:
            levels.append(tuple(places))
    return tuple(levels)


def _name(place: tuple[str, frozenset[str]]) -> str:
    return place[0]


def _flat(levels: tuple[Level, ...]) -> list[tuple[str, frozenset[str]]]:
    return [place for level in levels for place in sorted(level, key=_name)]


def _location(key: str, answer: str) -> Found:
    ours, theirs = read_location(answer), read_location(key)
    names = [{place for level in levels for place, _ in level} for levels in (ours, theirs)]
    if not names[0] & names[1]:
        return Found(Credit.NONE)
    orders = [[sorted(place for place, _ in level) for level in levels] for levels in (ours, theirs)]
    if orders[0] == orders[1]:
        pairs = zip(_flat(ours), _flat(theirs), strict=True)
        alike = all(not mine or not wanted or mine & wanted for (_, mine), (_, wanted) in pairs)
        return Found(Credit.ALL if alike else Credit.PART)
    return Found(Credit.PART, False)


def _range(value: str) -> tuple[float, float] | None:
    if found := re.fullmatch(r"(\d*)-(\d*)", value):
        return (float(found[1] or 0), float(found[2] or "inf")) if found[1] or found[2] else None
    digits = value.lstrip("~")
    return (float(digits), float(digits)) if digits.isdigit() else None


def _number(key: str, answer: str) -> Found:
    key, answer = (re.sub(r"[\s,]", "", value.upper()) for value in (key, answer))
    if key == answer:
        return Found(Credit.ALL)
    ours, theirs = _range(answer), _range(key)
    if ours is None or theirs is None:
        return Found(Credit.NONE)
    within = (theirs[0] <= ours[0] and ours[1] <= theirs[1]) or (ours[0] <= theirs[0] and theirs[1] <= ours[1])
    return Found(Credit.PART if within else Credit.NONE, False)


def same_value(slot: Slot, key: str, answer: str) -> Found:
    """Compare one value of the key with one of the answers, by the kind of the slot."""
    if slot.kind == "string":
        return same_string(slot.number, key, answer)
    if slot.kind == "date":
        return _date(key, answer)
    if slot.kind == "location":
        return _location(key, answer)
    if slot.kind == "number":
        return _number(key, answer)
    return _set(slot, key, answer)


def same_reference(slot: Slot, key: Fill, answer: Fill) -> bool:
    """Return whether two cross references point to the same filler; a dummy one is as none."""
    theirs = [name for name in key.refers if name != "-"]
    ours = [name for name in answer.refers if name != "-"]
    if not theirs or not ours:
        return not theirs and not ours
    to = slot.refers[0] if slot.refers else slot.number
    return any(same_string(to, name, said).credit for name in theirs for said in ours)


def same_fill(slot: Slot, key: Fill, answer: Fill) -> Found:
    """Compare two fillers: the best of the key's alternatives; a wrong cross reference makes all into part."""
    if not answer.values:
        return Found(Credit.NONE)
    best = max(same_value(slot, value, said) for value in key.values for said in answer.values[:1])
    if best.credit and slot.refers and not same_reference(slot, key, answer):
        return Found(Credit(best.credit - 1), best.plain)
    return best
