"""The lexicons of the stage: cues of attribution, words for sources and channels, agencies and outlets."""

from __future__ import annotations

import functools
from typing import Literal

import msgspec

from dateline.knowledge.loading import Header, load_toml

Sort = Literal["speech", "thought", "evidence", "attitude"]
FOLDER = "attribution"


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that attribute and the kinds of content they take (see cues.toml)."""

    id: str
    pos: Literal["verb", "noun", "adverb", "adjective"]
    sort: Sort
    takes: tuple[str, ...]
    lemmas: tuple[str, ...]
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    never: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    itself: bool = False


class Phrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A preposition of several words whose object is the source."""

    id: str
    words: tuple[str, ...]
    never: frozenset[str] = frozenset()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


class Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file cues.toml."""

    about: Header
    cue: tuple[Cue, ...]
    phrase: tuple[Phrase, ...]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that describe sources, and the nouns of channels (see sources.toml)."""

    offices: frozenset[str]
    titles: frozenset[str]
    honorifics: frozenset[str]
    state: frozenset[str]
    unnamed: frozenset[str]
    organisations: frozenset[str]
    houses: tuple[str, ...]
    evidence: frozenset[str]
    audiences: frozenset[str]
    channels: frozenset[str]
    stages: frozenset[str]
    go_betweens: frozenset[str]
    reaching: frozenset[str]
    sending: dict[str, str]


class SourceFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file sources.toml."""

    about: Header
    words: Words


class Media(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file media.toml: agencies and outlets by their usual name, with what they are called."""

    about: Header
    agency: dict[str, tuple[str, ...]]
    outlet: dict[str, tuple[str, ...]]


def cues() -> Cues:
    """Return the cues of attribution."""
    held: Cues = load_toml(f"{FOLDER}/cues.toml", Cues)
    return held


def words() -> Words:
    """Return the words for sources and channels."""
    held: SourceFile = load_toml(f"{FOLDER}/sources.toml", SourceFile)
    return held.words


@functools.cache
def media() -> dict[str, tuple[str, Literal["agency", "outlet"]]]:
    """Return agencies and outlets by every name they go by: the usual name and which of the two it is."""
    held = load_toml(f"{FOLDER}/media.toml", Media)
    found: dict[str, tuple[str, Literal["agency", "outlet"]]] = {}
    for name, aliases in held.outlet.items():
        found.update((alias, (name, "outlet")) for alias in (name, *aliases))
    for name, aliases in held.agency.items():
        found.update((alias, (name, "agency")) for alias in (name, *aliases))
    return found


def medium(name: str) -> tuple[str, Literal["agency", "outlet"]] | None:
    """Return the usual name and the kind of an agency or outlet, "the" and "TV" or "news agency" aside."""
    known = media()
    bare = name.removeprefix("the ").removeprefix("The ")
    for ending in ("", " TV", " television", " radio", " news agency", " newspaper", " channel", " news"):
        if bare.lower().endswith(ending.lower()):
            stem = bare[: len(bare) - len(ending)]
            if stem in known:
                return known[stem]
    return known.get(name)


@functools.cache
def index() -> dict[tuple[str, str], tuple[Cue, ...]]:
    """Return the cues by part of speech and lemma, in the order of the file."""
    found: dict[tuple[str, str], tuple[Cue, ...]] = {}
    for cue in cues().cue:
        for lemma in cue.lemmas:
            found[cue.pos, lemma] = (*found.get((cue.pos, lemma), ()), cue)
    return found
