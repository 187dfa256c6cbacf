"""Words that say whether an event happened: "failed to", "may have", "denied", "if", "continues"."""

from __future__ import annotations

import functools
from typing import Literal

import msgspec

from dateline.knowledge.loading import Header, load_toml

CueScope = Literal["complement", "clause", "subordinate"]
CuePos = Literal["verb", "aux", "adverb", "noun", "adjective", "conjunction", "preposition", "determiner"]


class StatusCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that give a status or a polarity to the event in their scope.

    `complement` is what the cue governs (a that-clause, an infinitive, an object noun), `clause` the verb
    that it modifies, `subordinate` the clause that it introduces.
    """

    words: tuple[str, ...]
    pos: CuePos
    scope: CueScope
    status: str = ""
    polarity: Literal["", "denied", "affirmed"] = ""
    hedge: bool = False
    note: str = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


class StatusFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of status cues."""

    about: Header
    cue: tuple[StatusCue, ...]


@functools.cache
def status_cues() -> dict[tuple[str, CueScope], tuple[tuple[tuple[str, ...], StatusCue], ...]]:
    """Return the cues by their first lemma and scope, those with more words first."""
    table: dict[tuple[str, CueScope], list[tuple[tuple[str, ...], StatusCue]]] = {}
    for cue in load_toml("status.toml", StatusFile).cue:
        for words in cue.words:
            first, *rest = words.lower().split()
            table.setdefault((first, cue.scope), []).append((tuple(rest), cue))
    return {key: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for key, found in table.items()}
