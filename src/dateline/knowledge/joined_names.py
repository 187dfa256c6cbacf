"""Names written with hyphens around a small word: "Qala-e-Naw", "Port-au-Prince"."""

from __future__ import annotations

import functools
import re

import msgspec

from dateline.knowledge.loading import Header, load_toml

_LETTERS = r"[^\W\d_]+(?:['’][^\W\d_]+)*"


class Joined(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The small words that stand between hyphens inside a name."""

    particles: tuple[str, ...]


class JoinedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of joined names."""

    about: Header
    joined: Joined


@functools.cache
def joined_name() -> re.Pattern[str]:
    """Return the pattern of a whole name of capitalised words that hyphens and at least one small word join."""
    file: JoinedFile = load_toml("joined_names.toml", JoinedFile)
    small = "|".join(sorted(map(re.escape, file.joined.particles), key=lambda word: (-len(word), word)))
    capital = rf"(?=[A-ZÀ-ÖØ-Þ]){_LETTERS}"
    return re.compile(rf"{capital}(?:-{capital})*(?:-(?:{small}))+(?:-{capital})+")
