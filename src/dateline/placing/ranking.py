"""Score what a name of a place may mean by trained weights: a linear model over grounds that can be named.

The model is a conditional logistic regression (a softmax over the candidates of a name). It has two columns:
`alone` over what is known of a candidate itself, which gives the shares that the names vote with, and
`together`, which adds what the rest of the report says. Features and their meaning are the same for both.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from dateline.knowledge.trained import Linear
from dateline.placing.context import Name
from dateline.placing.senses import Option

MODEL = "places"
ALONE = (
    "people", "country", "admin1", "admin2", "natural", "built", "unpeopled", "national capital", "seat", "official",
    "folded", "fuzzy", "stripped", "part", "class fits", "class differs", "inside", "called a seat", "unit beside seat",
    "heaviest", "behind heaviest", "kin of heaviest",
)  # fmt: skip
TOGETHER = (
    "country share", "country share, even", "unit share", "unit share, even", "unheard country", "country alone",
    "near 30 km", "near 100 km", "near 300 km", "country named", "unit named",
)  # fmt: skip
SCALES_KM = (30.0, 100.0, 300.0)
KEPT = 20
_BUILT = frozenset({"camp", "airport", "base", "crossing"})
_PEOPLED = frozenset({"country", "admin1", "admin2", "city"})
# What the gazetteer's weight holds besides the logarithm of the population.
_LEAD = {"country": 6.0, "admin1": -0.3, "admin2": -1.0}


def grounds_alone(options: Sequence[Option], name: Name) -> list[tuple[float, ...]]:
    """Return the features ALONE of each candidate of a name."""
    heaviest = max((option.place.weight for option in options), default=0.0)
    seats = {
        (option.place.country, option.place.admin1)
        for option in options
        if option.place.feature == "city" and (option.place.capital or option.place.official)
    }
    first = max(options, key=lambda option: option.place.weight).place if options else None
    return [
        _alone(option, name, heaviest, seats, (first.country, first.admin1) if first else ("", ""))
        for option in options
    ]


def _alone(
    option: Option, name: Name, heaviest: float, seats: set[tuple[str, str]], leader: tuple[str, str]
) -> tuple[float, ...]:
    place = option.place
    capital = place.capital == "country" and place.feature == "city"
    people = place.weight - _LEAD.get(place.feature, 0.0) - (1.0 if capital else 0.0)
    unit = place.feature in ("admin1", "admin2")
    return (
        people,
        float(place.feature == "country"),
        float(place.feature == "admin1"),
        float(place.feature == "admin2"),
        float(place.feature not in _PEOPLED and place.feature not in _BUILT),
        float(place.feature in _BUILT),
        float(place.population == 0 and place.feature in _PEOPLED),
        float(capital),
        float(place.feature == "city" and place.capital == "admin1"),
        float(place.official),
        float(place.step == "folded"),
        1 + (100 - place.likeness) / 15 if place.step == "fuzzy" else 0.0,
        float(place.step == "stripped"),
        float(option.part),
        max(0.0, option.fit),
        max(0.0, -option.fit),
        float(option.inside),
        float(option.seat),
        float(unit and not name.hint and (place.country, place.admin1) in seats),
        float(place.weight == heaviest),
        min(5.0, heaviest - place.weight),
        float((place.country, place.admin1) == leader),
    )


def grounds_together(option: Option, countries: set[str], units: set[tuple[str, str]]) -> tuple[float, ...]:
    """Return the features TOGETHER of a candidate.

    `countries` and `units` are those that other names of the report mean as such, by their code.
    """
    place = option.place
    heard = 1.0 - math.exp(-option.witnesses)
    country = place.feature == "country"
    return (
        math.sqrt(option.support) * heard,
        option.support * heard,
        math.sqrt(option.unit_support) * heard,
        option.unit_support * heard,
        float(option.support < 0.02) * heard,
        math.sqrt(option.support) * heard if country else 0.0,
        *option.pulls,
        float(not country and not countries.isdisjoint(place.countries)),
        float(place.feature != "admin1" and (place.country, place.admin1) in units),
    )


class Ranker:
    """Holds the weights of a trained model by the order of the features."""

    def __init__(self, model: Linear) -> None:
        columns = {name: number for number, name in enumerate(model.classes)}

        def column(of: str, features: Sequence[str]) -> tuple[float, ...]:
            rows = (model.rows.get(feature) for feature in features)
            return tuple(0.0 if row is None else float(model.weights[row, columns[of]]) for row in rows)

        self._first = column("alone", ALONE)
        self._again = column("together", (*ALONE, *TOGETHER))

    def alone(self, options: Sequence[Option], name: Name) -> list[tuple[float, ...]]:
        """Set the score of each candidate by itself; return their features."""
        grounds = grounds_alone(options, name)
        for option, facts in zip(options, grounds, strict=True):
            option.own, option.added = _product(self._first, facts), 0.0
        return grounds

    def together(
        self, option: Option, facts: tuple[float, ...], countries: set[str], units: set[tuple[str, str]]
    ) -> None:
        """Set the score of a candidate by itself and what the report adds; `facts` are its features ALONE."""
        size = len(facts)
        option.own = _product(self._again[:size], facts)
        option.added = _product(self._again[size:], grounds_together(option, countries, units))


def _product(weights: Sequence[float], facts: Sequence[float]) -> float:
    return sum(weight * fact for weight, fact in zip(weights, facts, strict=True))
