"""Tests on the words beside an expression: whether it tells a time at all."""

from __future__ import annotations

from collections.abc import Callable

from dateline.dating.lexicon import words
from dateline.dating.tokens import GAP, Tokens

_BESIDE = words().beside


def _near(tokens: Tokens, index: int) -> str:
    return tokens.lower[index] if 0 <= index < len(tokens.lower) else ""


def _is_word(tokens: Tokens, index: int) -> bool:
    return _near(tokens, index).isalpha()


def dayish(tokens: Tokens, _first: int, last: int) -> bool:
    """ "the 7th" is a day where no noun follows ("the 7th floor")."""
    after = _near(tokens, last)
    small = after in ("of", "and", "or", "to", "in", "at", "when", "but", "he", "they", "the", "a")
    return tokens.lower[last - 1][0].isdigit() and (not after.isalpha() or (small and after != "of"))


def no_count(tokens: Tokens, first: int, last: int) -> bool:
    """ "in May 30 people left" counts people; "on May 30 people left" gives a day."""
    counted = tokens.lower[last - 1].isdigit() and _near(tokens, last) in _BESIDE.counted
    return not (counted and last - first == 2 and _near(tokens, first - 1) in ("in", "since", "of", "during"))


def monthish(tokens: Tokens, first: int, last: int) -> bool:
    """Whether "May" and "March" are months and not a verb, a name or a walk."""
    word, before, after = tokens.lower[first], _near(tokens, first - 1), _near(tokens, last)
    if word not in ("may", "march", "august", "april", "june"):
        return True
    if word in ("august", "april", "june"):
        return tokens.slice(first, last)[0].isupper()
    if before in _BESIDE.before_time and before not in ("the", ",", "and", "or"):
        return True
    return before in ("and", "or", ",", "the") and not after.isalpha()


def yearish(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a number of four digits is a year: not a count, not a label."""
    if last - first > 1:  # with BC or AD
        return True
    before, after = _near(tokens, first - 1), _near(tokens, last)
    if after in _BESIDE.counted or after in ("%", "km", "m", "ft"):
        return False
    number = int(tokens.lower[first])
    if not 1400 <= number <= 2100:
        return before in ("in", "since", "until", "by", "from") and not after.isalpha()
    if before in ("in", "since", "until", "during", "early", "late", "mid", "circa", "by"):
        return True
    plural = after.endswith("s") and after not in _BESIDE.not_plural
    if before in _BESIDE.labels:
        return False
    if before == "about":
        return not after.endswith("s")
    return not plural or before in ("of", "the", "its", "their")


def seasonish(tokens: Tokens, first: int, last: int) -> bool:
    """Whether "spring" and "summer" are seasons here."""
    if last - first > 1:
        return _near(tokens, last) not in ("of", "in", "to", "back") or _near(tokens, last - 1) not in ("fall",)
    return (
        not _is_word(tokens, last) or _near(tokens, first - 1) in _BESIDE.before_time or tokens.lower[first] != "fall"
    )


def action(tokens: Tokens, _first: int, last: int) -> bool:
    """ "spring offensive": a season by what is done in it."""
    return _near(tokens, last) in _BESIDE.actions


def partish(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a part of the day tells when ("at dawn"), not what ("the night watch", "Golden Dawn")."""
    before, after = _near(tokens, first - 1), _near(tokens, last)
    shown = tokens.slice(first, last)
    if shown[0].isupper() and after and before not in ("", ".", "“", '"', "”") and tokens.line[first - 1] != GAP:
        return False
    if tokens.lower[first] in ("the", "that") and after == "of":
        return False
    return before not in ("good", "golden", "new")


def shiftish(tokens: Tokens, _first: int, last: int) -> bool:
    """ "two years on" only before a pause; "on" otherwise belongs to what follows."""
    return tokens.lower[last - 1] != "on" or not _is_word(tokens, last)


def short_year(tokens: Tokens, _first: int, last: int) -> bool:
    """ "12 FEB 88": a year only where nothing is counted after it."""
    figures = tokens.lower[last - 1].lstrip("'’")
    return len(figures) == 2 and figures.isdigit() and not _is_word(tokens, last)


def sincish(tokens: Tokens, first: int, last: int) -> bool:
    """ "since" alone: "have since left", "left since." """
    if last - first > 1:
        return True
    return _near(tokens, first - 1) in ("has", "have", "had") or _near(tokens, last) in (
        ".",
        ",",
        ";",
        ")",
        "",
    )


def plural(tokens: Tokens, first: int, last: int) -> bool:
    """ "the past year" is a stretch that ends now; "last year" is a year of the calendar."""
    found = tokens.words(first, last)
    if found[-1].endswith("s"):
        return len(found) > 1
    return (found[0] == "the" and found[1] in ("past", "last", "first", "final", "opening")) and found[-1] != "night"


def durationish(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a number and a unit are a length of time: not "a second man", not "a 12-year-old"."""
    found = tokens.words(first, last)
    after, behind = _near(tokens, last), _near(tokens, last + 1)
    if "second" in found and found[-1] == "second":
        return False
    if after == "old" or (after == "-" and behind in ("old", "olds")) or after == "ago":
        return False
    if found[0] in ("a", "an") and (found[1].endswith("s") or (after if len(found) == 2 else found[2]) == "-"):
        return False
    if found[0] in ("a", "an") and len(found) == 2 and found[1] in ("quarter", "season", "minute", "century"):
        return after not in ("of",)
    return not (found[0] == "many" and found[-1] == "times")


def bareunits(tokens: Tokens, first: int, last: int) -> bool:
    """Whether units without a number are a length of time ("for weeks", "months-long")."""
    found = tokens.words(first, last)
    if found[-1] == "long":
        return True
    return found[0] not in ("seconds", "quarters", "mins") and _near(tokens, first - 1) in _BESIDE.before_length


CHECKS: dict[str, Callable[[Tokens, int, int], bool]] = {
    "dayish": dayish,
    "no_count": no_count,
    "monthish": monthish,
    "yearish": yearish,
    "seasonish": seasonish,
    "action": action,
    "partish": partish,
    "shiftish": shiftish,
    "sincish": sincish,
    "short_year": short_year,
    "plural": plural,
    "durationish": durationish,
    "bareunits": bareunits,
}
