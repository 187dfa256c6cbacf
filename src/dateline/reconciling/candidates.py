"""Which tellings are compared at all: those of one family, in one unit of a country, within a few days.

A telling whose place is no better than the country is compared with those of the whole country. Each is
compared with the nearest that come after it in time, so many at most, so that the work grows with the number
of tellings and not with its square, even where a war fills a block with thousands a day.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from dateline.reconciling.sketches import UNDATED, Rows

GAP_DAYS = 3
NEXT = 120  # tellings of a unit that one is compared with, the nearest in time
NEXT_COARSE = 60  # tellings of the country, where one of the two has no unit
_STEP = 20_000
Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]


def candidates(rows: Rows) -> Iterator[Pairs]:
    """Yield pairs of positions (first before second in the order of days and reports), some thousands at a time."""
    at = np.flatnonzero((rows["first"] != UNDATED) & (rows["country"] > 0))
    known = at[rows["unit"][at] > 0]
    yield from _within(rows, known, "unit", NEXT)
    yield from _coarse(rows, at)


def _sorted(rows: Rows, at: NDArray[np.int64], block: str) -> NDArray[np.int64]:
    part = rows[at]
    return at[np.lexsort((part["order"], part["first"], part["told"], part["family"], part[block]))]


def _within(rows: Rows, at: NDArray[np.int64], block: str, most: int) -> Iterator[Pairs]:
    at = _sorted(rows, at, block)
    for begin in range(0, len(at), _STEP):
        yield _ahead(rows, at, begin, min(begin + _STEP, len(at)), block, most)


def _ahead(rows: Rows, at: NDArray[np.int64], begin: int, end: int, block: str, most: int) -> Pairs:
    """Return the pairs of those from `begin` to `end` with the next ones of their block."""
    ones, twos = [], []
    for step in range(1, most + 1):
        one = at[begin : min(end, len(at) - step)]
        two = at[begin + step : begin + step + len(one)]
        a, b = rows[one], rows[two]
        near = (a[block] == b[block]) & (a["family"] == b["family"]) & (a["told"] == b["told"])
        near &= b["first"] - a["last"] <= GAP_DAYS
        if not near.any():
            break
        ones.append(one[near])
        twos.append(two[near])
    empty = np.zeros(0, dtype=np.int64)
    return (np.concatenate(ones), np.concatenate(twos)) if ones else (empty, empty)


def _coarse(rows: Rows, at: NDArray[np.int64]) -> Iterator[Pairs]:
    """Yield the pairs in which one has no unit: with the next of the country, on both sides in time."""
    for one, two in _within(rows, at, "country", NEXT_COARSE):
        either = (rows["unit"][one] == 0) | (rows["unit"][two] == 0)
        yield one[either], two[either]
