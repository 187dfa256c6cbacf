"""Find the words of a multiword entry in the syntax around its trigger."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.coding.lexicon import Entry
from dateline.records import Parse

HANGS = frozenset(
    "prt prep agent dobj pobj advmod acomp oprd attr dative xcomp pcomp amod npadvmod aux det poss compound"
    " intj".split()
)
BARE = frozenset({"go", "see", "meet"})  # verbs that go with another: "let them go", "came to see"


def _child(parse: Parse, token: int, word: str) -> int | None:
    for child in parse.children[token]:
        # "An agreement was signed": the object of the active verb is the subject of the passive.
        if (
            (child > token and (parse.deps[child] in HANGS or word in BARE))
            or parse.deps[child] == "nsubjpass"
            or (parse.deps[child] == "nsubj" and parse.tags[token] == "VBN")  # "had their throats slit"
        ) and word in (parse.lemmas[child], parse.texts[child].lower()):
            return child
    head = parse.heads[token]
    if parse.deps[token] == "acl" and parse.tags[token] == "VBN" and word == parse.lemmas[head]:
        return head  # "the deal, reached in Geneva"
    return None


def hanging(parse: Parse, token: int, words: Sequence[str]) -> tuple[int, ...] | None:
    """Return the tokens of `words` as they hang on `token`, one below or beside the other, or None."""
    found: list[int] = []
    current = token
    before: list[str] = []  # words that must stand left of the next one: "impose martial law"
    for word in words:
        spots = dict.fromkeys((current, *reversed(found), token))
        child = next((c for spot in spots if (c := _child(parse, spot, word)) is not None and c not in found), None)
        if child is None:
            before.append(word)
            continue
        left = [c for c in parse.children[child] if c < child and parse.lemmas[c] in before]
        if len(left) < len(before):
            return None
        found += [*left, child]
        before, current = [], child
    return None if before else tuple(found)


def entry_tokens(parse: Parse, token: int, entry: Entry) -> tuple[int, ...] | None:
    """Return the further tokens of the entry triggered at `token`, or None where they are not there."""
    first = token - len(entry.before)
    if first < 0 or tuple(parse.lemmas[first:token]) != entry.before:
        return None
    rest = hanging(parse, token, entry.rest)
    return None if rest is None else (*range(first, token), *rest)
