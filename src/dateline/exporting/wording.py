"""How values are said in words: precision, granularity, numbers, and text that a terminal may show."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from dateline.exporting.coded import QuantityOut, TimeOut

PRECISION = {
    1: "(exact place)", 2: "(near it, within about 25 km)", 3: "(somewhere in the district)",
    4: "(somewhere in the province)", 5: "(along or around it, not one point)",
    6: "(only the country is known)", 7: "(at sea or in the air)",
}  # fmt: skip
ROLES = {"instrument": "with", "object": "what:", "party": "party:", "beneficiary": "for"}
ANCHORS = {
    "absolute": "",
    "text-day": "counted from the text's day",
    "published": "counted from the day of publication",
    "preceding": "counted from the time told before it",
    "event": "counted from another event",
    "assumed-text-day": "ASSUMED: the text's own day",
    "assumed-published": "ASSUMED: the day of publication",
}
_LANGUAGES = {
    "en": "English", "fr": "French", "ar": "Arabic", "es": "Spanish", "ru": "Russian", "uk": "Ukrainian",
    "pt": "Portuguese", "de": "German", "fa": "Persian", "ps": "Pashto", "tr": "Turkish", "zh": "Chinese",
    "he": "Hebrew", "sw": "Swahili",
}  # fmt: skip
# What a terminal would obey instead of showing: control characters, marks that turn the direction.
_OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile(r"\s+")
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_MANY_LINES = 6


class Look(msgspec.Struct, frozen=True):
    """How a sheet is drawn: its width in columns, with styles or without, with the rules or without."""

    width: int = 100
    colour: bool = False
    rules: bool = False


def shown(text: str, strip: bool = True) -> str:
    """Return `text` on one line, with what would command the terminal shown as a replacement character."""
    flat = _OBEYED.sub("\ufffd", _BLANKS.sub(" ", text))
    return flat.strip() if strip else flat


def first_words(text: str, most: int = 72) -> str:
    """Return the beginning of the first line that says something, for a report without a title."""
    line = next((line for line in text[:2000].splitlines() if line.strip()), "")
    flat = shown(line)
    return flat if len(flat) <= most else flat[: most - 1].rsplit(" ", 1)[0] + "…"


def alike(one: str, two: str) -> bool:
    """Whether two names differ by no more than an article, case or blanks."""
    a, b = (_ARTICLE.sub("", shown(words), count=1).casefold() for words in (one, two))
    return a == b


def language(code: str) -> str:
    """Return the name of a language, or its code where we have no name."""
    return _LANGUAGES.get(code, f"language {code}" if code else "language not known")


def count(number: int, thing: str) -> str:
    """Return a number with its noun: "1 claim", "3 claims"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def lines(numbers: Sequence[int]) -> str:
    """Return "line 3" or "lines 3, 5, 9 and 12 more"."""
    if len(numbers) == 1:
        return f"line {numbers[0]}"
    listed = ", ".join(map(str, numbers[:_MANY_LINES]))
    rest = len(numbers) - _MANY_LINES
    return f"lines {listed} and {rest} more" if rest > 0 else f"lines {listed}"


def when(time: TimeOut) -> str:
    """Return an interval with its granularity, the words that say it, and what was assumed."""
    if time.start and time.end:
        days = time.start if time.start == time.end else f"{time.start} to {time.end}"
    elif time.start:
        days = f"since {time.start}"
    elif time.end:
        days = f"until {time.end}"
    else:
        days = "day not known"
    parts = [f"{days} ({time.granularity})"]
    assumed = time.anchor.startswith("assumed")
    if time.text and not assumed:
        parts.append(f"“{shown(time.text)}”")
    about = ANCHORS.get(time.anchor, time.anchor)
    if about:
        parts.append(f"({about}{f', “{shown(time.text)}”' if assumed and time.text else ''})")
    return " ".join(parts)


def days(first: str | None, last: str | None) -> str:
    """Return an interval of days, short: 2021-07-12, 2021-07-12/22, 2021-07-30/08-02; 2021-07-12/.. since then."""
    if first is None and last is None:
        return "day not known"
    if first is None or last is None:
        return f"{first[:10]}/.." if first else f"../{(last or '')[:10]}"
    first, last = first[:10], last[:10]
    if first == last:
        return first
    same = next((at for at in (8, 5) if first[:at] == last[:at]), 0)
    return f"{first}/{last[same:]}"


def quantity(one: QuantityOut) -> str:
    """Return what is counted, the bounds and the words: "killed: 30 or more civilians (“at least 30”)"."""
    same = one.what and one.what.casefold() in one.who.casefold()  # "districts", counted as "district"
    what = " ".join(part for part in (one.who, "" if same else one.what) if part) or "counted"
    return f"{what}: {bounds(one.low, one.best, one.high)} (“{shown(one.text)}”)"


def bounds(low: float | None, best: float | None, high: float | None) -> str:
    """Return bounds in words; a bound that the report does not give is not made up."""
    given = [number for number in (low, best, high) if number is not None]
    if not given:
        return "a number that is not said"
    if low is not None and high is not None:
        middle = f", best {figure(best)}" if best is not None and best not in (low, high) else ""
        return figure(low) if low == high else f"{figure(low)} to {figure(high)}{middle}"
    if low is not None and high is None and best in (None, low):
        return f"{figure(low)} or more"
    if high is not None and low is None and best in (None, high):
        return f"up to {figure(high)}"
    about = figure(best)
    if low is not None:
        return f"about {about}, at least {figure(low)}"
    return f"about {about}, at most {figure(high)}" if high is not None else f"about {about}"


def figure(number: float | None) -> str:
    """Return a number without a needless fraction: "1,200", "2.5"."""
    if number is None:
        return "?"
    return f"{number:,.0f}" if number == int(number) else f"{number:,g}"
