"""Text in capitals as a reader would write it: the same length, so that every offset stays.

Wire services of the teleprinter age, and headlines, are all in capitals, and a model of language that was
trained on mixed case takes every word of theirs for a name. A paragraph without small letters is recognised
and each of its words is lowered, capitalised or left (an acronym) by a linear model over the word, its
neighbours and its shape (after Lita and others, 2003), or, without the model, by whether a dictionary of
English knows the word. Names of known actors and countries keep the case they are listed in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

import msgspec

from dateline.knowledge.loading import load_tsv
from dateline.knowledge.trained import Linear

Case = Literal["lower", "title", "upper"]
Names = Callable[[str], Iterable[tuple[int, int, str]]]
"""Finds known names in a text in capitals: start, end and the name as it is listed."""

WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*\.?(?<=\w\.\w\.)|[^\W_]+(?:['’][^\W_]+)*")
PARAGRAPH = re.compile(r"\S.*?(?=\n\s*\n|\Z)", re.DOTALL)
LEAST = 3  # words, and
LETTERS = 12  # letters that a paragraph must have to be recognised
SMALL = 0.02  # the share of small letters that a paragraph in capitals may hold
# A sentence begins behind a full stop (not that of an abbreviation), and behind a dateline and what is noted
# in brackets: "LIMA, 9 JAN 90 -- [TEXT] THE ARMY". A dash or a bracket in mid-sentence begins none.
BEGINS = re.compile(
    r"(?:\A|(?<!\b[A-Z])[.!?][\"”')\]]*\s+|\A[^.]{0,120}--?\s+|\A\[|:\s+(?=[\"“]))(?:\[[^\]]{0,60}\]\s*)*[\"“'(]*\Z"
)
DATES = frozenset(
    "january february march april june july august september october november december jan feb mar apr jun jul aug sep"
    " sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mr mrs ms dr".split()
)
ROMAN = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{0,3})")
JOINING = frozenset("de del la las los y e von van da do dos al el bin ibn der den du".split())
VOWELS = frozenset("AEIOUY")
HEAD = 160  # characters before a word that may show the beginning of a sentence


class Piece(NamedTuple):
    """A word of a text: its characters `start` to `end`, and whether a sentence begins with it."""

    start: int
    end: int
    begins: bool


def in_capitals(text: str) -> bool:
    """Return whether a paragraph is written in capitals alone."""
    letters = [c for c in text if c.isalpha()]
    small = sum(c.islower() for c in letters)
    return len(letters) >= LETTERS and small <= SMALL * len(letters) and len(WORD.findall(text)) >= LEAST


def pieces(text: str) -> list[Piece]:
    """Return the words of a text that hold a letter."""
    return [
        Piece(m.start(), m.end(), BEGINS.search(text, max(0, m.start() - HEAD), m.start()) is not None)
        for m in WORD.finditer(text)
        if any(map(str.isalpha, m.group()))
    ]


def features(words: Sequence[str], at: int, known: Callable[[str], bool]) -> Iterator[str]:
    """Yield the features of the word `at` among `words`, which are in lower case, digits and marks among them."""
    word = words[at]
    before = words[at - 1] if at else "^"
    after = words[at + 1] if at + 1 < len(words) else "$"
    yield f"w={word}"
    yield f"b={before}"
    yield f"a={after}"
    yield f"bw={before} {word}"
    yield f"wa={word} {after}"
    yield f"bb={words[at - 2] if at > 1 else '^'}"
    yield f"aa={words[at + 2] if at + 2 < len(words) else '$'}"
    yield f"s3={word[-3:]}"
    yield f"s4={word[-4:]}"
    yield f"p3={word[:3]}"
    yield f"n={min(len(word), 9)}"
    yield f"k={known(word)}{known(before)}{known(after)}"
    yield f"k={known(word)} {word[-2:]}"
    if "." in word:
        yield "dotted"
    if not VOWELS & set(word.upper()):
        yield f"no vowel {min(len(word), 6)}"


def word_row(text: str, found: Sequence[Piece]) -> tuple[list[str], list[int]]:
    """Return the words and marks of a text in lower case, and where in them each piece stands."""
    row: list[str] = []
    places: list[int] = []
    last = 0
    for piece in found:
        between = "".join(text[last : piece.start].split())
        if between:
            row.append("0" if any(map(str.isdigit, between)) else between[-1])
        places.append(len(row))
        row.append(text[piece.start : piece.end].lower())
        last = piece.end
    return row, places


class GivenName(msgspec.Struct, frozen=True):
    """A row of `given_names.tsv`: what stands before a surname is a name, not the word that it also is."""

    name: str


class Truecaser:
    """Gives a text in capitals its case back."""

    def __init__(self, known: Callable[[str], bool], names: Names, model: Linear | None = None) -> None:
        """`known` says whether a word in lower case is in the dictionary; `model` has the cases as classes."""
        self.known, self.names, self.model = known, names, model
        self.given = frozenset(row.name.lower() for row in load_tsv("given_names.tsv", GivenName))

    def __call__(self, text: str) -> str:
        """Return `text` with its paragraphs in capitals in mixed case; the length is the same."""
        parts, position = [], 0
        for found in PARAGRAPH.finditer(text):
            if in_capitals(found.group()):
                parts += [text[position : found.start()], self.cased(found.group())]
                position = found.end()
        return "".join([*parts, text[position:]]) if parts else text

    def cased(self, text: str) -> str:
        """Return a paragraph in capitals in mixed case."""
        found = pieces(text)
        row, places = word_row(text, found)
        cases = [self._case(row, at) for at in places]
        for number, at in enumerate(places[:-1]):
            beside = text[found[number].end : found[number + 1].start].isspace() and cases[number + 1] != "lower"
            if beside and row[at] in self.given:
                cases[number] = "title"
        written = list(text)
        for number, (piece, case) in enumerate(zip(found, cases, strict=True)):
            word = text[piece.start : piece.end]
            inside = 0 < number < len(found) - 1
            if word.lower() in JOINING and inside and cases[number - 1] != "lower" != cases[number + 1]:
                case = "lower" if text[piece.end : found[number + 1].start].isspace() else case
            if piece.begins and case == "lower":
                case = "title"
            written[piece.start : piece.end] = shaped(word, case)
        for start, end, name in self.names(text):
            # The name as it is listed, where it is spelt the same; a name that is listed in small letters
            # ("army") says nothing of its case.
            sure = not name.isupper() or not self.known(name.lower())
            if len(name) == end - start and name != name.lower() and sure:
                same = [a if a.lower() == b.lower() else b for a, b in zip(name, written[start:end], strict=True)]
                written[start:end] = same
        return "".join(written)

    def _case(self, row: list[str], at: int) -> Case:
        word = row[at].upper()
        if word in ("I", "I'M", "I'VE", "I'LL", "I'D") or (len(word) > 1 and ROMAN.fullmatch(word)):
            return "upper"
        if self.model is not None:
            return self.model.best(list(features(row, at, self.known)))[0]  # type: ignore[return-value]
        if row[at] in DATES or (row[at] == "may" and "0" in row[max(0, at - 1) : at + 2]):
            return "title"
        if "." in row[at]:
            return "upper"
        if self.known(row[at]):
            return "lower"
        return "upper" if len(word) <= 5 and not VOWELS & set(word) else "title"


def shaped(word: str, case: Case) -> str:
    """Return a word in capitals in the case given; the length never changes."""
    if case == "upper" or (case == "title" and "." in word.rstrip(".")):
        return word
    lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in word)
    return lowered if case == "lower" else word[0] + lowered[1:]
