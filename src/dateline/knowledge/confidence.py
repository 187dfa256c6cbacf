"""What confidence rests on: the grounds of a claim and how much each weighs."""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Iterable
from pathlib import Path

import msgspec

PATH = Path(__file__).with_name("confidence.toml")


class Weights(msgspec.Struct, frozen=True):
    """Log odds: `base` of a claim with no ground at all, and what each ground adds."""

    base: float
    weights: dict[str, float]

    def probability(self, grounds: Iterable[str]) -> float:
        """Return the probability, 0.01 to 0.99 in hundredths, that a careful coder would sign the claim."""
        odds = self.base + sum(self.weights.get(ground, 0.0) for ground in grounds)
        return round(min(0.99, max(0.01, 1 / (1 + math.exp(-odds)))), 2)


@functools.cache
def confidence_weights() -> Weights:
    """Load confidence.toml."""
    return msgspec.convert(tomllib.loads(PATH.read_text("utf-8")), Weights)
