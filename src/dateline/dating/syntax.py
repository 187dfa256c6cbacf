"""Which verb stands over a word, and whether it points forward."""

from __future__ import annotations

import functools
from bisect import bisect_right

import msgspec

from dateline.knowledge.loading import Header, load_toml
from dateline.records import Parse


class Verbs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lemmas of verbs that change what a time beside them dates."""

    saying: frozenset[str]
    beginning: frozenset[str]
    planning: frozenset[str]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    about: Header
    verbs: Verbs


@functools.cache
def verbs() -> Verbs:
    """Return the verbs of saying, beginning and planning."""
    made: _File = load_toml("dating/verbs.toml", _File)
    return made.verbs


def token_at(parse: Parse, offset: int) -> int:
    """Return the token that an offset lies in or after, -1 where there is none."""
    return bisect_right(parse.starts, offset) - 1


def is_verb(parse: Parse, token: int) -> bool:
    """Whether the token is a verb, or an auxiliary that stands for one ("was" as a main verb)."""
    return parse.pos[token] == "VERB" or (parse.pos[token] == "AUX" and parse.deps[token] not in ("aux", "auxpass"))


def root_of(parse: Parse, first: int, last: int) -> int:
    """Return the token of the stretch `first` to `last` (half-open) that the others depend on."""
    for token in range(first, last):
        head = parse.heads[token]
        if head == token or not first <= head < last:
            return token
    return last - 1


def verb_over(parse: Parse, token: int) -> int:
    """Return the nearest verb above a token, -1 where there is none."""
    return next((above for above in parse.ancestors(token) if is_verb(parse, above)), -1)


def points_forward(parse: Parse, offset: int) -> bool | None:
    """Whether the verb over the words at `offset` points forward; None where the syntax does not say."""
    token = token_at(parse, offset)
    if token < 0 or not parse.deps or not parse.deps[token]:
        return None
    verb = token if is_verb(parse, token) else verb_over(parse, token)
    for _ in range(3):
        if verb < 0:
            return None
        auxiliaries = {parse.lemmas[child].lower() for child in parse.of_dep(verb, "aux")}
        if auxiliaries & {"will", "shall", "'ll", "’ll", "must"}:
            return True
        if parse.tags[verb] == "VBD" or (auxiliaries & {"have", "do"} and not auxiliaries & {"to"}):
            return False
        above = parse.heads[verb]
        if "to" in auxiliaries or parse.tags[verb] in ("VB", "VBG"):
            if above != verb and parse.lemmas[above].lower() in verbs().planning | {"be", "go"}:
                return True
            verb = above if above != verb and is_verb(parse, above) else -1
            continue
        if parse.tags[verb] == "VBN":
            return False
        return None
    return None
