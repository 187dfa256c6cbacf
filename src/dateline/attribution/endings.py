"""Cues that end their sentence behind a comma and that the parser lost: "..., a guard at the gate reported."."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.attribution.lexicon import index, words
from dateline.attribution.saying import Saying
from dateline.attribution.tree import Tree

PAST = ("VBD", "VBN", "VBZ")
FINITE = ("VBD", "VBZ", "VBP", "VBN")
WHO = frozenset({"who", "which", "whose"})
SMALL = frozenset({"on", "late", "early", "to", "the", "this", "earlier", "later"})
OPENING = frozenset({"when", "after", "before", "while", "as", "if", "although", "though", "because", "since"})
NOMINAL = ("DET", "PROPN", "NOUN", "ADJ", "NUM")
REACH = 30


def find(tree: Tree, taken: set[int]) -> Iterator[Saying]:
    """Yield a saying for each sentence that ends so, unless its cue is in `taken` already."""
    for sentence in tree.parse.sentences:
        verb = _last_cue(tree, sentence.first, sentence.last)
        if verb is None or verb in taken or tree.quoted[verb]:
            continue
        comma = _comma(tree, sentence.first, verb)
        if comma is None or tree.lower[sentence.first] in OPENING:
            continue
        said = {token for token in range(sentence.first, comma) if not tree.punctuation(token)}
        finite = any(tree.parse.tags[token] in FINITE for token in said)
        speaker = _head(tree, comma + 1, verb)
        if finite and speaker is not None and not any(tree.quoted[token] for token in said):
            yield Saying(verb, (verb, verb + 1), "speech", "ending", speaker, said)


def _last_cue(tree: Tree, first: int, last: int) -> int | None:
    """Return the verb of speech that ends the sentence, days and listeners aside."""
    parse = tree.parse
    for token in range(last - 1, max(first, last - 9), -1):
        entries = index().get(("verb", parse.lemmas[token].lower()), ())
        if parse.tags[token] in PAST and any(cue.sort == "speech" and "clause" in cue.takes for cue in entries):
            return token
        idle = tree.punctuation(token) or tree.dates[token] or tree.lower[token] in SMALL
        if not idle and parse.lemmas[token].lower() not in words().audiences:
            return None
    return None


def _comma(tree: Tree, first: int, verb: int) -> int | None:
    """Return the comma before the phrase that names the speaker."""
    for token in range(verb - 2, max(first, verb - REACH), -1):
        if tree.lower[token] != "," or tree.lower[token + 1] in WHO:
            continue
        named = range(token + 1, verb)
        who = next((t for t in named if tree.lower[t] in WHO), verb)
        plain = not any(tree.verbal(t) or tree.lower[t] in ("and", "but") for t in range(token + 1, who))
        return token if plain and tree.parse.pos[token + 1] in NOMINAL else None
    return None


def _head(tree: Tree, first: int, verb: int) -> int | None:
    """Return the last noun before a preposition, a comma or a relative clause."""
    stop = next(
        (t for t in range(first, verb) if tree.parse.pos[t] == "ADP" or tree.lower[t] in WHO or tree.lower[t] == ","),
        verb,
    )
    nouns = [t for t in range(first, stop) if tree.parse.pos[t] in ("NOUN", "PROPN")]
    return nouns[-1] if nouns and not tree.dates[nouns[-1]] else None
