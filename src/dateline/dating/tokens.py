"""Classes of tokens: a text becomes a string of one character a token, for the grammar's expressions.

Two steps of tens of rules each over characters would look at every word again and again; over one character
a token a rule is a short expression and the search stays linear.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import NamedTuple

from dateline.dating.lexicon import Words, rules, words
from dateline.knowledge.numerals import value_of

_TOKEN = re.compile(
    r"""
    (?P<iso>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z?)?(?!\d))
    |(?P<figures>(?<![\d/.])\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?![\d/])|(?<![\d.])\d{1,2}\.\d{1,2}\.\d{4}(?!\d))
    |(?P<clock>\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.\s?m\.|[ap]m\b)|\d{1,2}\s?o[’']clock\b
        |(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?!\d)(?:\s?(?:hrs?|hours)\b)?|[0-2]\d[0-5]\d\s?(?:hrs\b|(?=GMT\b|UTC\b))
        |0\d[0-5]\d\shours\b)
    |(?P<decade>(?:1[0-9]|20)\d0(?:['’])?s\b|(?<!\w)['’]?[1-9]0s\b|\d\d0s(?=\sB\.?C))
    |(?P<yy>(?<![\w’'])['’]\d\d\b(?!['’]))
    |(?P<ordinal>\d{1,2}(?:st|nd|rd|th)\b)
    |(?P<number>\d+(?:[,\u00a0]\d{3})+(?!\d)(?:\.\d+)?|\d+\.\d+(?!\d)|\d+)
    |(?P<possessive>['’]s?(?=\W|$))
    |(?P<word>B\.C\.?|A\.D\.|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*)
    |(?P<gap>\n[ \t]*\n|(?<=[.!?:"”])[ \t]*\n)
    |(?P<mark>[-–—,.()/:])
    |(?P<other>[^\s\w])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SHAPES = ("ISO", "NUMDATE", "CLOCK", "DECADE", "YY", "D", "N", "Y", "H", "POSS", "ORD#")
_MARKS = (",", ".", "(", ")", "-", "/", ":")
_CAPITAL = frozenset({"may", "march", "mar", "jan", "jun", "dec", "sep", "sun", "sat", "mon", "wed", "apr", "oct"})
OTHER, GAP = "x", "¶"


class Alphabet(NamedTuple):
    """The character of every word and shape, and the characters that each class stands for."""

    of_word: dict[str, str]
    of_shape: dict[str, str]
    classes: dict[str, str]


class Tokens(NamedTuple):
    """The tokens of a text: where they are, what they say in lower case, and their characters."""

    text: str
    starts: list[int]
    ends: list[int]
    lower: list[str]
    line: str

    def words(self, first: int, last: int) -> list[str]:
        """Return the tokens `first` to `last` (half-open) in lower case."""
        return self.lower[first:last]

    def slice(self, first: int, last: int) -> str:
        """Return the text of the tokens `first` to `last` (half-open)."""
        return self.text[self.starts[first] : self.ends[last - 1]]


def _memberships(lexicon: Words) -> dict[str, set[str]]:
    """Return the classes of every word."""
    found: dict[str, set[str]] = {}
    tables: dict[str, Iterable[str]] = {
        "MONTH": [word for word in lexicon.months if word != "may"],
        "MAY": ["may"],
        "MON": lexicon.month_abbreviations,
        "WEEKDAY": lexicon.weekdays,
        "WEEKDAYS": [word + "s" for word in lexicon.weekdays],
        "WD": lexicon.weekday_abbreviations,
        "SEASON": [word for word in lexicon.seasons if word not in ("fall", "spring")],
        "FALL": ["fall", "spring"],
        "UNIT": [word for word in lexicon.units if not word.endswith("s")],
        "UNITS": [word for word in lexicon.units if word.endswith("s")],
        "SECOND": ["second"],
        "PART": lexicon.parts,
        "DEICTIC": lexicon.deictic,
        "FREQ": lexicon.frequency,
        "ORD": lexicon.ordinals,
        "ZONE": lexicon.zones["words"],
        "A": ["a", "an"],
        **lexicon.classes,
    }
    for kind, listed in tables.items():
        for word in listed:
            found.setdefault(word, set()).add(kind)
    return found


@functools.cache
def alphabet() -> Alphabet:
    """Return the characters of all words and shapes that the grammar knows."""
    lexicon, grammar = words(), rules()
    member = _memberships(lexicon)
    for word in lexicon.numbers:
        member.setdefault(word, set()).add("W")
    patterns = [
        *grammar.macros.values(),
        *(r.pattern for r in grammar.rule),
        *(p.pattern for p in grammar.prefix),
    ]
    for pattern in patterns:
        for literal in re.findall(r"'([^']+)'", pattern):
            member.setdefault(literal, set())
    for table in (lexicon.vague, lexicon.loose, lexicon.holidays):
        for phrase in table:
            for word in pieces(phrase):
                member.setdefault(word, set())
    of_shape = {name: chr(0xE000 + index) for index, name in enumerate(_SHAPES)}
    of_word = {word: chr(0xE100 + index) for index, word in enumerate(sorted(member))}
    classes: dict[str, str] = {}
    for word, kinds in member.items():
        for kind in kinds:
            classes[kind] = classes.get(kind, "") + of_word[word]
    for name, char in of_shape.items():
        classes[name.rstrip("#")] = classes.get(name.rstrip("#"), "") + char
    return Alphabet(of_word, of_shape, classes)


def pieces(phrase: str) -> list[str]:
    """Return the tokens of a phrase of the lexicon, in lower case."""
    return [match[0].lower() for match in _TOKEN.finditer(phrase)]


def _shape(kind: str, lower: str, known: Alphabet) -> str:
    """Return the character of a token that is not a word."""
    if kind == "number":
        plain = lower.replace(",", "")
        if not plain.isdigit() or plain != lower:
            return known.of_shape["N"]
        if len(lower) <= 2:
            return known.of_shape["D" if 1 <= int(lower) <= 31 else "N"]
        if len(lower) == 3:
            return known.of_shape["H"]
        return known.of_shape["Y" if len(lower) == 4 and 1000 <= int(lower) <= 2150 else "N"]
    names = {"iso": "ISO", "figures": "NUMDATE", "clock": "CLOCK", "decade": "DECADE", "yy": "YY"}
    if kind == "ordinal":
        return known.of_shape["ORD#"] if int(re.sub(r"\D", "", lower)) else OTHER
    if kind in names:
        return known.of_shape[names[kind]]
    return GAP if kind == "gap" else OTHER


def tokenise(text: str) -> Tokens:
    """Return the tokens of `text`."""
    known = alphabet()
    of_word = known.of_word
    starts: list[int] = []
    ends: list[int] = []
    lowers: list[str] = []
    line: list[str] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        lower = match[0].lower()
        if kind == "word":
            char = of_word.get(lower, OTHER)
            if char is not OTHER and lower in _CAPITAL and match[0][0] == lower[0]:
                char = OTHER
        elif kind == "mark":
            char = "-" if lower in "–—" else lower
        elif kind == "possessive":
            char = known.of_shape["POSS"]
        else:
            char = of_word.get(lower) or _shape(kind, lower, known)
        starts.append(match.start())
        ends.append(match.end())
        lowers.append(lower)
        line.append(char)
    return Tokens(text, starts, ends, lowers, "".join(line))


def number_of(found: list[str]) -> float | None:
    """Return the number that tokens write, None where they are vague ("several") or write none."""
    plain = [word for word in found if word not in ("-", "of")]
    if not plain or any(word in words().classes["vague_number"] for word in plain):
        return None
    if plain[-3:] == ["and", "a", "half"]:
        return (number_of(plain[:-3]) or 0) + 0.5
    if "half" in plain:
        return 0.5
    for cut in ("or", "to"):
        if cut in plain:
            plain = plain[: plain.index(cut)]
    if plain in (["a"], ["an"]):
        return 1.0
    return value_of(" ".join(plain))
