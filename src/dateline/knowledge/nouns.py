"""The classes of common nouns: who is armed, who is a civilian, what is a place, a facility, a weapon."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import msgspec

from dateline.knowledge.loading import Header, load_toml


class Noun(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"noun_class": "class"}):
    """Nouns of one class and, for people and groups, one kind of actor; `generic` ones refer back."""

    noun_class: str
    words: tuple[str, ...]
    kind: str = ""
    generic: bool = False


class NounFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of nouns."""

    about: Header
    noun: tuple[Noun, ...]


class NounLexicon:
    """Looks a noun up by its lemma and the lemmas before it; the longest entry wins."""

    def __init__(self, nouns: Sequence[Noun]) -> None:
        self._by_last: dict[str, list[tuple[tuple[str, ...], Noun]]] = {}
        for noun in nouns:
            for words in noun.words:
                *before, last = words.lower().replace("-", " - ").split() if "-" in words else words.lower().split()
                self._by_last.setdefault(last, []).append((tuple(before), noun))
        for entries in self._by_last.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, lemmas: Sequence[str], head: int) -> tuple[Noun, int] | None:
        """Return the entry whose last word is `lemmas[head]` and the index of its first word, or None."""
        last = lemmas[head]
        # A plural that the tagger took for a name keeps its "s".
        found = self._by_last.get(last) or (self._by_last.get(last[:-1]) if last.endswith("s") else None)
        for before, noun in found or ():
            first = head - len(before)
            if first >= 0 and tuple(lemmas[first:head]) == before:
                return noun, first
        return None


@functools.cache
def noun_lexicon() -> NounLexicon:
    """Load `nouns.toml`."""
    return NounLexicon(load_toml("nouns.toml", NounFile).noun)
