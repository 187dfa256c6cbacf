"""The sides of the conflict that a report is about: who is whose enemy, whose forces are whose."""

from __future__ import annotations

from collections import Counter

from dateline.coding.reading import Reading
from dateline.knowledge.actors import Catalogue, Countries
from dateline.knowledge.state_actors import state_actor_name
from dateline.records import Source

MEDIA = frozenset({"media", "agency"})
Identity = tuple[str, str, str, str]  # name, entity, kind, country


class Sides:
    """Answers questions about sides for one report."""

    def __init__(self, reading: Reading, actors: Catalogue, countries: Countries) -> None:
        self.actors, self.countries = actors, countries
        self.named: Counter[str] = Counter(m.entity for m in reading.mentions if m.entity)
        for mention in reading.mentions:
            if mention.country and mention.evidence.rule in ("people", "country"):
                self.named[f"{mention.country}:government"] += 1
        theatres = Counter(m.country for m in reading.mentions if m.country)
        self.country = reading.report.country or (theatres.most_common(1)[0][0] if theatres else "")
        published = reading.report.published
        self.year = published.year if published else 0

    def of_source(self, source: Source) -> str:
        """Return the id of the actor that a source speaks for, or ""."""
        if source.entity:
            return source.entity
        return f"{source.country}:government" if source.country and source.kind != "unnamed" else ""

    def named_actor(self, name: str) -> str:
        """Return the id of the actor whose name or other name this is, whole; "" where there is none."""
        found = {match.actor for match in self.actors.find(name.title() if name.isupper() else name)}
        whole = {one for one in found if self.actors.by_id[one].kind not in MEDIA}
        return whole.pop() if len(whole) == 1 else ""

    def opponent(self, entity: str) -> Identity | None:
        """Return the opponent of `entity` that the report names most, else the first known; None if unknown."""
        known = self.actors.opponents(entity, self.country, self.year) if self.year else self._any_year(entity)
        if not known:
            return None
        ranked = sorted(known, key=lambda one: (-self.named[one], known.index(one)))
        return self.identity(ranked[0])

    def _any_year(self, entity: str) -> tuple[str, ...]:
        """Return the opponents in any year, where the report has no date."""
        found: dict[str, None] = {}
        for conflict in self.actors.conflicts:
            if not self.country or self.country in conflict.countries:
                found.update(dict.fromkeys(self.actors.opponents(entity, self.country, int(conflict.began[:4]))))
        return tuple(found)

    def forces_of(self, entity: str) -> Identity:
        """Return who fights for the side of `entity`: a state's armed forces, or the group itself."""
        country, _, kind = entity.partition(":")
        return self.identity(f"{country}:state-force" if kind else entity)

    def identity(self, entity: str) -> Identity:
        """Return name, id, kind and country of an actor's id."""
        country, _, kind = entity.partition(":")
        if kind:
            return state_actor_name(self.countries, country, kind), entity, kind, country
        actor = self.actors.by_id.get(entity)
        if actor is None:
            return entity, "", "", ""
        return actor.name, entity, actor.kind, actor.country[0] if len(actor.country) == 1 else ""

    def name_of(self, entity: str) -> str:
        """Return the name of an actor's id."""
        return self.identity(entity)[0]

    def people(self, country: str, violent: bool, words: str) -> tuple[str, str, str, str]:
        """Return name, entity, kind and reason for a people's name used of an actor."""
        if violent:
            return (
                state_actor_name(self.countries, country, "state-force"), f"{country}:state-force", "state-force",
                f"{words!r} of an armed act: its armed forces",
            )  # fmt: skip
        return (
            self.countries.by_iso2[country].name,
            f"{country}:government",
            "government",
            f"{words!r}: the country",
        )
