"""The columns of the tables that a desk is exported to, and the lists of values that they may hold.

Each table is a file of columns in their order (`events.tsv`, `acled.tsv`, ...); `lists.toml` holds the closed
lists, and small tables take one scheme's codes to another's.
"""

from __future__ import annotations

import functools
from typing import Literal

import msgspec

from dateline.knowledge.loading import Header, load_toml, load_tsv
from dateline.records import KnowledgeError

CellType = Literal["string", "integer", "number", "boolean", "date", "datetime", "list"]


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A column: `name`, `type` of its cells, HXL tag, its list of allowed values, what it holds, how it is filled.

    `allowed` names a list of `lists.toml`, or is "". `filled` says from what; "left empty: ..." where nothing
    in a desk can fill it, with the reason. A cell of type list holds items joined by ";".
    """

    name: str
    type: CellType
    hxl: str
    allowed: str
    gloss: str
    filled: str

    @property
    def empty(self) -> bool:
        """Whether the column is never filled."""
        return self.filled.startswith("left empty")


class AcledType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sub-event type of ACLED with its event type and disorder type."""

    event_type: str
    sub_event_type: str
    disorder_type: str


class Plover(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A PLOVER type, or one of its modes: quad code (1 verbal cooperation to 4 material conflict) and intensity."""

    plover: str
    mode: str
    quad: str
    intensity: str


class Cameo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule from PLOVER to a CAMEO code: the first whose filled conditions hold; `acled` is an event type."""

    plover: str
    mode: str
    effect: str
    acled: str
    code: str


class Goldstein(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The score of a CAMEO code on Goldstein's scale, -10 (conflict) to 10 (cooperation)."""

    code: str
    score: float


class Fips(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The FIPS 10-4 code of a country."""

    iso2: str
    fips: str


class _Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    about: Header
    lists: dict[str, tuple[str, ...]]


@functools.cache
def columns(table: str) -> tuple[Column, ...]:
    """Return the columns of a table in their order. Raises KnowledgeError for an unknown or broken table."""
    found = load_tsv(f"exports/{table}.tsv", Column)
    known = lists()
    for column in found:
        if column.allowed and column.allowed not in known:
            raise KnowledgeError(f"knowledge/exports/{table}.tsv: {column.name}: no list {column.allowed!r}")
    return found


@functools.cache
def lists() -> dict[str, tuple[str, ...]]:
    """Return the closed lists of values by name."""
    file: _Lists = load_toml("exports/lists.toml", _Lists)
    types = acled_types()
    found = {
        **file.lists,
        "acled_event": tuple(dict.fromkeys(row.event_type for row in types)),
        "acled_subevent": tuple(row.sub_event_type for row in types),
        "disorder": tuple(dict.fromkeys(row.disorder_type for row in types)),
        "plover": tuple(dict.fromkeys(row.plover for row in plover_rows())),
        "plover_mode": tuple(dict.fromkeys(row.mode for row in plover_rows() if row.mode)),
        "intensity": tuple(dict.fromkeys(row.intensity for row in plover_rows() if row.intensity)),
        "fips": tuple(fips().values()),
        "cameo": tuple(row.code for row in _goldstein()),
    }
    found["interaction"] = tuple(_interaction(code, found["inter"]) for code in found.pop("interaction_codes"))
    found["cameo_root"] = tuple(dict.fromkeys(code[:2] for code in found["cameo"]))
    found["cameo_base"] = tuple(dict.fromkeys(code[:3] for code in found["cameo"]))
    return found


def _interaction(code: str, inter: tuple[str, ...]) -> str:
    first, second = inter[int(code[0]) - 1], int(code[1])
    return f"{first}-{inter[second - 1]}" if second else f"{first} only"


@functools.cache
def acled_types() -> tuple[AcledType, ...]:
    """Return ACLED's 25 sub-event types with their event and disorder types."""
    return load_tsv("exports/acled_types.tsv", AcledType)


@functools.cache
def plover_rows() -> tuple[Plover, ...]:
    """Return PLOVER's types and modes with quad codes and intensities; a type's own row has no mode."""
    return load_tsv("exports/plover.tsv", Plover)


@functools.cache
def fips() -> dict[str, str]:
    """Return FIPS 10-4 codes by ISO 3166-1 alpha-2."""
    return {row.iso2: row.fips for row in load_tsv("exports/fips.tsv", Fips)}


@functools.cache
def _goldstein() -> tuple[Goldstein, ...]:
    return load_tsv("exports/goldstein.tsv", Goldstein)


def goldstein(code: str) -> float | None:
    """Return the Goldstein score of a CAMEO code, None where the table has none."""
    return next((row.score for row in _goldstein() if row.code == code), None)


def cameo(plover: str, mode: str, effect: str, acled: str) -> str:
    """Return the CAMEO code of an event, "" where its type leaves open which root is meant."""
    given = (plover, mode, effect, acled)
    rules: tuple[Cameo, ...] = load_tsv("exports/cameo.tsv", Cameo)
    for rule in rules:
        wanted = (rule.plover, rule.mode, rule.effect, rule.acled)
        if all(not want or want == have for want, have in zip(wanted, given, strict=True)):
            return rule.code
    return ""
