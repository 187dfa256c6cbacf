"""The parties that hold places: the government of the country with its forces, and each group."""

from __future__ import annotations

import functools
from collections.abc import Iterable

import msgspec

from dateline.knowledge.actors import STATE_KINDS, Catalogue, actors, countries, kinds
from dateline.knowledge.state_actors import state_actor_name
from dateline.records import Participant

GOVERNMENT = "government"
REBELS = frozenset({"rebel", "armed-unidentified"})


class Party(msgspec.Struct, frozen=True):
    """Who can hold a place: `key` tells parties apart ("government", a group's id), `holder` is the actor's id.

    One that nobody names ("the fighters") has no `holder`; `fights` says that its kind is one that fights a state.
    """

    key: str
    holder: str
    name: str
    fights: bool = False


class Sides:
    """Answers, for one country and month, which party an actor is, and who is whose enemy."""

    def __init__(self, country: str, month: str, catalogue: Catalogue | None = None) -> None:
        self.country = country
        self.catalogue = catalogue or actors()
        self.conflicts = self.catalogue.conflicts_of(country, int(month[:4]), int(month[5:7]))

    def government(self) -> Party:
        """Return the party of the country's government and all its forces."""
        return Party(GOVERNMENT, f"{self.country}:government", state_actor_name(countries(), self.country, GOVERNMENT))

    def of_entity(self, entity: str, name: str = "") -> Party | None:
        """Return the party of an actor's id: allies of the state hold for the government; None without an id."""
        if not entity:
            return None
        if self._is_state(entity):
            return self.government()
        top = list(self.catalogue.lineage(entity))[-1:] or [entity]
        row = self.catalogue.by_id.get(top[0])
        party = Party(top[0], top[0], row.name if row else name or entity)
        return self.government() if self._allied(party) else party

    def of_participants(self, people: Iterable[Participant]) -> Party | None:
        """Return the party of the first participant that is armed or a state; None where none is."""
        for one in people:
            if one.kind not in STATE_KINDS and not _armed(one.kind):
                continue
            named = self.of_entity(one.entity, one.name)
            if named is not None:
                return named
            if one.kind in STATE_KINDS and one.country in ("", self.country):
                return self.government()
            found = {match.actor for match in self.catalogue.find(one.name)}
            if len(found) == 1 and (party := self.of_entity(found.pop())) is not None:
                return party
            return Party(f"~{one.name.casefold()}", "", one.name, one.kind in REBELS)
        return None

    def opposed(self, one: Party, two: Party) -> bool:
        """Whether two parties are on two sides of a conflict of this country and time.

        Parties of which no conflict is known are taken for opposed: they are two.
        """
        if one.key == two.key:
            return False
        return self._fight(one, two) or not self._together(one, two)

    def _is_state(self, entity: str) -> bool:
        country, _, kind = entity.partition(":")
        if kind:
            return kind in STATE_KINDS and country == self.country
        row = self.catalogue.by_id.get(entity)
        return row is not None and row.kind in STATE_KINDS and row.country[:1] == (self.country,)

    def _allied(self, party: Party) -> bool:
        """Whether a force serves the government: on its side in a conflict, on no other side, and no rebel."""
        row = self.catalogue.by_id.get(party.key)
        if row is not None and row.kind in ("rebel", "criminal"):
            return False
        if self._fight(party, self.government()):
            return False
        return self._together(party, self.government())

    def _fight(self, one: Party, two: Party) -> bool:
        return any(
            mine != theirs
            for conflict in self.conflicts
            for mine in _listed(conflict.sides, self._names(one))
            for theirs in _listed(conflict.sides, self._names(two))
        )

    def _together(self, one: Party, two: Party) -> bool:
        return any(
            mine == theirs
            for conflict in self.conflicts
            for mine in _listed(conflict.sides, self._names(one))
            for theirs in _listed(conflict.sides, self._names(two))
        )

    def _names(self, party: Party) -> set[str]:
        """Return the ids under which a side may list a party."""
        if party.key == GOVERNMENT:
            return {f"{self.country}:{kind}" for kind in STATE_KINDS}
        country, _, kind = party.key.partition(":")
        return {f"{country}:{other}" for other in STATE_KINDS} if kind else {party.key}


@functools.lru_cache(maxsize=4096)
def sides_of(country: str, month: str) -> Sides:
    """Return the sides in a country (ISO2) in a month ("2021-08")."""
    return Sides(country, month)


def _listed(sides: tuple[tuple[str, ...], ...], names: set[str]) -> list[int]:
    return [index for index, side in enumerate(sides) if names & set(side)]


def _armed(kind: str) -> bool:
    row = kinds().get(kind)
    return row is not None and row.armed == "yes"
