"""When a report is a copy of another: `copies.toml`, and the names that agencies go by."""

from __future__ import annotations

import functools

import msgspec

from dateline.knowledge.loading import Header, load_toml


class BodyRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What of a text is no part of its body: expressions, and the length of a heading in words."""

    furniture: tuple[str, ...]
    dateline: str
    heading_words: int


class Shingling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a body is cut into prints, in words and in numbers of shingles."""

    words: int
    kept: int
    least: int
    least_words: int
    least_told: int


class Searching(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How candidates are found."""

    permutations: int
    bands: int
    one_in: int
    frequent: int


class CopyLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much must be told in the same words (shares, 0 to 1), and within how many days."""

    near: float
    agency: float
    apart: float
    agency_days: int
    serial: float
    marks: float
    shortened: float
    days: int
    quotation_words: int
    quotation_bonus: float


class CopyRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of copies."""

    about: Header
    body: BodyRules
    shingles: Shingling
    search: Searching
    limits: CopyLimits


class _Media(msgspec.Struct, frozen=True):
    agency: dict[str, tuple[str, ...]]


@functools.cache
def copy_rules() -> CopyRules:
    """Load `copies.toml`."""
    rules: CopyRules = load_toml("copies.toml", CopyRules)
    return rules


@functools.cache
def _agencies() -> dict[str, str]:
    media: _Media = load_toml("attribution/media.toml", _Media)
    return {form.casefold(): name for name, forms in media.agency.items() for form in (name, *forms)}


@functools.cache
def agency_name(name: str) -> str:
    """Return the usual name of an agency, for what is no known one the name itself in small letters."""
    plain = name.strip().casefold()
    return _agencies().get(plain, plain)


def is_agency(name: str) -> bool:
    """Return whether a name is that of a known agency."""
    return name.strip().casefold() in _agencies()
