"""Numbers as reports give them: in digits and in words, with the bounds that the words around them set.

The table of bounds and all words are in `numbers/numbers.toml`. Pure functions over text, used by several
stages.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import msgspec

from dateline.knowledge.loading import Header, load_toml

Bound = Literal["above", "about", "nearly", "below", "exact"]


class Amount(msgspec.Struct, frozen=True):
    """A number with its bounds, `text[start:end]` with the words that qualify it.

    `low`, `best` and `high` are None where the words give no such bound. `qualifier` are the words that set
    the bounds ("at least", "dozens"), "none" for a statement of zero, else "". `unit` is "percent",
    "duration", "distance", "weight" or "money" where that is what is measured, else "" (people, things).
    """

    start: int
    end: int
    low: float | None
    best: float | None
    high: float | None
    qualifier: str = ""
    unit: str = ""


class _Vague(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: tuple[str, ...]
    low: float | None = None
    best: float | None = None
    high: float | None = None


class _Qualifier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    bound: Bound
    words: tuple[str, ...]


class _Unit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class _Exclude(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    before: tuple[str, ...]
    after: tuple[str, ...]
    count_noun: str
    year_always: str
    month_counted: str
    change: str


class _Zero(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    noun: str
    people: str
    harmed: str
    unreported: str


class _Numbers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    about: Header
    units: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    vague: tuple[_Vague, ...]
    before: tuple[_Qualifier, ...]
    after: tuple[_Qualifier, ...]
    unit: tuple[_Unit, ...]
    exclude: _Exclude
    zero: _Zero


class _Grammar(NamedTuple):
    """The compiled expressions; `first` are the words that an amount may begin with."""

    amount: re.Pattern[str]
    first: frozenset[str]
    zero: re.Pattern[str]
    values: dict[str, int]
    scales: dict[str, int]
    vague: dict[str, _Vague]
    bounds: dict[str, Bound]
    units: tuple[tuple[str, re.Pattern[str] | None, re.Pattern[str] | None], ...]
    excluded_before: re.Pattern[str]
    excluded_after: re.Pattern[str]
    exclude: tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]


_WORD = re.compile(r"[$€£¥]|\w+")
_FIGURES = frozenset("0123456789$€£¥")
_CONTEXT = 48  # how many characters before a number are looked at
_DIGITS = r"\d{1,3}(?:[, \u00a0\u202f]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"


def _either(words: Iterable[str]) -> str:
    """Return an alternation of `words`, the longest first, that allows any white space between them."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


@functools.cache
def _grammar() -> _Grammar:
    data = load_toml("numbers/numbers.toml", _Numbers)
    scale, unit, ten = _either(data.scales), _either(data.units), _either(data.tens)
    small = rf"(?:(?:{ten})(?:[\s-](?:{unit})\b)?|(?:{unit}))\b"
    scaled = rf"(?:(?:{_DIGITS}|{small}|half[\s-]an?|half|an?)[\s-](?:{scale})\b(?:\s(?:{scale})\b)*)"
    word = rf"(?:{scaled}(?:,?\s(?:and\s)?(?:{small}(?:\s(?:{scale})\b)*))*|{small})"
    number = rf"(?:{word}|(?:{_DIGITS}))"
    vague = _either(word for entry in data.vague for word in entry.words)
    before = _either(word for entry in data.before for word in entry.words)
    after = _either(word for entry in data.after for word in entry.words)
    amount = re.compile(
        rf"(?<![\w$€£.,/:-])(?<![’'](?=\d))(?:(?P<before>{before})\s+(?:(?:{before})\s+)?(?:the\s+)?)?(?P<money>(?:US)?[$€£¥]\s?)?"
        rf"(?:(?P<between>between|from)\s+)?"
        rf"(?:(?P<vague>(?:{vague})\b)|(?P<first>{number})(?P<plus>\+)?"
        rf"(?:(?:\s?(?P<dash>[-–—])\s?|\s+(?P<join>to|or|and)\s+)(?P<second>{number}))?)"
        rf"(?![\w]|[.,:/]\d)(?:,?\s(?P<after>{after})\b)?",
        re.IGNORECASE,
    )
    openers = [word for part in (data.vague, data.before) for entry in part for word in entry.words]
    openers += [*data.units, *data.tens, *data.scales, "a", "an", "half", "between", "from", "us"]
    zero = data.zero
    nobody = re.compile(
        rf"\b(?:(?P<none>none)\b(?=\s+(?:of|were|was|had|have)\b)"
        rf"|(?P<one>no\s+one|nobody)\b(?=\s(?:else\s)?(?:(?:was|were|is|has|had|been|seriously)\s)*{zero.harmed}\b)"
        rf"|(?P<no>no|zero)\b(?=\s(?:civilian\s|military\s|human\s)?{zero.noun}\b"
        rf"(?!(?:\W+\w+){{0,4}}?\W+{zero.unreported}\b))"
        rf"|(?P<nobody>no)\b(?=\s{zero.people}\s(?:(?:was|were|is|has|have|had|been|seriously)\s)*{zero.harmed}\b))",
        re.IGNORECASE,
    )
    edges = data.exclude
    return _Grammar(
        amount=amount,
        first=frozenset(re.split(r"[\s-]", phrase)[0] for phrase in openers),
        zero=nobody,
        values={**data.units, **data.tens},
        scales=data.scales,
        vague={word: entry for entry in data.vague for word in entry.words},
        bounds={word: entry.bound for part in (data.after, data.before) for entry in part for word in entry.words},
        units=tuple(
            (
                entry.name,
                _any([f"(?:{p})$" for p in entry.before]) if entry.before else None,
                _any(entry.after) if entry.after else None,
            )
            for entry in data.unit
        ),
        excluded_before=_any(edges.before),
        excluded_after=_any(edges.after),
        exclude=(
            re.compile(edges.count_noun, re.IGNORECASE),
            re.compile(edges.year_always, re.IGNORECASE),
            re.compile(edges.change, re.IGNORECASE),
            re.compile(edges.month_counted, re.IGNORECASE),
        ),
    )


def value_of(words: str) -> float | None:
    """Return the number that `words` write ("2.5 million", "two hundred and five"), or None."""
    grammar = _grammar()
    total, current, seen = 0.0, 0.0, False
    for part in re.split(r"[\s-]+|(?<=\D),|,(?=\D|$)", words.strip().lower().replace("\u00a0", "")):
        if not part or part == "and":
            continue
        if part in ("a", "an"):
            current = current or 1
        elif part == "half":
            current += 0.5
        elif part in grammar.values:
            current, seen = current + grammar.values[part], True
        elif part in grammar.scales:
            scale, seen = grammar.scales[part], True
            current = (current or 1) * scale
            if scale >= 1000:
                total, current = total + current, 0.0
        elif re.fullmatch(r"[\d,.]+", part) and any(char.isdigit() for char in part):
            digits = part.replace(",", "").rstrip(".")
            if digits.count(".") > 1:
                return None
            current, seen = current + float(digits), True
        else:
            return None
    return total + current if seen else None


def _bounded(value: float, bound: Bound | None) -> tuple[float | None, float | None, float | None]:
    """Return low, best and high of `value` under `bound`: the table in numbers.toml."""
    if bound == "above":
        return value, value, None
    if bound == "about":
        return None, value, None
    if bound == "nearly":
        return None, value, value
    if bound == "below":
        return None, None, value
    return value, value, value


def _looks_like_a_year(match: re.Match[str], text: str, before: str) -> bool:
    count_noun, year_always, _, _ = _grammar().exclude
    first = match["first"] or ""
    if not (len(first) == 4 and first.isdigit() and 1400 <= int(first) <= 2150) or match["money"]:
        return False
    if match["second"] and len(match["second"]) in (2, 4) and match["dash"]:
        return True
    if year_always.search(before):
        return True
    counted = count_noun.match(text, match.end()) is not None
    if match["before"] and match["before"].lower() not in ("about", "around", "just", "only"):
        return False
    return not counted


def _excluded(match: re.Match[str], text: str, before: str, unit: str) -> bool:
    """Whether the number counts nothing: a year, a date, an age, a time, a label."""
    grammar = _grammar()
    if match["vague"]:
        return bool(re.search(r"\b(?:how|so|too|as|that|not)\s+$", before, re.IGNORECASE))
    if unit in ("percent", "money"):
        return False
    start = match.start("first") - match.start()
    ahead = before + text[match.start() : match.start() + start]
    counted, _, _, month_counted = grammar.exclude
    if month_counted.search(ahead) and counted.match(text, match.end()):
        return False
    if grammar.excluded_before.search(ahead):
        return True
    if grammar.excluded_after.match(text, match.end()) or _looks_like_a_year(match, text, before):
        return True
    if match["first"].lower() == "one" and not match["before"]:
        return bool(re.search(r"\b(?:no|any|every|some|this|that|the|each|another|which)\s+$", before, re.IGNORECASE))
    # "Ahmad Karimi, 34, said": an age between commas after a name
    return (
        bool(re.search(r"[A-Z][\w’'-]+, $", before))
        and text[match.end() : match.end() + 1] == ","
        and len(match[0]) <= 2
    )


def _unit(text: str, match: re.Match[str], end: int) -> tuple[str, int]:
    """Return the unit of what is measured, and where the amount ends (a percent sign belongs to it)."""
    if match["money"]:
        return "money", end
    before = text[max(0, match.start() - 6) : match.start()]
    for name, ahead, behind in _grammar().units:
        found = behind.match(text, end) if behind else None
        if found:
            return name, found.end() if name == "percent" else end
        if ahead and ahead.search(before):
            return name, end
    return "", end


def _vague(match: re.Match[str], end: int, unit: str) -> Amount:
    words = " ".join(match["vague"].lower().split())
    entry = _grammar().vague[words]
    before = " ".join((match["before"] or "").lower().split())
    # "close to several towns" is nearness: only a floor or a ceiling can qualify a vague word
    if _grammar().bounds.get(before) in ("above", "below"):
        return Amount(match.start(), end, entry.low, entry.best, entry.high, f"{before} {words}", unit)
    return Amount(match.start("vague"), end, entry.low, entry.best, entry.high, words, unit)


def _read(match: re.Match[str], text: str, checked: bool) -> tuple[list[Amount], int]:
    """Return the amounts of one match and where to look on."""
    grammar = _grammar()
    before = text[max(0, match.start() - _CONTEXT) : match.start()]
    unit, end = _unit(text, match, match.end())
    if checked and _excluded(match, text, before, unit):
        return [], match.end()
    if match["vague"]:
        return [_vague(match, match.end("vague"), unit)], match.end("vague")
    first = value_of(match["first"])
    if first is None:
        return [], match.end()
    second = value_of(match["second"]) if match["second"] else None
    if match["second"]:
        between = (match["between"] or "").lower()
        join = (match["join"] or "").lower()
        changed = between == "from" and grammar.exclude[2].search(before)
        if second is None or second <= first or changed or (join == "and" and between != "between"):
            cut = match.end("first")
            unit, end = _unit(text, match, cut)
            if unit != "percent":
                end = cut
            second = None
            after = None
        else:
            # "10 to 15 million": the scale belongs to both
            scale = re.search(r"\s(\w+)$", match["second"])
            if scale and scale[1].lower() in grammar.scales and match["first"].isdigit() and first < 1000:
                first *= grammar.scales[scale[1].lower()]
            return [Amount(match.start(), end, first, None, second, _qualifier(match), unit)], end
    else:
        after = match["after"]
    words = " ".join((match["before"] or after or ("plus" if match["plus"] else "")).lower().split())
    low, best, high = _bounded(first, grammar.bounds.get(words))
    start = match.start("first") if match["between"] and not match["before"] else match.start()
    return [Amount(start, end, low, best, high, words, unit)], end


def _qualifier(match: re.Match[str]) -> str:
    words = [match["before"] or "", "between" if (match["between"] or "").lower() == "between" else ""]
    return " ".join(" ".join(words).lower().split())


def _scan(text: str, checked: bool) -> list[Amount]:
    grammar = _grammar()
    found: list[Amount] = []
    position = 0
    for word in _WORD.finditer(text):
        start = word.start()
        if start < position or not (word[0][0] in _FIGURES or word[0].lower() in grammar.first):
            continue
        match = grammar.amount.match(text, start)
        if match is not None:
            amounts, position = _read(match, text, checked)
            found.extend(amounts)
    found.extend(Amount(m.start(), m.end(), 0.0, 0.0, 0.0, "none") for m in grammar.zero.finditer(text))
    return sorted(found, key=lambda amount: amount.start)


def find_amounts(text: str) -> list[Amount]:
    """Return the amounts in `text`, in order; offsets are code points of `text`.

    Years, dates, ages, times of day, ordinals and labels ("Highway 1") are no amounts.
    """
    return _scan(text, checked=True)


def read_number(words: Sequence[str]) -> Amount | None:
    """Return the amount that `words` write as a whole, or None where they write none, or more than that.

    Offsets are code points of the words joined by single spaces. Without its context a number of four
    digits cannot be told from a year: it is read as a number.
    """
    text = " ".join(words)
    amounts = _scan(text, checked=False)
    if len(amounts) == 1 and amounts[0].start == 0 and amounts[0].end == len(text):
        return amounts[0]
    return None
