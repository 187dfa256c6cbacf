"""The day that a report speaks from: what fixes it, and where the page and the text disagree.

The text comes before the page: a dateline ("KABUL, July 7"), a weekday with its date ("Wednesday (July
7th)"), a full date in the lead; then the day that the page or the user gives.
"""

from __future__ import annotations

import datetime as dt
import re

import msgspec

from dateline.dating.absolute import date, figures, iso
from dateline.dating.calendar import date_of
from dateline.dating.context import Anchor, Context
from dateline.dating.forms import Match
from dateline.dating.tagger import TimeTagger
from dateline.dating.tokens import tokenise
from dateline.records import Debris, Flag, Report, Span

APART = 3  # days between the page and the text that still agree: posting takes that long
WITHIN = 6  # days back from the page that a bare weekday reaches
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ENTRIES = 3  # lines that open with their day, from which a text is a list of days
_ENTRY = re.compile(
    r"^[ \t]*(?:[•*–—-][ \t]+)?(?P<day>[^\n:–—]{3,30}?)[ \t]*(?:[–—:]|-(?=[ \t]))[ \t]*(?=\S)", re.MULTILINE
)
_PAGE_WORDS = re.compile(
    r"\b(?:published|posted|updated|issued|released|filed|modified|date|of|publication|last|first|on|at|in|time|by|"
    r"gmt|utc|am|pm|ago|minutes?|hours?|days?|compiled|update|change|the|desk)\b",
    re.IGNORECASE,
)


class Fixed(msgspec.Struct, frozen=True):
    """A day that the text fixes, and the words that do."""

    day: dt.date
    span: Span
    weekday: int | None = None


class Bearings(msgspec.Struct, frozen=True):
    """The anchor of a report with what it rests on, and what does not agree.

    `sections` are the days that stand as headings over parts of the text, or open its lines, each with where its
    part begins.
    `page` is the day of the page; `dateline` that of a dateline; `event` the day of the main event as the
    text gives it, None where it gives none.
    """

    anchor: Anchor
    page: Fixed | None
    event: Fixed | None
    dateline: Fixed | None = None
    sections: tuple[Fixed, ...] = ()
    flags: tuple[Flag, ...] = ()


def _fixed(match: Match, base: dt.date | None, offset: int = 0) -> Fixed | None:
    """Return the day of a date with day and month, of the year nearest to `base` where it gives none."""
    context = Context(Anchor(base), "news", lambda _: None)
    in_figures = match.rule in ("iso-date", "figures")
    if in_figures:
        moment = (iso if match.rule == "iso-date" else figures)(match, context)
    elif "day" in match.slots and "month" in match.slots:
        bare = match._replace(slots={name: span for name, span in match.slots.items() if name != "weekday"})
        moment = date(bare, context)
    else:
        return None
    if moment is None or moment.start is None:
        return None
    complete = in_figures or base is None or {"year", "yearref", "yy"} & set(match.slots)
    day = moment.start if complete or base is None else _nearest(moment.start, base)
    tokens = match.tokens
    span = Span(offset + tokens.starts[match.first], offset + tokens.ends[match.last - 1])
    return Fixed(day, span, _said_weekday(match))


def _nearest(day: dt.date, base: dt.date) -> dt.date:
    years = (base.year - 1, base.year, base.year + 1)
    options = [found for year in years if (found := date_of(year, day.month, day.day))]
    return min(options, key=lambda option: abs((option - base).days), default=day)


def _said_weekday(match: Match) -> int | None:
    said = match.words("weekday")
    if not said:
        return None
    return next((index for index, name in enumerate(NAMES) if name.lower().startswith(said[0][:3])), None)


def in_debris(
    tagger: TimeTagger, report: Report, debris: tuple[Debris, ...], base: dt.date | None
) -> tuple[Fixed | None, Fixed | None]:
    """Return the day of a dateline ("KABUL, July 7") and the day of a line that only dates the page."""
    dateline: Fixed | None = None
    page: Fixed | None = None
    for held in debris:
        if held.kind not in ("dateline", "byline"):
            continue
        words = held.span.of(report.text)
        for match in tagger.matches(tokenise(words)):
            found = _fixed(match, base or (page.day if page else None), held.span.start)
            if found is None:
                continue
            rest = words.replace(report.text[found.span.start : found.span.end], " ")
            placed = held.kind == "dateline" and re.search(r"[^\W\d_]{3,}", _PAGE_WORDS.sub(" ", rest))
            if placed and dateline is None:
                dateline = found
            elif not placed and page is None:
                page = found
    return dateline, page


def first_lines(tagger: TimeTagger, text: str) -> Fixed | None:
    """Return the day of one of the first three lines that holds nothing but a date."""
    offset = 0
    for line in text[:400].split("\n")[:5]:
        tokens = tokenise(line)
        for match in tagger.matches(tokens):
            whole = tokens.slice(match.first, match.last).strip() == line.strip(" .\r[]()")
            found = (
                _fixed(match, None, offset) if whole and ({"year", "yy", "iso", "figures"} & set(match.slots)) else None
            )
            if found:
                return found
        offset += len(line) + 1
    return None


def bearings(
    tagger: TimeTagger, report: Report, debris: tuple[Debris, ...], matches: list[Match], lead_end: int
) -> Bearings:
    """Return the anchor of a report.

    `matches` are the expressions of the story; `lead_end` is the offset where its first paragraphs end,
    within which a date may be that of the main event.
    """
    given = report.published
    dateline, printed = in_debris(tagger, report, debris, given)
    if printed is None and not debris:
        printed = first_lines(tagger, report.text)
    page = Fixed(given, printed.span if printed and printed.day == given else Span(0, 0)) if given else printed
    base = given or (printed.day if printed else None) or (dateline.day if dateline else None)
    dated = [found for match in matches if (found := _fixed(match, base))]
    pairs = [found for found in dated if found.weekday is not None]
    fitting = [found for found in pairs if found.day.weekday() == found.weekday]
    flags = [_misfit(found) for found in pairs if found.day.weekday() != found.weekday]
    if given and printed and abs((given - printed.day).days) > APART:
        flags.append(_apart(Fixed(given, Span(0, 0)), printed))
    main = next((found for found in fitting if found.span.start < lead_end and _recent(found, page)), None)
    text_day = dateline or main
    if page and text_day and abs((page.day - text_day.day).days) > APART and not _agrees(page, dated, text_day):
        flags.append(_apart(page, text_day))
    anchor, event = _choose(dateline, main, page, dated, lead_end)
    held = {
        found.weekday: found.day for found in reversed(fitting) if found.weekday is not None and _recent(found, page)
    }
    made = Anchor(anchor[0], anchor[1], held, event.day if event else None)
    sections = headings(tagger, report, debris, base) or entries(tagger, report, debris, base)
    if len(sections) > 1 and not dateline:
        event = None
    return Bearings(made, page, event, dateline, sections, tuple(flags))


def headings(tagger: TimeTagger, report: Report, debris: tuple[Debris, ...], base: dt.date | None) -> tuple[Fixed, ...]:
    """Return the days that stand alone on a line with text under them, where there are several."""
    found: list[Fixed] = []
    lines = sorted((held.span for held in debris if held.kind == "dateline"), key=lambda span: span.start)
    for held in lines:
        ends = report.text[held.end :].partition("\n")[0].strip(" :*_#")
        begins = report.text[: held.start].rpartition("\n")[2].strip(" *_#•-–—")
        if ends or begins:
            continue
        matches = tagger.matches(tokenise(held.of(report.text)))
        days = [fixed for match in matches if (fixed := _fixed(match, base, held.start))]
        if len(days) == 1:
            if found and not report.text[found[-1].span.end : held.start].strip(" \n*_#:"):
                found.pop()  # the day of the page right above
            found.append(days[0])
    return tuple(found) if len({one.day for one in found}) > 1 else ()


def entries(tagger: TimeTagger, report: Report, debris: tuple[Debris, ...], base: dt.date | None) -> tuple[Fixed, ...]:
    """Return the days that lines open with, where many do: "Dec 5 - HAMA. The insurgents capture the city."."""
    found: list[Fixed] = []
    for line in _ENTRY.finditer(report.text):
        if any(held.span.start <= line.start("day") < held.span.end for held in debris):
            continue
        for match in tagger.matches(tokenise(line["day"])):
            fixed = _fixed(match, base, line.start("day"))
            if fixed and len(fixed.span) == len(line["day"]):
                found.append(fixed)
    return tuple(found) if len(found) >= ENTRIES and len({one.day for one in found}) > 1 else ()


def _choose(
    dateline: Fixed | None, main: Fixed | None, page: Fixed | None, dated: list[Fixed], lead_end: int
) -> tuple[tuple[dt.date | None, str], Fixed | None]:
    """Return the anchor day with its name, and the day of the main event."""
    if dateline:
        return (dateline.day, "text-day"), main
    if main:
        close = page is not None and 0 <= (page.day - main.day).days <= WITHIN
        return ((page.day, "published") if page and close else (main.day, "text-day")), main
    if page:
        return (page.day, "published"), None
    lead = next((found for found in dated if found.span.start < lead_end), None)
    return (lead.day if lead else None, "text-day"), None


def _recent(found: Fixed, page: Fixed | None) -> bool:
    """Whether a dated weekday can be the day of the news: not of another season."""
    return page is None or abs((page.day - found.day).days) <= 60


def _agrees(page: Fixed, dated: list[Fixed], apart: Fixed) -> bool:
    """Whether the text also gives a day that fits the page: then the other is only an earlier event."""
    return any(f.day != apart.day and 0 <= (page.day - f.day).days <= APART for f in dated)


def _misfit(found: Fixed) -> Flag:
    said, real = NAMES[found.weekday or 0], NAMES[found.day.weekday()]
    message = f"The text says {said}, but {found.day.isoformat()} was a {real}: one of the two is wrong."
    return Flag("date-conflict", message, (found.span,))


def _apart(page: Fixed, text: Fixed) -> Flag:
    message = (
        f"The page is dated {page.day.isoformat()} ({NAMES[page.day.weekday()]}), the text speaks from "
        f"{text.day.isoformat()} ({NAMES[text.day.weekday()]}): days without a date count from the text's."
    )
    spans = tuple(span for span in (page.span, text.span) if len(span))
    return Flag("date-conflict", message, spans)
