"""Which candidates of names lie in company: near a candidate of another name, whichever the two names mean.

Two names that each mean a large place elsewhere may both have a namesake in one small area ("Paris" and
"Henry County"). Of each candidate is noted how much better the best other name fits if this is what its own
name means: the message of one round of belief propagation (Pearl 1988) with a bond that falls with distance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from dateline.placing.geography import RADIUS_KM
from dateline.placing.senses import Option

# The bond of two places at one point, as a logarithm of odds, and the distance at which a third of it is left.
BOND, REACH_KM = 5.0, 100.0
_MOST = 1500
_WIDE = frozenset({"country", "region", "sea", "admin1"})


class Company:
    """The bonds of all candidates of a report's names, computed once."""

    def __init__(self, options: Mapping[str, Sequence[Option]]) -> None:
        groups = [some for some in options.values() if some]
        # A report of hundreds of names: only the best candidates of each can be its company.
        each = max(2, _MOST // max(1, len(groups)))
        self.options = [option for some in groups for option in some[:each]]
        sizes = [min(each, len(some)) for some in groups]
        self.starts = np.concatenate([[0], np.cumsum(sizes[:-1])]).astype(np.intp) if sizes else np.zeros(0, np.intp)
        places = [option.place for option in self.options]
        group = np.repeat(np.arange(len(sizes)), sizes)
        lat = np.radians([place.lat for place in places])
        lon = np.radians([place.lon for place in places])
        points = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
        away = RADIUS_KM * np.arccos(np.clip(points @ points.T, -1.0, 1.0))
        fine = np.asarray([place.feature not in _WIDE for place in places], dtype=bool)
        key = np.asarray([place.key for place in places])
        able = fine[:, None] & fine[None, :] & (key[:, None] != key[None, :]) & (group[:, None] != group[None, :])
        self.bonds = np.where(able, np.expm1(BOND * np.exp(-away / REACH_KM)), 0.0)

    def note(self) -> None:
        """Note of each candidate its company, by the shares that the candidates have now."""
        if not self.options:
            return
        shares = np.asarray([option.share for option in self.options])
        messages = np.log1p(np.add.reduceat(self.bonds * shares[None, :], self.starts, axis=1))
        for option, company in zip(self.options, messages.max(axis=1).tolist(), strict=True):
            option.company = company
