"""The lexicon of predicates and light verbs, indexed by the words that can trigger them."""

from __future__ import annotations

import functools
from typing import Literal

import msgspec

from dateline.knowledge.light_verbs import LightVerb, light_verbs
from dateline.knowledge.predicates import Predicate, predicates

PREPOSITIONS = frozenset(
    "of to in on at by for with from into over against under off out up down through between among about around"
    " after upon onto along across near behind alongside beside within inside outside toward towards via amid".split()
)
VERBS_IN_LY = frozenset({"fly", "rally", "reply", "apply", "supply", "rely", "ally", "comply", "multiply"})
Form = Literal["verb", "noun", "adjective"]


class Entry(msgspec.Struct, frozen=True):
    """One way to say a sense: the lemma that triggers it and the lemmas that must go with it.

    `before` are lemmas right before the trigger ("prison" in "prison break"); `rest` lemmas that hang on
    it ("control", "of" in "take control of").
    """

    sense: Predicate
    form: Form
    lemma: str
    rest: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    intransitive: bool = False

    @property
    def weight(self) -> tuple[int, bool, int]:
        """How specific the entry is: more words first, then senses that are not wide, then more conditions."""
        conditions = len(self.sense.requires) + len(self.sense.where) + len(self.sense.unless)
        return len(self.rest) + len(self.before), not self.sense.wide, conditions


class Lexicon(msgspec.Struct, frozen=True):
    """Entries by trigger lemma, the most specific first; light verbs by their first lemma."""

    verbs: dict[str, tuple[Entry, ...]]
    nouns: dict[str, tuple[Entry, ...]]
    adjectives: dict[str, tuple[Entry, ...]]
    light: dict[str, tuple[tuple[tuple[str, ...], LightVerb], ...]]


def _verb(sense: Predicate, words: str) -> Entry:
    first, *rest = words.lower().split()
    if rest and first.endswith("ly") and first not in VERBS_IN_LY:  # "fatally wound"
        return Entry(sense, "verb", rest[0], tuple(rest[1:]), (first,))
    return Entry(sense, "verb", first, tuple(rest))


def _noun(sense: Predicate, words: str, intransitive: bool) -> Entry:
    parts = words.lower().replace("-", " - ").split()
    joint = next((i for i, w in enumerate(parts) if i and w in PREPOSITIONS and parts[i - 1] != "-"), len(parts))
    *before, head = parts[:joint]
    return Entry(sense, "noun", head, tuple(parts[joint:]), tuple(before), intransitive)


def _index(entries: list[Entry]) -> dict[str, tuple[Entry, ...]]:
    table: dict[str, list[Entry]] = {}
    for entry in entries:
        table.setdefault(entry.lemma, []).append(entry)
    return {lemma: tuple(sorted(found, key=lambda e: e.weight, reverse=True)) for lemma, found in table.items()}


@functools.cache
def lexicon() -> Lexicon:
    """Load the lexicon; entries keep the order of the files where they are equally specific."""
    verbs, nouns, adjectives = [], [], []
    for sense in predicates():
        verbs += [_verb(sense, words) for words in sense.verbs]
        nouns += [_noun(sense, words, False) for words in sense.nouns]
        nouns += [_noun(sense, words, True) for words in sense.nouns_intransitive]
        adjectives += [Entry(sense, "adjective", words.lower()) for words in sense.adjectives]
    light: dict[str, list[tuple[tuple[str, ...], LightVerb]]] = {}
    for verb in light_verbs():
        first, *rest = verb.verb.split()
        light.setdefault(first, []).append((tuple(rest), verb))
    ordered = {first: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for first, found in light.items()}
    return Lexicon(_index(verbs), _index(nouns), _index(adjectives), ordered)
