"""The body of a report as prints: what is left of its words when it is compared with others.

Mastheads, bylines, datelines and credit lines are left out, since they differ where the story is the same. What is
quoted counts apart: two reporters who quote one minister tell the same words without copying each other.
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
import zlib

import msgspec
import numpy as np
from numpy.typing import NDArray

from dateline.knowledge.copying import copy_rules

Prints = NDArray[np.uint64]
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_QUOTED = re.compile(r"“[^“”]{3,3000}”|\"[^\"]{3,3000}\"|«[^«»]{3,3000}»|„[^„“”]{3,3000}[“”]")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")
_NUMBER = re.compile(r"\d[\d,]*")
# A capital behind a small letter, a comma or a figure; the first word of a sentence says nothing.
_NAME = re.compile(r"(?<=[a-z0-9,;] )[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*")
_MASK = np.uint64(0xFFFFFFFFFFFFFFFF)
_STEP = np.uint64(0x9E3779B97F4A7C15)  # the golden ratio in 64 bits: spreads sums of hashes evenly


class Body(msgspec.Struct, frozen=True):
    """The prints of one body.

    `digest` is a hash of all its words; `words` how many there are. `prints` are the sorted hashes of its shingles,
    where there are many only those of an even sample, one in 2**`level`; `shingles` is how many there were.
    `quotations` are hashes of its long quotations with their numbers of words; `figures` its numbers; `marks` the
    sorted hashes of its numbers and of the capitalised words within its sentences: mostly names of persons and places.
    """

    digest: bytes
    words: int
    prints: Prints
    level: int
    shingles: int
    quotations: tuple[tuple[int, int], ...]
    figures: frozenset[str]
    marks: NDArray[np.uint32]


@functools.cache
def _furniture() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rules = copy_rules().body
    return re.compile("|".join(f"(?:{one})" for one in rules.furniture), re.IGNORECASE), re.compile(rules.dateline)


def story(text: str) -> str:
    """Return the body of a text: its paragraphs of sentences, without the dateline. The whole text where none is."""
    furniture, dateline = _furniture()
    limit = copy_rules().body.heading_words
    kept = []
    for line in unicodedata.normalize("NFKC", text).split("\n"):
        paragraph = line.strip()
        heading = not _SENTENCE_END.search(paragraph) and len(_WORD.findall(paragraph)) < limit
        if paragraph and not heading and not furniture.match(paragraph):
            kept.append(paragraph)
    if not kept:
        return text
    kept[0] = dateline.sub("", kept[0], count=1)
    return "\n".join(kept)


def body_of(text: str) -> Body:
    """Return the prints of a text."""
    rules, limits = copy_rules().shingles, copy_rules().limits
    body = story(text)
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(body)]
    quoted = [_WORD.findall(match[0].casefold()) for match in _QUOTED.finditer(body)]
    long = [one for one in quoted if len(one) >= limits.quotation_words]
    told = [_WORD.findall(part.casefold().replace("’", "'")) for part in _QUOTED.split(body)]
    prints = _unique([part for part in told if len(part) >= rules.words])
    if len(prints) < rules.least_told:
        prints = _unique([words])
    shingles, level = len(prints), 0
    while len(prints) > rules.kept:
        level += 1
        prints = prints[prints & np.uint64((1 << level) - 1) == 0]
    figures = frozenset(_NUMBER.findall(body))
    names = {word.casefold() for match in _NAME.finditer(body) for word in _WORD.findall(match[0])}
    marks = np.fromiter(sorted({zlib.crc32(mark.encode()) for mark in figures | names}), dtype=np.uint32)
    return Body(
        digest=hashlib.blake2b(" ".join(words).encode(), digest_size=16).digest(),
        words=len(words),
        prints=prints,
        level=level,
        shingles=shingles,
        quotations=tuple(sorted({(zlib.crc32(" ".join(one).encode()), len(one)) for one in long})),
        figures=figures,
        marks=marks,
    )


@functools.lru_cache(maxsize=1 << 17)
def _word_hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


def _unique(parts: list[list[str]]) -> Prints:
    """Return the sorted hashes of the shingles of each part; none runs from one part into the next."""
    width = copy_rules().shingles.words
    found = []
    for words in parts:
        if len(words) < width:
            continue
        hashes = np.fromiter((_word_hash(word) for word in words), dtype=np.uint64, count=len(words))
        shingles = np.zeros(len(words) - width + 1, dtype=np.uint64)
        for offset in range(width):
            shingles = (shingles * _STEP) ^ hashes[offset : len(words) - width + 1 + offset]
        # The low bits decide what is sampled: mix the high ones in.
        found.append((shingles ^ (shingles >> np.uint64(31))) * _STEP & _MASK)
    return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.uint64)


def shared(a: Body, b: Body) -> tuple[float, float]:
    """Return which share of the smaller body the other holds, and of both together what they share; 0 to 1."""
    level = max(a.level, b.level)
    mine, theirs = _sampled(a, level), _sampled(b, level)
    if not len(mine) or not len(theirs):
        return 0.0, 0.0
    common = len(np.intersect1d(mine, theirs, assume_unique=True))
    return common / min(len(mine), len(theirs)), common / (len(mine) + len(theirs) - common)


def shared_marks(a: Body, b: Body) -> float:
    """Return which share of the names and figures of the body that has fewer the other has too; 1 where it has none."""
    fewer = min(len(a.marks), len(b.marks))
    return len(np.intersect1d(a.marks, b.marks, assume_unique=True)) / fewer if fewer else 1.0


def _sampled(body: Body, level: int) -> Prints:
    return body.prints if body.level == level else body.prints[body.prints & np.uint64((1 << level) - 1) == 0]
