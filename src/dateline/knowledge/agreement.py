"""When numbers told in several ways agree: `numbers/agreement.toml`."""

from __future__ import annotations

import functools

import msgspec

from dateline.knowledge.loading import Header, load_toml


class Tolerance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far numbers reach beyond the bounds that their words give; shares of the number, or counts."""

    about: float
    about_least: float
    reach: float
    reach_least: float
    round_from: float
    round_zeros: int
    round_off: float


class VagueReach(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that give no number and what they stand for; `high` is None where they have no upper end."""

    words: tuple[str, ...]
    low: float
    high: float | None = None


class Complete(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Groups that together leave nobody out."""

    groups: frozenset[str]


class AgreementFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of agreement; `within` names for each group those that hold it."""

    about: Header
    tolerance: Tolerance
    vague: tuple[VagueReach, ...]
    within: dict[str, tuple[str, ...]]
    complete: tuple[Complete, ...]
    beside: dict[str, str]


@functools.cache
def agreement() -> AgreementFile:
    """Load `numbers/agreement.toml`."""
    file: AgreementFile = load_toml("numbers/agreement.toml", AgreementFile)
    return file


@functools.cache
def vague_reaches() -> dict[str, VagueReach]:
    """Return what each vague word stands for."""
    return {word: entry for entry in agreement().vague for word in entry.words}
