"""What dates mean that stand on the calendar, wholly or with a part to be filled in (year, month)."""

from __future__ import annotations

import datetime as dt
import re

from dateline.dating.calendar import (
    Moment,
    a_century,
    a_day,
    a_decade,
    a_month,
    a_season,
    a_year,
    date_of,
)
from dateline.dating.context import Context
from dateline.dating.forms import (
    BACK,
    FORTH,
    PIVOT,
    Match,
    clock_of,
    month_of,
    on_day,
    ordinal_of,
    part_of,
    said_year,
    unknown,
    weekday_of,
)
from dateline.dating.lexicon import words
from dateline.dating.tokens import number_of, pieces


def date(match: Match, context: Context) -> Moment | None:
    """A date with whatever is said of weekday, day, month, year and clock."""
    month, day = month_of(match.words("month")), ordinal_of(match.words("day"))
    said = said_year(match, context)
    if match.words("day") and not 1 <= day <= 31:
        return None
    if not month and not day:
        return a_year(said[0], said[1]) if said else None
    if not month:
        return _day_of_month(day, context)
    found = said or context.year_for(month, day or None)
    if found is None:
        return unknown(f"XXXX-{month:02d}" + (f"-{day:02d}" if day else ""), grain="day" if day else "month")
    year, anchor = found
    if not day:
        return a_month(year, month, anchor)
    weekday = weekday_of(match.words("weekday"))
    if not said and weekday is not None:
        year = _year_by_weekday(year, month, day, weekday)
    if (month, day) == (2, 29) and not said:
        year = next(y for y in (year, year + 1, year - 1, year + 2, year - 2) if date_of(y, 2, 29) or y == year - 2)
    return on_day(year, month, day, anchor, part_of(match.words("part")), match.text("clock"))


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
        return unknown(f"XXXX-XX-{day:02d}", grain="day")
    if context.previous is not None and context.previous.month is not None:
        return on_day(base.year, base.month, day, "preceding")
    made = date_of(base.year, base.month, day)
    if made and base.start and made > base.start and not context.future(context.at):
        year, month = (base.year, base.month - 1) if base.month > 1 else (base.year - 1, 12)
        return on_day(year, month, day, context.name)
    return on_day(base.year, base.month, day, context.name)


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
    dotted = "." in match.text("figures")  # written so only day first
    first, second, year = (int(part) for part in re.split(r"[/.]", match.text("figures")))
    day, ambiguous = context.figures(first, second, year if year > 99 else year + (1900 if year > PIVOT else 2000))
    return a_day(day, anchor="ambiguous" if ambiguous and not dotted else "absolute") if day else None


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
    number = int(tens) + ordinal_of(match.words("ordinal"))
    return a_century(number, bool(match.words("bc"))) if number else None


def season(match: Match, context: Context) -> Moment | None:
    """A season, of the year said or of the nearest in the direction of the verb."""
    code = words().seasons[match.words("season")[-1]]
    said = said_year(match, context)
    if said:
        return a_season(said[0], code, said[1])
    first = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
    reference = set(match.words("ref"))
    base = context.today
    if base is None or base.year is None:
        return unknown(f"XXXX-{code}", grain="season")
    if context.style == "history":
        step = 1 if reference & FORTH else -1 if reference & BACK else 0
        return a_season(base.year + step, code, "preceding")
    year = (context.year_for(first) or (base.year, ""))[0]
    if reference & BACK and base.month is not None and year == base.year and first <= base.month <= first + 2:
        year -= 1
    elif reference & FORTH and base.month is not None:
        year = base.year + (1 if first <= base.month else 0)
    elif "this" in reference:
        year = base.year
    return a_season(year, code, context.name)


def holiday(match: Match, context: Context) -> Moment | None:
    """A day with a name."""
    name = " ".join(match.words("name"))
    table = {" ".join(pieces(key)): value for key, value in words().holidays.items()}
    month, day = (int(part) for part in table[name].split("-"))
    found = said_year(match, context) or context.year_for(month, day)
    return on_day(found[0], month, day, found[1]) if found else unknown(f"XXXX-{table[name]}", grain="day")


def clock(match: Match, context: Context) -> Moment | None:
    """A time of day: of the date beside it, else of the day told last, else of the anchor day."""
    time = clock_of(match.text("clock"))
    month, day = month_of(match.words("month")), ordinal_of(match.words("day"))
    said = said_year(match, context)
    if month and day:
        found = said or context.year_for(month, day)
        return on_day(found[0], month, day, found[1], "", match.text("clock")) if found else None
    opens = match.tokens.text[: match.tokens.starts[match.first]].rstrip(" \t•*-–—[(").endswith("\n")
    # An hour that opens a line is that of an entry, newest first or last: of the day of the report.
    base = context.today if opens and context.style == "news" else context.told_day
    if base is None or base.start is None or base.grain not in ("day", "part-of-day", "hour"):
        return unknown(f"XXXX-XX-XXT{time}", grain="hour")
    name = "preceding" if base is context.previous else context.name
    value = f"{base.start.isoformat()}T{time}"
    return Moment(value, base.start, base.start, "hour", base.year, base.month, base.day, anchor=name)


def weekday(match: Match, context: Context) -> Moment | None:
    """A weekday: the one that the text dates; else the last up to the anchor, the next if to come."""
    number = weekday_of(match.words("weekday"))
    part, reference = part_of(match.words("part")), set(match.words("ref"))
    dated = context.anchor.weekdays.get(number) if number is not None else None
    if dated and not reference & (BACK | FORTH):
        return a_day(dated, part, "text-day")
    base = context.told if reference & {"following", "that", "same", "previous"} else context.today
    if number is None or base is None or base.start is None:
        return unknown(f"XXXX-WXX-{(number or 0) + 1}", grain="day")
    name = "preceding" if base is context.previous else context.name
    back = (base.start.weekday() - number) % 7
    forth = (number - base.start.weekday()) % 7
    if reference & FORTH:
        step = forth or 7
    elif reference & BACK:
        step = -(back or 7)
    elif "this" in reference:
        step = number - base.start.weekday()
    else:
        step = forth if context.future(context.at) else -back
    return a_day(base.start + dt.timedelta(days=step), part, name)


def ref_named(match: Match, context: Context) -> Moment | None:
    """Last July, next May."""
    month, reference = month_of(match.words("month")), set(match.words("ref"))
    base = context.told if "the" in reference or "that" in reference else context.today
    if base is None or base.year is None:
        return unknown(f"XXXX-{month:02d}", grain="month")
    now = base.month or 1
    year = base.year
    if reference & BACK:
        year -= 0 if month < now else 1
    elif reference & FORTH:
        year += 0 if month > now else 1
    return a_month(year, month, context.name)
