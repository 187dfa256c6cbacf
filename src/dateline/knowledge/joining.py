"""The weights by which tellings of several reports are joined into events (`joining.toml`)."""

from __future__ import annotations

import functools

import msgspec

from dateline.knowledge.loading import Header, load_toml
from dateline.records import UsageError

DEFAULT = "incident"


class Weighing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way of weighing pairs: what it takes for one event, the log-odds of a pair of which nothing is known
    (`bias`), and the weight of each feature, by its name."""

    id: str
    gloss: str
    made: str
    bias: float
    weights: dict[str, float]


class JoiningFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of weighings."""

    about: Header
    weighing: tuple[Weighing, ...]


@functools.cache
def weighings() -> dict[str, Weighing]:
    """Return the weighings by their id. Raises KnowledgeError where the file breaks its schema."""
    return {one.id: one for one in load_toml("joining.toml", JoiningFile).weighing}


def weighing(name: str = DEFAULT) -> Weighing:
    """Return the weighing of that name. Raises UsageError where there is none."""
    found = weighings().get(name)
    if found is None:
        raise UsageError(f"no way of joining is called {name!r}; there are {', '.join(weighings())}")
    return found
