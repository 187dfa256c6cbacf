"""The countries: by code, by name, by what their people are called, by what stands for their government."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from dateline.knowledge.actors.forms import fold
from dateline.knowledge.actors.rows import Country

V = TypeVar("V")


class Names(Generic[V]):
    """A table from names to what bears them: marks do not count, case does except in capitals."""

    def __init__(self) -> None:
        self._exact: dict[str, tuple[V, ...]] = {}
        self._capitals: dict[str, tuple[V, ...]] = {}

    def add(self, name: str, value: V) -> None:
        """Let `name` stand for `value`, besides what it stands for already."""
        for table, form in ((self._exact, fold(name)), (self._capitals, fold(name).upper())):
            if value not in table.get(form, ()):
                table[form] = (*table.get(form, ()), value)

    def __getitem__(self, name: str) -> tuple[V, ...]:
        """Return all that `name` may stand for; empty where it is unknown."""
        form = fold(name.removesuffix("'s").removesuffix("’s"))
        for article in ("the ", "The ", "THE "):
            form = form.removeprefix(article)
        found = self._exact.get(form)
        if found is None and form.isupper():
            found = self._capitals.get(form)
        return found or ()

    def __iter__(self) -> Iterator[str]:
        """Iterate over the folded names."""
        return iter(self._exact)


class Countries:
    """All countries, and the ways in which a report names them."""

    def __init__(self, rows: Iterable[Country]) -> None:
        self.all: tuple[Country, ...] = tuple(rows)
        self.by_iso2: dict[str, Country] = {row.iso2: row for row in self.all}
        self.by_iso3: dict[str, Country] = {row.iso3: row for row in self.all if row.iso3}
        self.names: Names[Country] = Names()
        self.demonyms: Names[Country] = Names()
        self.metonyms: Names[tuple[Country, str]] = Names()
        for row in self.all:
            for name in (row.name, *row.aliases):
                self.names.add(name, row)
            for demonym in row.demonyms:
                self.demonyms.add(demonym, row)
            for metonym in row.metonyms:
                name, _, kind = metonym.rpartition(":")
                self.metonyms.add(name, (row, kind))

    def by_name(self, name: str) -> tuple[Country, ...]:
        """Return the countries that `name` (official, short, former, abbreviated) may mean."""
        return self.names[name]

    def by_demonym(self, word: str) -> tuple[Country, ...]:
        """Return the countries whose people or things `word` describes ("Congolese" is of two)."""
        return self.demonyms[word]

    def by_metonym(self, name: str) -> tuple[tuple[Country, str], ...]:
        """Return (country, kind of actor) for a name that can stand for a government or its forces.

        "Kremlin" is (Russia, "government"); whether "Kabul" is the city or the government is for the
        caller to decide.
        """
        return self.metonyms[name]

    def in_capitals(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield the names of countries and peoples in a text in capitals: start, end, the name in mixed case."""
        for match in self._capitals.finditer(text):
            yield match.start(), match.end(), self._cased[match.group()]

    @functools.cached_property
    def _cased(self) -> dict[str, str]:
        forms = [form for table in (self.names, self.demonyms) for form in table if not form.isupper()]
        return {form.upper(): form for form in forms}

    @functools.cached_property
    def _capitals(self) -> re.Pattern[str]:
        longest = sorted(self._cased, key=lambda form: (-len(form), form))
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
