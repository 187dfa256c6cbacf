"""From single expressions to intervals: "since May", "by Friday", "from June to August", "3-5 March"."""

from __future__ import annotations

import datetime as dt
import functools

import msgspec

from dateline.dating.calendar import Moment
from dateline.dating.lexicon import rules
from dateline.dating.tagger import Found
from dateline.dating.tokens import Tokens

_CALENDAR = frozenset(
    {"hour", "part-of-day", "day", "week", "month", "season", "year", "decade", "century", "interval"}
)
_DASHES = frozenset({"-", "–", "—"})


class Time(msgspec.Struct, frozen=True):
    """An expression with its prepositions: tokens `first` to `last` (half-open) and what it means.

    `core` is the first token of the calendar words, behind the preposition.
    """

    first: int
    last: int
    core: int
    rule: str
    moment: Moment


@functools.cache
def _openers() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the prepositions as tuples of words with what they do, the longest first."""
    held = rules().prepositions
    listed = [
        (tuple(phrase.split()), name)
        for name in ("since", "until", "by", "before", "after")
        for phrase in getattr(held, name)
    ]
    return tuple(sorted(listed, key=lambda entry: (-len(entry[0]), entry)))


def _before(tokens: Tokens, at: int) -> tuple[str, int]:
    """Return what the preposition before a token does, and where it begins; ("", at) where there is none."""
    for words, name in _openers():
        if at >= len(words) and tuple(tokens.lower[at - len(words) : at]) == words:
            return name, at - len(words)
    return "", at


def _on_calendar(found: Found) -> bool:
    moment = found.moment
    return moment.kind == "point" and moment.grain in _CALENDAR and (moment.start is not None or moment.end is not None)


def _join(tokens: Tokens, one: Found, two: Found) -> tuple[int, str] | None:
    """Return where a pair begins, and its name, where the words between two make them one interval."""
    between = tokens.lower[one.last : two.first]
    if len(between) != 1:
        return None
    joint = "-" if between[0] in _DASHES else between[0]
    opener = tokens.lower[one.first - 1] if one.first else ""
    pairs = rules().prepositions.pair
    if (opener, joint) in pairs:
        return one.first - 1, f"{opener}-{joint}"
    return (one.first, f"-{joint}") if ("", joint) in pairs else None


def _pair(tokens: Tokens, one: Found, two: Found) -> Time | None:
    """Return the interval of two expressions, None where they do not make one."""
    joined = _join(tokens, one, two) if _on_calendar(one) and _on_calendar(two) else None
    if joined is None or one.moment.start is None or two.moment.end is None:
        return None
    start, end = one.moment.start, two.moment.end
    if start > end:
        end = _year_on(end)
        if start > end:
            return None
    value = f"{one.moment.value}/{two.moment.value}"
    same = one.moment.start == two.moment.start and one.moment.end == two.moment.end
    grain = one.moment.grain if same else "interval"
    anchor = one.moment.anchor if one.moment.anchor != "absolute" else two.moment.anchor
    moment = Moment(value, start, end, grain, start.year, start.month, start.day, anchor=anchor)
    return Time(joined[0], two.last, one.first, f"{one.rule}{joined[1]}{two.rule}", moment)


def _year_on(day: dt.date) -> dt.date:
    """Return the day a year later: "from December to February" ends in the next year."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap else day.day)


def _opened(tokens: Tokens, found: Found) -> Time:
    """Return an expression with the preposition that opens or closes its interval."""
    moment, plain = found.moment, Time(found.first, found.last, found.first, found.rule, found.moment)
    if not _on_calendar(found):
        return plain
    name, first = _before(tokens, found.first)
    if not name or (name == "since" and tokens.lower[first] == "from" and moment.grain in ("year", "decade")):
        return plain
    through = tokens.lower[first] == "through"
    if (name in ("before", "after", "by") or through) and moment.grain in ("hour", "part-of-day"):
        return Time(first, found.last, found.first, f"{name}+{found.rule}", moment)  # "before dawn": still that day
    start, end = moment.start, moment.end
    one = dt.timedelta(days=1)
    bounds: dict[str, tuple[dt.date | None, dt.date | None]] = {
        "since": (start, None),
        "until": (None, end),
        "by": (None, end),
        "before": (None, start - one if start and start > dt.date.min else None),
        "after": (end + one if end and end < dt.date.max else None, None),
    }
    low, high = bounds[name]
    opened = msgspec.structs.replace(moment, start=low, end=high, grain="interval")
    return Time(first, found.last, found.first, f"{name}+{found.rule}", opened)


def compose(found: list[Found], tokens: Tokens) -> list[Time]:
    """Return the expressions as a reader understands them, with the words that open or close them."""
    made: list[Time] = []
    index = 0
    while index < len(found):
        one = found[index]
        following = found[index + 1] if index + 1 < len(found) else None
        pair = _pair(tokens, one, following) if following else None
        joined = pair or (_of_day(tokens, one, following) if following else None)
        if joined:
            made.append(joined)
            index += 2
            continue
        made.append(_opened(tokens, one))
        index += 1
    return made


def _of_day(tokens: Tokens, one: Found, two: Found) -> Time | None:
    """Return an hour or a part of the day with the day that is named after it."""
    return _clock_of_day(tokens, one, two) or _part_of_day(tokens, one, two)


def _part_of_day(tokens: Tokens, one: Found, two: Found) -> Time | None:
    """Return the part of a day with the day after it: "at two in the morning on Saturday", "at dawn, on 5 May"."""
    if one.rule != "part" or two.moment.grain not in ("day", "part-of-day") or two.moment.start is None:
        return None
    between = tokens.lower[one.last : two.first]
    if len(between) > 2 or "on" not in between or not set(between) <= {"on", ","}:
        return None
    part = one.moment.value.partition("T")[2]
    value = f"{two.moment.value.partition('T')[0]}T{part}"
    moment = msgspec.structs.replace(two.moment, value=value, grain="part-of-day")
    return Time(one.first, two.last, one.first, f"part+{two.rule}", moment)


def _clock_of_day(tokens: Tokens, one: Found, two: Found) -> Time | None:
    """Return an hour with the day after it: "at 5 p.m. on Monday", "5:30 on July 7"."""
    if one.rule != "clock" or two.moment.grain not in ("day", "part-of-day") or two.moment.start is None:
        return None
    if not all(
        word in ("on", ",", "gmt", "utc", "local", "time", "(", "this") for word in tokens.lower[one.last : two.first]
    ):
        return None
    if two.first - one.last > 3:
        return None
    hour = one.moment.value.partition("T")[2]
    moment = msgspec.structs.replace(two.moment, value=f"{two.moment.start.isoformat()}T{hour}", grain="hour")
    return Time(one.first, two.last, one.first, "clock+" + two.rule, moment)
