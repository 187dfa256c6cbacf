"""Tellings as rows of an array: a few numbers each, so that millions fit into memory and pairs score fast."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.reconciling.telling import COARSE, Telling

UNDATED = -1
COUNTED = ("killed", "wounded", "abducted", "displaced", "freed")
PEOPLE = 4  # known actors that are compared for a side; more are seldom named in one telling
Rows = NDArray[Any]
ROW = np.dtype([
    ("report", "i4"), ("original", "i4"), ("order", "i4"), ("family", "i4"), ("country", "i4"), ("unit", "i4"),
    ("spot", "i8"), ("lat", "f4"), ("lon", "f4"), ("said_place", "?"), ("first", "i4"),
    ("last", "i4"), ("said_day", "?"), ("published", "i4"), ("told", "?"), ("control", "?"), ("effects", "u8", (2,)),
    ("modes", "u8"), ("actors", "i4", (PEOPLE,)), ("targets", "i4", (PEOPLE,)), ("source", "i4"),
    ("low", "f4", (len(COUNTED),)), ("high", "f4", (len(COUNTED),)), ("names", "u8", (2,)), ("words", "u8", (4,)),
])  # fmt: skip
_CHUNK = 20_000


class Codes:
    """Numbers for names, in the order in which they come; 0 is for what is not known."""

    def __init__(self) -> None:
        self.of: dict[str, int] = {"": 0}

    def __call__(self, name: str) -> int:
        """Return the number of `name`."""
        return self.of.setdefault(name, len(self.of))


class Sketches:
    """Makes the rows, one a telling, in the order in which they are added."""

    def __init__(self) -> None:
        self.names, self.reports, self.effects, self.modes = Codes(), Codes(), Codes(), Codes()
        self._rows: list[tuple[Any, ...]] = []
        self._chunks: list[Rows] = []
        self._named, self._names, self._count = array("i"), array("I"), 0

    def add(self, one: Telling) -> None:
        """Add a telling."""
        place, name = one.place, self.names
        self._names.extend(zlib.crc32(word.encode()) for word in sorted(one.names))
        self._named.extend([self._count] * len(one.names))
        self._count += 1
        exact = place is not None and place.precision < COARSE
        toll = {what: (low, high) for what, low, high in reversed(one.toll)}
        bounds = [toll.get(what, (np.nan, np.nan)) for what in COUNTED]
        spot = 0
        if place is not None and exact:
            spot = place.geonameid or zlib.crc32(f"{place.country_code}/{place.admin1}/{place.name}".encode()) + (
                1 << 40
            )
        self._rows.append((
            self.reports(one.report), self.reports(one.original), one.order, name(one.family),
            name(place.country_code if place else ""),
            name(f"{place.country_code}/{place.admin1}" if place and place.admin1 else ""), spot,
            place.lat if place and place.lat is not None else np.nan,
            place.lon if place and place.lon is not None else np.nan,
            one.said_place,
            one.first if one.first is not None else UNDATED, one.last if one.last is not None else UNDATED,
            one.said_day, one.published if one.published is not None else UNDATED, one.tense == "told",
            one.family == "control", _indexed(map(self.effects, sorted(one.effects)), 2),
            _indexed(map(self.modes, sorted(one.modes)), 1)[0], _people(map(name, sorted(one.actors))),
            _people(map(name, sorted(one.targets))), name("source:" + min(one.sources, default="")),
            tuple(low for low, _ in bounds), tuple(high for _, high in bounds), _hashed(one.names, 2),
            _hashed(one.words, 4),
        ))  # fmt: skip
        if len(self._rows) >= _CHUNK:
            self._pack()

    def _pack(self) -> None:
        self._chunks.append(np.array(self._rows, dtype=ROW))
        self._rows = []

    def rows(self) -> Rows:
        """Return all rows as one array."""
        self._pack()
        self._chunks = [np.concatenate(self._chunks)]
        return self._chunks[0]

    def named(self) -> tuple[NDArray[np.int32], NDArray[np.uint32]]:
        """Return the names in the tellings: the position of each, and the name as a number."""
        return np.array(self._named, dtype=np.int32), np.array(self._names, dtype=np.uint32)


def _people(codes: Iterable[int]) -> tuple[int, ...]:
    listed = [*codes][:PEOPLE]
    return (*listed, *[0] * (PEOPLE - len(listed)))


def _indexed(codes: Iterable[int], words: int) -> tuple[int, ...]:
    """Return a set of small numbers as bits, one a number."""
    return _as_bits((code % (64 * words) for code in codes), words)


def _hashed(values: Iterable[str], words: int) -> tuple[int, ...]:
    """Return a set of words as bits: a Bloom filter with one hash."""
    return _as_bits((zlib.crc32(value.encode()) % (64 * words) for value in values), words)


def _as_bits(positions: Iterable[int], words: int) -> tuple[int, ...]:
    made = [0] * words
    for at in positions:
        made[at // 64] |= 1 << (at % 64)
    return tuple(made)
