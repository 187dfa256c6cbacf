"""How probable it is that two tellings are of one event: features of the pair, weighed by a logistic model.

Every feature has a name that an analyst can read; the weights are data (`knowledge/joining.toml`), set by
hand or trained on labelled pairs. The log-odds are the sum of weight times feature, so each join can say what
spoke for it.
Method: the comparison vectors of Fellegi and Sunter (1969), with weights learned from labels.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from dateline.reconciling.sketches import COUNTED, ROW, UNDATED, Rows

Floats = NDArray[np.float64]
_KM = 111.2  # kilometres in a degree of latitude
_NEAR_KM = 25.0
_FAR_STEPS = 6.0
_FAR_DAYS = 7
_KILLED = COUNTED.index("killed")


def _both(a: Rows, b: Rows, field: str) -> NDArray[np.bool_]:
    known: NDArray[np.bool_] = (a[field] > 0) & (b[field] > 0)
    return known


def kilometres(a: Rows, b: Rows) -> Floats:
    """Return the distances in kilometres (flat-earth approximation, good below some hundred), NaN where unknown."""
    lat = np.radians((a["lat"].astype(float) + b["lat"]) / 2)
    dx = (a["lon"].astype(float) - b["lon"]) * np.cos(lat)
    dy = a["lat"].astype(float) - b["lat"]
    return np.asarray(_KM * np.hypot(dx, dy))


def _shared(a: Rows, b: Rows, field: str) -> NDArray[np.bool_]:
    """Whether the two share a known actor in `field`."""
    one, two = a[field][:, :, None], b[field][:, None, :]
    return np.asarray(((one == two) & (one > 0)).any(axis=(1, 2)))


def _some(a: Rows, b: Rows, field: str) -> NDArray[np.bool_]:
    return np.asarray((a[field][:, 0] > 0) & (b[field][:, 0] > 0))


def _overlap(a: Rows, b: Rows, field: str) -> Floats:
    """Return the size of the overlap of two sets of bits over the size of the smaller one, 0 where one is empty."""
    one, two = (_count(rows[field]) for rows in (a, b))
    return np.asarray(_count(a[field] & b[field]) / np.maximum(1, np.minimum(one, two)))


def _count(bits: NDArray[np.uint64]) -> Floats:
    counted = np.bitwise_count(bits).astype(float)
    return np.asarray(counted.sum(axis=1) if counted.ndim > 1 else counted)


def _numbers(a: Rows, b: Rows) -> tuple[NDArray[np.bool_], NDArray[np.bool_], Floats]:
    """Return where both give a number of one thing, where their bounds meet, and how far apart they are (log)."""
    known = ~(np.isnan(a["low"]) | np.isnan(b["low"]))
    meet = known & (a["low"] <= b["high"]) & (b["low"] <= a["high"])
    gap = np.abs(np.log1p(np.nan_to_num(a["low"])) - np.log1p(np.nan_to_num(b["low"])))
    apart = np.where(known & ~meet, gap, 0.0).max(axis=1)
    return known.any(axis=1), meet.any(axis=1), np.minimum(apart, 3.0)


def _exact_dead(a: Rows, b: Rows) -> NDArray[np.bool_]:
    one, two = a["low"][:, _KILLED], b["low"][:, _KILLED]
    return np.asarray((one == two) & (a["high"][:, _KILLED] == b["high"][:, _KILLED]) & (one > 2))


def features(a: Rows, b: Rows) -> dict[str, Floats]:
    """Return the features of pairs of rows by name, each an array of the length of `a`."""
    spot, unit = _both(a, b, "spot"), _both(a, b, "unit")
    said = a["said_place"] & b["said_place"]
    km = kilometres(a, b)
    same_spot = spot & (a["spot"] == b["spot"])
    exact = spot & said
    close = exact & ~same_spot & (km <= _NEAR_KM)
    dated = (a["first"] != UNDATED) & (b["first"] != UNDATED)
    held = a["control"] & b["control"]
    gap = np.where(dated, np.clip(np.maximum(b["first"] - a["last"], a["first"] - b["last"]), 0, _FAR_DAYS), 0)
    out = (a["published"] != UNDATED) & (b["published"] != UNDATED)
    later = np.where(out, np.minimum(np.abs(a["published"] - b["published"]), _FAR_DAYS), 0)
    both_said = a["said_day"] & b["said_day"]
    counted, meet, apart = _numbers(a, b)
    modes = (a["modes"] > 0) & (b["modes"] > 0)
    same_mode = (a["modes"] & b["modes"]) > 0
    same_effect = ((a["effects"] & b["effects"]) > 0).any(axis=1)
    actors, targets = _some(a, b, "actors"), _some(a, b, "targets")
    same_actor, same_target = _shared(a, b, "actors"), _shared(a, b, "targets")
    made: Mapping[str, NDArray[np.generic]] = {
        "same place": same_spot & said,
        "same place, one by the report's other places": same_spot & ~said,
        "places close by": close,
        "places apart": exact & ~same_spot & ~close,
        "each 50 km apart": np.where(spot, np.minimum(np.nan_to_num(km) / 50, _FAR_STEPS), 0.0),
        "same province, place less exact": said & unit & ~spot & (a["unit"] == b["unit"]),
        "same province, one by the report's other places": ~said & ~same_spot & unit & (a["unit"] == b["unit"]),
        "place of one not known": ~unit,
        "day of one not known": ~dated,
        "same day": dated & (gap == 0),
        "same single day": dated
        & (gap == 0)
        & (a["first"] == a["last"])
        & (b["first"] == b["last"])
        & (a["first"] == b["first"]),
        "days apart": gap,
        "both days said": both_said & (gap > 0),
        "published the same day": out & (later == 0),
        "published days apart": later,
        "same kind of act": same_effect,
        "same means": modes & same_mode,
        "other means": modes & ~same_mode,
        "same actor": actors & same_actor,
        "other actor": actors & ~same_actor,
        "same target": targets & same_target,
        "other target": targets & ~same_target,
        "same number of dead": _exact_dead(a, b),
        "numbers agree": meet,
        "numbers apart": apart,
        "numbers given by both": counted,
        "names in common": _overlap(a, b, "names"),
        "words in common": _overlap(a, b, "words"),
        "same source": (a["source"] == b["source"]) & (a["report"] != b["report"]),
        "copies of one dispatch": (a["original"] == b["original"]) & (a["report"] != b["report"]),
        "who holds two places": held & spot & ~same_spot,
        "who holds a place, and of one less exact": held & ((a["spot"] > 0) != (b["spot"] > 0)),
        "told apart in one report": a["report"] == b["report"],
    }
    return {name: np.nan_to_num(values.astype(float)) for name, values in made.items()}


def matrix(a: Rows, b: Rows) -> Floats:
    """Return the features as the columns of a matrix, in the order of `NAMES`."""
    made = features(a, b)
    return np.stack([made[name] for name in NAMES], axis=1)


def log_odds(a: Rows, b: Rows, weights: Mapping[str, float], bias: float) -> Floats:
    """Return the log-odds that pairs of rows are of one event."""
    made = features(a, b)
    total = np.full(len(a), bias)
    for name, weight in weights.items():
        total += weight * made[name]
    return total


def all_reasons(a: Rows, b: Rows, weights: Mapping[str, float]) -> list[tuple[tuple[str, float], ...]]:
    """Return, for each pair, each feature's share of its log-odds, the weightiest first; nothing that is zero."""
    made = features(a, b)
    shares = np.round(np.stack([made[name] * weight for name, weight in weights.items()], axis=1), 3)
    names = list(weights)
    found = []
    for row in shares.tolist():
        told = [(name, share) for name, share in zip(names, row, strict=True) if share]
        found.append(tuple(sorted(told, key=lambda one: (-abs(one[1]), one[0]))))
    return found


NAMES: tuple[str, ...] = tuple(features(np.zeros(1, dtype=ROW), np.zeros(1, dtype=ROW)))
