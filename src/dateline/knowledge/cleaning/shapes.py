"""The shapes of days and of titles as they stand above, below and at the head of a report."""

from __future__ import annotations

import datetime as dt
import re

MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
WEEKDAYS = "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_ABBREVIATED = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:\d{4}|['’]?\d{2})(?!\d)"

# A day with its year. Two figures a year only behind the name of a month ("3 JAN 90").
DAY = (
    rf"(?:(?:{WEEKDAYS})\.?,? )?(?:{_NTH} (?:{MONTHS})\.?,? {_YEAR}|(?:{MONTHS})\.? {_NTH},? ?\d{{4}}(?!\d)"
    r"|\d{4}-\d{1,2}-\d{1,2}(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{4}(?!\d))"
)
# A day that may lack its year ("July 7", "3 Jan").
MONTH_DAY = rf"(?:(?:{MONTHS})\.? {_NTH}(?!\d)|{_NTH} (?:{MONTHS})\b)"
CLOCK = (
    r"(?:(?:at|@|-|–|\||/|,)? ?\d{1,2}[:.h]?\d{2}(?:[:.]\d{2})? ?(?:[ap]\.?m\.?)?"
    r"(?: ?\(?(?:GMT|UTC|[ECMP][SD]T|CET|[A-Z]{3,4})?(?:[+-]\d{1,2}(?::?\d{2})?)?\)?)?)"
)
# A name: words with a capital, small words of names between them ("Voice of the Valley", "Médecins du Sud").
_CAPITAL = r"(?:[A-ZÀ-ÖØ-Þ][\w'’&.-]*|\d{1,3}\b)"
_SMALL = r"(?i:of the|for the|of|for|and|the|de|du|des|la|le|el|al|&|in the|without)"
NAME = (
    rf"(?-i:(?:[Tt]he )?[A-ZÀ-ÖØ-Þ][\w'’&.-]*(?: (?!(?i:on|regarding|concerning|about|with|by|at)\b)"
    rf"(?:{_SMALL} )?{_CAPITAL}){{0,8}})"
)
_NUMBERS = re.compile(r"\d+")
_GLUED = re.compile(r"\b(\d{1,2})(\d{4})\b")  # "Jun 142016"
_MONTH = re.compile(rf"\b(?:{MONTHS})(?![a-z])", re.IGNORECASE)
_DAY = re.compile(DAY, re.IGNORECASE)
_FINAL = tuple(".!…:;,")
_TITLE_WORDS = 30
_TITLE_LENGTH = 220


def parse_day(text: str) -> dt.date | None:
    """Return the first day with a year that `text` names; None where none is sure.

    "03/04/2015" can be March or April: it is not read. With dots or dashes ("03.04.2015", "03-04-2015") the
    day comes first.
    """
    for found in _DAY.finditer(text):
        day = _date(found.group())
        if day is not None:
            return day
    return None


def _date(words: str) -> dt.date | None:
    numbers = [int(number) for number in _NUMBERS.findall(_GLUED.sub(r"\1 \2", words))]
    month = _MONTH.search(words)
    if month and len(numbers) == 2:
        day, year = numbers
        return _valid(year, _ABBREVIATED.index(month.group()[:3].lower()) + 1, day)
    if len(numbers) != 3:
        return None
    first, second, third = numbers
    if first > 31:
        return _valid(first, second, third)
    if "." in words or "-" in words or first > 12:
        return _valid(third, second, first)
    if second > 12:
        return _valid(third, first, second)
    return _valid(third, second, first) if first == second else None


def _valid(year: int, month: int, day: int) -> dt.date | None:
    if year < 100:
        year += 1900 if year >= 50 else 2000
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def looks_like_title(line: str) -> bool:
    """Whether a line has the shape of a title: short, and without the stop of a sentence."""
    line = line.strip()
    return (
        0 < len(line) <= _TITLE_LENGTH
        and len(line.split()) <= _TITLE_WORDS
        and not line.rstrip("\"'”’»").endswith(_FINAL)
        and any(letter.isalpha() for letter in line)
    )


def is_name_below(text: str, above: int, start: int, end: int) -> bool:
    """Whether `text[start:end]` is a name of one to four words, on the line below one that ends at `above`.

    So stands an outlet below the day of a page.
    """
    words = text[start:end].split()
    return (
        0 <= above < start
        and text.count("\n", above, start) <= 1
        and "\n" in text[above:start]
        and 0 < len(words) <= 4
        and all(word[0].isupper() for word in words)
        and text[end - 1].isalnum()
    )
