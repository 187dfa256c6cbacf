"""The catalogue of actors: by id, by the names in a text, and by the side they fight on."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from dateline.knowledge.actors.countries import Countries
from dateline.knowledge.actors.forms import spelling_table
from dateline.knowledge.actors.matching import Match, MatchTable
from dateline.knowledge.actors.rows import STATE_KINDS, Actor, Ambiguous, Conflict, Country, Kind, Spelling
from dateline.knowledge.loading import load_tsv

FOLDER = "actors"


class Catalogue:
    """All known actors and conflicts. Made once; nothing in it changes."""

    def __init__(
        self,
        rows: Iterable[Actor],
        conflicts: Iterable[Conflict],
        spellings: Iterable[Spelling] = (),
        ambiguous: Iterable[Ambiguous] = (),
    ) -> None:
        self.all: tuple[Actor, ...] = tuple(rows)
        self.by_id: dict[str, Actor] = {row.id: row for row in self.all}
        self.conflicts: tuple[Conflict, ...] = tuple(conflicts)
        self.table = MatchTable(
            self.all,
            spelling_table(row.spellings for row in spellings),
            frozenset(row.form for row in ambiguous if row.reading == "word"),
        )

    def find(self, text: str) -> list[Match]:
        """Return the names of actors in `text` as (start, end, actor id, alias); see `MatchTable.find`."""
        return self.table.find(text)

    def choose(self, ids: Iterable[str], country: str = "", year: int | None = None) -> tuple[str, ...]:
        """Narrow the ids that share a form to those that fit a country (ISO2) and a year.

        A test that none would pass is left out, so that the result is empty only where `ids` is.
        """
        kept = tuple(dict.fromkeys(ids))
        if year is not None:
            kept = tuple(i for i in kept if self.by_id[i].active(year)) or kept
        if country:
            at_home = tuple(i for i in kept if country in self.by_id[i].country)
            abroad = tuple(i for i in kept if not self.by_id[i].country)
            kept = at_home or abroad or kept
        return kept

    def lineage(self, actor: str) -> Iterator[str]:
        """Yield the actor's id, then its parent's, and so on."""
        seen: set[str] = set()
        while actor in self.by_id and actor not in seen:
            seen.add(actor)
            yield actor
            actor = self.by_id[actor].parent

    def conflicts_of(self, country: str, year: int, month: int | None = None) -> tuple[Conflict, ...]:
        """Return the conflicts of a country (ISO2; "" for any) in a year, or in one month of it."""
        return tuple(c for c in self.conflicts if (not country or country in c.countries) and c.during(year, month))

    def opponents(self, actor: str, country: str, year: int, month: int | None = None) -> tuple[str, ...]:
        """Return whom `actor` (an id, or "ISO2:kind") fights: ids and "ISO2:kind", principal ones first.

        `country` is where ("" for anywhere). This is what "the enemy" may mean when `actor` says it. An
        actor that no side names stands on the side of what it belongs to: its parent, then the forces of
        its state. Empty where nothing is known.
        """
        fought = self.conflicts_of(country, year, month)
        for names in self._standings(actor):
            found: dict[str, None] = {}
            for conflict in fought:
                own = {i for i, side in enumerate(conflict.sides) if names & set(side)}
                for i, side in enumerate(conflict.sides):
                    if own and i not in own:
                        found.update(dict.fromkeys(side))
            if found:
                return tuple(name for name in found if name not in names)
        return ()

    def _standings(self, actor: str) -> Iterator[set[str]]:
        """Yield the names under which a side may list `actor`, the narrowest first."""
        yield {actor}
        for ancestor in self.lineage(actor):
            yield {ancestor}
        if actor in self.by_id:
            row = self.by_id[actor]
            if row.kind not in STATE_KINDS:
                return
            states, kind = row.country[:1], row.kind
        else:
            state, _, name = actor.partition(":")
            if name not in STATE_KINDS:
                return
            states, kind = (state,), name
        yield {f"{state}:{kind}" for state in states}
        yield {f"{state}:{other}" for state in states for other in STATE_KINDS}


@functools.cache
def actors() -> Catalogue:
    """Return the catalogue of the actors that Dateline knows. Raises KnowledgeError for a broken table."""
    return Catalogue(
        load_tsv(f"{FOLDER}/actors.tsv", Actor),
        load_tsv(f"{FOLDER}/conflicts.tsv", Conflict),
        load_tsv(f"{FOLDER}/spellings.tsv", Spelling),
        load_tsv(f"{FOLDER}/ambiguous.tsv", Ambiguous),
    )


@functools.cache
def countries() -> Countries:
    """Return the countries. Raises KnowledgeError for a broken table."""
    return Countries(load_tsv(f"{FOLDER}/countries.tsv", Country))


@functools.cache
def kinds() -> dict[str, Kind]:
    """Return the kinds of actors by id. Raises KnowledgeError for a broken table."""
    return {row.id: row for row in load_tsv(f"{FOLDER}/kinds.tsv", Kind)}
