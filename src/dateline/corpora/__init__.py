"""Readers of public corpora in their published formats, to measure against and to train on.

Every corpus has a part to look at and to train on (70%, by a hash of the name of a text) and a part that is
only ever scored (30%), except where a corpus has such parts of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal

Part = Literal["score", "look", "all"]


def scored(key: str) -> bool:
    """Return whether a text of this name is in the 30% that are only ever scored."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % 10 < 3


def taken(key: str, part: Part, rule: Callable[[str], bool] = scored) -> bool:
    """Return whether a text of this name is in `part`."""
    return part == "all" or rule(key) == (part == "score")


def hash_of(files: Iterable[Path]) -> str:
    """Return a hash over the bytes of a corpus's files, 16 hex digits."""
    digest = hashlib.sha256()
    for path in sorted(files, key=lambda path: path.name):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
