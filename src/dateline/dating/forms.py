"""A form that was found, and the readings of its words that several meanings share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from dateline.dating.calendar import Moment, a_day, date_of, year_value
from dateline.dating.context import Context
from dateline.dating.lexicon import words
from dateline.dating.tokens import Tokens, number_of


class Match(NamedTuple):
    """An expression found: its tokens, the rule that found it and the tokens of its slots."""

    tokens: Tokens
    first: int
    last: int
    rule: str
    slots: Mapping[str, tuple[int, int]]

    def words(self, slot: str) -> list[str]:
        """Return the words of a slot, in lower case; none where it is not filled."""
        found = self.slots.get(slot)
        return self.tokens.words(*found) if found else []

    def text(self, slot: str) -> str:
        """Return the text of a slot."""
        found = self.slots.get(slot)
        return self.tokens.slice(*found) if found else ""

    @property
    def after(self) -> str:
        """The token after the expression, in lower case."""
        return self.tokens.lower[self.last] if self.last < len(self.tokens.lower) else ""


Meaning = Callable[[Match, Context], Moment | None]


PIVOT = 68  # a year of two figures above it is of the twentieth century
MODS = {
    "early": "START", "beginning": "START", "start": "START", "outset": "START", "onset": "START",
    "opening": "START", "turn": "START", "mid": "MID", "middle": "MID", "midst": "MID", "height": "MID",
    "late": "END", "end": "END", "close": "END", "ending": "END", "later": "", "earlier": "", "rest": "",
    "remainder": "",
}  # fmt: skip


BACK = frozenset({"last", "previous", "past", "preceding", "prior"})


FORTH = frozenset({"next", "following", "coming", "upcoming", "subsequent", "ensuing"})


def unknown(value: str, kind: str = "vague", grain: str = "interval", anchor: str = "absolute") -> Moment:
    """Return what is not on the calendar: vague, a length, a frequency, or counted from an event."""
    return Moment(value, None, None, grain, kind=kind, anchor=anchor)


def ordinal_of(found: list[str]) -> int:
    """Return the number in ordinals or digits ("7th", "seventh", "21")."""
    digits = re.sub(r"\D", "", " ".join(found))
    if digits:
        return int(digits)
    ordinals = words().ordinals
    return ordinals.index(found[-1]) + 1 if found and found[-1] in ordinals else 0


def month_of(found: list[str]) -> int:
    """Return the month that words name, 0 where they name none."""
    lexicon = words()
    return next((lexicon.months.get(w) or lexicon.month_abbreviations.get(w) or 0 for w in found if w != "."), 0)


def weekday_of(found: list[str]) -> int | None:
    """Return the weekday that words name, Monday 0."""
    lexicon = words()
    for word in found:
        number = lexicon.weekdays.get(word, lexicon.weekday_abbreviations.get(word))
        if number is not None:
            return number
    return None


def year_of(found: list[str]) -> int | None:
    """Return the year that words give, negative before Christ."""
    number = next((int(word) for word in found if word.isdigit()), None)
    before_christ = any(word in words().classes["bc"] for word in found)
    return -number if number and before_christ else number


def clock_of(found: str) -> str:
    """Return a time of day as T17:30."""
    match = re.match(r"(\d{1,2})(?:[:.]?(\d\d))?(?::\d\d)?\s*([ap])?", found.lower())
    if match is None:
        return ""
    hour = int(match[1])
    if match[3] == "p" and hour < 12:
        hour += 12
    elif match[3] == "a" and hour == 12:
        hour = 0
    return f"{hour:02d}:{match[2] or '00'}"


TO_TODAY = frozenset({"this", "last", "next"})  # "April last year": counted from the report's day


def said_year(match: Match, context: Context) -> tuple[int, str] | None:
    """Return the year that the words themselves give, directly or as "of that year"."""
    year = year_of([*match.words("year"), *(word for word in match.words("era") if not word.isdigit())])
    if year is not None:
        return year, "absolute"
    short = match.text("yy")[-2:]
    if short.isdigit():
        return int(short) + (1900 if int(short) > PIVOT else 2000), "absolute"
    reference = match.words("yearref")
    if not reference:
        return None
    base = context.today if reference[-1] in TO_TODAY else context.told
    if base is None or base.year is None:
        return None
    step = {"last": -1, "following": 1, "next": 1}.get(reference[-1], 0)
    return base.year + step, context.name if reference[-1] in TO_TODAY else "preceding"


def on_day(year: int, month: int, day: int, anchor: str, part: str = "", clock: str = "") -> Moment | None:
    """Return a day, or its part or hour; None where the calendar has no such day."""
    made = date_of(year, month, day)
    if made is None:
        if year > 0 or day > 31:
            return None
        return Moment(f"{year_value(year)}-{month:02d}-{day:02d}", None, None, "day", year, month, day, anchor=anchor)
    if clock:
        return Moment(f"{made.isoformat()}T{clock_of(clock)}", made, made, "hour", year, month, day, anchor=anchor)
    return a_day(made, part, anchor)


def mod_of(found: list[str]) -> str:
    """Return the part of a stretch that words such as "the end of" name: START, MID, END, H1, H2, W1 to W-1 or ""."""
    if found[-1:] in (["week"], ["days"]):
        return "W-1" if "last" in found else f"W{ordinal_of(found[:1])}"
    if "half" in found:
        return "H1" if "first" in found else "H2"
    if "part" in found:
        return "START" if {"first", "early"} & set(found) else "END"
    if "quarter" in found:
        return "START" if "first" in found else "END"
    return next((MODS[word] for word in found if word in MODS), "")


def length_of(match: Match) -> tuple[float | None, str]:
    """Return how many of which unit; None where the words do not say how many."""
    unit = words().units.get(match.words("unit")[0], "TS")
    found = match.words("number")
    if unit == "2W":
        number = number_of(found) if found else None
        return (None if number is None else number * 2), "W"
    return (number_of(found) if found else None), unit


def duration_value(number: float | None, unit: str) -> str:
    """Return the TIMEX2 value of a duration: P3D, PT5H, PXM, P2DE."""
    shown = "X" if number is None else f"{number:g}"
    if unit.startswith("T"):
        return f"PT{shown}{unit[1:]}"
    if unit == "Q":
        return f"P{shown}Q"
    return f"P{shown}{unit}"


def part_of(found: list[str]) -> str:
    """Return the TIMEX2 code of the part of the day that words name, "" where they name none."""
    parts = words().parts
    return next((parts[word] for word in found if word in parts), "")
