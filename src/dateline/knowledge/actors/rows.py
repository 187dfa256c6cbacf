"""The rows of the tables of actors: frozen, as they stand in the files."""

from __future__ import annotations

from typing import Literal

import msgspec

KindId = Literal[
    "state-force", "police", "intelligence", "government", "legislature", "judiciary",
    "rebel", "militia", "identity-militia", "armed-unidentified", "rioter", "protester",
    "civilian", "refugee", "detainee", "external-force", "private-security", "igo", "ngo",
    "media", "agency", "journalist", "medical", "education", "business", "labour", "religious",
    "party", "criminal", "elite", "opposition", "aid-worker", "other",
]  # fmt: skip
STATE_KINDS: tuple[KindId, ...] = (
    "state-force", "government", "police", "intelligence", "legislature", "judiciary",
)  # fmt: skip
"""The kinds that are a state, so that one of them can stand for another of the same country."""


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of actor: its PLOVER sector and ACLED's name for its side of an interaction ("" where none)."""

    id: KindId
    gloss: str
    plover_sector: str
    acled_inter: str
    armed: Literal["yes", "no"]


class Actor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named actor. `country` is empty for one that belongs to no country; years are "" where unsure."""

    id: str
    name: str
    kind: KindId
    country: tuple[str, ...]
    aliases: tuple[str, ...]
    acronyms: tuple[str, ...]
    parent: str
    active_from: str
    active_to: str
    wikidata: str
    note: str

    def active(self, year: int) -> bool:
        """Return whether the actor is not known to be absent in `year`; an empty year sets no bound."""
        return int(self.active_from or year) <= year <= int(self.active_to or year)


class Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A country or territory; `metonyms` are "name:kind", names that stand for its government or forces."""

    iso2: str
    iso3: str
    iso_numeric: str
    gw: str
    cow: str
    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str
    metonyms: tuple[str, ...]
    region: str


class Conflict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A conflict and its sides, each a tuple of actor ids and "ISO2:kind"; months are "YYYY-MM" or ""."""

    id: str
    name: str
    countries: tuple[str, ...]
    began: str = msgspec.field(name="from")
    ended: str = msgspec.field(name="to")
    side_a: tuple[str, ...]
    side_b: tuple[str, ...]
    side_c: tuple[str, ...]
    side_d: tuple[str, ...]

    @property
    def sides(self) -> tuple[tuple[str, ...], ...]:
        """The sides that have members, in the order of the file."""
        return tuple(side for side in (self.side_a, self.side_b, self.side_c, self.side_d) if side)

    def during(self, year: int, month: int | None = None) -> bool:
        """Return whether the conflict is fought in `year`, or in that month of it."""
        first = f"{year:04}-{month or 1:02}"
        last = f"{year:04}-{month or 12:02}"
        return self.began <= last and (not self.ended or self.ended >= first)


class Spelling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word of names and the ways in which the press spells it."""

    spellings: tuple[str, ...]


class Ambiguous(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A form that needs care.

    `reading` is "shared" where several actors bear it, "word" where in capitals it reads as a plain
    English word as well, so that it is not looked for in text that is all in capitals.
    """

    form: str
    reading: Literal["shared", "word"]
    note: str
