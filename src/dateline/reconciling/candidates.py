"""Which tellings are compared at all: those of one family that are near in place and in time.

Near in place are tellings of one unit of a country, of neighbouring units where their points lie in one square of
a degree, and, where one has no unit, all of the country. Near in time are those whose days are three days
apart at most; and, in one unit, those published on one day, whatever days were read in them. Each telling is
compared with the nearest that come after it, so many at most, so that the work grows with the number of
tellings and not with its square, even where a war fills a unit with thousands a day. A telling of which neither
the day nor the publication is known is compared with those of its country that share a rare name with it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from dateline.reconciling.sketches import UNDATED, Rows

GAP_DAYS = 3
NEXT = 120  # tellings of a unit that one is compared with, the nearest in time
NEXT_COARSE = 60  # tellings of the country or of the square
RARE = 100  # a name that more tellings have says too little of which incident it is
_STEP = 20_000
Ints = NDArray[np.int64]
Pairs = tuple[Ints, Ints]
Named = tuple[NDArray[np.int32], NDArray[np.uint32]]  # position of a telling, name as a number


def candidates(rows: Rows, names: Named | None = None) -> Iterator[Pairs]:
    """Yield pairs of positions (first before second in the order of days and reports), some thousands at a time.

    A pair may come more than once. `names` are the names in the tellings, which only undated ones need.
    """
    known = np.flatnonzero(rows["country"] > 0)
    dated = known[rows["first"][known] != UNDATED]
    units, squares = rows["unit"].astype(np.int64), _squares(rows)
    countries = rows["country"].astype(np.int64)
    yield from _within(rows, dated[units[dated] > 0], units, NEXT)
    for one, two in _within(rows, dated[squares[dated] > 0], squares, NEXT_COARSE):
        across = (units[one] != units[two]) & (units[one] > 0) & (units[two] > 0)
        yield one[across], two[across]
    for one, two in _within(rows, dated, countries, NEXT_COARSE):
        either = (units[one] == 0) | (units[two] == 0)
        yield one[either], two[either]
    out = known[rows["published"][known] != UNDATED]
    yield from _within(rows, out[units[out] > 0], units, NEXT_COARSE, by="published")
    if names is not None:
        yield _named(rows, *names)


def _named(rows: Rows, at: NDArray[np.int32], names: NDArray[np.uint32]) -> Pairs:
    """Return the pairs of undated tellings with those that share a rare name with them."""
    undated = (rows["first"] == UNDATED) & (rows["published"] == UNDATED)
    asked = np.isin(names, names[undated[at]])
    at, names = at[asked], names[asked]
    order = np.lexsort((at, names))
    at, names = at[order].astype(np.int64), names[order]
    groups = np.split(at, np.flatnonzero(np.diff(names)) + 1)
    pairs = [
        (one, two)
        for group in groups
        if len(group) <= RARE
        for one in group[undated[group]].tolist()
        for two in group.tolist()
        if one != two
    ]
    ones, twos = np.array(sorted(set(pairs)), dtype=np.int64).reshape(-1, 2).T
    alike = np.logical_and.reduce([rows[field][ones] == rows[field][twos] for field in ("family", "told", "country")])
    alike &= rows["country"][ones] > 0
    return ones[alike], twos[alike]


def _squares(rows: Rows) -> Ints:
    """Return the number of the square of a degree in which each lies, 0 where its point is not known."""
    lat, lon = np.floor(np.nan_to_num(rows["lat"])), np.floor(np.nan_to_num(rows["lon"]))
    square = ((lat + 90) * 1000 + lon + 181).astype(np.int64)
    return np.where(np.isnan(rows["lat"]) | np.isnan(rows["lon"]), 0, square)


def _within(rows: Rows, at: Ints, block: Ints, most: int, by: str = "first") -> Iterator[Pairs]:
    """Yield the pairs of each block that are near in time: by their days, or published on one day."""
    part = rows[at]
    at = at[np.lexsort((part["order"], part[by], part["told"], part["family"], block[at]))]
    for begin in range(0, len(at), _STEP):
        yield _ahead(rows, at, begin, min(begin + _STEP, len(at)), block, most, by)


def _ahead(rows: Rows, at: Ints, begin: int, end: int, block: Ints, most: int, by: str) -> Pairs:
    """Return the pairs of those from `begin` to `end` with the next ones of their block."""
    ones, twos = [], []
    for step in range(1, most + 1):
        one = at[begin : min(end, len(at) - step)]
        two = at[begin + step : begin + step + len(one)]
        a, b = rows[one], rows[two]
        near = (block[one] == block[two]) & (a["family"] == b["family"]) & (a["told"] == b["told"])
        near &= (b["first"] - a["last"] <= GAP_DAYS) if by == "first" else (a[by] == b[by])
        if not near.any():
            break
        ones.append(one[near])
        twos.append(two[near])
    empty = np.zeros(0, dtype=np.int64)
    return (np.concatenate(ones), np.concatenate(twos)) if ones else (empty, empty)
