"""What the forms of rules.toml mean: from the words of a match to a stretch of the calendar.

One function for each value of `means`; each takes the match and the context and returns a `Moment`, or None
where the words turn out to tell no time (the 77th of a month).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from dateline.dating.calendar import (
    Moment,
    a_century,
    a_day,
    a_decade,
    a_month,
    a_season,
    a_week,
    a_year,
    date_of,
    narrowed,
    shifted,
    year_value,
)
from dateline.dating.context import Context
from dateline.dating.lexicon import words
from dateline.dating.tokens import Tokens, number_of, pieces


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
_MODS = {
    "early": "START", "late": "END", "mid": "MID", "middle": "MID", "later": "", "earlier": "", "beginning": "START",
    "start": "START", "outset": "START", "onset": "START", "opening": "START", "end": "END", "close": "END",
    "ending": "END", "midst": "MID", "height": "MID", "turn": "START", "rest": "", "remainder": "",
}  # fmt: skip
_TODAY_WORDS = frozenset({"last", "past", "this", "current", "present", "coming", "upcoming", "next"})
_BACK = frozenset({"last", "previous", "past", "preceding", "prior"})
_FORTH = frozenset({"next", "following", "coming", "upcoming", "subsequent", "ensuing"})
_PARTS = {"MO", "AF", "EV", "NI", "MI", "DT"}


def _unknown(value: str, kind: str = "vague", grain: str = "interval", anchor: str = "absolute") -> Moment:
    return Moment(value, None, None, grain, kind=kind, anchor=anchor)


def _number(found: list[str]) -> int:
    """Return the number in ordinals or digits ("7th", "seventh", "21")."""
    digits = re.sub(r"\D", "", " ".join(found))
    if digits:
        return int(digits)
    ordinals = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
        "twentieth",
    ]  # fmt: skip
    return ordinals.index(found[-1]) + 1 if found and found[-1] in ordinals else 0


def _month(found: list[str]) -> int:
    lexicon = words()
    return next(
        (lexicon.months.get(w) or lexicon.month_abbreviations.get(w) or 0 for w in found if w != "."), 0
    )


def _weekday(found: list[str]) -> int | None:
    lexicon = words()
    for word in found:
        if word in lexicon.weekdays:
            return lexicon.weekdays[word]
        if word in lexicon.weekday_abbreviations:
            return lexicon.weekday_abbreviations[word]
    return None


def _part(found: list[str]) -> str:
    parts = words().parts
    return next((parts[word] for word in found if word in parts), "")


def part_of(found: list[str]) -> str:
    """Return the TIMEX2 code of the part of the day that words name, "" where they name none."""
    return _part(found)


def _year(found: list[str]) -> int | None:
    number = next((int(word) for word in found if word.isdigit()), None)
    before_christ = any(word in words().classes["bc"] for word in found)
    return -number if number and before_christ else number


def _clock(found: str) -> str:
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


def _said_year(match: Match, context: Context) -> tuple[int, str] | None:
    """Return the year that the words themselves give, directly or as "of that year"."""
    year = _year(match.words("year"))
    if year is not None:
        return year, "absolute"
    reference = match.words("yearref")
    if not reference:
        return None
    base = context.today if reference[-1] in ("this", "last") else context.told
    if base is None or base.year is None:
        return None
    step = {"last": -1, "following": 1}.get(reference[-1], 0)
    return base.year + step, context.name if reference[-1] in ("this", "last") else "preceding"


def date(match: Match, context: Context) -> Moment | None:
    """A date with whatever is said of weekday, day, month, year and clock."""
    month, day = _month(match.words("month")), _number(match.words("day"))
    said = _said_year(match, context)
    if match.words("day") and not 1 <= day <= 31:
        return None
    if not month and not day:
        return a_year(said[0], said[1]) if said else None
    if not month:
        return _day_of_month(day, context)
    found = said or context.year_for(month, day or None)
    if found is None:
        return _unknown(f"XXXX-{month:02d}" + (f"-{day:02d}" if day else ""), grain="day" if day else "month")
    year, anchor = found
    if not day:
        return a_month(year, month, anchor)
    weekday = _weekday(match.words("weekday"))
    if not said and weekday is not None:
        year = _year_by_weekday(year, month, day, weekday)
    if (month, day) == (2, 29) and not said:
        year = next(
            y for y in (year, year + 1, year - 1, year + 2, year - 2) if date_of(y, 2, 29) or y == year - 2
        )
    return _on_day(year, month, day, anchor, _part(match.words("part")), match.text("clock"))


def _on_day(year: int, month: int, day: int, anchor: str, part: str = "", clock: str = "") -> Moment | None:
    made = date_of(year, month, day)
    if made is None:
        if year > 0 or day > 31:
            return None
        return Moment(
            f"{year_value(year)}-{month:02d}-{day:02d}", None, None, "day", year, month, day, anchor=anchor
        )
    if clock:
        return Moment(
            f"{made.isoformat()}T{_clock(clock)}", made, made, "hour", year, month, day, anchor=anchor
        )
    return a_day(made, part, anchor)


def _year_by_weekday(year: int, month: int, day: int, weekday: int) -> int:
    """Return the year near `year` in which the date falls on the weekday; `year` where none does."""
    for candidate in (year, year - 1, year + 1):
        made = date_of(candidate, month, day)
        if made and made.weekday() == weekday:
            return candidate
    return year


def _day_of_month(day: int, context: Context) -> Moment | None:
    """A day without a month: of the month told last, else of the anchor's, not after it."""
    base = context.told
    if base is None or base.year is None or base.month is None:
        return _unknown(f"XXXX-XX-{day:02d}", grain="day")
    if context.previous is not None and context.previous.month is not None:
        return _on_day(base.year, base.month, day, "preceding")
    made = date_of(base.year, base.month, day)
    if made and base.start and made > base.start and not context.future(context.at):
        year, month = (base.year, base.month - 1) if base.month > 1 else (base.year - 1, 12)
        return _on_day(year, month, day, context.name)
    return _on_day(base.year, base.month, day, context.name)


def iso(match: Match, _context: Context) -> Moment | None:
    """A date in figures, year first."""
    text = match.text("iso")
    try:
        day = dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
    if len(text) > 10:
        return Moment(text, day, day, "hour", day.year, day.month, day.day)
    return a_day(day)


def figures(match: Match, context: Context) -> Moment | None:
    """A date in figures, day or month first; "figures" stays the anchor's name where both are possible."""
    first, second, year = (int(part) for part in re.split(r"[/.]", match.text("figures")))
    day, ambiguous = context.figures(
        first, second, year if year > 99 else 2000 + year - (100 if year > 68 else 0)
    )
    return a_day(day, anchor="ambiguous" if ambiguous else "absolute") if day else None


def short_year(match: Match, context: Context) -> Moment | None:
    """A year of two figures: of the century told last."""
    number = int(match.text("yy")[-2:])
    base = context.told.year if context.told and context.told.year else 2000
    century = base // 100 * 100
    return a_year(century + number - (100 if century + number > base + 20 else 0), "preceding")


def decade(match: Match, context: Context) -> Moment | None:
    """A decade; of two figures, of the last century in which it was over or begun."""
    number = int(re.sub(r"\D", "", match.text("decade")))
    if match.words("bc"):
        return a_decade(-number)
    if number < 100 and len(re.sub(r"\D", "", match.text("decade"))) == 2:
        base = context.told.year if context.told and context.told.year else 2000
        number += base // 100 * 100
        number -= 100 if number > base else 0
    return a_decade(number)


def century(match: Match, _context: Context) -> Moment | None:
    """A century by its number."""
    tens = number_of([word for word in match.words("tens") if word != "-"]) or 0
    number = int(tens) + _number(match.words("ordinal"))
    return a_century(number, bool(match.words("bc"))) if number else None


def season(match: Match, context: Context) -> Moment | None:
    """A season, of the year said or of the nearest in the direction of the verb."""
    code = words().seasons[match.words("season")[-1]]
    said = _said_year(match, context)
    if said:
        return a_season(said[0], code, said[1])
    first = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
    reference = set(match.words("ref"))
    base = context.today
    if base is None or base.year is None:
        return _unknown(f"XXXX-{code}", grain="season")
    if context.style == "history":
        step = 1 if reference & _FORTH else -1 if reference & _BACK else 0
        return a_season(base.year + step, code, "preceding")
    year = (context.year_for(first) or (base.year, ""))[0]
    if (
        reference & _BACK
        and base.month is not None
        and year == base.year
        and first <= base.month <= first + 2
    ):
        year -= 1
    elif reference & _FORTH and base.month is not None:
        year = base.year + (1 if first <= base.month else 0)
    elif "this" in reference:
        year = base.year
    return a_season(year, code, context.name)


def deictic(match: Match, context: Context) -> Moment | None:
    """Today, yesterday, tomorrow, with a part of the day."""
    entry = words().deictic[match.words("deictic")[0]]
    if context.style == "history" and entry.days == 0:
        return _unknown("PRESENT_REF")
    base = context.today
    if base is None or base.start is None:
        return _unknown({-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}[entry.days], grain="day")
    return a_day(
        base.start + dt.timedelta(days=entry.days), entry.part or _part(match.words("part")), context.name
    )


def before_yesterday(match: Match, context: Context) -> Moment | None:
    """The day before yesterday, the day after tomorrow."""
    step = -2 if match.words("which")[0] == "before" else 2
    return (
        shifted(context.today, step, "D", context.name)
        if context.today
        else _unknown("PAST_REF", grain="day")
    )


def weekday(match: Match, context: Context) -> Moment | None:
    """A weekday: the one that the text dates; else the last not after the anchor, the next for what is to come."""
    number = _weekday(match.words("weekday"))
    part, reference = _part(match.words("part")), set(match.words("ref"))
    dated = context.anchor.weekdays.get(number) if number is not None else None
    if dated and not reference & (_BACK | _FORTH):
        return a_day(dated, part, "text-day")
    base = context.told if reference & {"following", "that", "same", "previous"} else context.today
    if number is None or base is None or base.start is None:
        return _unknown(f"XXXX-WXX-{(number or 0) + 1}", grain="day")
    name = "preceding" if base is context.previous else context.name
    back = (base.start.weekday() - number) % 7
    forth = (number - base.start.weekday()) % 7
    if reference & _FORTH:
        step = forth or 7
    elif reference & _BACK:
        step = -(back or 7)
    elif "this" in reference:
        step = number - base.start.weekday()
    else:
        step = forth if context.future(context.at) else -back
    return a_day(base.start + dt.timedelta(days=step), part, name)


def ref_part(match: Match, context: Context) -> Moment | None:
    """This morning, last night, the next morning."""
    part, reference = _part(match.words("part")), match.words("ref")
    told = "the" in reference or "that" in reference or "same" in reference
    base = context.told if told else context.today
    if base is None or base.start is None:
        return _unknown(f"XXXX-XX-XXT{part}", grain="part-of-day")
    step = -1 if set(reference) & _BACK else 1 if set(reference) & _FORTH else 0
    name = "preceding" if base is context.previous else context.name
    return a_day(base.start + dt.timedelta(days=step), part, name)


def part_beside(match: Match, context: Context) -> Moment | None:
    """The night before, the morning after: beside what was told last, or beside what follows."""
    part = _part(match.words("part"))
    base = context.told
    if match.after.isalpha() or base is None or base.start is None:
        return _unknown(f"XXXX-XX-XXT{part}", "point", "part-of-day", "event")
    step = -1 if match.words("side")[0] == "before" else 1
    return a_day(base.start + dt.timedelta(days=step), part, "preceding")


def part(match: Match, context: Context) -> Moment | None:
    """A part of the day alone: of the day told last, else of the anchor day."""
    code = _part(match.words("part"))
    base = context.told
    before = match.tokens.lower[match.first - 1] if match.first else ""
    generic = before not in (
        "at",
        "in",
        "by",
        "around",
        "during",
        "before",
        "after",
        "until",
        "since",
        "from",
        "on",
    )
    generic = generic and match.tokens.lower[match.first] not in (
        "overnight",
        "that",
        "the",
        "midnight",
        "noon",
    )
    plain = (
        match.words("part")[-1] in ("night", "nights", "nighttime", "daytime", "daylight") and before == "at"
    )
    if (
        context.style == "history"
        or generic
        or plain
        or base is None
        or base.start is None
        or base.grain == "interval"
    ):
        return _unknown(f"XXXX-XX-XXT{code}", grain="part-of-day")
    if base.grain not in ("day", "part-of-day", "hour"):
        return _unknown(f"{base.value}T{code}", grain="part-of-day")
    name = "preceding" if base is context.previous else context.name
    if match.words("part") == ["overnight"]:
        made = a_day(base.start - dt.timedelta(days=1), code, name)
        return Moment(
            made.value, made.start, base.start, made.grain, made.year, made.month, made.day, anchor=name
        )
    return a_day(base.start, code, name)


def holiday(match: Match, context: Context) -> Moment | None:
    """A day with a name."""
    name = " ".join(match.words("name"))
    table = {" ".join(pieces(key)): value for key, value in words().holidays.items()}
    month, day = (int(part) for part in table[name].split("-"))
    found = _said_year(match, context) or context.year_for(month, day)
    return _on_day(found[0], month, day, found[1]) if found else _unknown(f"XXXX-{table[name]}", grain="day")


def ref_named(match: Match, context: Context) -> Moment | None:
    """Last July, next May."""
    month, reference = _month(match.words("month")), set(match.words("ref"))
    base = context.told if "the" in reference or "that" in reference else context.today
    if base is None or base.year is None:
        return _unknown(f"XXXX-{month:02d}", grain="month")
    now = base.month or 1
    year = base.year
    if reference & _BACK:
        year -= 0 if month < now else 1
    elif reference & _FORTH:
        year += 0 if month > now else 1
    return a_month(year, month, context.name)


def unit_moment(unit: str, base: Moment, step: int, name: str) -> Moment | None:
    """Return the stretch of the calendar `step` units from the one that `base` lies in."""
    if unit == "SE":
        return None
    return shifted(base, step, unit, name)


def ref_unit(match: Match, context: Context) -> Moment | None:
    """Last week, the next day, that year, later this month."""
    unit, reference = words().units[match.words("unit")[0]], match.words("ref") or ["the"]
    told = not set(reference) & {"this", "current", "present", "coming", "upcoming"} and (
        "the" in reference or not set(reference) & _TODAY_WORDS
    )
    base = context.told if told else context.today
    step = -1 if set(reference) & _BACK else 1 if set(reference) & _FORTH else 0
    if base is None:
        return _unknown("", "point", "interval", "event")
    name = "preceding" if base is context.previous else context.name
    made = unit_moment(unit, base, step, name)
    if made is None:
        return _unknown("", "point" if told else "vague", "interval", "event")
    return _with_mod(made, match.words("mod"), base)


def _with_mod(made: Moment, mod: list[str], base: Moment) -> Moment:
    """Narrow by "early", "late"; "earlier this month" ends, "later this month" begins, at the anchor."""
    if not mod or made.start is None or made.end is None:
        return made
    if mod[0] in ("earlier", "later"):
        inside = base.start is not None and made.start <= base.start <= made.end and made.grain != "day"
        if not inside or base.start is None or base.grain not in ("day", "part-of-day", "hour"):
            return made
        start, end = (made.start, base.start) if mod[0] == "earlier" else (base.start, made.end)
        return Moment(made.value, start, end, "interval", made.year, made.month, made.day, anchor=made.anchor)
    return narrowed(made, _MODS.get(mod[0], ""))


def mod_of(found: list[str]) -> str:
    """Return the part of a stretch that words such as "the end of" name: START, MID, END, H1, H2 or ""."""
    if "half" in found:
        return "H1" if "first" in found else "H2"
    if "part" in found:
        return "START" if {"first", "early"} & set(found) else "END"
    if "quarter" in found:
        return "START" if "first" in found else "END"
    return next((_MODS[word] for word in found if word in _MODS), "")


def the_weekend(_match: Match, context: Context) -> Moment | None:
    """The weekend: the last before the anchor day, the next for what is to come; of a weekend day, its own."""
    base = context.today
    if base is None or base.start is None:
        return _unknown("XXXX-WXX-WE")
    step = 0 if base.start.weekday() >= 5 or context.future(context.at) else -7
    return a_week(base.start + dt.timedelta(days=step), context.name, weekend=True)


def since_then(_match: Match, context: Context) -> Moment | None:
    """Since then: from what was told last on."""
    base = context.previous
    if base is None or base.start is None:
        return _unknown("PAST_REF")
    return Moment(base.value, base.start, None, "interval", kind="point", anchor="preceding")


def edge_unit(match: Match, context: Context) -> Moment | None:
    """The end of the year, month's end."""
    unit, reference = words().units[match.words("unit")[0]], match.words("ref")
    told = reference == ["that"] or (reference == ["the"] and context.style == "history")
    base = context.told if told or not reference else context.today
    if base is None:
        return _unknown("FUTURE_REF")
    step = {"last": -1, "next": 1}.get(reference[0], 0) if reference else 0
    made = unit_moment(unit, base, step, "preceding" if base is context.previous else context.name)
    return narrowed(made, mod_of(match.words("edge"))) if made else None


def unit_beside(match: Match, context: Context) -> Moment | None:
    """The day before, the week after: beside what was told last, or beside what follows."""
    unit, side = words().units[match.words("unit")[0]], match.words("side")[0]
    step = -1 if side in ("before", "prior") else 1
    base = context.told
    if match.after.isalpha() or base is None:
        return _unknown(f"P1{unit}", "point", "interval", "event")
    made = unit_moment(unit, base, step, "preceding")
    if made is None and context.today is not None and context.style == "news":
        made = unit_moment(unit, context.today, step, context.name)
    return made or _unknown(f"P1{unit}", "point", "interval", "event")


def _length(match: Match) -> tuple[float | None, str]:
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


def ago(match: Match, context: Context) -> Moment | None:
    """So many units before the anchor day."""
    number, unit = _length(match)
    base = context.today
    if number is None and match.words("number"):
        return _unknown("PAST_REF") if base is None else _open(base.start, "PAST_REF", context.name)
    if base is None:
        return _unknown("PAST_REF")
    return shifted(base, -round(number or 1), unit, context.name) or _unknown("PAST_REF")


def _open(end: dt.date | None, value: str, anchor: str) -> Moment:
    """Some time up to a day: the start is not said."""
    return Moment(value, None, end, "interval", kind="vague", anchor=anchor)


def from_now(match: Match, context: Context) -> Moment | None:
    """So many units after the anchor day."""
    number, unit = _length(match)
    if number is None or context.today is None:
        return _unknown("FUTURE_REF")
    return shifted(context.today, round(number), unit, context.name) or _unknown("FUTURE_REF")


def shift(match: Match, context: Context) -> Moment | None:
    """So many units after or before what was told last, or after the event that the words after it name."""
    number, unit = _length(match)
    side = match.words("side")[-1]
    later = side in words().classes["later_word"] or side == "following"
    if side in ("after", "before", "following", "prior") and (
        match.after.isalpha() or match.after in ("“", '"')
    ):
        sign = "" if later else "-"
        return _unknown(f"{sign}{duration_value(number, unit)}", "point", "interval", "event")
    base = context.told
    if base is None:
        return _unknown("FUTURE_REF" if later else "PAST_REF", "point", "interval", "event")
    if number is None:
        value = "FUTURE_REF" if later else "PAST_REF"
        if unit in ("TH", "TM", "TS") and base.start and base.grain in ("day", "part-of-day", "hour"):
            return a_day(base.start, "XX", "preceding")
        bounds = (base.start, None) if later else (None, base.start)
        return Moment(value, *bounds, "interval", kind="vague", anchor="preceding")
    if number != int(number) and unit == "Y":
        number, unit = number * 12, "M"
    made = shifted(base, round(number) * (1 if later else -1), unit, "preceding", exact_days=True)
    return made or _unknown("FUTURE_REF" if later else "PAST_REF", "point", "interval", "event")


def span_ref(match: Match, context: Context) -> Moment | None:
    """The past three days, the coming weeks: a length of time that ends or begins at the anchor."""
    number, unit = _length(match)
    reference = set(match.words("ref"))
    if number is None and not match.words("number") and not match.words("unit")[0].endswith("s"):
        number = 1
    value = duration_value(number, unit)
    base = context.today
    back = bool(reference & (_BACK | {"recent"}))
    if match.after in ("before", "of", "after"):  # counted from an event: "the last hours before the truce"
        return _unknown(value, "duration")
    if base is None or base.start is None or not (back or reference & _FORTH):
        return _unknown(value, "duration")
    other = None
    if number is not None and base.grain in ("day", "part-of-day", "hour"):
        other = _day_away(base.start, -number if back else number, unit)
    start, end = (other, base.start) if back else (base.start, other)
    return Moment(value, start, end, "interval", anchor=context.name)


def _day_away(day: dt.date, number: float, unit: str) -> dt.date | None:
    """Return the day that lies `number` units away; the same day of the month, or its last."""
    per_day = {"TS": 0, "TM": 0, "TH": 1 / 24, "D": 1, "W": 7, "WE": 7}
    per_month = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}
    try:
        if unit in per_day:
            return day + dt.timedelta(days=round(number * per_day[unit]))
        flat = day.year * 12 + day.month - 1 + round(number * per_month[unit])
        year, month = flat // 12, flat % 12 + 1
        return date_of(year, month, day.day) or date_of(year, month, 28)
    except (OverflowError, KeyError):
        return None


def duration(match: Match, _context: Context) -> Moment | None:
    """How long."""
    number, unit = _length(match)
    if match.words("half") and number is not None:
        number += 0.5
    if not match.words("number") and not match.words("unit")[0].endswith("s"):
        number = 1
    return _unknown(duration_value(number, unit), "duration")


def frequency(match: Match, _context: Context) -> Moment | None:
    """How often."""
    word = match.words("unit")[0]
    code = words().units.get(word) or words().units.get(word + "s")
    if word.rstrip("s") in words().weekdays:
        return _unknown(f"XXXX-WXX-{words().weekdays[word.rstrip('s')] + 1}", "frequency")
    if word in words().parts:
        return _unknown(f"XXXX-XX-XXT{words().parts[word]}", "frequency")
    return _unknown(duration_value(1, code or "D"), "frequency")


def frequency_word(match: Match, _context: Context) -> Moment | None:
    """Daily, weekly."""
    return _unknown(words().frequency[match.words("word")[0]], "frequency")


def clock(match: Match, context: Context) -> Moment | None:
    """A time of day: of the date beside it, else of the day told last, else of the anchor day."""
    time = _clock(match.text("clock"))
    month, day = _month(match.words("month")), _number(match.words("day"))
    said = _said_year(match, context)
    if month and day:
        found = said or context.year_for(month, day)
        return _on_day(found[0], month, day, found[1], "", match.text("clock")) if found else None
    base = context.told
    if base is None or base.start is None or base.grain not in ("day", "part-of-day", "hour"):
        return _unknown(f"XXXX-XX-XXT{time}", grain="hour")
    name = "preceding" if base is context.previous else context.name
    value = f"{base.start.isoformat()}T{time}"
    return Moment(value, base.start, base.start, "hour", base.year, base.month, base.day, anchor=name)


def _phrase(match: Match, table: dict[str, str]) -> Moment | None:
    said = " ".join(match.words("word"))
    for phrase, value in table.items():
        if " ".join(pieces(phrase)) == said:
            return _unknown(value)
    return None


def vague(match: Match, _context: Context) -> Moment | None:
    """A time without a place on the calendar."""
    return _phrase(match, words().vague)


def loose(match: Match, _context: Context) -> Moment | None:
    """A time that is an attribute of something else."""
    return _phrase(match, words().loose)


MEANINGS: dict[str, Meaning] = {
    made.__name__: made
    for made in (
        date, iso, figures, short_year, decade, century, season, deictic, before_yesterday, weekday, ref_part,
        part_beside, part, holiday, ref_named, ref_unit, edge_unit, unit_beside, ago, from_now, shift, span_ref, the_weekend, since_then,
        duration, frequency, frequency_word, clock, vague, loose,
    )
}  # fmt: skip
