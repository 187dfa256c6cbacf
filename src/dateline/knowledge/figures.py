"""The words by which a report gives another number for what it has counted: `figures.toml`."""

from __future__ import annotations

import functools

import msgspec

from dateline.knowledge.loading import Header, load_toml


class Figures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs that give a figure, the nouns and pronouns for it, and what may stand around the number."""

    telling: frozenset[str]
    putting: frozenset[str]
    being: frozenset[str]
    numbers: frozenset[str]
    pronouns: frozenset[str]
    between: frozenset[str]
    prepositions: frozenset[str]
    correcting: frozenset[str]
    closing: frozenset[str]
    more: frozenset[str]
    moving: dict[str, frozenset[str]]


class FigureFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of second figures; `kinds` tells by a noun what befell those counted."""

    about: Header
    figures: Figures
    kinds: dict[str, tuple[str, ...]]


@functools.cache
def _file() -> FigureFile:
    file: FigureFile = load_toml("figures.toml", FigureFile)
    return file


def figure_words() -> Figures:
    """Return the words of `figures.toml`."""
    return _file().figures


def kinds_of(noun: str) -> tuple[str, ...]:
    """Return what a noun (in small letters, as it stands) says of those counted; empty where it says nothing."""
    return _file().kinds.get(noun, ())
