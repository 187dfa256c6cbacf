"""What a text says about itself in its first and last lines: outlet, agency, day, title, dateline."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from dateline.knowledge.cleaning import (
    DAY,
    MONTH_DAY,
    Hit,
    Phrases,
    is_name_below,
    looks_like_title,
    parse_day,
    phrases,
)
from dateline.records import Span

_LINES = 8
_LONGEST = 400
_WIDEST_WRAP = 110
_PAREN = re.compile(r"\(([^()]*)\)")
_SHORT_DAY = re.compile(f"(?:{DAY}|{MONTH_DAY})", re.IGNORECASE)
_BYLINE = re.compile(r"(?:by|from|at)(?: the)? ((?:[A-Z][\w'’.-]*(?: of| and| the)? ?)+)", re.IGNORECASE)
_BEFORE_BAR = re.compile(r"\s*([^|·•\n]{2,40}?) ?(?:[|·•]| [-–—] )")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[ ©]*(?:\d{4}(?:[-–]\d{4})?,? )?(?:by )?"
    r"([A-Z][\w'’&-]*(?: (?:[A-Z][\w'’&-]*|of|the))*)"
)
_SUFFIX = re.compile(r" +[-–—|·] +")
_WITH = re.compile(r"[(\[–—-]{0,2} ?(?:source:? )?(.+?),? (?:with|and|avec|/|&|\+) ", re.IGNORECASE)


class Masthead(NamedTuple):
    """What the first and last lines say; empty or None where they say nothing.

    `dateline_place` and `dateline_day` are the spans of place and day in the dateline. `published` is the
    day that a line of its own, a prefix or the dateline gives with its year.
    """

    title: str = ""
    outlet: str = ""
    agency: str = ""
    author: str = ""
    published: dt.date | None = None
    dateline_place: Span | None = None
    dateline_day: Span | None = None


class _Line(NamedTuple):
    start: int
    end: int


def masthead(text: str) -> Masthead:
    """Read the masthead of `text`: its first and last eight lines."""
    rules = phrases()
    first, last = _first_lines(text), _last_lines(text)
    top = _top(text, first, rules)
    outlet, agency = top.outlet, top.agency
    for line in reversed(last):
        hit = rules.whole(text, line.start, line.end) or _at_end(text, line, rules)
        owner = _COPYRIGHT.search(text, line.start, line.end) if hit else None
        if owner and owner.group(1).lower() not in rules.agencies:
            outlet = outlet or owner.group(1)
        if hit is None or hit.rule.kind != "agency":
            continue
        found_outlet, found_agency = _credit(text[hit.start : hit.end], rules)
        outlet, agency = outlet or found_outlet, agency or found_agency
    return top._replace(outlet=outlet, agency=agency, title=_bare_title(top.title, outlet))


def _bare_title(title: str, outlet: str) -> str:
    """Return a title without the name of the outlet that pages add to it ("Bridge lost - Example Times")."""
    parts = _SUFFIX.split(title)
    bare = len(parts) > 1 and bool(outlet) and parts[-1].casefold() == outlet.casefold()
    return title[: title.rindex(parts[-1])].rstrip(" -–—|·") if bare else title


def _first_lines(text: str) -> list[_Line]:
    return _lines(text, 0, min(len(text), 4000))[:_LINES]


def _last_lines(text: str) -> list[_Line]:
    return _lines(text, max(0, len(text) - 4000), len(text))[-_LINES:]


def _lines(text: str, start: int, end: int) -> list[_Line]:
    found = []
    for match in re.finditer(r"[^\n\r]+", text[start:end]):
        bare = match.group().strip()
        if bare:
            begin = start + match.start() + match.group().index(bare)
            found.append(_Line(begin, begin + len(bare)))
    return found


def _top(text: str, lines: list[_Line], rules: Phrases) -> Masthead:
    head = Masthead()
    below = -1
    for line in lines:
        words = text[line.start : line.end]
        whole = rules.whole(text, line.start, line.end) or rules.line(text, line.start, line.end)
        if whole:
            head = _from_whole(text, whole, line, head, rules)
            below = line.end if whole.rule.kind in ("dateline", "byline") else -1
            continue
        beside, below = below, -1
        begin = rules.begin(text, line.start, line.end, top=True)
        if begin and begin.rule.kind == "dateline":
            return _from_dateline(text, begin, head, rules)
        if words.lower() in rules.outlets or is_name_below(text, beside, line.start, line.end):
            head = head._replace(outlet=head.outlet or rules.outlets.get(words.lower(), words))
        elif not head.title and looks_like_title(words) and _stands_alone(text, line, lines, rules):
            head = head._replace(title=words.lstrip("# "))
        elif not looks_like_title(words):
            break
    return head


def _stands_alone(text: str, line: _Line, lines: list[_Line], rules: Phrases) -> bool:
    """Whether a line is no line of a wrapped paragraph: a blank, or a much longer line, comes after it."""
    following = next((other for other in lines if other.start > line.start), None)
    if following is None:
        return False
    if rules.whole(text, following.start, following.end) or rules.line(text, following.start, following.end):
        return True
    gap = text[line.end : following.start]
    length, beyond = line.end - line.start, following.end - following.start
    return gap.count("\n") > 1 or gap.count("\r") > 1 or beyond > _WIDEST_WRAP or length * 2 < beyond


def _from_whole(text: str, hit: Hit, line: _Line, head: Masthead, rules: Phrases) -> Masthead:
    words = text[line.start : line.end]
    kind = hit.rule.kind
    if kind in ("dateline", "byline"):
        head = head._replace(published=head.published or parse_day(words))
        if kind == "dateline" and hit.rule.id == "place-day-line":
            return _from_dateline(text, hit, head, rules)
    if kind == "byline":
        agency = rules.agency.search(words)
        if agency:
            head = head._replace(agency=head.agency or rules.agencies.get(agency.group().lower(), ""))
        signed = _BYLINE.search(words)
        name = signed.group(1).strip() if signed else ""
        if name and name.split()[-1].capitalize() in rules.names.media_words:
            head = head._replace(outlet=head.outlet or name)
        elif name:
            head = head._replace(author=head.author or name)
    bar = _BEFORE_BAR.match(words)
    if bar and (hit.rule.id == "outlet-day-line" or kind == "translation"):
        head = head._replace(outlet=head.outlet or bar.group(1))
    if kind == "agency":
        outlet, named = _credit(words, rules)
        return head._replace(outlet=head.outlet or outlet, agency=head.agency or named)
    return head


def _from_dateline(text: str, hit: Hit, head: Masthead, rules: Phrases) -> Masthead:
    words = text[hit.start : hit.end]
    day = _SHORT_DAY.search(words)
    for inside in _PAREN.finditer(words):
        name = inside.group(1).strip()
        agency, outlet = rules.agency.search(name), rules.outlet.search(name)
        # "(VENEZUELA)" behind a place is a country; a source stands behind the day, or has several words.
        behind_day = day is not None and day.end() <= inside.start()
        if agency:
            head = head._replace(
                agency=head.agency or rules.agencies.get(agency.group().lower(), agency.group())
            )
        elif outlet:
            head = head._replace(
                outlet=head.outlet or rules.outlets.get(outlet.group().lower(), outlet.group())
            )
        elif behind_day or (name.split()[-1:] and name.split()[-1].capitalize() in rules.names.media_words):
            head = head._replace(outlet=head.outlet or name)
    span = Span(hit.start + day.start(), hit.start + day.end()) if day else None
    place = None
    if not (day and day.start() == 0):
        place = re.match(r"[^\d(—–:,]+?(?=\s*(?:,|\(|—|–|--| -|:|$))", words)
    where = Span(hit.start, hit.start + place.end()) if place and place.group().strip() else None
    return head._replace(
        published=head.published or parse_day(words), dateline_day=span, dateline_place=where
    )


def _at_end(text: str, line: _Line, rules: Phrases) -> Hit | None:
    start = max(line.start, line.end - _LONGEST)
    window = text[start : line.end]
    hit = rules.end(rules.enders(window.lower()), text, start, line.end) or rules.line(
        text, line.start, line.end
    )
    return Hit(hit.start, line.end, hit.rule) if hit else None


def _credit(words: str, rules: Phrases) -> tuple[str, str]:
    """Return outlet and agency of a credit: "The World with AFP" is Le Monde and AFP."""
    found = rules.agency.search(words)
    named = [rules.agencies.get(one.group().lower(), "") for one in rules.agency.finditer(words)]
    agency = ", ".join(dict.fromkeys(filter(None, named)))
    said = rules.outlet.search(words)
    outlet = rules.outlets.get(said.group().lower(), "") if said else ""
    before = _WITH.match(words)
    name = before.group(1).strip() if before else ""
    others = found.start() if found else words.lower().find("agencies")
    if before and name and others > before.end(1):
        known = rules.translated.get(name.lower()) or rules.outlets.get(name.lower())
        outlet = known or ("" if name.lower() in rules.agencies else name)
    return outlet, agency
