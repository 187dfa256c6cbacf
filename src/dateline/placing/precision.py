"""How exact a place is: UCDP's codes from 1 (the exact place) to 7 (sea or air), with the reason in words.

After Högbladh, UCDP GED Codebook 23.1: 1 exact location, 2 within about 25 km of a known point, 3
second-order unit, 4 first-order unit, 5 a line, a natural feature or a region between points, 6 country,
7 international waters or airspace.
"""

from __future__ import annotations

from dateline.knowledge.gazetteer import Candidate
from dateline.placing.context import Offset

EXACT, NEAR, SECOND, FIRST, VAGUE, COUNTRY, SEA = 1, 2, 3, 4, 5, 6, 7
_POINTS = frozenset({"city", "camp", "airport", "base", "crossing"})
_NEAR_KM = 25.0


def precision_of(place: Candidate) -> tuple[int, str]:
    """Return the code for an event of which only this place is known, and why."""
    feature = place.feature
    if feature in _POINTS:
        return EXACT, f"a named {feature}"
    if feature == "admin2":
        if place.located == "parent":
            return FIRST, "a district whose own position is unknown: the point is that of its province"
        return SECOND, "a second-order unit (district)"
    if feature == "admin1":
        return FIRST, "a first-order unit (province)"
    if feature == "country":
        return COUNTRY, "only the country is known"
    if feature == "sea":
        return SEA, "at sea"
    if feature == "region" and len(place.country) != 2:
        return COUNTRY, "a region of several countries"
    if place.extent_km <= 5:
        return EXACT, f"a small {feature}"
    if place.extent_km <= _NEAR_KM:
        return NEAR, f"a {feature} of about {place.extent_km:.0f} km around its point"
    return VAGUE, f"a {feature}, not one point"


def precision_beside(offset: Offset, inside: int) -> tuple[int, str]:
    """Return the code for an event beside a place whose own code is `inside`, and why."""
    if inside > NEAR:
        return max(inside, VAGUE) if inside < COUNTRY else inside, "near a unit, not in it"
    if offset.km is None:
        return NEAR, "near the place, how far is not said"
    if offset.km <= _NEAR_KM or offset.degrees is not None:
        return NEAR, f"{offset.km:g} km from the place"
    return VAGUE, f"{offset.km:g} km from the place, in which direction is not said"
