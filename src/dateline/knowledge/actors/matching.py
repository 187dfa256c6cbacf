"""Finding the names of actors in a text."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import NamedTuple

import ahocorasick_rs

from dateline.knowledge.actors.forms import fold, variants
from dateline.knowledge.actors.rows import Actor

Owner = tuple[str, str]
"""The id of an actor and the alias, as listed, that led to it."""


class Match(NamedTuple):
    """A name of an actor at `text[start:end]`; `alias` is the listed form that it is a spelling of."""

    start: int
    end: int
    actor: str
    alias: str


class Automaton:
    """Names looked for all at once (Aho and Corasick 1975), on word boundaries, the longest first."""

    def __init__(self, owners: dict[str, list[Owner]]) -> None:
        self._forms = list(owners)
        self._owners = list(owners.values())
        self._titled = [form[:4] in ("The ", "the ") for form in self._forms]
        self._automaton = ahocorasick_rs.AhoCorasick(self._forms)

    def find(self, folded: str, offset: int = 0) -> list[Match]:
        """Return the matches in a folded text, with `offset` added to their positions."""
        length = len(folded)
        hits = [
            (start, -end, index)
            for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True)
            if not (start and folded[start - 1].isalnum()) and not (end < length and folded[end].isalnum())
        ]
        hits.sort()
        matches = []
        reached = 0
        for start, minus_end, index in hits:
            if start >= reached and not self._runs_on(index, folded, -minus_end):
                reached = -minus_end
                matches += [
                    Match(start + offset, reached + offset, actor, alias) for actor, alias in self._owners[index]
                ]
        return matches

    def _runs_on(self, index: int, folded: str, end: int) -> bool:
        """Return whether "The" and a common word are only the start of a longer name.

        "The Independent" is a newspaper, but not in "The Independent Election Commission".
        """
        return self._titled[index] and folded[end : end + 1] == " " and folded[end + 1 : end + 2].isupper()


class MatchTable:
    """The forms of all actors, and the search for them."""

    def __init__(self, actors: Iterable[Actor], spellings: dict[str, tuple[str, ...]], words: frozenset[str]) -> None:
        self._words = words
        self.forms: dict[str, list[Owner]] = {}
        for actor in actors:
            for alias in (actor.name, *actor.aliases):
                for form in variants(alias, spellings):
                    self._add(form, actor.id, alias)
            for acronym in actor.acronyms:
                self._add(fold(acronym), actor.id, acronym)

    def _add(self, form: str, actor: str, alias: str) -> None:
        owners = self.forms.get(form)
        if owners is None:
            self.forms[form] = [(actor, alias)]
        elif all(owner != actor for owner, _ in owners):
            owners.append((actor, alias))

    @functools.cached_property
    def _cased(self) -> Automaton:
        return Automaton(self.forms)

    @functools.cached_property
    def _capitals(self) -> Automaton:
        merged: dict[str, list[Owner]] = {}
        for form, owners in self.forms.items():
            if form in self._words:
                continue
            held = merged.setdefault(form.upper(), [])
            held += [owner for owner in owners if owner[0] not in {actor for actor, _ in held}]
        return Automaton(merged)

    def find(self, text: str) -> list[Match]:
        """Return the names in `text`, in order, never overlapping.

        Case counts, for names and acronyms alike, except in lines that are all in capitals. A form that
        several actors bear gives one match for each of them, at the same place.
        """
        folded = fold(text)
        stretches = capital_stretches(text)
        if not stretches:
            return self._cased.find(folded)
        matches = []
        for start, end, capital in stretches:
            automaton = self._capitals if capital else self._cased
            matches += automaton.find(folded[start:end], start)
        return matches


def capital_stretches(text: str) -> list[tuple[int, int, bool]]:
    """Cut `text` into runs of lines in capitals and of other lines: (start, end, capitals).

    A line counts as capitals where it has two words or more and no small letter; a line without letters,
    or a single word, goes with the lines before it. Empty where no line is in capitals.
    """
    stretches: list[tuple[int, int, bool]] = []
    at = 0
    some = False
    for line in text.splitlines(keepends=True):
        end = at + len(line)
        capital = line.isupper() and " " in line.strip()
        neutral = not capital and (not any(map(str.isalpha, line)) or line.isupper())
        if stretches and (neutral or capital == stretches[-1][2]):
            stretches[-1] = (stretches[-1][0], end, stretches[-1][2])
        else:
            stretches.append((at, end, capital))
        some = some or capital
        at = end
    return stretches if some else []
