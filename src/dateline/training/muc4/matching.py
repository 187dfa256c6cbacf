"""Which of a text's things are the key's fillers."""

from __future__ import annotations

import functools
import re

from dateline.training.muc4.stories import Thing

_WORD = re.compile(r"[A-Z0-9][A-Z0-9'&.\-]*|[,(\[]")
CLOSERS = frozenset(
    "OF IN AT ON FROM WITH BY FOR TO NEAR AND BETWEEN AGAINST UNDER OUTSIDE WHO WHICH THAT WHERE WHOSE"
    " BELONGING LOCATED CALLED KNOWN IDENTIFIED WEARING CARRYING USED WHEN AFTER DURING INSIDE TRAVELING LOADED"
    " CONTAINING , ( [".split()
)
BEFORE = frozenset(
    "A THE AN THIS THAT THESE THOSE ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN MORE MOST MANY SEVERAL"
    " SOME ALL FEW ANY ANOTHER OTHER CERTAIN OF HIS HER THEIR ABOUT AT LEAST".split()
)


@functools.lru_cache(50_000)
def content(value: str) -> tuple[str, ...]:
    """Return the words of a string without those before it that do not count."""
    words = [word.rstrip(".-'") for word in _WORD.findall(value.upper()) if word not in (",", "(", "[")]
    while len(words) > 1 and (words[0] in BEFORE or words[0].isdigit()):
        words = words[1:]
    return tuple(words)


@functools.lru_cache(50_000)
def head(value: str) -> str:
    """Return the last word before what closes the phrase."""
    found = ""
    for word in _WORD.findall(value.upper()):
        if word in CLOSERS and found and found not in BEFORE:
            break
        found = word.rstrip(".-'")
    return found


def _within(inner: tuple[str, ...], outer: tuple[str, ...]) -> bool:
    width = len(inner)
    return bool(inner) and any(outer[at : at + width] == inner for at in range(len(outer) - width + 1))


def same(thing: Thing, value: str, named: bool) -> bool:
    """Return whether a thing is what a filler of the key names; `named` where the slot takes proper names."""
    ours, theirs = content(thing.words), content(value)
    if not ours or not theirs:
        return False
    if ours == theirs:
        return True
    if named:
        return (_within(theirs, ours) and ours[-1] == theirs[-1]) or (
            thing.mention.named and _within(ours, theirs) and len(ours[-1]) > 2
        )
    if head(value) != head(thing.words):
        return False
    return _within(theirs, ours) or _within(ours, theirs)
