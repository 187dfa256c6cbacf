"""What expressions mean that are counted from another time: the anchor day, what was told last, an event."""

from __future__ import annotations

import datetime as dt

from dateline.dating.calendar import Moment, a_day, a_week, date_of, narrowed, shifted
from dateline.dating.context import Context
from dateline.dating.forms import (
    BACK,
    FORTH,
    MODS,
    Match,
    duration_value,
    length_of,
    mod_of,
    part_of,
    unknown,
)
from dateline.dating.lexicon import words
from dateline.dating.tokens import pieces

_TODAY_WORDS = frozenset({"last", "past", "this", "current", "present", "coming", "upcoming", "next"})


def deictic(match: Match, context: Context) -> Moment | None:
    """Today, yesterday, tomorrow, with a part of the day."""
    entry = words().deictic[match.words("deictic")[0]]
    if context.style == "history" and entry.days == 0:
        return unknown("PRESENT_REF")
    base = context.today
    if base is None or base.start is None:
        return unknown({-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}[entry.days], grain="day")
    return a_day(base.start + dt.timedelta(days=entry.days), entry.part or part_of(match.words("part")), context.name)


def before_yesterday(match: Match, context: Context) -> Moment | None:
    """The day before yesterday, the day after tomorrow."""
    step = -2 if match.words("which")[0] == "before" else 2
    return shifted(context.today, step, "D", context.name) if context.today else unknown("PAST_REF", grain="day")


def ref_part(match: Match, context: Context) -> Moment | None:
    """This morning, last night, the next morning."""
    part, reference = part_of(match.words("part")), match.words("ref")
    told = "the" in reference or "that" in reference or "same" in reference
    base = context.told if told else context.today
    if base is None or base.start is None:
        return unknown(f"XXXX-XX-XXT{part}", grain="part-of-day")
    step = -1 if set(reference) & BACK else 1 if set(reference) & FORTH else 0
    name = "preceding" if base is context.previous else context.name
    return a_day(base.start + dt.timedelta(days=step), part, name)


def part_beside(match: Match, context: Context) -> Moment | None:
    """The night before, the morning after: beside what was told last, or beside what follows."""
    part = part_of(match.words("part"))
    base = context.told
    if match.after.isalpha() or base is None or base.start is None:
        return unknown(f"XXXX-XX-XXT{part}", "point", "part-of-day", "event")
    step = -1 if match.words("side")[0] == "before" else 1
    return a_day(base.start + dt.timedelta(days=step), part, "preceding")


def part(match: Match, context: Context) -> Moment | None:
    """A part of the day alone: of the day told last, else of the anchor day."""
    code = part_of(match.words("part"))
    base = context.told_day
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
    plain = match.words("part")[-1] in ("night", "nights", "nighttime", "daytime", "daylight") and before == "at"
    if context.style == "history" or generic or plain or base is None or base.start is None or base.grain == "interval":
        return unknown(f"XXXX-XX-XXT{code}", grain="part-of-day")
    if base.grain not in ("day", "part-of-day", "hour"):
        return unknown(f"{base.value}T{code}", grain="part-of-day")
    name = "preceding" if context.previous is not None else context.name
    if match.words("part") == ["overnight"]:
        made = a_day(base.start - dt.timedelta(days=1), code, name)
        return Moment(made.value, made.start, base.start, made.grain, made.year, made.month, made.day, anchor=name)
    return a_day(base.start, code, name)


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
    step = -1 if set(reference) & BACK else 1 if set(reference) & FORTH else 0
    if base is None:
        return unknown("", "point", "interval", "event")
    name = "preceding" if base is context.previous else context.name
    made = unit_moment(unit, base, step, name)
    if made is None:
        return unknown("", "point" if told else "vague", "interval", "event")
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
    return narrowed(made, MODS.get(mod[0], ""))


def the_weekend(_match: Match, context: Context) -> Moment | None:
    """The weekend: the last before the anchor day, the next for what is to come."""
    base = context.today
    if base is None or base.start is None:
        return unknown("XXXX-WXX-WE")
    step = 0 if base.start.weekday() >= 5 or context.future(context.at) else -7
    return a_week(base.start + dt.timedelta(days=step), context.name, weekend=True)


def since_then(_match: Match, context: Context) -> Moment | None:
    """Since then: from what this sentence told on, else from the last day; not from a year in passing."""
    base = context.here or context.fine or context.previous
    if base is None or base.start is None:
        return unknown("PAST_REF")
    return Moment(base.value, base.start, None, "interval", kind="point", anchor="preceding")


def edge_unit(match: Match, context: Context) -> Moment | None:
    """The end of the year, month's end."""
    unit, reference = words().units[match.words("unit")[0]], match.words("ref")
    told = reference == ["that"] or (reference == ["the"] and context.style == "history")
    base = context.told if told or not reference else context.today
    if base is None:
        return unknown("FUTURE_REF")
    step = {"last": -1, "next": 1}.get(reference[0], 0) if reference else 0
    made = unit_moment(unit, base, step, "preceding" if base is context.previous else context.name)
    return narrowed(made, mod_of(match.words("edge"))) if made else None


def unit_beside(match: Match, context: Context) -> Moment | None:
    """The day before, the week after: beside what was told last, or beside what follows."""
    unit, side = words().units[match.words("unit")[0]], match.words("side")[0]
    step = -1 if side in ("before", "prior") else 1
    base = context.told
    if match.after.isalpha() or base is None:
        return unknown(f"P1{unit}", "point", "interval", "event")
    made = unit_moment(unit, base, step, "preceding")
    if made is None and context.today is not None and context.style == "news":
        made = unit_moment(unit, context.today, step, context.name)
    return made or unknown(f"P1{unit}", "point", "interval", "event")


def ago(match: Match, context: Context) -> Moment | None:
    """So many units before the anchor day."""
    number, unit = length_of(match)
    base = context.today
    if number is None and match.words("number"):
        return unknown("PAST_REF") if base is None else _open(base.start, "PAST_REF", context.name)
    if base is None:
        return unknown("PAST_REF")
    return shifted(base, -round(number or 1), unit, context.name) or unknown("PAST_REF")


def _open(end: dt.date | None, value: str, anchor: str) -> Moment:
    """Some time up to a day: the start is not said."""
    return Moment(value, None, end, "interval", kind="vague", anchor=anchor)


def from_now(match: Match, context: Context) -> Moment | None:
    """So many units after the anchor day."""
    number, unit = length_of(match)
    if number is None or context.today is None:
        return unknown("FUTURE_REF")
    return shifted(context.today, round(number), unit, context.name) or unknown("FUTURE_REF")


def shift(match: Match, context: Context) -> Moment | None:
    """So many units after or before what was told last, or after the event that the words after it name."""
    number, unit = length_of(match)
    side = match.words("side")[-1]
    later = side in words().classes["later_word"] or side == "following"
    if side in ("after", "before", "following", "prior") and (match.after.isalpha() or match.after in ("“", '"')):
        sign = "" if later else "-"
        return unknown(f"{sign}{duration_value(number, unit)}", "point", "interval", "event")
    base = context.told
    if base is None:
        return unknown("FUTURE_REF" if later else "PAST_REF", "point", "interval", "event")
    if number is None:
        value = "FUTURE_REF" if later else "PAST_REF"
        if unit in ("TH", "TM", "TS") and base.start and base.grain in ("day", "part-of-day", "hour"):
            return a_day(base.start, "XX", "preceding")
        bounds = (base.start, None) if later else (None, base.start)
        return Moment(value, bounds[0], bounds[1], "interval", kind="vague", anchor="preceding")
    if number != int(number) and unit == "Y":
        number, unit = number * 12, "M"
    made = shifted(base, round(number) * (1 if later else -1), unit, "preceding", exact_days=True)
    return made or unknown("FUTURE_REF" if later else "PAST_REF", "point", "interval", "event")


def span_ref(match: Match, context: Context) -> Moment | None:
    """The past three days, the coming weeks: a length of time that ends or begins at the anchor."""
    number, unit = length_of(match)
    reference = set(match.words("ref"))
    if number is None and not match.words("number") and not match.words("unit")[0].endswith("s"):
        number = 1
    value = duration_value(number, unit)
    base = context.today
    back = bool(reference & (BACK | {"recent"}))
    if match.after in ("before", "of", "after"):  # counted from an event: "the last hours before the truce"
        return unknown(value, "duration")
    if base is None or base.start is None or not (back or reference & FORTH):
        return unknown(value, "duration")
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
    number, unit = length_of(match)
    if match.words("half") and number is not None:
        number += 0.5
    if not match.words("number") and not match.words("unit")[0].endswith("s"):
        number = 1
    return unknown(duration_value(number, unit), "duration")


def frequency(match: Match, _context: Context) -> Moment | None:
    """How often."""
    word = match.words("unit")[0]
    code = words().units.get(word) or words().units.get(word + "s")
    if word.rstrip("s") in words().weekdays:
        return unknown(f"XXXX-WXX-{words().weekdays[word.rstrip('s')] + 1}", "frequency")
    if word in words().parts:
        return unknown(f"XXXX-XX-XXT{words().parts[word]}", "frequency")
    return unknown(duration_value(1, code or "D"), "frequency")


def frequency_word(match: Match, _context: Context) -> Moment | None:
    """Daily, weekly."""
    return unknown(words().frequency[match.words("word")[0]], "frequency")


def _phrase(match: Match, table: dict[str, str]) -> Moment | None:
    said = " ".join(match.words("word"))
    for phrase, value in table.items():
        if " ".join(pieces(phrase)) == said:
            return unknown(value)
    return None


def vague(match: Match, _context: Context) -> Moment | None:
    """A time without a place on the calendar."""
    return _phrase(match, words().vague)


def loose(match: Match, _context: Context) -> Moment | None:
    """A time that is an attribute of something else."""
    return _phrase(match, words().loose)
