"""Points and stretches of the calendar, and counting in its units.

Values follow TIMEX2 and TimeML: 2021-07-07, 2021-W27, 2021-07, 2021-SU, 202, 20, BC0490.
"""

from __future__ import annotations

import calendar
import datetime as dt

import msgspec

GRAINS = ("hour", "part-of-day", "day", "week", "month", "season", "year", "decade", "century", "interval")
_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}


class Moment(msgspec.Struct, frozen=True):
    """What an expression means: a stretch of whole days with its granularity and its TIMEX2 value.

    `start` and `end` are None where that side is open or before the year 1. `year` is negative for years
    before Christ (-490 is 490 BC; there is no year 0).
    """

    value: str
    start: dt.date | None
    end: dt.date | None
    grain: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    kind: str = "point"
    anchor: str = "absolute"


def year_value(year: int) -> str:
    """Return the TIMEX2 value of a year."""
    return f"{year:04d}" if year > 0 else f"BC{-year:04d}"


def date_of(year: int, month: int, day: int) -> dt.date | None:
    """Return the date, or None where the calendar has none or its year lies before 1."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> dt.date | None:
    """Return the last day of a month, None before the year 1."""
    return date_of(year, month, calendar.monthrange(year, month)[1]) if 1 <= year <= 9999 else None


def a_day(day: dt.date, part: str = "", anchor: str = "absolute") -> Moment:
    """Return a day, or a part of it (TIMEX2's MO, AF, EV, NI ...)."""
    value = day.isoformat() + (f"T{part}" if part else "")
    grain = "part-of-day" if part else "day"
    return Moment(value, day, day, grain, day.year, day.month, day.day, anchor=anchor)


def a_week(day: dt.date, anchor: str = "absolute", weekend: bool = False) -> Moment:
    """Return the week, Monday to Sunday, that `day` is in; or its Saturday and Sunday."""
    year, week, weekday = day.isocalendar()
    monday = day - dt.timedelta(days=weekday - 1)
    first = monday + dt.timedelta(days=5 if weekend else 0)
    value = f"{year:04d}-W{week:02d}" + ("-WE" if weekend else "")
    last = monday + dt.timedelta(days=6)
    return Moment(value, first, last, "interval" if weekend else "week", day.year, day.month, day.day, anchor=anchor)


def a_month(year: int, month: int, anchor: str = "absolute") -> Moment:
    """Return a month."""
    value = f"{year_value(year)}-{month:02d}"
    return Moment(value, date_of(year, month, 1), month_end(year, month), "month", year, month, anchor=anchor)


def a_season(year: int, season: str, anchor: str = "absolute") -> Moment:
    """Return a season of the northern hemisphere; a winter begins in December of its year."""
    first, last = _SEASON_MONTHS[season]
    end_year = year + 1 if last < first else year
    value = f"{year_value(year)}-{season}"
    start, end = date_of(year, first, 1), month_end(end_year, last)
    return Moment(value, start, end, "season", year, first, anchor=anchor)


def a_year(year: int, anchor: str = "absolute") -> Moment:
    """Return a year."""
    return Moment(year_value(year), date_of(year, 1, 1), date_of(year, 12, 31), "year", year, anchor=anchor)


def a_decade(year: int, anchor: str = "absolute") -> Moment:
    """Return the decade that `year` is in."""
    first = abs(year) // 10 * 10
    value = f"{first // 10:03d}" if year > 0 else f"BC{first // 10:03d}"
    start, end = (date_of(max(first, 1), 1, 1), date_of(first + 9, 12, 31)) if year > 0 else (None, None)
    return Moment(value, start, end, "decade", first if year > 0 else -first, anchor=anchor)


def a_century(number: int, bc: bool = False, anchor: str = "absolute") -> Moment:
    """Return the century `number` (21: 2000 to 2099, as people count them)."""
    value = f"{'BC' if bc else ''}{number - 1:02d}"
    first = (number - 1) * 100
    start, end = (None, None) if bc else (date_of(max(first, 1), 1, 1), date_of(first + 99, 12, 31))
    return Moment(value, start, end, "century", -number * 100 if bc else first, anchor=anchor)


def a_quarter(year: int, quarter: int, anchor: str = "absolute") -> Moment:
    """Return a quarter of a year."""
    start, end = date_of(year, quarter * 3 - 2, 1), month_end(year, quarter * 3)
    value = f"{year_value(year)}-Q{quarter}"
    return Moment(value, start, end, "interval", year, quarter * 3 - 2, anchor=anchor)


def plus_months(year: int, month: int, count: int) -> tuple[int, int]:
    """Return the year and month `count` months later; the year 0 does not exist."""
    flat = (year if year > 0 else year + 1) * 12 + month - 1 + count
    made = flat // 12
    return (made if made > 0 else made - 1), flat % 12 + 1


def plus_years(year: int, count: int) -> int:
    """Return the year `count` years later; the year 0 does not exist."""
    made = (year if year > 0 else year + 1) + count
    return made if made > 0 else made - 1


def shifted(origin: Moment, count: int, unit: str, anchor: str, exact_days: bool = False) -> Moment | None:
    """Return the stretch of the size of `unit` that lies `count` units from `origin`.

    With `exact_days` units of weeks count to a day where the origin is a day ("a week later"). None where
    the origin is too wide to count from (two days after a month) or the calendar ends.
    """
    day = origin.start
    fine = origin.grain in ("day", "part-of-day", "hour")
    try:
        if unit in ("TS", "TM", "TH"):
            return a_day(day, "", anchor) if day and fine else None
        if unit in ("D", "W", "2W", "WE"):
            if day is None or not (fine or origin.grain in ("week", "interval")):
                return None
            moved = day + dt.timedelta(days=count * {"D": 1, "W": 7, "2W": 14, "WE": 7}[unit])
            if unit == "D" or exact_days:
                return a_day(moved, "", anchor)
            return a_week(moved, anchor, weekend=unit == "WE")
        return _shifted_far(origin, count, unit, anchor)
    except OverflowError:
        return None


def _shifted_far(origin: Moment, count: int, unit: str, anchor: str) -> Moment | None:
    if origin.year is None:
        return None
    if unit == "M":
        return a_month(*plus_months(origin.year, origin.month, count), anchor) if origin.month else None
    if unit == "Q":
        quarter = ((origin.month or 1) - 1) // 3 * 3 + 1
        year, month = plus_months(origin.year, quarter, count * 3)
        return a_quarter(year, (month + 2) // 3, anchor)
    if unit == "Y":
        return a_year(plus_years(origin.year, count), anchor)
    if unit == "DE":
        return a_decade(plus_years(origin.year, count * 10), anchor)
    if unit == "CE":
        moved = plus_years(origin.year, count * 100)
        return a_century(abs(moved) // 100 + 1, moved < 0, anchor)
    return None


def narrowed(moment: Moment, part: str) -> Moment:
    """Return the `start`, `mid` or `end` third of a stretch, its half `H1` or `H2`, its week `W1` to `W5` or `W-1`.

    The value stays. "late 2015" is September to December, "early July" the 1st to the 10th: thirds, rounded to
    whole days, months where the stretch is a year.
    """
    start, end = moment.start, moment.end
    if start is None or end is None or not part:
        return moment
    length = (end - start).days + 1
    if length == 1:
        return msgspec.structs.replace(moment, grain="part-of-day")
    if moment.grain == "year" and part in ("START", "MID", "END", "H1", "H2"):
        first, last = {"START": (1, 4), "MID": (5, 8), "END": (9, 12), "H1": (1, 6), "H2": (7, 12)}[part]
        year = start.year
        value = f"{moment.value}-{part}" if part in ("H1", "H2") else moment.value
        bounds = date_of(year, first, 1), month_end(year, last)
    elif part.startswith("W"):
        number = int(part[1:])
        low = min((number - 1) * 7, length - 7) if number > 0 else length - 7
        value, bounds = moment.value, (start + dt.timedelta(days=low), start + dt.timedelta(days=low + 6))
    else:
        third, half = length // 3, length // 2
        cuts = {
            "START": (0, max(third, 1)),
            "MID": (third, length - third),
            "END": (length - max(third, 1), length),
            "H1": (0, max(half, 1)),
            "H2": (half, length),
        }
        low, high = cuts[part]
        value = moment.value
        bounds = start + dt.timedelta(days=low), start + dt.timedelta(days=high - 1)
    return msgspec.structs.replace(moment, start=bounds[0], end=bounds[1], value=value, grain="interval")
