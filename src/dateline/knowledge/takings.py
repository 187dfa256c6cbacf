"""What is done to places in war: where a name stands that is one of a place, whatever it sounds like."""

from __future__ import annotations

import functools
import re

import msgspec

from dateline.knowledge.loading import Header, load_toml


class Takings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs by what undergoes them, and the pattern of what a place is called behind its name.

    `places` are undergone by places alone, `either` by places or persons, `carried` with a goal by persons
    alone; `yields` are what a place does when
    it is taken, followed by a preposition of `with` or none, and by no noun of `unlike`; `passes` the same, with a
    noun of `under`, and `given` with the name of those who take it behind "to".
    """

    places: frozenset[str]
    either: frozenset[str]
    carried: frozenset[str]
    yields: frozenset[str]
    passes: frozenset[str]
    given: frozenset[str]
    under: frozenset[str]
    with_: frozenset[str] = msgspec.field(name="with")
    unlike: frozenset[str]
    called: str

    def is_called(self, after: str) -> bool:
        """Whether the words behind a name ("the centre of Nimroz") call it a place."""
        return _pattern(self.called).match(after) is not None


class TakingsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of takings."""

    about: Header
    takings: Takings


@functools.cache
def _pattern(called: str) -> re.Pattern[str]:
    return re.compile(r",\s+" + called)


@functools.cache
def takings() -> Takings:
    """Load `places/takings.toml`."""
    file: TakingsFile = load_toml("places/takings.toml", TakingsFile)
    return file.takings
